export type { Consequence } from './writeReasons';
export type * from './types';
export { completePlan } from './completePlan';
export { diffObjects } from './diff';
export { entityFacts, type EntityFacts } from './entityFacts';
export { blockingFindings } from '../findings/sort';
export {
  cutOffFindings,
  cutOffRoutes,
  namespaceNotice,
  type CutOffRoute,
} from './cutOff';
export {
  exposureRow,
  findExposures,
  type FoundExposures,
} from './exposureRows';
export { namespaceGrants } from './grants';
export { hostClaims, routesForHost, type HostClaim } from './hostClaims';
export {
  findHosts,
  hostRows,
  type FoundHosts,
  type HostPosition,
} from './hostRows';
export { fromHttpRoute, routeName, toHttpRoute } from './httpRoute';
export { deliveryToolOf, isManaged, isPlatformRoute } from './managers';
export {
  backendServices,
  claimedEntityRef,
  claimFinding,
  isHttpRoute,
  matchRouteToEntity,
  matchServiceToEntity,
  ROUTE_KINDS,
  routesOfEntity,
} from './matching';
export { freeHostLabel } from './freeHostLabel';
export { unconfirmedFindings } from './liveTraffic';
export { planExposure, type PlanDraft } from './plan';
export { exposableServices, serviceRefusal } from './services';
export { toYaml } from './yaml';
