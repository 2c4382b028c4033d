export {
  createExposureLock,
  type ExposureLock,
  type Lease,
} from './exposureLock';
export { connectDatabase } from './migrations';
export { sharedSecret } from './sharedSecret';
