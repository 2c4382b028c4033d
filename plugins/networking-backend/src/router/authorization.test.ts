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

describe('an operation on an entity answers', () => {
  type Call = () => PromiseLike<{ status: number; body: { error: Error } }>;
  const OPERATIONS: Record<string, { call: Call; permission: string }> = {
    'reading its exposures': {
      call: () => backend.someone().get(`/v1/exposures?entityRef=${SHOP}`),
      permission: 'networking.exposure.read',
    },
    'listing its Services': {
      call: () => backend.someone().get(`/v1/services?entityRef=${SHOP}`),
      permission: 'networking.exposure.create',
    },
    planning: {
      call: () => backend.someone().post('/v1/plans', { entityRef: SHOP }),
      permission: 'networking.exposure.create',
    },
    applying: {
      call: () => expose(SHOP),
      permission: 'networking.exposure.create',
    },
    'having its hosts asked': {
      call: () => {
        server.put(
          route('shop', { labels: { 'backstage.io/kubernetes-id': 'shop' } }),
        );
        return backend
          .someone()
          .post('/v1/exposures/local/shop/shop/probe', {});
      },
      permission: 'networking.exposure.read',
    },
  };

  it.each(Object.entries(OPERATIONS))(
    '404 where the entity is invisible: %s',
    async (_, { call }) => {
      policy = allExcept('catalog.entity.read');
      const { status, body } = await call();
      expect(status).toBe(404);
      expect(body.error.name).toBe('NotFoundError');
      expect(server.writes()).toEqual([]);
    },
  );

  it.each(Object.entries(OPERATIONS))(
    '403 naming the permission where it is visible: %s',
    async (_, { call, permission }) => {
      policy = allExcept(permission, 'networking.exposure.update');
      const { status, body } = await call();
      expect(status).toBe(403);
      expect(body.error.message).toContain(permission);
      expect(server.writes()).toEqual([]);
    },
  );
});

it.each(['networking.exposure.create', 'networking.exposure.update'])(
  'the Services of an entity are listed for who has %s alone of both, to fill in a form',
  async alone => {
    policy = ({ permission }) =>
      !/exposure\.(create|update)$/.test(permission) || permission === alone;
    const { status } = await backend
      .someone()
      .get(`/v1/services?entityRef=${SHOP}`);
    expect(status).toBe(200);
  },
);

describe('applying to a live route', () => {
  const takenByPayments = () =>
    server.put(
      ...server.routes().map(object => ({
        ...object,
        metadata: {
          ...object.metadata,
          annotations: {
            ...object.metadata.annotations,
            'idp.networking/entity-ref': PAYMENTS,
          },
        },
      })),
    );

  it('needs update and not create', async () => {
    await expose(SHOP);
    policy = allExcept('networking.exposure.create');
    expect((await expose(SHOP)).status).toBe(200);
    policy = allExcept('networking.exposure.update');
    expect((await expose(SHOP)).status).toBe(403);
  });

  it('needs create, with update alone, where there is none', async () => {
    policy = allExcept('networking.exposure.create');
    expect((await expose(SHOP)).status).toBe(403);
    expect(server.writes()).toEqual([]);
  });

  it('needs update of the entity that the live route names', async () => {
    await expose(SHOP);
    takenByPayments();
    policy = allExcept(`networking.exposure.update ${PAYMENTS}`);
    const refused = await expose(SHOP);
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain(PAYMENTS);

    policy = allExcept(`catalog.entity.read ${PAYMENTS}`);
    const invisible = await expose(SHOP);
    expect(invisible.status).toBe(403);
    expect(JSON.stringify(invisible.body)).not.toContain(PAYMENTS);
    expect(server.writes()).toHaveLength(1);
  });

  it('is refused for a route of another entity even with every permission', async () => {
    await expose(SHOP);
    takenByPayments();
    const { status, body } = await expose(SHOP);
    expect(status).toBe(403);
    expect(body.error.findings[0].reason).toBe('RouteOfAnotherEntity');
  });
});

describe('taking over fields', () => {
  it('needs networking.platform.update', async () => {
    policy = allExcept('networking.platform.update');
    const { status, body } = await expose(SHOP, { takeOwnership: true });
    expect(status).toBe(403);
    expect(body.error.message).toContain('networking.platform.update');
    expect(server.requests).toEqual([]);
  });

  it('forces where it is permitted', async () => {
    expect((await expose(SHOP, { takeOwnership: true })).status).toBe(201);
    expect(server.writes()[0].query.force).toBe('true');
  });

  it('is refused for a route that a delivery tool owns', async () => {
    await expose(SHOP);
    server.put(
      ...server.routes().map(object => ({
        ...object,
        metadata: {
          ...object.metadata,
          labels: {
            ...object.metadata.labels,
            'argocd.argoproj.io/instance': 'shop',
          },
        },
      })),
    );
    const { status, body } = await expose(SHOP, { takeOwnership: true });
    expect(status).toBe(409);
    expect(body.error.findings[0]).toMatchObject({
      reason: 'RouteManagedElsewhere',
      message: expect.stringContaining('Argo CD'),
    });
  });
});

describe('a namespace that is not the team’s', () => {
  it('is refused by field, with nothing written', async () => {
    const { status, body } = await expose(SHOP, { namespace: 'payments' });
    expect(status).toBe(403);
    expect(body.error.findings[0].reason).toBe('NamespaceNotGranted');
    expect(server.writes()).toEqual([]);
  });
});

describe('another team’s route', () => {
  const conflict = async () => {
    server.put(
      route('theirs', {
        namespace: 'payments',
        host: 'shop.127-0-0-1.nip.io',
        annotations: { 'idp.networking/entity-ref': PAYMENTS },
      }),
    );
    const { status, body } = await expose(SHOP);
    expect(status).toBe(409);
    expect(body.error.findings[0].reason).toBe('HostTaken');
    return JSON.stringify(body);
  };

  it('is named to one who may read it', async () => {
    expect(await conflict()).toContain('payments/theirs');
  });

  it('is a route of another team to everybody else', async () => {
    policy = allExcept(`networking.exposure.read ${PAYMENTS}`);
    const text = await conflict();
    expect(text).toContain('a route of another team');
    expect(text).not.toContain('theirs');
    expect(text).not.toContain(PAYMENTS);
  });
});

describe('platform and settings', () => {
  it.each([
    ['/v1/settings', 'networking.settings.read'],
    ['/v1/platform', 'networking.platform.read'],
  ])('%s needs %s', async (path, permission) => {
    policy = allExcept(permission);
    const refused = await backend.someone().get(path);
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain(permission);
    policy = () => true;
    expect((await backend.someone().get(path)).status).toBe(200);
  });

  it('the CA is for any signed-in user', async () => {
    policy = () => false;
    // No certificate is known in this cluster; what counts is that it is no 403.
    expect((await backend.someone().get('/v1/ca')).status).toBe(404);
  });
});
