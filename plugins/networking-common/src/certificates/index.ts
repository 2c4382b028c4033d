export type * from './types';
export {
  certificateLookup,
  listenerKey,
  listenerRefOf,
  secretsOf,
  tlsListeners,
  type TlsListener,
} from './listeners';
export {
  traceCertificate,
  traceCertificates,
  traceSecret,
  type CertificateTrace,
} from './trace';
export { certificateStatus, nextAttemptAt } from './status';
