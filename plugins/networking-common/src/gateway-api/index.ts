export type * from './types';
export * from './snapshot';
export {
  attachments,
  type Attachment,
  type AttachmentRefusal,
} from './attachments';
export { findCondition } from './conditions';
export { intersectHostname } from './hostname';
export { labelSelectorMatches, parseLabelSelector } from './labelSelector';
export {
  GATEWAY_GROUP,
  parentRefWithDefaults,
  parentStatusFor,
  type NormalizedParentReference,
} from './parents';
export { probePath } from './probePath';
