import {
  createSnapshot,
  type ClusterState,
  type KubernetesObject,
  type Snapshot,
  type SnapshotGap,
  type SnapshotKind,
} from 'backstage-plugin-networking-common';
import { isClusterError, type ClusterError } from './errors';
import { clusterState } from './clusterState';
import { SNAPSHOT_KINDS } from './resources';
import type { ClusterAccess, KindHealth } from './types';

/** What is known of a cluster, and how well. */
export interface ClusterReading {
  snapshot: Snapshot;
  state: ClusterState;
  /** How well each kind is known, where it is watched. */
  health?: readonly KindHealth[];
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
  /**
   * After a write of a route: resolves to true once readings show it, or to false after a bound. Live reads that are under
   * way are not joined any more.
   */
  written(
    cluster: string,
    route: {
      namespace?: string;
      name: string;
      uid?: string;
      /** Of the route as it was written; absent where it was deleted. */
      resourceVersion?: string;
    },
  ): Promise<boolean>;
}

/**
 * Lists every kind live for each reading; callers that come while one is under
 * way share it.
 */
export function createLiveSnapshotReader(options: {
  clusters: ClusterAccess;
  /** Default: every kind. */
  kinds?: readonly SnapshotKind[];
  now?: () => Date;
}): SnapshotReader {
  const { clusters, now = () => new Date(), kinds = SNAPSHOT_KINDS } = options;
  const underWay = new Map<string, Promise<ClusterReading>>();
  const lastKnown = new Map<string, LastKnown>();

  const readLive = async (cluster: string): Promise<ClusterReading> => {
    const client = clusters.client(cluster);
    const observedAt = now().toISOString();
    const outcomes = await Promise.all(
      kinds.map(async kind => {
        try {
          return { kind, objects: await client.list(kind) };
        } catch (error) {
          return { kind, gap: gapOf(kind, error) };
        }
      }),
    );
    const gaps = outcomes.flatMap(outcome => outcome.gap ?? []);
    if (gaps.some(gap => gap.reason === 'Unreachable')) {
      const known = lastKnown.get(cluster);
      return clusterState(
        createSnapshot({
          cluster,
          observedAt: known?.observedAt ?? observedAt,
          objects: known?.objects ?? [],
          gaps: kinds.map(kind => ({
            kind,
            reason: 'Unreachable',
            message:
              gaps.find(gap => gap.reason === 'Unreachable')?.message ?? '',
          })),
        }),
      );
    }
    const objects = outcomes.flatMap<KubernetesObject>(
      outcome => outcome.objects ?? [],
    );
    const known = lastKnown.get(cluster);
    if (!known || known.observedAt <= observedAt) {
      lastKnown.set(cluster, { observedAt, objects });
    }
    return clusterState(createSnapshot({ cluster, observedAt, objects, gaps }));
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
    async written(cluster) {
      underWay.delete(cluster);
      return true;
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
