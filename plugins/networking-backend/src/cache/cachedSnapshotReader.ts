import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SnapshotKind } from 'backstage-plugin-networking-common';
import {
  SNAPSHOT_KINDS,
  type ClusterAccess,
  type ClusterReading,
  type LiveReader,
  type SnapshotReader,
} from '../io/cluster';
import { clusterState } from '../io/cluster/clusterState';
import { systemClock } from './clock';
import { ClusterCache } from './clusterCache';
import { HealthLog } from './healthLog';
import { overlay } from './overlay';
import type { ClusterChange, Clock } from './types';

/** How long after the start readings wait for the first lists. */
const FIRST_READING_MS = 10_000;
/** How long a write waits until the cache has seen it: events come within milliseconds. */
const WRITE_SEEN_MS = 2_000;

/**
 * What a write decides on and another replica may have just written: whose the host is, and what the namespace grants. The
 * rest is as fresh in the cache as an event is.
 */
const FRESH_KINDS: readonly SnapshotKind[] = ['HTTPRoute', 'Namespace'];

type Written = Parameters<SnapshotReader['written']>[1];

interface Started {
  cache: ClusterCache;
  /** Resolves once its first lists are there, or have been waited for long enough. */
  ready: Promise<unknown>;
}

/** Reads clusters from their watch caches. */
export interface CachedSnapshotReader extends SnapshotReader {
  /** Calls back for every change, until the returned function is called. */
  subscribe(listener: (change: ClusterChange) => void): () => void;
  /** Starts every cache and waits for none. */
  start(): void;
  close(): void;
}

/**
 * Readings cost no request to an API server, but for two: `fresh` ones list {@link FRESH_KINDS} live, and both `fresh` and
 * `retry` list what the cache has lost touch with.
 */
export function createCachedSnapshotReader(options: {
  clusters: ClusterAccess;
  live: LiveReader;
  logger: Pick<LoggerService, 'info' | 'warn'>;
  clock?: Clock;
  inactivityMs?: number;
}): CachedSnapshotReader {
  const { clusters, live, clock = systemClock, inactivityMs } = options;
  const log = new HealthLog(options.logger, clock.now);
  const caches = new Map<string, Started>();
  const listeners = new Set<(change: ClusterChange) => void>();
  const retries = new Map<string, ReturnType<typeof ask>>();
  const closing = new AbortController();

  const within = (milliseconds: number, wait: Promise<unknown>) => {
    const done = new AbortController();
    return Promise.race([
      wait,
      clock.sleep(milliseconds, AbortSignal.any([closing.signal, done.signal])),
    ]).finally(() => done.abort());
  };

  const started = (cluster: string): Started => {
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
        if (change.type === 'health') log.changed(cluster, cache.health);
        for (const listener of listeners) listener(change);
      },
    });
    const ready = within(FIRST_READING_MS, cache.settled);
    caches.set(cluster, { cache, ready });
    return { cache, ready };
  };
  const cacheOf = (cluster: string) => started(cluster).cache;

  /** An answer is news to a cache that waits before it asks again. */
  const ask = async (cluster: string, kinds: readonly SnapshotKind[]) => {
    const snapshot = await live(cluster, kinds);
    const lost = snapshot.gaps.filter(({ reason }) => reason === 'Unreachable');
    if (lost.length < kinds.length) cacheOf(cluster).wake();
    return { snapshot, kinds };
  };

  /** Shared by those who come together: in an outage each would wait for as long as a request may take. */
  const retryLost = (cluster: string, lost: readonly SnapshotKind[]) => {
    if (lost.length === 0) return undefined;
    const underWay =
      retries.get(cluster) ??
      ask(cluster, lost).finally(() => retries.delete(cluster));
    retries.set(cluster, underWay);
    return underWay;
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
    async read(
      cluster,
      { fresh = false, retry = fresh } = {},
    ): Promise<ClusterReading> {
      const { cache, ready } = started(cluster);
      await ready;
      const lost = retry ? cache.lost : [];
      const over = await (fresh
        ? ask(cluster, [...new Set([...FRESH_KINDS, ...lost])])
        : retryLost(cluster, lost));
      const { snapshot, health } = cache.read();
      return {
        ...clusterState(
          over ? overlay(snapshot, over.snapshot, over.kinds) : snapshot,
        ),
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
      for (const cluster of clusters.names) started(cluster);
    },

    close() {
      closing.abort();
      for (const { cache } of caches.values()) cache.close();
      listeners.clear();
    },
  };
}
