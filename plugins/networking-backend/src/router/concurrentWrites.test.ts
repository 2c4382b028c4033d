import type { HttpRoute } from 'backstage-plugin-networking-common';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import {
  accepted,
  clusterObjects,
  route,
  service,
  SUFFIX,
} from '../__testUtils__/world';

const SHOP = 'component:default/shop';

let server: FakeApiServer;
let backend: TestBackend;

beforeAll(async () => {
  server = await startFakeApiServer();
  backend = await startBackend({ server });
});

afterAll(async () => {
  await backend.stop();
  await server.close();
});

beforeEach(() => {
  server.reset(...clusterObjects());
  backend.audit.length = 0;
});

const sam = () => backend.as('user:default/sam');
const plan = (rest: object = {}) =>
  sam().post('/v1/plans', { entityRef: SHOP, ...rest });
const apply = (rest: object = {}) =>
  sam().post('/v1/exposures', { entityRef: SHOP, ...rest });

it('is not refused for a route that has just been removed, though the cache is not told of it yet', async () => {
  server.put(route('rival', { host: `shop.${SUFFIX}` }));
  expect((await apply()).status).toBe(409);

  server.script(({ method, path }) => {
    if (method === 'GET' && path.endsWith('/httproutes')) {
      server.remove('HTTPRoute', 'shop', 'rival');
    }
    return undefined;
  });
  expect((await apply()).status).toBe(201);
});

describe('an update', () => {
  it('carries the resourceVersion that it was planned on', async () => {
    await apply();
    server.put(service('shop-v2', 'shop'));
    const before = server.routes()[0].metadata.resourceVersion;
    const updated = await apply({
      service: { name: 'shop-v2', port: 8080 },
      replace: true,
    });
    expect(updated.status).toBe(200);
    expect(updated.body.action).toBe('update');
    const written = server.writes()[1].body as HttpRoute;
    expect(written.metadata.resourceVersion).toBe(before);
  });

  /** Does something before a request to write is answered, so many times. */
  const beforeWrites = (times: number, act: (live: HttpRoute) => void) => {
    let done = 0;
    server.script(({ method, query }) => {
      if (method === 'PATCH' && !query.dryRun && done < times) {
        done += 1;
        act(server.routes()[0]);
      }
      return undefined;
    });
  };
  const change = { service: { name: 'shop-v2', port: 8080 }, replace: true };

  it.each([1, 3])(
    'is planned again where a controller wrote a status in between, %s times',
    async times => {
      await apply();
      server.put(service('shop-v2', 'shop'));
      const { digest } = (await plan(change)).body;
      beforeWrites(times, live => server.put(accepted(live)));
      const updated = await apply({ ...change, digest });
      expect(updated.status).toBe(200);
      expect(updated.body.action).toBe('update');
      const [written] = server.routes();
      expect(written.spec?.rules?.[0].backendRefs?.[0].name).toBe('shop-v2');
    },
  );

  it('gives up where there is no end of it', async () => {
    await apply();
    server.put(service('shop-v2', 'shop'));
    beforeWrites(Infinity, live => server.put(accepted(live)));
    const { status: code, body } = await apply(change);
    expect(code).toBe(409);
    expect(body.error.findings[0].reason).toBe('RouteChanged');
    expect(server.writes()).toHaveLength(6);
  });

  it.each([
    ['with the digest of a plan', true],
    ['without', false],
  ])(
    'is refused where somebody changed the route in between, %s',
    async (_, isAgreed) => {
      await apply();
      server.put(service('shop-v2', 'shop'));
      const { digest } = (await plan(change)).body;
      beforeWrites(1, live => {
        const taken: HttpRoute = {
          ...live,
          spec: { ...live.spec, hostnames: ['x.org'] },
        };
        server.put(taken);
      });
      const { status: code, body } = await apply({
        ...change,
        ...(isAgreed && { digest }),
      });
      expect(code).toBe(409);
      expect(body.error.findings[0].reason).toBe('PlanChanged');
      expect(server.routes()[0].spec?.hostnames).toEqual(['x.org']);
    },
  );
});

describe('the same request again', () => {
  it('changes nothing and is no conflict, however often a controller writes a status meanwhile', async () => {
    await apply();
    server.script(({ method }) => {
      if (method === 'PATCH') server.put(accepted(server.routes()[0]));
      return undefined;
    });
    const writes = server.writes().length;
    const again = await apply();
    expect(again.status).toBe(200);
    expect(again.body.action).toBe('unchanged');
    expect(server.writes()).toHaveLength(writes);
  });

  it('is planned as unchanged although the cache is behind', async () => {
    await apply();
    const planned = plan();
    server.script(({ method }) => {
      if (method === 'PATCH') server.put(accepted(server.routes()[0]));
      return undefined;
    });
    expect((await planned).body).toMatchObject({
      action: 'unchanged',
      findings: [],
    });
  });
});

describe('two applies for one host at once', () => {
  it('let one win and tell the other', async () => {
    server.put(service('shop-v2', 'shop'));
    const results = await Promise.all([
      apply({ service: { name: 'shop', port: 8080 } }),
      apply({ service: { name: 'shop-v2', port: 8080 } }),
    ]);
    // Both are the same entity's: the second one would take the requests of the first.
    const [won, lost] = results.sort((a, b) => a.status - b.status);
    expect([won.status, lost.status]).toEqual([201, 409]);
    expect(lost.body.error.findings).toMatchObject([
      { reason: 'LiveTrafficMoves' },
    ]);
    expect(server.routes()).toMatchObject(won.body.plan.objects);
  });

  it('let one entity win and refuse the other, which is told that the host is taken', async () => {
    const results = await Promise.all([
      backend.as('user:default/alex').post('/v1/exposures', {
        entityRef: SHOP,
        hostLabel: 'www',
      }),
      backend.as('user:default/alex').post('/v1/exposures', {
        entityRef: 'component:default/payments',
        hostLabel: 'www',
      }),
    ]);
    const [won, lost] = results.sort((a, b) => a.status - b.status);
    expect([won.status, lost.status]).toEqual([201, 409]);
    expect(lost.body.error.findings[0]).toMatchObject({ reason: 'HostTaken' });
    expect(server.routes()).toHaveLength(1);
  });
});

describe('a route that someone made between plan and write', () => {
  it('is reported with the one that goes first', async () => {
    const host = `shop.${SUFFIX}`;
    server.script(({ method, query }) => {
      if (method === 'PATCH' && !query.dryRun) {
        server.put(route('squatter', { host }));
      }
      return undefined;
    });
    const { status: code, body } = await apply();
    expect(code).toBe(201);
    expect(body.exposure.findings[0]).toMatchObject({
      reason: 'HostTaken',
      severity: 'error',
      message: expect.stringContaining('which came between'),
    });
  });
});
