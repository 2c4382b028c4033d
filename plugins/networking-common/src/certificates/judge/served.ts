import { findCondition } from '../../gateway-api/conditions';
import { outcome } from '../../findings/outcome';
import { VERDICT_REASONS as REASON } from '../../findings/reasons';
import { dateInWords, durationInWords } from '../../findings/words';
import type { CertificateFacts, CertificateSummary } from '../types';
import { caNamed } from '../names';
import { findOutWhyNotServed } from './effects';
import { isSame, timeOf } from './input';
import { remedyOfIssued } from './trust';
import type { CertificateCheck, CertificateInput } from './types';

/**
 * Within this time, in milliseconds, a gateway takes up what has changed; what was seen until then tells nothing.
 * @public
 */
export const TAKE_UP_MS = 10_000;

/** The remedy meanwhile. @public */
export const TAKEN_UP =
  'Wait; the gateway takes up what was issued within seconds.';

const sameNames = (a: CertificateSummary, b: CertificateSummary) =>
  [...a.dnsNames].sort().join() === [...b.dnsNames].sort().join();

/** Made for the same, by the same, before: an earlier revision of which no record is left. */
const isOlder = (served: CertificateSummary, issued: CertificateSummary) =>
  served.issuer === issued.issuer &&
  sameNames(served, issued) &&
  (timeOf(served.notBefore) ?? NaN) < (timeOf(issued.notBefore) ?? NaN);

/** Made for the same, by the same, since: what cert-manager tells of it is yet to be read. */
const isNewer = (served: CertificateSummary, issued: CertificateSummary) =>
  isOlder(issued, served);

/** When the certificate that was issued last came to be, in milliseconds since the epoch, by the word of its request. @public */
export function issuedAt(facts: CertificateFacts): number | undefined {
  const request = facts.certificate?.request;
  const ready = findCondition(request?.conditions, 'Ready');
  return (
    (ready?.status === 'True' ? timeOf(ready.lastTransitionTime) : undefined) ??
    timeOf(facts.leaf?.notBefore)
  );
}

/** Is another certificate served than was issued last, as it is for the first seconds after a renewal? */
export function isBeingTakenUp({
  facts,
  served,
  earlier,
  now,
}: CertificateInput): boolean {
  const issued = facts.leaf;
  const leaf = served?.leaf;
  if (!issued || !leaf || isSame(issued, leaf)) return false;
  if (isNewer(leaf, issued)) {
    const issuing = findCondition(facts.certificate?.conditions, 'Issuing');
    const begin = timeOf(leaf.notBefore) ?? -Infinity;
    return issuing?.status === 'True' || now - begin < TAKE_UP_MS;
  }
  if (facts.verified === false) return false;
  if (!earlier && !isOlder(leaf, issued)) return false;
  const since = issuedAt(facts);
  const seen = timeOf(served.at);
  return since !== undefined && seen !== undefined && seen < since + TAKE_UP_MS;
}

/** What was issued last against what is served: a gateway may keep the old one, or serve another altogether. */
export const isServed: CertificateCheck = input => {
  const { facts, served, earlier, now, subject, title, todo } = input;
  const issued = facts.leaf;
  const leaf = served?.leaf;
  if (!issued || !leaf || isSame(issued, leaf)) return undefined;
  const details = {
    servedSerial: leaf.serialNumber,
    issuedSerial: issued.serialNumber,
    served: leaf.fingerprintSha256,
    issued: issued.fingerprintSha256,
    ...(earlier && { servedRevision: String(earlier.revision) }),
    ...(facts.certificate?.revision !== undefined && {
      issuedRevision: String(facts.certificate.revision),
    }),
  };
  const isOnItsWay = isBeingTakenUp(input);
  if (isOnItsWay && isNewer(leaf, issued)) {
    return outcome(undefined, 'listener', {
      reason: REASON.certificateTakenUp,
      message: `The gateway serves a newer certificate than cert-manager has told of yet: ${title} is being renewed.`,
      subject,
      details,
    });
  }
  if (!earlier && !isOlder(leaf, issued)) {
    return outcome('Degraded', 'listener', {
      reason: REASON.certificateForeign,
      message: `Browsers get another certificate than ${title}: serial number ${
        leaf.serialNumber
      }, signed by ${leaf.issuer ? caNamed(leaf.issuer) : 'nobody'}.`,
      remedy: todo(findOutWhyNotServed(input)),
      subject,
      details,
    });
  }
  if (facts.verified === false) {
    return outcome('Degraded', 'listener', {
      reason: REASON.certificateReplacementBad,
      message:
        'Browsers will refuse this host once the gateway takes up its new certificate, which does not verify against the CA that signs today.',
      remedy: remedyOfIssued(input) ?? todo(`renew ${title}`),
      subject,
      details: {
        ...details,
        ...(facts.verificationError && { code: facts.verificationError }),
      },
    });
  }
  const which = earlier
    ? `revision ${earlier.revision} of ${title}`
    : `an older certificate than ${title} has`;
  const since = issuedAt(facts);
  if (isOnItsWay) {
    return outcome(undefined, 'listener', {
      reason: REASON.certificateTakenUp,
      message: `The gateway is taking up what was renewed: when it was asked last it served ${which}.`,
      subject,
      details,
    });
  }
  const ago =
    since === undefined || since > now
      ? ''
      : ` ${durationInWords(now - since)} ago`;
  return outcome('Degraded', 'listener', {
    reason: REASON.certificateNotServedYet,
    message: `The gateway still serves ${which}, valid until ${dateInWords(
      leaf.notAfter,
    )}, although it was renewed${ago}.`,
    remedy: todo(findOutWhyNotServed(input)),
    subject,
    details,
  });
};
