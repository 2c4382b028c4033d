import type { SnapshotKind } from 'backstage-plugin-networking-common';
import {
  SNAPSHOT_KINDS,
  type ClusterAccess,
  type ClusterReading,
  type SnapshotReader,
} from '../io/cluster';
import { clusterState } from '../io/cluster/clusterState';
import { systemClock } from './clock';
import { ClusterCache } from './clusterCache';
import { overlay } from './overlay';
import type { ClusterChange, Clock } from './types';

/** How long a first reading waits for the first lists. */
const FIRST_READING_MS = 10_000;
/** How long a write waits until the cache has seen it: events come within milliseconds. */
const WRITE_SEEN_MS = 2_000;

/**
 * What a write decides on and another replica may have just written: whose the host is, and what the namespace grants. The
 * rest is as fresh in the cache as an event is.
 */
export const FRESH_KINDS: readonly SnapshotKind[] = ['HTTPRoute', 'Namespace'];

type Written = Parameters<SnapshotReader['written']>[1];

/** Reads clusters from their watch caches. */
export interface CachedSnapshotReader extends SnapshotReader {
  /** Calls back for every change, until the returned function is called. */
  subscribe(listener: (change: ClusterChange) => void): () => void;
  /** Starts every cache and waits for none. */
  start(): void;
  close(): void;
}

/**
 * Readings cost no request to an API server, but for `fresh` ones: of those, {@link FRESH_KINDS} are listed live.
 *
 * @param options - `live` reads just those kinds
 */
export function createCachedSnapshotReader(options: {
  clusters: ClusterAccess;
  live: Pick<SnapshotReader, 'read'>;
  clock?: Clock;
  inactivityMs?: number;
}): CachedSnapshotReader {
  const { clusters, live, clock = systemClock, inactivityMs } = options;
  const caches = new Map<string, ClusterCache>();
  const listeners = new Set<(change: ClusterChange) => void>();
  const closing = new AbortController();

  const cacheOf = (cluster: string): ClusterCache => {
    const known = caches.get(cluster);
    if (known) return known;
    const client = clusters.client(cluster);
    const cache = new ClusterCache({
      cluster,
      kinds: SNAPSHOT_KINDS,
      source: kind => client.listWatch(kind),
      clock,
      inactivityMs,
      onChange: change => {
        for (const listener of listeners) listener(change);
      },
    });
    caches.set(cluster, cache);
    return cache;
  };

  const within = (milliseconds: number, wait: Promise<unknown>) => {
    const done = new AbortController();
    return Promise.race([
      wait,
      clock.sleep(milliseconds, AbortSignal.any([closing.signal, done.signal])),
    ]).finally(() => done.abort());
  };

  const isSeen = (cluster: string, written: Written) => {
    const { namespace, name, uid, resourceVersion } = written;
    const { metadata } =
      cacheOf(cluster).store.get('HTTPRoute', namespace, name) ?? {};
    if (resourceVersion === undefined) return metadata?.uid !== uid;
    // Versions of one object can be compared as numbers (KEP-5504); where they are none, only the same one counts.
    return (
      metadata?.resourceVersion === resourceVersion ||
      Number(metadata?.resourceVersion) > Number(resourceVersion)
    );
  };

  const subscribe = (listener: (change: ClusterChange) => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };

  return {
    async read(cluster, { fresh = false } = {}): Promise<ClusterReading> {
      const cache = cacheOf(cluster);
      const [written] = await Promise.all([
        fresh ? live.read(cluster, { fresh }) : undefined,
        within(FIRST_READING_MS, cache.settled),
      ]);
      const { snapshot, health } = cache.read();
      if (!written) return { ...clusterState(snapshot), health };
      if (!written.state.reachable) return { ...written, health };
      return {
        ...clusterState(overlay(snapshot, written.snapshot, FRESH_KINDS)),
        health,
      };
    },

    async written(cluster, written) {
      let end = () => {};
      const seen = new Promise<void>(resolve => {
        const check = () => {
          if (isSeen(cluster, written)) resolve();
        };
        end = subscribe(change => {
          if (change.cluster === cluster) check();
        });
        check();
      });
      await within(WRITE_SEEN_MS, seen).finally(end);
      return isSeen(cluster, written);
    },

    subscribe,

    start() {
      for (const cluster of clusters.names) cacheOf(cluster);
    },

    close() {
      closing.abort();
      for (const cache of caches.values()) cache.close();
      listeners.clear();
    },
  };
}
