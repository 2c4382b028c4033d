const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
const absolute = new Intl.DateTimeFormat('en', {
  dateStyle: 'long',
  timeStyle: 'medium',
});
const date = new Intl.DateTimeFormat('en', { dateStyle: 'long' });

const UNITS = [
  { unit: 'day', length: DAY },
  { unit: 'hour', length: HOUR },
  { unit: 'minute', length: MINUTE },
  { unit: 'second', length: SECOND },
] as const;

/** `12 seconds ago`, `in 3 days`. Undefined for what is no time. */
export function relativeTime(iso: string, now: number): string | undefined {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return undefined;
  const difference = time - now;
  const largest = UNITS.find(({ length }) => Math.abs(difference) >= length);
  if (!largest) return 'just now';
  return relative.format(Math.trunc(difference / largest.length), largest.unit);
}

/** `23 November 2026 at 15:04:05` in the reader's time zone. */
export function absoluteTime(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : absolute.format(time);
}

/** `23 November 2026`. */
export function absoluteDate(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : date.format(time);
}

/** Whole days from `now` to a time, rounded down; negative once it is past. Undefined for what is no time. */
export function daysUntil(iso: string, now: number): number | undefined {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? undefined : Math.floor((time - now) / DAY);
}

/** `341 days left`, `1 day left`, `less than a day left`, `expired 3 days ago`. Takes whole days, rounded down. */
export function daysLeftSentence(days: number): string {
  if (days < 0) {
    const ago = Math.abs(days);
    return ago === 1
      ? 'expired less than a day ago'
      : `expired ${ago - 1} ${ago === 2 ? 'day' : 'days'} ago`;
  }
  if (days === 0) return 'less than a day left';
  return days === 1 ? '1 day left' : `${days} days left`;
}

/** `1 second`, `12 seconds`. */
export const seconds = (count: number): string =>
  count === 1 ? '1 second' : `${count} seconds`;
