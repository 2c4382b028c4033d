import type { Translate } from '../translation';
import { absoluteDate, absoluteTime, relativeTime } from './time';

/** Dates of a certificate, ISO 8601. */
export interface ValidityDates {
  notBefore: string;
  notAfter: string;
  /** When cert-manager renews it. */
  renewalTime?: string;
}

/** One date on the bar: where it stands, from 0 to 1, and what it is in words. */
export interface ValidityMark {
  kind: 'begin' | 'today' | 'renewal' | 'end';
  place: number;
  title: string;
  /** `2 October 2027, in 311 days`. */
  text: string;
  iso: string;
}

/** What the bar shows. */
export interface Validity {
  state: 'valid' | 'renewalDue' | 'expired' | 'notYetValid';
  /** In the order of time. */
  marks: ValidityMark[];
  /** All of it in one sentence. */
  sentence: string;
}

const TWO_DAYS_MS = 2 * 24 * 60 * 60 * 1000;

/**
 * What a bar of a certificate's life shows. It reaches from the first to the last of the dates and the present, so that the
 * present has a place on it before the certificate begins and after it has ended too. Undefined for what has no times.
 *
 * @param now - epoch milliseconds
 */
export function validityOf(
  t: Translate,
  { notBefore, notAfter, renewalTime }: ValidityDates,
  now: number,
): Validity | undefined {
  const begin = Date.parse(notBefore);
  const end = Date.parse(notAfter);
  if (Number.isNaN(begin) || Number.isNaN(end) || end <= begin) {
    return undefined;
  }
  const told = renewalTime === undefined ? NaN : Date.parse(renewalTime);
  // Of another revision, or of a clock that is off: it says nothing about this life.
  const renewal = told > begin && told < end ? told : undefined;
  const first = Math.min(begin, now);
  const length = Math.max(end, now) - first;
  const placeOf = (time: number) => (time - first) / length;
  const isShort = end - begin < TWO_DAYS_MS;
  const day = isShort ? absoluteTime : absoluteDate;
  const mark = (
    kind: ValidityMark['kind'],
    title: string,
    time: number,
  ): ValidityMark => {
    const iso = new Date(time).toISOString();
    const age = kind === 'today' ? undefined : relativeTime(t, iso, now);
    return {
      kind,
      place: placeOf(time),
      title,
      text: age ? t('time.thenAge', { time: day(iso), age }) : day(iso),
      iso,
    };
  };
  const marks = [
    mark('begin', t('validity.begin'), begin),
    mark('today', t(isShort ? 'validity.now' : 'validity.today'), now),
    ...(renewal === undefined
      ? []
      : [mark('renewal', t('validity.renewal'), renewal)]),
    mark('end', t(now > end ? 'validity.ended' : 'validity.end'), end),
  ].sort((a, b) => a.place - b.place);
  const textOf = (kind: ValidityMark['kind']) =>
    marks.find(known => known.kind === kind)?.text ?? '';
  const life = { begin: textOf('begin'), end: textOf('end') };

  if (now > end) {
    return { state: 'expired', marks, sentence: t('validity.expired', life) };
  }
  if (now < begin) {
    return {
      state: 'notYetValid',
      marks,
      sentence: t('validity.notYetValid', life),
    };
  }
  if (renewal === undefined) {
    return { state: 'valid', marks, sentence: t('validity.valid', life) };
  }
  const state = renewal <= now ? 'renewalDue' : 'valid';
  return {
    state,
    marks,
    sentence: t(state === 'valid' ? 'validity.renews' : 'validity.renewalDue', {
      ...life,
      renewal: textOf('renewal'),
    }),
  };
}
