/** What was held when so many changes had been made. */
export interface Sample {
  changes: number;
  /** Bytes. */
  held: number;
}

/**
 * The bytes that each change leaves behind: the slope of the line through the samples, by least squares. What comes and goes,
 * such as what waits for a timer, is noise around that line.
 *
 * @throws Error where there are too few samples for a line
 */
export function bytesPerChange(samples: readonly Sample[]): number {
  if (samples.length < 10) {
    throw new Error(
      `${samples.length} samples say nothing about memory. Let the soak last longer.`,
    );
  }
  const mean = (of: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [changes, held] = [mean(one => one.changes), mean(one => one.held)];
  return (
    mean(one => (one.changes - changes) * (one.held - held)) /
    mean(one => (one.changes - changes) ** 2)
  );
}
