export type * from './types';
export { CA_FINDINGS_HEADER, CA_FINGERPRINT_HEADER } from './caBundle';
export { NetworkingClient } from './NetworkingClient';
export { waitForVerdict } from './waitForVerdict';
