import {
  createSnapshot,
  type ClusterState,
  type KubernetesObject,
  type Snapshot,
  type SnapshotGap,
  type SnapshotKind,
} from 'backstage-plugin-networking-common';
import { isClusterError, type ClusterError } from './errors';
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
   * @param options - `fresh`: what a write decides on began to be read after this call, so that it holds every write that
   *   was answered before. `retry`: what was away when last heard of is asked for again, so that nobody is refused for an
   *   outage that is over
   */
  read(
    cluster: string,
    options?: { fresh?: boolean; retry?: boolean },
  ): Promise<ClusterReading>;
  /** After a write of a route: resolves to true once readings show it, or to false after a bound. */
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

/** Lists kinds of a cluster now. Never throws for what cannot be read: it is a gap. */
export type LiveReader = (
  cluster: string,
  kinds: readonly SnapshotKind[],
) => Promise<Snapshot>;

export function createLiveReader(options: {
  clusters: ClusterAccess;
  now?: () => Date;
}): LiveReader {
  const { clusters, now = () => new Date() } = options;
  return async (cluster, kinds) => {
    const client = clusters.client(cluster);
    const observedAt = now().toISOString();
    const outcomes = await Promise.all(
      kinds.map(async kind => {
        try {
          return { objects: await client.list(kind) };
        } catch (error) {
          return { gap: gapOf(kind, error) };
        }
      }),
    );
    return createSnapshot({
      cluster,
      observedAt,
      objects: outcomes.flatMap<KubernetesObject>(
        ({ objects }) => objects ?? [],
      ),
      gaps: outcomes.flatMap(({ gap }) => gap ?? []),
    });
  };
}

function gapOf(kind: SnapshotKind, error: unknown): SnapshotGap {
  if (!isClusterError(error)) throw error;
  return {
    kind,
    reason: gapReason(error),
    message: error.message,
    ...(error.httpStatus === 401 && { unauthorized: true }),
  };
}

function gapReason({ httpStatus }: ClusterError): SnapshotGap['reason'] {
  switch (httpStatus) {
    case 404:
      return 'NotServed';
    case 403:
      return 'Forbidden';
    default:
      return 'Unreachable';
  }
}
