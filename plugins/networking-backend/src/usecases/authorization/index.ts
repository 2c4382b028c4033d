export {
  createAuthorizer,
  fullEntityRef,
  requireAction,
  type AuthorizedEntity,
  type Authorizer,
  type ExposureAction,
} from './authorizer';
export {
  createReadableEntities,
  type ReadableEntities,
} from './readableEntities';
