import {
  NOT_TRUSTED,
  VERDICT_REASONS as REASON,
  commonName,
  type ExposureHost,
} from 'backstage-plugin-networking-common';

/** Reasons whose sentence says who trusts the certificate, or why nobody does. */
const OF_TRUST: ReadonlySet<string> = new Set([
  ...NOT_TRUSTED,
  REASON.certificateKeyTooWeak,
  REASON.certificateSignatureTooWeak,
  REASON.certificateKeyRefused,
  REASON.certificateSignatureRefused,
  REASON.certificateSelfSigned,
  REASON.certificateTrustNotKnown,
]);

const OF_TIME: ReadonlySet<string> = new Set([
  REASON.certificateExpired,
  REASON.certificateNotYetValid,
]);

/** Node's name for a certificate of another host, which says nothing of trust. */
const NAME_ERROR = 'ERR_TLS_CERT_ALTNAME_INVALID';

/** Completes "Trusted …" of the certificate of a host: by whom, or why by nobody. Whatever else is wrong stands elsewhere. */
export function trustSentence({
  tls,
  probe,
}: Pick<ExposureHost, 'tls' | 'probe'>): string {
  const { trustedBy, word, finding } = tls;
  if (trustedBy) {
    return `by clients that trust the CA ${commonName(trustedBy.subject)}`;
  }
  if (OF_TRUST.has(finding.reason)) return finding.message;
  if (OF_TIME.has(finding.reason)) return 'by nobody while it is not valid';
  const seen = probe?.tls;
  if (word === 'Good' || seen?.verified) {
    return 'by browsers and systems as they are';
  }
  return seen?.verified === false && seen.verificationError !== NAME_ERROR
    ? 'by nobody who verifies it as the last check did'
    : 'not known';
}
