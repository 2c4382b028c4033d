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
  const { unauthorized } = cause;
  const fails = unauthorized
    ? `refuses the token of the Backstage backend`
    : 'does not answer';
  return {
    snapshot: {
      ...snapshot,
      gaps: SNAPSHOT_KINDS.map(kind => ({ ...cause, kind })),
    },
    state: {
      cluster,
      reachable: false,
      ...(isKnown && { observedAt }),
      findings: [
        {
          reason: 'ClusterUnreachable',
          severity: 'error',
          // How old what is shown is stands beside it, in `observedAt`.
          message: `Cluster ${cluster} ${fails}${
            isKnown ? '' : ', and nothing of it was read before'
          }.`,
          remedy: unauthorized
            ? `Renew the token of cluster ${cluster} in kubernetes.clusterLocatorMethods.`
            : `Check the API server of cluster ${cluster} and the network to it.`,
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

/** Kinds without which nothing can be exposed; those who lack others need not hear of it. */
const GATEWAY_API_KINDS = new Set<SnapshotGap['kind']>([
  'HTTPRoute',
  'Gateway',
  'GatewayClass',
]);

/** Kinds without which no certificate can be judged. */
const CERTIFICATE_KINDS = new Set<SnapshotGap['kind']>([
  'Certificate',
  'CertificateRequest',
  'Issuer',
  'ClusterIssuer',
]);

const notServed = (gaps: readonly SnapshotGap[]) =>
  gaps.filter(({ reason }) => reason === 'NotServed').map(({ kind }) => kind);

/** That a cluster has no objects of some kinds, which nothing is wrong with: a fact for those who run the platform. */
export function notServedFacts({
  cluster,
  gaps,
}: Pick<Snapshot, 'cluster' | 'gaps'>): Finding[] {
  const plurals = notServed(gaps)
    .filter(kind => !GATEWAY_API_KINDS.has(kind))
    .filter(kind => !CERTIFICATE_KINDS.has(kind))
    .map(kind => RESOURCES[kind].plural);
  if (plurals.length === 0) return [];
  return [
    {
      reason: 'KindsNotServed',
      severity: 'info',
      message: `Cluster ${cluster} does not serve ${plurals.join(
        ', ',
      )}. They are read as soon as it does.`,
      subject: { kind: 'Cluster', name: cluster, cluster },
    },
  ];
}

/** One finding for each missing API that the plugin relies on, and one for all that RBAC refuses. */
function gapFindings(cluster: string, gaps: readonly SnapshotGap[]): Finding[] {
  const subject = { kind: 'Cluster', name: cluster, cluster };
  const findings: Finding[] = [];
  const missing = notServed(gaps);
  if (missing.some(kind => GATEWAY_API_KINDS.has(kind))) {
    const { providedBy } = RESOURCES.HTTPRoute;
    findings.push({
      reason: 'GatewayApiNotInstalled',
      severity: 'error',
      message: `Nothing can be exposed from cluster ${cluster}: ${providedBy} are not installed there.`,
      remedy: `Install ${providedBy} on cluster ${cluster}.`,
      subject,
    });
  }
  if (missing.some(kind => CERTIFICATE_KINDS.has(kind))) {
    const { providedBy } = RESOURCES.Certificate;
    findings.push({
      reason: 'ApiNotInstalled',
      severity: 'warning',
      message: `Certificates cannot be judged on cluster ${cluster}: ${providedBy} are not installed there.`,
      remedy: `Install ${providedBy} on cluster ${cluster}.`,
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
