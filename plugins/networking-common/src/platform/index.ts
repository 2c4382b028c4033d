export type * from './types';
export { evaluatePlatform } from './evaluate';
export {
  addressFinding,
  isSaidOfCluster,
  isSharedCause,
  mayBeShared,
} from './addressHealth';
export { PLATFORM_REASONS } from './reasons';
export { renderPlatform } from './render';
export { certificateRows } from './certificateRows';
