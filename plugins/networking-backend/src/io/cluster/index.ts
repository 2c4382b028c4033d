export { createClusterAccess } from './clusterAccess';
export { notServedFacts } from './clusterState';
export {
  ClusterError,
  fieldConflicts,
  isClusterError,
  type FieldConflict,
} from './errors';
export {
  createLiveReader,
  type ClusterReading,
  type LiveReader,
  type SnapshotReader,
} from './snapshotReader';
export { SNAPSHOT_KINDS } from './resources';
export type {
  ApplyOptions,
  ClusterAccess,
  ClusterClient,
  EventSubject,
  KindHealth,
  KindStatus,
  NamespaceRights,
  OnDemandList,
} from './types';
