export { createClusterAccess } from './clusterAccess';
export {
  ClusterError,
  fieldConflicts,
  isClusterError,
  type FieldConflict,
} from './errors';
export {
  createLiveSnapshotReader,
  type ClusterReading,
  type SnapshotReader,
} from './snapshotReader';
export type { ApplyOptions, ClusterAccess, ClusterClient } from './types';
