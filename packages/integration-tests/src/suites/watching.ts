import type { EntityExposures } from 'backstage-plugin-networking-common';
import { routePath } from '../world/admin';
import { waitFor } from '../world/waitFor';
import { SAM, type World } from '../world/world';
import { CLUSTER, removeRoutes, SHOP, type Suite } from './support';

const GATEWAY = { name: 'idp-gateway', namespace: 'kube-system' };

/** One watch for each kind, and what the backend keeps for other requests at most. */
const MOST_CONNECTIONS = 15 + 16;

function routeOf(world: World, name: string, service = 'shop') {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {
      name,
      namespace: 'shop',
      labels: { 'backstage.io/kubernetes-id': 'shop' },
    },
    spec: {
      parentRefs: [{ ...GATEWAY, sectionName: 'https' }],
      hostnames: [world.hostOf(name)],
      rules: [{ backendRefs: [{ name: service, port: 8080 }] }],
    },
  };
}

/** What the cache makes of a network and an API server that fail, on the way between the real ones. */
export const watching: Suite = world => {
  const create = (name: string) =>
    world().admin.create(routePath('shop'), routeOf(world(), name));
  const remove = (name: string) =>
    world().admin.remove(routePath('shop', name));
  const read = (): Promise<EntityExposures> =>
    world().as(SAM).getEntityExposures(SHOP);
  const shown = async () =>
    (await read()).exposures
      .map(({ name, resourceVersion }) => `${name} ${resourceVersion}`)
      .sort();
  const held = async () =>
    (await world().admin.routes('shop'))
      .map(({ metadata }) => `${metadata.name} ${metadata.resourceVersion}`)
      .sort();
  /** Controllers write statuses for a while, so both are asked until they agree. */
  const agree = (what: string) =>
    waitFor(what, async () => {
      const [ours, theirs] = [await shown(), await held()];
      return JSON.stringify(ours) === JSON.stringify(theirs) ? ours : undefined;
    });

  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown) => unhandled.push(reason);
  beforeAll(() => {
    process.on('unhandledRejection', onUnhandled);
  });
  afterAll(() => {
    process.off('unhandledRejection', onUnhandled);
    expect(unhandled).toEqual([]);
  });

  afterEach(async () => {
    world().proxy.heal();
    await removeRoutes(world().admin);
    await agree('the cache to be as the cluster again');
  });

  it('an entity is read with all that belongs to it without one request to the API server', async () => {
    await create('watched');
    await agree('the route to be seen');
    await read();
    const { result, events } = await world().audit.during(async () => {
      for (let count = 0; count < 5; count++) await read();
      return read();
    });
    expect(result.exposures).toHaveLength(1);
    expect(result.topic).toMatch(/^[\w-]{43}$/);
    expect(
      events.filter(({ verb }) => verb !== 'watch').map(({ verb }) => verb),
    ).toEqual([]);
  });

  it('a change in the cluster shows, and so does its removal', async () => {
    await create('watched');
    expect(await agree('the route to be seen')).toHaveLength(1);
    await remove('watched');
    expect(await agree('the route to be gone')).toEqual([]);
  });

  const FAULTS: Record<string, { rounds: number; begin: () => void }> = {
    // Often enough that a watch that is left over each time would show.
    'connections that are cut again and again': {
      rounds: 3,
      begin: () => world().proxy.cut(),
    },
    'an API server that is away for a while': {
      rounds: 1,
      begin: () => world().proxy.goDown(),
    },
    'a line that passes few bytes at a time': {
      rounds: 1,
      begin: () => {
        world().proxy.trickle({ bytes: 200, pauseMs: 1 });
        world().proxy.cut();
      },
    },
  };

  it.each(Object.entries(FAULTS))(
    'after %s the cache is as the cluster, and no watch is left over',
    async (_, { rounds, begin }) => {
      const { proxy } = world();
      await create('before-0');
      await agree('the first route to be seen');
      for (let round = 0; round < rounds; round++) {
        begin();
        await create(`before-${round + 1}`);
        await remove(`before-${round}`);
        proxy.heal();
        expect(
          (await agree('the cache to be as the cluster')).map(
            text => text.split(' ')[0],
          ),
        ).toEqual([`before-${round + 1}`]);
      }
      await waitFor('no watch to be left over', () =>
        proxy.connections() <= MOST_CONNECTIONS ? true : undefined,
      );
    },
  );

  it('the hosts of a component are among those that its team may read', async () => {
    await create('listed');
    await agree('the route to be seen');
    const page = await waitFor('the host to be listed', async () => {
      const found = await world().as(SAM).getHosts({ search: 'listed.' });
      return found.totalItems > 0 ? found : undefined;
    });
    expect(page.items).toMatchObject([
      {
        cluster: CLUSTER,
        namespace: 'shop',
        name: 'listed',
        host: world().hostOf('listed'),
        owners: ['group:default/team-shop'],
      },
    ]);
  });

  it('while the API server is away, what was last read is shown with its age, and that it is back is told', async () => {
    await create('kept');
    await agree('the route to be seen');
    world().proxy.goDown();
    const away = await waitFor(
      'the cluster to be said to be away',
      async () => {
        const answer = await read();
        return answer.clusters[0].reachable ? undefined : answer;
      },
    );
    expect(away.exposures.map(({ name }) => name)).toEqual(['kept']);
    expect(away.exposures[0].verdict.word).toBe('Unknown');
    expect(away.clusters).toMatchObject([
      {
        cluster: CLUSTER,
        observedAt: expect.any(String),
        findings: [{ reason: 'ClusterUnreachable' }],
      },
    ]);
    world().proxy.heal();
    await waitFor('the cluster to be said to be back', async () => {
      const [state] = (await read()).clusters;
      return state.reachable ? true : undefined;
    });
  });
};
