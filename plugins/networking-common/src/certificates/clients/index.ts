export { CHROMIUM_OFFER, CLIENT_FAMILIES } from './families';
export type { ClientFamily, KeyKind, Refusal } from './types';
