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
export {
  grantFor,
  isGranted,
  type CrossNamespaceReference,
} from './referenceGrants';
export { intersectHostname } from './hostname';
export {
  covers,
  intersection,
  routeMatches,
  takesPlainGet,
  type MatchedRequests,
  type RouteMatch,
} from './matches';
export { parseLocation, type RedirectTarget } from './location';
export { labelSelectorMatches, parseLabelSelector } from './labelSelector';
export {
  GATEWAY_GROUP,
  parentRefWithDefaults,
  parentStatusFor,
  type NormalizedParentReference,
} from './parents';
export {
  claimedHostname,
  compareHostnames,
  comparePrecedence,
  competingMatches,
  precedenceCriterion,
  type CompetingMatch,
  type MatchRank,
  type PrecedenceCriterion,
} from './precedence';
export { probePath } from './probePath';
