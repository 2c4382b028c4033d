import type {
  KubernetesObject,
  Snapshot,
} from 'backstage-plugin-networking-common';
import { systemClock, type Clock } from '../cache';
import { SNAPSHOT_KINDS, type SnapshotReader } from '../io/cluster';
import type { FakeApiServer } from './fakeApiServer';

/** Waits twenty times shorter than the machine's clock would: outages begin and end within a test. */
export const quickClock: Clock = {
  ...systemClock,
  sleep: (milliseconds, signal) => systemClock.sleep(milliseconds / 20, signal),
};

/** For what never comes: a busy machine may need seconds. */
const BOUND_MS = 60_000;

/** Resolves once readings of each cluster show what its server holds, or that it is down. */
export async function caughtUp(
  snapshots: SnapshotReader,
  servers: Record<string, FakeApiServer>,
): Promise<void> {
  const bound = Date.now() + BOUND_MS;
  const isThere = async ([cluster, server]: [string, FakeApiServer]) => {
    const { snapshot, state, health } = await snapshots.read(cluster);
    if (server.isDown()) return !state.reachable;
    const isHeard = health?.every(({ status }) => status !== 'syncing');
    return state.reachable && isHeard && isEqual(snapshot, server);
  };
  for (;;) {
    const found = await Promise.all(Object.entries(servers).map(isThere));
    if (found.every(Boolean)) return;
    if (Date.now() > bound) throw new Error('The cache did not catch up');
    await new Promise(resolve => setTimeout(resolve, 2));
  }
}

function isEqual(snapshot: Snapshot, server: FakeApiServer): boolean {
  const versionOf = ({ kind, metadata }: KubernetesObject) =>
    `${kind} ${metadata.uid} ${metadata.resourceVersion}`;
  const cached = SNAPSHOT_KINDS.flatMap(kind => [...snapshot.list(kind)]).map(
    versionOf,
  );
  const served = server
    .objects()
    .filter(({ kind }) => (SNAPSHOT_KINDS as string[]).includes(kind))
    .map(versionOf);
  return (
    cached.length === served.length &&
    new Set([...cached, ...served]).size === served.length
  );
}
