/** Kubernetes allows 1,024 bytes in the note of a new Event; conditions and older Events may be longer. */
const MAX_TEXT = 1_024;

/** Where an HTTP-01 challenge is answered (RFC 8555, section 8.3): the last segment is its token. */
const WELL_KNOWN = /(\/\.well-known\/acme-challenge\/)[\w-]+/g;

/** Cuts what nobody reads to the end, and takes out the secrets of challenges, which checks that fail like to quote. */
export function shownText(text: string, secrets: readonly string[]): string {
  const without = [...secrets]
    // The key holds the token.
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.split(secret).join('…'), text)
    .replace(WELL_KNOWN, '$1…');
  return without.length > MAX_TEXT
    ? `${without.slice(0, MAX_TEXT - 1)}…`
    : without;
}

/** ISO 8601 in milliseconds, whatever the precision was; undefined for what is no time. */
export function timeText(value: unknown): string | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
