const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);

/** The middle value; the mean of the two in the middle where their number is even. */
export function median(values: readonly number[]): number {
  const ordered = sorted(values);
  const half = Math.floor(ordered.length / 2);
  return ordered.length % 2
    ? ordered[half]
    : (ordered[half - 1] + ordered[half]) / 2;
}

/** Nearest rank: the smallest value that is not below `share` (0 to 1) of all values. */
export function percentile(values: readonly number[], share: number): number {
  return sorted(values)[Math.max(0, Math.ceil(share * values.length) - 1)];
}
