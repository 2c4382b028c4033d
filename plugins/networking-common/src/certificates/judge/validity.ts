import { outcome } from '../../findings/outcome';
import { VERDICT_REASONS as REASON } from '../../findings/reasons';
import { dateInWords, durationInWords } from '../../findings/words';
import { parseGoDuration } from '../../settings/durations';
import { findOutWhyNotServed, refused } from './effects';
import { isFailing } from './presence';
import type { CertificateCheck, CertificateInput } from './types';

const MONTH = 30 * 86_400_000;

const iso = (ms: number) => new Date(ms).toISOString();

/** What helps against an end, of the certificate or of what is above it: another one, which may be there already. */
function againstTheEnd(input: CertificateInput, isAbove: boolean): string {
  const { todo, title, isIssuedOne, facts } = input;
  const { ca, secret } = facts;
  if (isAbove && ca) {
    return todo(`renew Certificate ${ca.namespace}/${ca.name}, then ${title}`);
  }
  if (isFailing(input)) {
    return todo(`change what the message of ${title} names, then renew it`);
  }
  if (!isIssuedOne && facts.leaf) {
    return todo(findOutWhyNotServed(input));
  }
  return todo(
    facts.certificate
      ? `renew ${title}`
      : `put a new certificate into Secret ${secret.namespace}/${secret.name}`,
  );
}

export const isExpired = ({ chainEnd, now }: CertificateInput): boolean =>
  chainEnd !== undefined && chainEnd <= now;

export const hasNotExpired: CertificateCheck = input => {
  const { chainEnd, end, now, subject } = input;
  if (chainEnd === undefined || chainEnd > now) return undefined;
  const isAbove = end === undefined || end > now;
  const what = isAbove ? 'the CA above it' : 'it';
  return outcome('Broken', 'listener', {
    reason: REASON.certificateExpired,
    message: `${refused(input)}: ${what} expired on ${dateInWords(
      iso(chainEnd),
    )}.`,
    remedy: againstTheEnd(input, isAbove),
    subject,
    details: { validUntil: iso(chainEnd) },
  });
};

export const isValidAlready: CertificateCheck = input => {
  const { begin, now, subject, todo } = input;
  if (begin === undefined || begin <= now) return undefined;
  return outcome('Broken', 'listener', {
    reason: REASON.certificateNotYetValid,
    message: `${refused(input)}: it is not valid before ${dateInWords(
      iso(begin),
    )}.`,
    remedy: todo('check the clock of the machine that signs certificates'),
    subject,
    details: { validFrom: iso(begin) },
  });
};

/** How long before its end a certificate is called Degraded. */
function noticeFor({ settings, begin, end }: CertificateInput): number {
  const set = parseGoDuration(settings.certificates.warnBefore) ?? MONTH;
  const life = (end ?? NaN) - (begin ?? NaN);
  return life > 0 ? Math.min(set, life / 3) : set;
}

export const endsLater: CertificateCheck = input => {
  const { chainEnd, end, now, subject, title } = input;
  if (chainEnd === undefined || chainEnd <= now) return undefined;
  const left = chainEnd - now;
  if (left > noticeFor(input)) return undefined;
  const isAbove = end !== undefined && end > chainEnd;
  return outcome('Degraded', 'listener', {
    reason: REASON.certificateExpiresSoon,
    message: `${
      input.role === 'ca'
        ? 'Browsers will refuse what this CA has signed'
        : 'Browsers will refuse it'
    } in ${durationInWords(left)}, when ${
      isAbove ? 'the CA above it' : title
    } expires.`,
    remedy: againstTheEnd(input, isAbove),
    subject,
    details: { validUntil: iso(chainEnd) },
  });
};
