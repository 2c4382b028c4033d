import type { Condition } from '../gateway-api/types';
import {
  CONDITION_REASONS,
  type JudgedObject,
  type ReasonMeaning,
} from './conditionTable';

export {
  CONDITION_REASONS,
  type ConditionStatus,
  type JudgedObject,
  type ReasonMeaning,
  type ReasonSource,
} from './conditionTable';

/** Whether a condition is good when it is True (`positive`) or when it is False (`negative`). @public */
export type Polarity = 'positive' | 'negative';

/**
 * By condition type. A type that is not in it may be of either polarity: it is shown and not judged.
 * `RouteRulesOverlap` and `BackendsAvailable` are Envoy Gateway's, `ValidMatches` is Contour's, the others the Gateway API's.
 * @public
 */
export const CONDITION_POLARITY: Readonly<Record<string, Polarity>> = {
  Accepted: 'positive',
  Programmed: 'positive',
  ResolvedRefs: 'positive',
  BackendsAvailable: 'positive',
  ValidMatches: 'positive',
  PartiallyInvalid: 'negative',
  Conflicted: 'negative',
  OverlappingTLSConfig: 'negative',
  Detached: 'negative',
  InsecureFrontendValidationMode: 'negative',
  SupportedVersion: 'positive',
  RouteRulesOverlap: 'negative',
};

/** Does a condition say that something is wrong? Undefined where its type, or its status, does not tell. @public */
export function isBad({ type, status }: Condition): boolean | undefined {
  const polarity = Object.hasOwn(CONDITION_POLARITY, type)
    ? CONDITION_POLARITY[type]
    : undefined;
  if (polarity === undefined || (status !== 'True' && status !== 'False')) {
    return undefined;
  }
  return status === (polarity === 'positive' ? 'False' : 'True');
}

/**
 * What a condition's status and reason come to; undefined where nothing is known of them. Of several reasons in one, `A,B` as
 * Envoy Gateway writes them, the first known one counts.
 * @public
 */
export function meaningOf(
  object: JudgedObject,
  { type, status, reason }: Condition,
): ReasonMeaning | undefined {
  const byType = CONDITION_REASONS[object];
  const byStatus = Object.hasOwn(byType, type) ? byType[type] : undefined;
  const byReason =
    status === 'True' || status === 'False' || status === 'Unknown'
      ? byStatus?.[status]
      : undefined;
  if (!byReason || typeof reason !== 'string') return undefined;
  const known = reason.split(',').find(one => Object.hasOwn(byReason, one));
  return known === undefined ? undefined : byReason[known];
}
