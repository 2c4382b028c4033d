import {
  hostClaims,
  matchRouteToEntity,
  matchServiceToEntity,
  objectKey,
  ROUTE_KINDS,
  SNAPSHOT_INDEXES,
  type ClusterSettings,
  type KubernetesObject,
  type Route,
  type Snapshot,
} from 'backstage-plugin-networking-common';
import type { ClusterChange, Clock } from '../../cache';
import type { Topics } from './topics';

/** Between two signals: many changes come together, and a reader needs to be told once. */
const INTERVAL_MS = 1_000;
/** Beyond this it is cheaper to tell everybody than to find out whom. */
const MAX_OBJECTS = 200;

interface ChangedHost {
  cluster: string;
  host: string;
}

type ObjectsChange = Extract<ClusterChange, { type: 'objects' }>;

export interface ChangeSignalsOptions {
  topics: Topics;
  read(
    cluster: string,
  ): Promise<{ snapshot: Snapshot; settings: ClusterSettings }>;
  publish(topics: string[]): Promise<void>;
  onError(error: unknown): void;
  clock: Clock;
}

/** Tells readers that what they read may have changed, once a second at most. */
export interface ChangeSignals {
  changed(change: ClusterChange): void;
  /** A host answers otherwise than before. */
  changedHost(cluster: string, host: string): void;
  /** Settings decide the verdict of every host, and whose it is. */
  changedSettings(): void;
  close(): void;
}

const NARROW: ReadonlySet<string> = new Set([
  ...ROUTE_KINDS,
  'Service',
  'EndpointSlice',
]);

const isNarrow = ({ kind, objects }: ObjectsChange) =>
  NARROW.has(kind) && objects.length <= MAX_OBJECTS;

export function createChangeSignals(
  options: ChangeSignalsOptions,
): ChangeSignals {
  const { topics, clock, publish, onError } = options;
  const closing = new AbortController();
  let pending: ObjectsChange[] = [];
  let hosts = new Map<string, ChangedHost>();
  let isForAll = false;
  let isWaiting = false;
  let lastAt = -Infinity;

  const flush = async () => {
    const changes = pending;
    const answering = [...hosts.values()];
    const all = isForAll || answering.length > MAX_OBJECTS;
    pending = [];
    hosts = new Map();
    isForAll = false;
    const told = all
      ? topics.handedOut().map(({ topic }) => topic)
      : await concerned(options, changes, answering);
    await publish([...told, topics.ofHosts]);
  };

  const schedule = async () => {
    if (isWaiting) return;
    isWaiting = true;
    // Even a first change waits a moment: an apply and the controller's answer to it come one after the other.
    const wait = Math.max(lastAt + INTERVAL_MS - clock.now(), 50);
    await clock.sleep(wait, closing.signal);
    isWaiting = false;
    if (closing.signal.aborted) return;
    lastAt = clock.now();
    await flush().catch(onError);
  };

  return {
    changed(change) {
      if (change.type === 'objects' && isNarrow(change)) pending.push(change);
      else isForAll = true;
      void schedule();
    },
    changedHost(cluster, host) {
      hosts.set(`${cluster} ${host}`, { cluster, host });
      void schedule();
    },
    changedSettings() {
      isForAll = true;
      void schedule();
    },
    close: () => closing.abort(),
  };
}

/** The topics of those entities that a changed object has to do with, before or after. */
async function concerned(
  { topics, read }: ChangeSignalsOptions,
  changes: readonly ObjectsChange[],
  hosts: readonly ChangedHost[],
): Promise<string[]> {
  const found = new Set<string>();
  const clusters = new Set(
    [...changes, ...hosts].map(({ cluster }) => cluster),
  );
  for (const cluster of clusters) {
    const { snapshot, settings } = await read(cluster);
    const objects = changes
      .filter(change => change.cluster === cluster)
      .flatMap(change => change.objects);
    const routes = new Set([
      ...objects.flatMap(object => [...routesBehind(object, snapshot)]),
      ...hosts
        .filter(changed => changed.cluster === cluster)
        .flatMap(({ host }) => hostClaims(host, snapshot))
        .map(({ route }) => route),
    ]);
    const services = objects.filter(({ kind }) => kind === 'Service');
    for (const { topic, facts } of topics.handedOut()) {
      if (found.has(topic)) continue;
      const isConcerned =
        [...routes].some(route =>
          matchRouteToEntity(route, facts, snapshot, settings),
        ) ||
        services.some(service =>
          matchServiceToEntity(service, facts, snapshot, settings),
        );
      if (isConcerned) found.add(topic);
    }
  }
  return [...found];
}

/** The routes whose verdict may depend on an object: itself, those that share its hosts, those that send to it. */
function routesBehind(
  object: KubernetesObject,
  snapshot: Snapshot,
): Iterable<Route> {
  const { kind, metadata } = object;
  if (kind === 'Service') {
    return snapshot.find(
      'routesByService',
      objectKey(metadata.namespace, metadata.name),
    );
  }
  if (kind === 'EndpointSlice') {
    return SNAPSHOT_INDEXES.slicesByService
      .keysOf(object)
      .flatMap(key => [...snapshot.find('routesByService', key)]);
  }
  return [
    object as Route,
    ...SNAPSHOT_INDEXES.routesByHostname
      .keysOf(object)
      .flatMap(host => hostClaims(host, snapshot).map(({ route }) => route)),
  ];
}
