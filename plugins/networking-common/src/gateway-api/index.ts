export type * from './types';
export * from './snapshot';
export {
  objectKey,
  SNAPSHOT_INDEXES,
  type Indexed,
  type SnapshotIndexName,
} from './indexes';
export {
  attachments,
  type Attachment,
  type AttachmentRefusal,
} from './attachments';
export { findCondition } from './conditions';
export { intersectHostname } from './hostname';
export {
  routeMatches,
  takesPlainGet,
  takeTheSame,
  type MatchedRequests,
  type RouteMatch,
} from './matches';
export { labelSelectorMatches, parseLabelSelector } from './labelSelector';
export {
  GATEWAY_GROUP,
  parentRefWithDefaults,
  parentStatusFor,
  type NormalizedParentReference,
} from './parents';
export {
  comparePrecedence,
  competingMatches,
  precedenceCriterion,
  type CompetingMatch,
  type MatchRank,
  type PrecedenceCriterion,
} from './precedence';
export { probePath } from './probePath';
