import { request } from 'node:http';
import { ROUTES, routePath } from '../world/admin';
import { waitFor } from '../world/waitFor';
import { startWatchCache, type WatchCache } from '../world/watchCache';
import { SAM, type World } from '../world/world';
import { removeRoutes, SHOP, type Suite } from './support';

/** What the transport keeps open at most beside the watches, for the requests that come next. */
const KEPT_CONNECTIONS = 16;

function routeOf(world: World, name: string) {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, namespace: 'shop' },
    spec: {
      parentRefs: [
        {
          name: 'idp-gateway',
          namespace: 'kube-system',
          sectionName: 'https',
        },
      ],
      hostnames: [world.hostOf(name)],
      rules: [{ backendRefs: [{ name: 'shop', port: 8080 }] }],
    },
  };
}

/** Asks etcd, over the JSON that it offers beside gRPC. */
const etcd = (
  socketPath: string,
  path: string,
  body: object,
): Promise<{ header?: { revision?: string } }> =>
  new Promise((resolve, reject) => {
    const call = request({ socketPath, path, method: 'POST' }, response => {
      let text = '';
      response.setEncoding('utf8').on('data', chunk => (text += chunk));
      response.on('error', reject);
      response.on('end', () =>
        response.statusCode === 200
          ? resolve(JSON.parse(text))
          : reject(new Error(`etcd answered ${response.statusCode}: ${text}`)),
      );
    });
    call.on('error', reject).end(JSON.stringify(body));
  });

/** Throws away what etcd remembers of the past, as it does by itself after some minutes. */
async function compact(socketPath: string): Promise<void> {
  const { header } = await etcd(socketPath, '/v3/kv/range', { key: 'AA==' });
  await etcd(socketPath, '/v3/kv/compaction', {
    revision: header?.revision,
    physical: true,
  });
}

/** A watch cache with a way of its own to the API server, on which everything goes wrong. */
export const outages: Suite = world => {
  let cache: WatchCache;
  let count = 0;
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown) => unhandled.push(reason);

  beforeAll(async () => {
    process.on('unhandledRejection', onUnhandled);
    cache = await startWatchCache(world());
    await cache.agree('the first lists');
  });
  afterAll(async () => {
    await removeRoutes(world().admin);
    await cache.close();
    process.off('unhandledRejection', onUnhandled);
    expect(unhandled).toEqual([]);
  });

  const create = (name: string) =>
    world().admin.create(routePath('shop'), routeOf(world(), name));
  /** One route goes and another comes, and nobody may miss it. */
  const changeMeanwhile = async () => {
    count += 1;
    await create(`outage-${count}`);
    if (count > 1) {
      await world().admin.remove(routePath('shop', `outage-${count - 1}`));
    }
  };
  const noWatchIsLeftOver = async ({ proxy, watched }: WatchCache) => {
    const watches = await watched();
    await waitFor('no watch to be left over', () =>
      proxy.connections() <= watches + KEPT_CONNECTIONS ? true : undefined,
    );
  };

  const FAULTS: Record<string, (own: WatchCache) => unknown> = {
    'connections that are cut': ({ proxy }) => proxy.cut(),
    'a way on which everything takes its time': ({ proxy }) => {
      proxy.trickle({ bytes: Infinity, pauseMs: 100 });
      proxy.cut();
    },
    'a way that passes few bytes at a time': ({ proxy }) => {
      proxy.trickle({ bytes: 499, pauseMs: 1 });
      proxy.cut();
    },
    'a token that is refused, and another': async ({
      proxy,
      useToken,
      lost,
    }) => {
      useToken('of-nobody');
      proxy.cut();
      await lost();
      useToken(world().platform.backendToken);
    },
  };

  it('after a network that was down all is as the API server has it, and it was told when it went and came back', async () => {
    const changes: string[] = [];
    const end = cache.reader.subscribe(({ type }) => changes.push(type));
    cache.logged.length = 0;
    cache.proxy.goDown();
    await cache.lost();
    await changeMeanwhile();
    cache.proxy.heal();
    await cache.agree('the cache to be as the cluster');
    end();
    expect(changes).toContain('health');
    expect(cache.logged).toEqual([
      expect.stringContaining('does not answer'),
      expect.stringContaining('answers again'),
    ]);
    await noWatchIsLeftOver(cache);
  });

  it.each(Object.entries(FAULTS))(
    'after %s every kind is as the API server has it',
    async (_, begin) => {
      await begin(cache);
      await changeMeanwhile();
      cache.proxy.heal();
      await cache.agree('the cache to be as the cluster');
      await noWatchIsLeftOver(cache);
      expect(unhandled).toEqual([]);
    },
  );

  it('after a way that swallows everything, which no connection tells, every kind is as the API server has it', async () => {
    const impatient = await startWatchCache(world(), {
      inactivityMs: 5_000,
      timeoutMs: 2_000,
    });
    await impatient.agree('the first lists');
    impatient.proxy.swallow();
    await changeMeanwhile();
    await impatient.lost();
    impatient.proxy.heal();
    await impatient.agree('the cache to be as the cluster');
    await noWatchIsLeftOver(impatient);
    expect(impatient.logged.slice(-1)[0]).toContain('answers again');
    await impatient.close();
  });

  it('after a restart of the API server, whose past is gone, every kind is as it has it', async () => {
    const { admin, platform } = world();
    await changeMeanwhile();
    const { metadata } = await admin.get<{
      metadata: { resourceVersion: string };
    }>(`${ROUTES}/httproutes`);
    cache.proxy.goDown();
    await changeMeanwhile();
    cache.proxy.heal();
    // The cache asks again while the server starts, whatever that answers then.
    await platform.restartApiServer(compact);

    const old = await waitFor('an answer', () =>
      admin.request<{ type?: string; object?: { code?: number } }>(
        'GET',
        `${ROUTES}/httproutes?watch=true&timeoutSeconds=1&resourceVersion=${metadata.resourceVersion}`,
      ),
    );
    expect([old.status, old.body.object?.code]).toContain(410);
    await cache.agree('the cache to be as the cluster');
    await noWatchIsLeftOver(cache);
    expect(cache.logged.slice(-1)[0]).toContain('answers again');

    await waitFor('the plugin to be back, too', async () => {
      const [state] = (await world().as(SAM).getEntityExposures(SHOP)).clusters;
      return state.reachable && state.findings.length === 0 ? true : undefined;
    });
  });

  it('after all of that, one connection for each kind is open', async () => {
    const watches = await cache.watched();
    expect(watches).toBeGreaterThan(10);
    // Those that are kept for the next requests are closed after a while.
    await waitFor(`${watches} connections`, () =>
      cache.proxy.connections() === watches ? true : undefined,
    );
  });
};
