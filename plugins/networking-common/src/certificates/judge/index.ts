import { worstOutcome, type Outcome } from '../../findings/outcome';
import { VERDICT_REASONS as REASON } from '../../findings/reasons';
import { durationInWords } from '../../findings/words';
import { sortFindings } from '../../findings/sort';
import type { Finding, TlsWord, VerdictWord } from '../../verdicts/types';
import { commonName } from '../names';
import { endsBeforeItsCa, hasSignedAnew, keepsItsKey } from './authority';
import { findOutWhyNotServed } from './effects';
import { isIssued, isIssuedInTime } from './firstIssuance';
import { gatherCertificate } from './input';
import {
  hasIssuer,
  isNotFailing,
  isRenewedInTime,
  issuerIsReady,
} from './issuing';
import { namesAHost } from './names';
import { hasOneManager, isKnown, isNamed, isReady } from './presence';
import { isBeingTakenUp, isServed, TAKEN_UP } from './served';
import { hasSolver } from './solvers';
import { asksForStrongKey, hasStrongKey, hasStrongSignature } from './strength';
import { isRootKnown } from './chain';
import { limitExceeded } from './limits';
import { isSignedByCa, isSignerKnown, isTrusted, isTrustKnown } from './trust';
import type {
  CertificateCheck,
  CertificateInput,
  CertificateJudgement,
  CertificateQuestion,
} from './types';
import { isForServers, isSignedByOneThatMay } from './usages';
import { endsLater, hasNotExpired, isValidAlready } from './validity';

export { gatherCertificate, remedyFor, titleOf } from './input';
export { OF_SIGNATURE } from './causes';
export { isSelfSigned, pathOf } from './path';
export { issuedAt, TAKE_UP_MS, TAKEN_UP } from './served';
export type * from './types';

/**
 * In order: of two that come to the same word the first decides. Each stands on its own facts, so that all that is amiss is
 * told.
 */
export const CERTIFICATE_CHECKS: readonly CertificateCheck[] = [
  isNamed,
  isIssued,
  hasIssuer,
  issuerIsReady,
  isIssuedInTime,
  hasSolver,
  namesAHost,
  hasNotExpired,
  isValidAlready,
  isForServers,
  isSignedByOneThatMay,
  limitExceeded,
  isTrusted,
  hasStrongSignature,
  hasStrongKey,
  asksForStrongKey,
  isKnown,
  isTrustKnown,
  isSignerKnown,
  isRootKnown,
  isSignedByCa,
  isServed,
  isNotFailing,
  isRenewedInTime,
  isReady,
  hasOneManager,
  hasSignedAnew,
  endsBeforeItsCa,
  keepsItsKey,
  endsLater,
];

const WORDS: Record<VerdictWord, TlsWord> = {
  Live: 'Good',
  Degraded: 'Degraded',
  Pending: 'Unknown',
  Unknown: 'Unknown',
  Broken: 'Bad',
};

/** What the deciding outcome makes of TLS. */
export const tlsWordOf = (decider: Outcome | undefined): TlsWord =>
  decider?.tls ?? WORDS[decider?.word ?? 'Live'];

export function runCertificateChecks(input: CertificateInput): Outcome[] {
  const outcomes = CERTIFICATE_CHECKS.flatMap(check => check(input) ?? []);
  if (!isBeingTakenUp(input)) return outcomes;
  // Nobody has to find out why the gateway does not do what it is doing, nor to renew what was renewed.
  const inVain = [findOutWhyNotServed(input), `renew ${input.title}`].map(
    input.todo,
  );
  return outcomes.map(found =>
    inVain.includes(found.finding.remedy ?? '')
      ? { ...found, finding: { ...found.finding, remedy: TAKEN_UP } }
      : found,
  );
}

/** `Signed by idp-demo-ca, 340 days left.` `more` comes between. */
export function goodFinding(input: CertificateInput, more = ''): Finding {
  const { facts, leaf, chainEnd, now, subject, role } = input;
  const left =
    chainEnd === undefined ? undefined : durationInWords(chainEnd - now);
  const by =
    facts.issuer?.name ?? (leaf ? commonName(leaf.issuer) : 'a trusted CA');
  return {
    reason: REASON.certificateGood,
    severity: 'info',
    message: `${
      role === 'ca' ? 'Signs certificates' : `Signed by ${by}`
    }${more}${left === undefined ? '' : `, ${left} left`}.`,
    subject,
  };
}

/**
 * Judges one certificate, whatever host it is for: by its own dates, keys and signatures, by what cert-manager says of it, and
 * by what probes saw served. That cert-manager calls it Ready counts for nothing. Never throws.
 * @public
 */
export function judgeCertificate(
  question: CertificateQuestion,
): CertificateJudgement {
  const input = gatherCertificate(question);
  const outcomes = runCertificateChecks(input);
  const decider = worstOutcome(outcomes);
  const findings = outcomes.map(({ finding }) => finding);
  const finding = decider?.finding ?? goodFinding(input);
  return {
    word: tlsWordOf(decider),
    finding,
    findings: sortFindings(findings),
  };
}
