import type { Translate } from '../translation';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What is further away than this is told as a date. */
const FAR_DAYS = 60;

// Dates follow the reader's browser, whatever the language of the texts.
const absolute = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'long',
  timeStyle: 'long',
});
const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

const UNITS = [
  { past: 'time.daysAgo', future: 'time.inDays', length: DAY },
  { past: 'time.hoursAgo', future: 'time.inHours', length: HOUR },
  { past: 'time.minutesAgo', future: 'time.inMinutes', length: MINUTE },
  { past: 'time.secondsAgo', future: 'time.inSeconds', length: SECOND },
] as const;

/** `12 seconds ago`, `in 3 days`. Undefined for what is no time, or further away than 60 days: a date says more there. */
export function relativeTime(
  t: Translate,
  iso: string,
  now: number,
): string | undefined {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return undefined;
  const difference = time - now;
  const distance = Math.abs(difference);
  if (distance > FAR_DAYS * DAY) return undefined;
  const largest = UNITS.find(({ length }) => distance >= length);
  if (!largest) return t('time.now');
  return t(difference < 0 ? largest.past : largest.future, {
    count: Math.trunc(distance / largest.length),
  });
}

/** `November 23, 2026 at 3:04:05 PM UTC`, in the reader's locale and time zone. */
export function absoluteTime(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : absolute.format(time);
}

/** `Nov 23, 2026`. */
export function absoluteDate(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : date.format(time);
}

/** Whole days from `now` to a time, rounded down; negative once it is past. Undefined for what is no time. */
export function daysUntil(iso: string, now: number): number | undefined {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? undefined : Math.floor((time - now) / DAY);
}

/**
 * `41 days left`, `less than a day left`, `expired 3 days ago`; `valid until Nov 30, 2027` where that is far away.
 *
 * @param days - whole days, rounded down
 * @param until - ISO 8601; where it is not known, days are counted however many they are
 */
export function lifeText(t: Translate, days: number, until?: string): string {
  if (days < 0) {
    const count = -days - 1;
    return count === 0
      ? t('time.expiredToday')
      : t('time.expiredDaysAgo', { count });
  }
  if (days === 0) return t('time.lastDay');
  return days > FAR_DAYS && until
    ? t('time.validUntil', { date: absoluteDate(until) })
    : t('time.daysLeft', { count: days });
}

/** `30 days`, `36 hours` for a duration as Go writes it: `720h0m0s`. What is no count of hours stays as it is. */
export function durationText(t: Translate, text: string): string {
  const hours = Number(/^(\d+)h(?:0m)?(?:0s)?$/.exec(text)?.[1]);
  if (!hours) return text;
  return hours % 24 === 0
    ? t('time.days', { count: hours / 24 })
    : t('time.hours', { count: hours });
}
