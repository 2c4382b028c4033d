export type * from './types';
export { certificateFor } from './choose';
export * from './clients';
export {
  certificateLookup,
  listenerKey,
  listenerRefOf,
  secretsOf,
  tlsListeners,
  type TlsListener,
} from './listeners';
export * from './history';
export {
  issuedAbove,
  issuedRevision,
  type IssuedRevision,
  type KeptRevision,
  type KeptRevisions,
} from './revisions';
export { certificatesOf, rivalsOf } from './rivals';
export {
  followSecret,
  traceCertificates,
  traceSecret,
  type CertificateTrace,
} from './trace';
export { caNamed, commonName } from './names';
export { refusedName, type NameConstraints } from './nameConstraints';
export { ANCHORS, type AnchorClient } from './anchors';
export { certificateStatus, nextAttemptAt } from './status';
export { factsOfTrace } from './facts';
export {
  isSelfSigned,
  issuedAt,
  judgeCertificate,
  OF_SIGNATURE,
  remedyFor,
  TAKE_UP_MS,
  TAKEN_UP,
  type CertificateJudgement,
  type CertificateQuestion,
  type ServedCertificate,
} from './judge';
export {
  NOT_TRUSTED,
  notificationState,
  type NotificationState,
} from './notifications';
