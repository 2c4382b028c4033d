export {
  createCachedSnapshotReader,
  type CachedSnapshotReader,
} from './cachedSnapshotReader';
export { systemClock } from './clock';
export { ClusterCache, type CacheReading } from './clusterCache';
export {
  ObjectStore,
  type ObjectChange,
  type ObjectEvent,
} from './objectStore';
export { reflect } from './reflector';
export type { ClusterChange, Clock } from './types';
