export {
  createCertificateStore,
  type CertificateStore,
  type SeenCertificate,
} from './certificateStore';
export {
  createExposureLock,
  type ExposureLock,
  type Lease,
} from './exposureLock';
export type { Database } from './database';
export {
  createGatewayAddressStore,
  type GatewayAddressStore,
} from './gatewayAddressStore';
export {
  databaseNotice,
  databaseRefusal,
  DatabaseUnavailableError,
} from './failure';
export { connectDatabase } from './migrations';
export {
  createProbeStore,
  PROBE_PERIOD_MS,
  QUICK_MS,
  WINDOW_MS,
  type ProbeAnswer,
  type ProbeClaim,
  type ProbeKey,
  type ProbeRow,
  type ProbeStore,
} from './probeStore';
export { createRenewalStore, type RenewalStore } from './renewalStore';
export { sharedSecret } from './sharedSecret';
export {
  createCertificateStates,
  type CertificateKey,
  type CertificateStateRow,
  type CertificateStates,
} from './certificateStates';
