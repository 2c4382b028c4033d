export {
  createExposureLock,
  type ExposureLock,
  type Lease,
} from './exposureLock';
export { connectDatabase } from './migrations';
export { sharedSecret } from './sharedSecret';
export {
  createCertificateStates,
  type CertificateKey,
  type CertificateStateRow,
  type CertificateStates,
} from './certificateStates';
