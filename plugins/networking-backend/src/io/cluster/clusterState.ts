import type {
  ClusterState,
  Finding,
  Snapshot,
  SnapshotGap,
} from 'backstage-plugin-networking-common';
import { RESOURCES, SNAPSHOT_KINDS } from './resources';

/** Kinds without which nothing can be said of an exposure. */
const NEEDED = new Set<SnapshotGap['kind']>([
  'HTTPRoute',
  'Gateway',
  'Service',
]);

/**
 * A snapshot with what is to be said of its cluster. A cluster of which one of the kinds that every verdict needs cannot be
 * reached counts as unreachable, and then all of it is only what was last known.
 */
export function clusterState(snapshot: Snapshot): {
  snapshot: Snapshot;
  state: ClusterState;
} {
  const { cluster, observedAt, gaps } = snapshot;
  const lost = gaps.filter(({ reason }) => reason === 'Unreachable');
  const cause = lost.find(({ kind }) => NEEDED.has(kind));
  if (!cause) {
    return {
      snapshot,
      state: {
        cluster,
        reachable: true,
        ...(lost.length > 0 && { observedAt }),
        findings: [
          ...gapFindings(cluster, gaps),
          ...lostFindings(cluster, lost),
        ],
      },
    };
  }
  const isKnown = SNAPSHOT_KINDS.some(
    kind => NEEDED.has(kind) && snapshot.list(kind).length > 0,
  );
  return {
    snapshot: {
      ...snapshot,
      gaps: SNAPSHOT_KINDS.map(kind => ({
        kind,
        reason: 'Unreachable',
        message: cause.message,
      })),
    },
    state: {
      cluster,
      reachable: false,
      ...(isKnown && { observedAt }),
      findings: [
        {
          reason: 'ClusterUnreachable',
          severity: 'error',
          message: isKnown
            ? `Cluster ${cluster} does not answer. What is shown is as it was last read.`
            : `Cluster ${cluster} does not answer, and nothing of it was read before.`,
          remedy: `Check the API server of cluster ${cluster} and the network to it.`,
          subject: { kind: 'Cluster', name: cluster, cluster },
          details: { cause: cause.message },
        },
      ],
    },
  };
}

function lostFindings(
  cluster: string,
  lost: readonly SnapshotGap[],
): Finding[] {
  if (lost.length === 0) return [];
  const plurals = lost.map(({ kind }) => RESOURCES[kind].plural).join(', ');
  return [
    {
      reason: 'KindsUnreachable',
      severity: 'warning',
      message: `The API server of cluster ${cluster} does not answer for ${plurals}; what depends on them is as it was last read.`,
      remedy: `Read the log of the API server of cluster ${cluster}.`,
      subject: { kind: 'Cluster', name: cluster, cluster },
      details: Object.fromEntries(lost.map(gap => [gap.kind, gap.message])),
    },
  ];
}

/** One finding for each missing API and one for all that RBAC refuses. */
function gapFindings(cluster: string, gaps: readonly SnapshotGap[]): Finding[] {
  const subject = { kind: 'Cluster', name: cluster, cluster };
  const findings: Finding[] = [];
  const missing = new Set(
    gaps
      .filter(gap => gap.reason === 'NotServed')
      .map(gap => RESOURCES[gap.kind].providedBy),
  );
  for (const provider of missing) {
    const gatewayApi = provider === RESOURCES.HTTPRoute.providedBy;
    findings.push({
      reason: gatewayApi ? 'GatewayApiNotInstalled' : 'ApiNotInstalled',
      severity: gatewayApi ? 'error' : 'warning',
      message: gatewayApi
        ? `Nothing can be exposed from cluster ${cluster}: ${provider} are not installed there.`
        : `Certificates cannot be judged on cluster ${cluster}: ${provider} are not installed there.`,
      remedy: `Install ${provider} on cluster ${cluster}.`,
      subject,
    });
  }
  const forbidden = gaps.filter(gap => gap.reason === 'Forbidden');
  if (forbidden.length > 0) {
    const plurals = forbidden.map(gap => RESOURCES[gap.kind].plural).join(', ');
    findings.push({
      reason: 'ReadForbidden',
      severity: 'error',
      message: `What depends on ${plurals} of cluster ${cluster} is not known: the backend's service account may not list them.`,
      remedy: `Bind ClusterRole networking-backend to the backend's service account on cluster ${cluster}.`,
      subject,
      details: Object.fromEntries(
        forbidden.map(gap => [gap.kind, gap.message]),
      ),
    });
  }
  return findings;
}
