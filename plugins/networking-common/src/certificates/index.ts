export type * from './types';
export { traceCertificate, type CertificateTrace } from './trace';
export { certificateStatus, nextAttemptAt } from './status';
