import {
  createSnapshot,
  type ClusterState,
  type Finding,
  type KubernetesObject,
  type Snapshot,
  type SnapshotGap,
  type SnapshotKind,
} from 'backstage-plugin-networking-common';
import { isClusterError, type ClusterError } from './errors';
import { RESOURCES, SNAPSHOT_KINDS } from './resources';
import type { ClusterAccess } from './types';

/** What is known of a cluster, and how well. */
export interface ClusterReading {
  snapshot: Snapshot;
  state: ClusterState;
}

/**
 * Reads clusters. Never throws for a cluster that does not answer: the reading
 * then holds what was last known, with every kind named in `gaps`.
 */
export interface SnapshotReader {
  /**
   * @param options - `fresh`: began after this call, so that it holds every
   *   write that was answered before
   */
  read(cluster: string, options?: { fresh?: boolean }): Promise<ClusterReading>;
  /** After a write: reads that are under way are not joined any more. */
  invalidate(cluster: string): void;
}

/**
 * Lists every kind live for each reading; callers that come while one is under
 * way share it.
 */
export function createLiveSnapshotReader(options: {
  clusters: ClusterAccess;
  now?: () => Date;
}): SnapshotReader {
  const { clusters, now = () => new Date() } = options;
  const underWay = new Map<string, Promise<ClusterReading>>();
  const lastKnown = new Map<string, LastKnown>();

  const readLive = async (cluster: string): Promise<ClusterReading> => {
    const client = clusters.client(cluster);
    const observedAt = now().toISOString();
    const outcomes = await Promise.all(
      SNAPSHOT_KINDS.map(async kind => {
        try {
          return { kind, objects: await client.list(kind) };
        } catch (error) {
          return { kind, gap: gapOf(kind, error) };
        }
      }),
    );
    const gaps = outcomes.flatMap(outcome => outcome.gap ?? []);
    if (gaps.some(gap => gap.reason === 'Unreachable')) {
      return fallBack(cluster, gaps, lastKnown.get(cluster), observedAt);
    }
    const objects = outcomes.flatMap<KubernetesObject>(
      outcome => outcome.objects ?? [],
    );
    const known = lastKnown.get(cluster);
    if (!known || known.observedAt <= observedAt) {
      lastKnown.set(cluster, { observedAt, objects });
    }
    return {
      snapshot: createSnapshot({ cluster, observedAt, objects, gaps }),
      state: {
        cluster,
        reachable: true,
        observedAt,
        findings: gapFindings(cluster, gaps),
      },
    };
  };

  const start = (cluster: string): Promise<ClusterReading> => {
    const reading = readLive(cluster).finally(() => {
      if (underWay.get(cluster) === reading) underWay.delete(cluster);
    });
    underWay.set(cluster, reading);
    return reading;
  };

  return {
    async read(cluster, { fresh = false } = {}) {
      return (!fresh && underWay.get(cluster)) || start(cluster);
    },
    invalidate(cluster) {
      underWay.delete(cluster);
    },
  };
}

interface LastKnown {
  observedAt: string;
  objects: KubernetesObject[];
}

function gapOf(kind: SnapshotKind, error: unknown): SnapshotGap {
  if (!isClusterError(error)) throw error;
  return { kind, reason: gapReason(error), message: error.message };
}

function gapReason({ httpStatus }: ClusterError): SnapshotGap['reason'] {
  switch (httpStatus) {
    case 404:
      return 'NotServed';
    case 401:
    case 403:
      return 'Forbidden';
    default:
      return 'Unreachable';
  }
}

function fallBack(
  cluster: string,
  gaps: SnapshotGap[],
  known: LastKnown | undefined,
  attemptedAt: string,
): ClusterReading {
  const cause = gaps.find(gap => gap.reason === 'Unreachable')?.message ?? '';
  const snapshot = createSnapshot({
    cluster,
    observedAt: known?.observedAt ?? attemptedAt,
    objects: known?.objects ?? [],
    gaps: SNAPSHOT_KINDS.map(kind => ({
      kind,
      reason: 'Unreachable',
      message: cause,
    })),
  });
  return {
    snapshot,
    state: {
      cluster,
      reachable: false,
      observedAt: known?.observedAt,
      findings: [
        {
          reason: 'ClusterUnreachable',
          severity: 'error',
          message: known
            ? `Cluster ${cluster} does not answer. What is shown is as it was last read.`
            : `Cluster ${cluster} does not answer, and nothing of it was read before.`,
          remedy: `Check the API server of cluster ${cluster} and the network to it.`,
          subject: { kind: 'Cluster', name: cluster, cluster },
          details: { cause },
        },
      ],
    },
  };
}

/** One finding for each missing API and one for all that RBAC refuses. */
function gapFindings(cluster: string, gaps: SnapshotGap[]): Finding[] {
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
