export type * from './types';
export {
  CONDITION_POLARITY,
  CONDITION_REASONS,
  isBad,
  meaningOf,
  type ConditionStatus,
  type JudgedObject,
  type Polarity,
  type ReasonMeaning,
  type ReasonSource,
} from './conditionReasons';
export { evaluateExposure } from './evaluate';
export type { RouteReader } from './contests';
export { hostsToProbe, type HostToProbe } from './hostsToProbe';
export { certificatesOfHosts } from './hostCertificates';
export { notJudgedFindings } from './otherRoutes';
export { leadsBack } from './redirects';
export { NOT_CHECKED_REASONS, VERDICT_REASONS } from '../findings/reasons';
