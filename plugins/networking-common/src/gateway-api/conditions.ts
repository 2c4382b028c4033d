import { objectsOf } from './lenient';
import type { Condition } from './types';

/** The condition of a type, wherever it stands in the list. @public */
export function findCondition(
  conditions: readonly Condition[] | undefined,
  type: string,
): Condition | undefined {
  return objectsOf(conditions).find(condition => condition.type === type);
}
