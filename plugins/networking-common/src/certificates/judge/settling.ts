import { findCondition } from '../../gateway-api/conditions';
import type { Condition } from '../../gateway-api/types';
import { parseGoDuration } from '../../settings/durations';
import type { ClusterSettings } from '../../settings/types';
import { issuerTitle } from '../issuerRemedy';
import { timeOf } from './input';
import type { CertificateInput } from './types';

/** Within this time, in milliseconds, the controllers of cert-manager take up each other's changes. */
export const SETTLING_MS = 10_000;

const HOUR = 3_600_000;

/** How long issuing may take, in milliseconds. */
export const overdueAfter = ({ certificates }: ClusterSettings): number =>
  parseGoDuration(certificates.overdueAfter) ?? HOUR;

/** Has this come to be so recently that cert-manager may be about to change it by itself? */
export function isSettling(
  condition: Condition | undefined,
  now: number,
): boolean {
  const since = timeOf(condition?.lastTransitionTime);
  return since !== undefined && now - since < SETTLING_MS;
}

/** The issuer that has to be ready before anything is issued, where it is known not to be, and not only for a moment. */
export function issuerInTheWay({
  facts: { issuer },
  now,
}: Pick<CertificateInput, 'facts' | 'now'>): string | undefined {
  if (!issuer || issuer.type === 'external') return undefined;
  if (issuer.exists === false) return issuerTitle(issuer);
  const ready = findCondition(issuer.conditions, 'Ready');
  if (!ready || ready.status === 'True') return undefined;
  if (issuer.secrets?.filledBy && isSettling(ready, now)) return undefined;
  return issuerTitle(issuer);
}
