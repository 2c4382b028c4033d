import {
  createSnapshot,
  resolveSettings,
  type HttpRoute,
  type KubernetesObject,
} from 'backstage-plugin-networking-common';
import { accepted, clusterObjects, route } from '../../__testUtils__/world';
import type { Prober, ProbeTarget } from '../../io/probe';
import type { ReadCluster, Services } from '../services';
import { createEvaluatedRoutes } from './evaluatedRoutes';

const { byCluster } = resolveSettings({
  clusters: ['local'],
  appConfig: {
    network: { lanIp: '127.0.0.1' },
    gateway: {
      controller: 'traefik.io/gateway-controller',
      class: 'local-traefik',
    },
  },
});

const routeOf = (index: number): HttpRoute => {
  const made = accepted(route(`s${index}`));
  made.metadata.uid = `uid-${index}`;
  return made;
};

const clusterWith = (objects: readonly KubernetesObject[]) =>
  ({
    snapshot: createSnapshot({
      cluster: 'local',
      observedAt: '2026-11-01T12:00:00Z',
      objects: [...clusterObjects(), ...objects],
    }),
    settings: byCluster.local,
    state: { cluster: 'local', reachable: true },
  } as unknown as ReadCluster);

function setUp(count: number) {
  let time = Date.parse('2026-11-01T12:00:00Z');
  /** Each target is asked about once where its route is judged. */
  const judged: string[] = [];
  let isFailing = false;
  const prober = {
    async recent(targets: readonly ProbeTarget[]) {
      if (isFailing) throw new Error('no');
      judged.push(...targets.map(({ route: { uid } }) => uid));
      return [];
    },
  } satisfies Partial<Prober>;
  const services = {
    prober,
    now: () => new Date(time),
    certificates: { lookup: () => () => [], material: () => undefined },
  } as unknown as Services;
  const routes = Array.from({ length: count }, (_, index) => routeOf(index));
  const evaluated = createEvaluatedRoutes();
  return {
    routes,
    read: (of?: readonly HttpRoute[], all = routes) =>
      evaluated.of(services, clusterWith(all), of),
    /** How many were judged since the last call. */
    judged: () => judged.splice(0).length,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    fail: (failing: boolean) => {
      isFailing = failing;
    },
  };
}

describe('routes that are judged for everybody', () => {
  it('are judged once for those who ask at once, and again after two seconds', async () => {
    const { read, judged, pass, routes } = setUp(130);
    const [all, some] = await Promise.all([read(), read(routes.slice(20, 70))]);
    expect([all.size, some.size, judged()]).toEqual([130, 50, 130]);
    pass(2_000);
    await read();
    expect(judged()).toBe(0);
    pass(1);
    await read(routes.slice(0, 30));
    expect(judged()).toBe(30);
  });

  it('are judged anew at once where they changed', async () => {
    const { read, judged, routes } = setUp(60);
    await read();
    judged();
    const changed = [...routes.slice(0, 59), routeOf(59)];
    const found = await read(changed, changed);
    expect([judged(), found.get(changed[59])?.name]).toEqual([1, 's59']);
  });

  it('are tried again where that failed', async () => {
    const { read, judged, fail } = setUp(3);
    fail(true);
    await expect(read()).rejects.toThrow('no');
    fail(false);
    await read();
    expect(judged()).toBe(3);
  });

  it('leave room for other work between some and some', async () => {
    const { read } = setUp(500);
    let turns = 0;
    let isDone = false;
    const count = () => {
      turns += 1;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    await read();
    isDone = true;
    expect(turns).toBeGreaterThanOrEqual(20);
  });
});
