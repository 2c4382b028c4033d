export type {
  AcmeChallenge,
  AcmeChallengeStatus,
  AcmeOrder,
  AcmeOrderStatus,
  CoreEvent,
  IssuanceEvent,
  IssuanceHistory,
} from './types';
export { issuanceHistory, ordersOf } from './history';
