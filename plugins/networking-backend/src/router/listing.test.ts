import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import { allExcept, type Policy } from '../__testUtils__/permissions';
import { clusterObjects, route } from '../__testUtils__/world';

const SHOP = 'component:default/shop';
const PAYMENTS = 'component:default/payments';

let server: FakeApiServer;
let backend: TestBackend;
let policy: Policy;

/** One backend for all: what differs is the policy and the cluster. */
beforeAll(async () => {
  server = await startFakeApiServer();
  backend = await startBackend({ server, policy: check => policy(check) });
});

afterAll(async () => {
  await backend.stop();
  await server.close();
});

beforeEach(() => {
  policy = () => true;
  server.reset(...clusterObjects());
});

const expose = (entityRef: string, rest: object = {}) =>
  backend.someone().post('/v1/exposures', { entityRef, ...rest });

/** As the platform's manifests have it: with the plugin's label and field manager. */
const platformRedirect = () => ({
  ...route('http-to-https-redirect', {
    namespace: 'kube-system',
    labels: { 'app.kubernetes.io/managed-by': 'backstage-networking' },
  }),
  spec: {
    parentRefs: [
      { name: 'idp-gateway', namespace: 'kube-system', sectionName: 'http' },
    ],
    hostnames: ['*.127-0-0-1.nip.io'],
    rules: [
      {
        filters: [
          { type: 'RequestRedirect', requestRedirect: { scheme: 'https' } },
        ],
      },
    ],
  },
});

describe('one exposure', () => {
  const read = (name: string) =>
    backend.someone().get(`/v1/exposures/local/shop/${name}`);
  const owned = () =>
    server.put(
      route('owned', { annotations: { 'idp.networking/entity-ref': SHOP } }),
    );

  it('is not found where there is none', async () => {
    expect((await read('missing')).status).toBe(404);
  });

  it('is not found where its entity is invisible', async () => {
    owned();
    policy = allExcept('catalog.entity.read');
    expect((await read('owned')).status).toBe(404);
  });

  it('is forbidden where its entity is visible', async () => {
    owned();
    policy = allExcept('networking.exposure.read');
    const { status, body } = await read('owned');
    expect(status).toBe(403);
    expect(body.error.message).toContain('networking.exposure.read');
  });

  it('without an entity needs networking.platform.read', async () => {
    server.put(route('nobodys', { backend: 'unknown' }));
    policy = allExcept('networking.platform.read');
    expect((await read('nobodys')).status).toBe(404);
    policy = () => true;
    expect((await read('nobodys')).status).toBe(200);
  });

  it('of an entity that is not in the catalog says so to the platform', async () => {
    server.put(
      route('orphan', {
        annotations: { 'idp.networking/entity-ref': 'component:default/gone' },
      }),
    );
    policy = allExcept('networking.platform.read');
    expect((await read('orphan')).status).toBe(404);
    policy = () => true;
    const { body } = await read('orphan');
    expect(body.findings).toContainEqual(
      expect.objectContaining({ reason: 'EntityMissing' }),
    );
  });
});

describe('the list', () => {
  const list = async (query = '') => {
    const { status, body } = await backend
      .someone()
      .get(`/v1/exposures${query}`);
    expect(status).toBe(200);
    return {
      names: body.items.map(({ name }: { name: string }) => name),
      total: body.totalItems,
      next: body.nextCursor,
      items: body.items,
    };
  };

  beforeEach(() => {
    server.put(
      route('a-shop', { annotations: { 'idp.networking/entity-ref': SHOP } }),
      route('b-payments', {
        namespace: 'payments',
        annotations: { 'idp.networking/entity-ref': PAYMENTS },
      }),
      route('c-nobodys', { backend: 'unknown' }),
      route('d-by-service', { namespace: 'payments' }),
    );
  });

  it('holds every route for those who may read all', async () => {
    await expect(list()).resolves.toMatchObject({
      names: ['b-payments', 'd-by-service', 'a-shop', 'c-nobodys'],
      total: 4,
    });
  });

  it('counts only what the caller may read', async () => {
    policy = allExcept(
      `networking.exposure.read ${PAYMENTS}`,
      'networking.platform.read',
    );
    await expect(list()).resolves.toMatchObject({
      names: ['a-shop'],
      total: 1,
    });
  });

  it('hides routes of entities that the catalog hides, also from platform readers', async () => {
    policy = allExcept(`catalog.entity.read ${PAYMENTS}`);
    await expect(list()).resolves.toMatchObject({
      names: ['a-shop', 'c-nobodys'],
    });
  });

  it("does not hold the platform's own redirect, and does not count it", async () => {
    server.put(platformRedirect());
    await expect(list()).resolves.toMatchObject({ total: 4 });
    const { body } = await backend.someone().get('/v1/platform');
    expect(body.clusters[0].exposureCount).toBe(4);
  });

  it('matches routes that nobody made with this plugin', async () => {
    const { items } = await list('?search=d-by');
    expect(items[0].entities).toEqual([
      { entityRef: PAYMENTS, reason: 'service' },
    ]);
  });

  it('comes in pages', async () => {
    const me = backend.someone();
    const first = await me.get('/v1/exposures?limit=3');
    expect(first.body.items).toHaveLength(3);
    const second = await me.get(
      `/v1/exposures?limit=3&cursor=${first.body.nextCursor}`,
    );
    expect(second.body).toMatchObject({
      items: [{ name: 'c-nobodys' }],
      totalItems: 4,
    });
    expect(second.body.nextCursor).toBeUndefined();
  });

  const FILTERS: Record<string, { query: string; names: string[] }> = {
    namespace: {
      query: '?namespace=shop',
      names: ['a-shop', 'c-nobodys'],
    },
    'part of a host, in any case': {
      query: '?search=A-SHOP.127',
      names: ['a-shop'],
    },
    'part of an entity ref': {
      query: '?search=default/payments',
      names: ['b-payments', 'd-by-service'],
    },
    'nothing, which finds all': {
      query: '?search=',
      names: ['b-payments', 'd-by-service', 'a-shop', 'c-nobodys'],
    },
    'a verdict that none has': { query: '?verdict=Live', names: [] },
  };

  it.each(Object.entries(FILTERS))(
    'is filtered by %s',
    async (_, { query, names }) => {
      await expect(list(query)).resolves.toMatchObject({
        names,
        total: names.length,
      });
    },
  );

  it('never dials a host', async () => {
    const { items } = await list();
    for (const item of items) {
      for (const host of item.hosts) expect(host.probe).toBeUndefined();
    }
  });
});

describe('removing', () => {
  const exposed = async () => {
    const { body } = await expose(SHOP);
    const { namespace, name, uid } = body.exposure;
    return { path: `/v1/exposures/local/${namespace}/${name}`, uid };
  };

  it('needs networking.exposure.delete on the entity', async () => {
    const { path, uid } = await exposed();
    policy = allExcept('networking.exposure.delete');
    expect((await backend.someone().delete(`${path}?uid=${uid}`)).status).toBe(
      403,
    );
    policy = allExcept('catalog.entity.read');
    expect((await backend.someone().delete(`${path}?uid=${uid}`)).status).toBe(
      404,
    );
    expect(server.routes()).toHaveLength(1);
  });

  it('is refused with another uid', async () => {
    const { path } = await exposed();
    const { status, body } = await backend
      .someone()
      .delete(`${path}?uid=stale`);
    expect(status).toBe(409);
    expect(body.error.message).toContain('made anew');
    expect(body.error.findings[0].reason).toBe('RouteReplaced');
    expect(server.routes()).toHaveLength(1);
  });

  it('is refused without a uid', async () => {
    const { path } = await exposed();
    expect((await backend.someone().delete(path)).status).toBe(400);
  });

  it('sends the uid as a precondition', async () => {
    const { path, uid } = await exposed();
    expect((await backend.someone().delete(`${path}?uid=${uid}`)).status).toBe(
      204,
    );
    expect(server.writes()[1]).toMatchObject({
      method: 'DELETE',
      body: { preconditions: { uid } },
    });
  });

  it('is refused for a route that was not made here', async () => {
    server.put(
      route('by-hand', { annotations: { 'idp.networking/entity-ref': SHOP } }),
    );
    const { status, body } = await backend
      .someone()
      .delete('/v1/exposures/local/shop/by-hand?uid=x');
    expect(status).toBe(409);
    expect(body.error.message).toContain('was not made by this plugin');
    expect(server.writes()).toEqual([]);
  });

  it("is refused for the platform's own redirect, before anything is written", async () => {
    server.put(platformRedirect());
    const address = '/v1/exposures/local/kube-system/http-to-https-redirect';
    const { body: shown } = await backend.someone().get(address);
    expect(shown.managed).toBe(false);
    const { status, body } = await backend
      .someone()
      .delete(`${address}?uid=${shown.uid}`);
    expect(status).toBe(409);
    expect(body.error.findings[0].reason).toBe('PlatformRoute');
    expect(server.writes()).toEqual([]);
  });
});
