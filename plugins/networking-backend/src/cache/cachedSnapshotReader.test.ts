import {
  createSnapshot,
  type KubernetesObject,
  type SnapshotGap,
  type SnapshotKind,
} from 'backstage-plugin-networking-common';
import { SNAPSHOT_KINDS, type ClusterAccess } from '../io/cluster';
import { ModelServer } from './__testUtils__/modelServer';
import { routeOf } from './__testUtils__/routes';
import { turns, VirtualClock } from './__testUtils__/virtualClock';
import { createCachedSnapshotReader } from './cachedSnapshotReader';

const DOWN = Array(400).fill({ code: 'ECONNREFUSED' });

const namespace: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'x', resourceVersion: '1' },
};

/** The same numbers for each test, and all unlike each other. */
function spread(): () => number {
  let count = 0;
  return () => (count++ * 0.618) % 1;
}

/** A cluster with a model server for each kind, and live readings that a test answers. */
async function setUp() {
  const servers = new Map(
    SNAPSHOT_KINDS.map(kind => [kind, new ModelServer()] as const),
  );
  const of = (kind: SnapshotKind) => servers.get(kind) as ModelServer;
  of('HTTPRoute').put(routeOf('x', 'a', 1));
  const clock = new VirtualClock(spread());
  const asked: SnapshotKind[][] = [];
  const logged: string[] = [];
  const live: { objects: KubernetesObject[]; gaps: SnapshotGap[] } = {
    objects: [],
    gaps: [],
  };
  const reader = createCachedSnapshotReader({
    clusters: {
      names: ['local'],
      client: () => ({ listWatch: of }),
    } as unknown as ClusterAccess,
    live: async (cluster, kinds) => {
      asked.push([...kinds]);
      await turns(1);
      return createSnapshot({
        cluster,
        observedAt: '2026-01-01T00:00:00Z',
        objects: live.objects,
        gaps: live.gaps,
      });
    },
    logger: {
      info: (line: string) => logged.push(line),
      warn: (line: string) => logged.push(line),
    },
    clock,
  });
  reader.start();
  await clock.advance(0);
  const lose = async (...kinds: SnapshotKind[]) => {
    for (const kind of kinds) {
      of(kind).failNext(...DOWN);
      of(kind).cut();
    }
    // By now each waits for about half a minute before it tries again.
    await clock.advance(120_000);
  };
  const heal = (...kinds: SnapshotKind[]) => kinds.forEach(k => of(k).heal());
  const lost = async () =>
    ((await reader.read('local')).health ?? [])
      .filter(({ status }) => status !== 'synced')
      .map(({ kind }) => kind)
      .sort();
  return { of, clock, asked, logged, live, reader, lose, heal, lost };
}

describe('a reading', () => {
  it('asks nobody while everything is heard of, even where it may ask again', async () => {
    const { reader, asked } = await setUp();
    await reader.read('local');
    await reader.read('local', { retry: true });
    expect(asked).toEqual([]);
  });

  it('that a write decides on lists what another replica may have written', async () => {
    const { reader, asked, live } = await setUp();
    live.objects = [routeOf('x', 'b', 1), namespace];
    const { snapshot } = await reader.read('local', { fresh: true });
    expect(asked).toEqual([['HTTPRoute', 'Namespace']]);
    expect(snapshot.list('HTTPRoute')).toEqual([live.objects[0]]);
  });

  it.each([{ fresh: true }, { retry: true }])(
    'for a write (%o) is not refused for an outage that the cache has not seen the end of',
    async options => {
      const { reader, asked, live, lose, heal, lost, clock } = await setUp();
      await lose('Namespace', 'Service');
      heal('Namespace', 'Service');
      expect(await lost()).toEqual(['Namespace', 'Service']);

      live.objects = [namespace];
      const { snapshot, state } = await reader.read('local', options);
      expect(asked[0]).toEqual(
        expect.arrayContaining(['Namespace', 'Service']),
      );
      expect(state).toMatchObject({ reachable: true, findings: [] });
      expect(snapshot.get('Namespace', undefined, 'x')).toEqual(namespace);

      await clock.advance(0);
      expect(await lost()).toEqual([]);
    },
  );

  it('keeps what was last known of a kind that it could not list, and says so', async () => {
    const { reader, live } = await setUp();
    live.gaps = [{ kind: 'HTTPRoute', reason: 'Unreachable', message: 'gone' }];
    const { snapshot, state } = await reader.read('local', { fresh: true });
    expect(snapshot.list('HTTPRoute')).toHaveLength(1);
    expect(state).toMatchObject({
      reachable: false,
      findings: [{ reason: 'ClusterUnreachable', details: { cause: 'gone' } }],
    });
  });

  it('is shared by those who ask again at the same time', async () => {
    const { reader, asked, lose } = await setUp();
    await lose('Service');
    const retry = () => reader.read('local', { retry: true });
    await Promise.all([retry(), retry(), retry()]);
    expect(asked).toEqual([['Service']]);
    await retry();
    expect(asked).toHaveLength(2);
  });
});

it('watches end at different times, after five to ten minutes', async () => {
  const { of } = await setUp();
  const lifetimes = SNAPSHOT_KINDS.map(kind => of(kind).lifetimes[0]);
  expect(Math.min(...lifetimes)).toBeGreaterThanOrEqual(300);
  expect(Math.max(...lifetimes)).toBeLessThan(600);
  expect(new Set(lifetimes).size).toBeGreaterThan(10);
});

describe('a cluster that comes back', () => {
  it('is heard of wholly as soon as one kind is', async () => {
    const { of, clock, logged, lose, heal, lost } = await setUp();
    await lose(...SNAPSHOT_KINDS);
    const before = clock.now();
    heal(...SNAPSHOT_KINDS);
    while ((await lost()).length === SNAPSHOT_KINDS.length) {
      await clock.advance(100);
    }
    expect(await lost()).toEqual([]);
    expect(clock.now() - before).toBeLessThan(31_000);
    for (const kind of SNAPSHOT_KINDS) expect(of(kind).openWatches).toBe(1);
    expect(logged).toEqual([
      expect.stringContaining('Cluster local does not answer'),
      expect.stringContaining('Cluster local answers again'),
    ]);
  });

  it('is not asked before the time that it named', async () => {
    const { of, clock, lose, heal, lost } = await setUp();
    of('Ingress').failNext({ status: 429, retryAfterSeconds: 600 });
    of('Ingress').cut();
    await lose('Service');
    const requests = of('Ingress').requests.length;
    heal('Service');
    await clock.advance(60_000);
    expect(await lost()).toEqual(['Ingress']);
    expect(of('Ingress').requests).toHaveLength(requests);
  });
});
