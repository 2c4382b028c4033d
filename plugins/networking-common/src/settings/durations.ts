const UNITS: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/**
 * Milliseconds of a Go duration such as `8760h` or `1h30m`, the form that cert-manager takes
 * (https://pkg.go.dev/time#ParseDuration). Undefined where the text is no such duration. Negative durations are not
 * taken: no setting has a use for one.
 * @public
 */
export function parseGoDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/y;
  let total = 0;
  let end = 0;
  while (end < text.length) {
    part.lastIndex = end;
    const match = part.exec(text);
    if (!match) return undefined;
    total += Number(match[1]) * UNITS[match[2]];
    end = part.lastIndex;
  }
  return end > 0 ? total : undefined;
}
