import {
  hostOf,
  unconfirmedFindings,
  urlOf,
  type ExposableServices,
  type ExposurePlan,
  type Finding,
} from 'backstage-plugin-networking-common';

/** Reasons that speak about the host label, whatever field their subject names. */
const HOST_REASONS = new Set([
  'HostLabelInvalid',
  'HostTooLong',
  'HostEmbedsAddress',
  'HostReserved',
  'HostTaken',
]);

/** True for findings that belong under the host label's field. */
export const isHostFinding = (finding: Finding): boolean =>
  finding.subject.field === 'hostLabel' || HOST_REASONS.has(finding.reason);

/** URL of a label in a cluster, as one types it. Undefined while the label is empty or the suffix is not known. */
export function previewUrl(
  label: string,
  cluster: ExposableServices['clusters'][number] | undefined,
): string | undefined {
  if (!label || !cluster?.dnsSuffix) return undefined;
  return urlOf(hostOf(label, cluster.dnsSuffix), {
    scheme: 'https',
    port: cluster.publicHttpsPort,
  });
}

/** What a plan does to live requests, which somebody has to confirm. */
export const liveTrafficFindings = (
  plan: ExposurePlan | undefined,
): Finding[] =>
  plan && plan.action !== 'refused' ? unconfirmedFindings(plan) : [];

/** What a plan says about its host. */
export type HostAvailability =
  | { word: 'free'; host: string }
  | { word: 'own'; host: string }
  | { word: 'refused'; findings: Finding[] }
  | { word: 'unknown' };

/** Free, already this entity's, refused with the reason, or not known where the plan did not get that far. */
export function hostAvailability(plan: ExposurePlan): HostAvailability {
  const findings = plan.findings.filter(
    finding => isHostFinding(finding) && finding.severity === 'blocking',
  );
  if (findings.length > 0) return { word: 'refused', findings };
  if (!plan.host) return { word: 'unknown' };
  if (plan.action === 'update' || plan.action === 'unchanged') {
    return { word: 'own', host: plan.host };
  }
  return { word: 'free', host: plan.host };
}
