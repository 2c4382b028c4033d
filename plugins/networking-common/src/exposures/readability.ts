import type { Snapshot, SnapshotKind } from '../gateway-api/snapshot';
import type { Finding } from '../verdicts/types';

/** Kinds without which no write can be judged. */
export const KINDS_NEEDED_TO_WRITE: readonly SnapshotKind[] = [
  'HTTPRoute',
  'Gateway',
  'Service',
  'Namespace',
];

/** The blocking finding that a cluster does not answer. */
export function unreachableFinding(cluster: string, details?: string): Finding {
  return {
    reason: 'ClusterUnreachable',
    severity: 'blocking',
    message: `Cluster ${cluster} does not answer, so nothing can be checked or changed there.`,
    remedy: `Check the connection from the Backstage backend to cluster ${cluster}, then try again.`,
    subject: { kind: 'Cluster', name: cluster, cluster, field: 'cluster' },
    ...(details !== undefined && { details: { error: details } }),
  };
}

/** The first of the kinds that a snapshot could not read, as a blocking finding. */
export function unreadableFinding(
  snapshot: Snapshot,
  kinds: readonly SnapshotKind[],
): Finding | undefined {
  const gap = snapshot.gaps.find(candidate => kinds.includes(candidate.kind));
  if (!gap) return undefined;
  const { cluster } = snapshot;
  if (gap.reason === 'Unreachable') {
    const finding = unreachableFinding(cluster, gap.message);
    if (!gap.unauthorized) return finding;
    return {
      ...finding,
      message: `Cluster ${cluster} refuses the token of the Backstage backend, so nothing can be checked or changed there.`,
      remedy: `Ask an admin of Backstage to renew the token of cluster ${cluster}.`,
    };
  }
  const isForbidden = gap.reason === 'Forbidden';
  return {
    reason: isForbidden ? 'ClusterForbidden' : 'KindNotServed',
    severity: 'blocking',
    message: isForbidden
      ? `Nothing can be checked or changed on cluster ${cluster}: it does not let the Backstage backend read ${gap.kind} objects.`
      : `Nothing can be exposed on cluster ${cluster}: it has no ${gap.kind} objects.`,
    remedy: isForbidden
      ? `Ask an admin of cluster ${cluster} to grant the backend's service account the rules of the plugin's rbac folder.`
      : `Ask an admin of cluster ${cluster} to install the Gateway API.`,
    subject: { kind: 'Cluster', name: cluster, cluster, field: 'cluster' },
    details: { error: gap.message },
  };
}
