export type * from './types';
export { evaluateExposure } from './evaluate';
export type { RouteReader } from './contests';
export { hostsToProbe } from './hostsToProbe';
export { VERDICT_REASONS } from './reasons';
export { traceCertificate, type CertificateTrace } from './trace';
