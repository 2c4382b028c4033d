export { TrustCa } from './TrustCa';
