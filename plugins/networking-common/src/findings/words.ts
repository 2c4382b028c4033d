import type { Condition } from '../gateway-api/types';

const UNITS: readonly [string, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

const unitOf = (ms: number) => UNITS.find(([, size]) => ms >= size) ?? UNITS[3];

/** `40 seconds`, `1 hour`, `3 days`: a length of time in its largest unit, rounded down. */
export function durationInWords(ms: number): string {
  const [unit, length] = unitOf(ms);
  const count = Math.max(0, Math.floor(ms / length));
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** How long ago, as ` for 3 minutes`; empty where the time is not known. */
export function forHowLong(since: string | undefined, now: number): string {
  const ms = Date.parse(since ?? '');
  return Number.isNaN(ms) ? '' : ` for ${durationInWords(now - ms)}`;
}

/** `2027-10-24`: the date of an ISO 8601 time, in UTC. Empty where the text is no time. */
export function dateInWords(iso: string | undefined): string {
  const ms = Date.parse(iso ?? '');
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString().slice(0, 10);
}

/** `2027-10-24 12:30 UTC`. Empty where the text is no time. */
export function timeInWords(iso: string | undefined): string {
  const ms = Date.parse(iso ?? '');
  if (Number.isNaN(ms)) return '';
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

const text = (value: unknown) =>
  typeof value === 'string' && value !== '' ? value : undefined;

const LONGEST_QUOTE = 160;

/** What somebody says in a condition, in one line without its full stop and cut where it is long. */
export function saidIn(condition: Condition | undefined): string | undefined {
  const words = text(condition?.message)?.replace(/\s+/g, ' ').trim();
  if (!words) return undefined;
  return words.length > LONGEST_QUOTE
    ? `${words.slice(0, LONGEST_QUOTE - 1)}…`
    : words.replace(/\.$/, '');
}

/** ` cert-manager says: …`; empty where it says nothing. */
export function quoted(condition: Condition | undefined, who: string): string {
  const said = saidIn(condition);
  return said === undefined ? '' : ` ${who} says: ${said}.`;
}

/** ` The controller says: …`. */
export const controllersWords = (condition: Condition): string =>
  quoted(condition, 'The controller');

/**
 * Milliseconds since an ISO 8601 time, as whole units of {@link durationInWords}: an answer changes no more often than its
 * sentence. Undefined where the text is no time.
 */
export function msSince(
  since: string | undefined,
  now: number,
): number | undefined {
  const ms = now - Date.parse(since ?? '');
  if (Number.isNaN(ms)) return undefined;
  const [, length] = unitOf(ms);
  return Math.max(0, Math.floor(ms / length)) * length;
}

/** The condition itself, as it is shown one click away from the sentence. */
export function conditionDetails(
  condition: Condition | undefined,
): Record<string, string> {
  const details: Record<string, string> = {};
  const put = (key: string, value: unknown) => {
    const shown = text(value);
    if (shown !== undefined) details[key] = shown;
  };
  put('type', condition?.type);
  put('status', condition?.status);
  put('reason', condition?.reason);
  put('message', condition?.message);
  put('since', condition?.lastTransitionTime);
  return details;
}
