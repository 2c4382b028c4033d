import type { Condition } from '../../gateway-api/types';
import { timeOf } from './input';

/** Within this time, in milliseconds, the controllers of cert-manager take up each other's changes. */
export const SETTLING_MS = 10_000;

/** Has this come to be so recently that cert-manager may be about to change it by itself? */
export function isSettling(
  condition: Condition | undefined,
  now: number,
): boolean {
  const since = timeOf(condition?.lastTransitionTime);
  return since !== undefined && now - since < SETTLING_MS;
}
