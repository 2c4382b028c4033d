import { VERDICT_REASONS as REASON } from '../findings/reasons';
import type { Finding } from '../verdicts/types';

/**
 * What people are told of a certificate, worst first:
 * - `expired`: it, or what it hangs on, has ended, and browsers refuse it;
 * - `untrusted`: it does not verify against the CA that signs today, also for what it or a CA may be used for, or what will be
 *   served next does not;
 * - `failing`: cert-manager has tried to issue it and failed, and has not succeeded since, or its ACME issuer has no solver for it;
 * - `overdue`: its renewal was due, or its first issuance began, longer ago than `[certificates] overdue_after`;
 * - `due`: its renewal is due, or it ends within `[certificates] warn_before`, and it is not being renewed at this moment.
 * @public
 */
export type NotificationState =
  | 'expired'
  | 'untrusted'
  | 'failing'
  | 'overdue'
  | 'due';

/** Reasons for which clients do not trust a certificate, whatever their time and the strength of its keys. @public */
export const NOT_TRUSTED: readonly string[] = [
  REASON.certificateOfOldCaKey,
  REASON.certificateNotTrusted,
  REASON.certificateNotForServers,
  REASON.caMayNotSign,
  REASON.caMayNotSignName,
  REASON.caConstraintsUnusable,
  REASON.caPathTooLong,
  REASON.signerIsNoCa,
  REASON.caNotForServers,
  REASON.caKeyUnusable,
  REASON.caSignatureTooWeak,
  REASON.certificateExtensionUnknown,
  REASON.certificateMalformed,
  REASON.certificatePolicyNotMet,
  REASON.certificateRevoked,
  REASON.revocationNotKnown,
  REASON.certificateDistrusted,
  REASON.chainIncomplete,
];

const STATES: readonly (readonly [NotificationState, readonly string[]])[] = [
  ['expired', [REASON.certificateExpired]],
  ['untrusted', [...NOT_TRUSTED, REASON.certificateReplacementBad]],
  ['failing', [REASON.certificateFails, REASON.solverMissing]],
  ['overdue', [REASON.issuanceOverdue, REASON.renewalOverdue]],
];

const DUE: readonly string[] = [
  REASON.renewalDue,
  REASON.certificateExpiresSoon,
];

/** The state of a certificate with these findings; undefined where nobody needs to be told. @public */
export function notificationState(
  findings: readonly Pick<Finding, 'reason'>[],
): NotificationState | undefined {
  const reasons = new Set(findings.map(({ reason }) => reason));
  const found = STATES.find(([, known]) =>
    known.some(reason => reasons.has(reason)),
  );
  if (found) return found[0];
  const isDue = DUE.some(reason => reasons.has(reason));
  return isDue && !reasons.has(REASON.certificateBeingRenewed)
    ? 'due'
    : undefined;
}
