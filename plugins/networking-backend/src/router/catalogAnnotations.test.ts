import type { Entity } from '@backstage/catalog-model';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import type { Policy } from '../__testUtils__/permissions';
import {
  clusterObjects,
  component,
  ENTITIES,
  namespace,
  route,
  service,
  SUFFIX,
} from '../__testUtils__/world';

const SHOP = 'component:default/shop';
const PAYMENTS = 'component:default/payments';
const NOSY = 'component:default/nosy';

/** A component of team-shop that selects whatever lies in a namespace. */
function nosy(name: string, inNamespace: string): Entity {
  const entity = component(name, 'team-shop');
  entity.metadata.annotations = {
    'backstage.io/kubernetes-namespace': inNamespace,
    'backstage.io/kubernetes-label-selector': '!absent',
  };
  return entity;
}

/** A component of team-payments with the id of team-shop's. */
const thief = component('thief', 'team-payments');
thief.metadata.annotations = { 'backstage.io/kubernetes-id': 'till' };

const till = component('till', 'team-shop');
till.metadata.annotations = { 'backstage.io/kubernetes-id': 'till' };

let moving: Entity;
let server: FakeApiServer;
let backend: TestBackend;
let policy: Policy;

beforeAll(async () => {
  moving = component('moving', 'team-shop');
  moving.metadata.annotations!['backstage.io/kubernetes-namespace'] = 'shop';
  server = await startFakeApiServer();
  backend = await startBackend({
    server,
    policy: check => policy(check),
    entities: [
      ...ENTITIES,
      moving,
      thief,
      till,
      nosy('nosy', 'payments'),
      nosy('nosy-of-system', 'kube-system'),
      nosy('nosy-of-free', 'free'),
    ],
  });
});

afterAll(async () => {
  await backend.stop();
  await server.close();
});

/** Everything with everything but the other team's component and the platform. */
const ownEntities: Policy = ({ permission, entityRef }) =>
  !permission.startsWith('networking.platform') && entityRef !== PAYMENTS;

beforeEach(() => {
  policy = ownEntities;
  server.reset(...clusterObjects(), namespace('free'));
});

describe('an id that another team wrote on its component', () => {
  const THIEF = 'component:default/thief';
  const TILL = 'component:default/till';
  const onlyThief: Policy = ({ permission, entityRef }) =>
    !permission.startsWith('networking.platform') && entityRef === THIEF;
  const secret = route('secret', {
    backend: 'shop',
    host: `shop.${SUFFIX}`,
    labels: {
      'backstage.io/kubernetes-id': 'till',
      'app.kubernetes.io/managed-by': 'backstage-networking',
    },
  });
  secret.metadata.uid = 'uid-of-secret';
  secret.metadata.managedFields = [
    { manager: 'backstage-networking', operation: 'Apply' },
  ];

  beforeEach(() => {
    server.put(secret);
  });

  const unlabelled = structuredClone(secret);
  delete unlabelled.metadata.labels!['backstage.io/kubernetes-id'];
  const behind = service('behind', 'shop');
  behind.metadata.labels = { 'backstage.io/kubernetes-id': 'till' };
  unlabelled.spec!.rules![0].backendRefs = [{ name: 'behind', port: 80 }];

  it.each([
    ['that a route carries', [secret]],
    ['that its Service carries', [unlabelled, behind]],
  ])(
    '%s shows nothing of a namespace that is granted to others, wherever one looks',
    async (_, objects) => {
      server.put(...objects);
      policy = onlyThief;
      const me = backend.someone();
      const tab = await me.get(`/v1/exposures?entityRef=${THIEF}`);
      expect(tab.body.exposures).toEqual([]);
      const list = await me.get('/v1/exposures');
      expect(list.body.totalItems).toBe(0);
      expect((await me.get('/v1/hosts')).body.totalItems).toBe(0);
      const address = '/v1/exposures/local/shop/secret';
      expect((await me.get(address)).status).toBe(404);
      expect((await me.post(`${address}/probe`, {})).status).toBe(404);
      const removal = await me.delete(`${address}?uid=uid-of-secret`);
      expect(removal.status).toBe(404);
      const services = await me.get(`/v1/services?entityRef=${THIEF}`);
      expect(services.body.services).toEqual([]);
    },
  );

  it('takes no route over by a plan for its host', async () => {
    policy = onlyThief;
    const { body } = await backend.someone().post('/v1/exposures', {
      entityRef: THIEF,
      namespace: 'shop',
      hostLabel: 'shop',
    });
    expect(body.error.findings[0].reason).toBe('NamespaceNotGranted');
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(server.writes()).toEqual([]);
  });

  it('stands for no owner in a conflict', async () => {
    policy = ({ permission }) => !permission.startsWith('networking.platform');
    const { body } = await backend.someone().post('/v1/plans', {
      entityRef: PAYMENTS,
      hostLabel: 'shop',
    });
    expect(JSON.stringify(body)).toContain('shop');
    expect(JSON.stringify(body)).not.toContain('thief');
  });

  it('does not keep the owner from removing the route', async () => {
    policy = ({ entityRef }) => entityRef !== THIEF;
    const { status } = await backend
      .someone()
      .delete(`/v1/exposures/local/shop/secret?uid=uid-of-secret`);
    expect(status).toBe(204);
  });

  it('is told to those who run the platform, as a route that its owner still has', async () => {
    policy = () => true;
    const { body } = await backend.someone().get('/v1/platform');
    expect(body.clusters[0].findings).toContainEqual(
      expect.objectContaining({
        reason: 'IdNotGranted',
        severity: 'info',
        subject: { kind: 'Namespace', name: 'shop', cluster: 'local' },
        details: { 'HTTPRoute secret': THIEF },
      }),
    );
  });

  it('and as a warning where the route belongs to nobody now', async () => {
    policy = () => true;
    server.put(
      namespace('closed', 'group:default/team-closed'),
      route('lost', {
        namespace: 'closed',
        backend: 'unknown',
        labels: { 'backstage.io/kubernetes-id': 'till' },
      }),
    );
    const { body } = await backend.someone().get('/v1/platform');
    expect(body.clusters[0].findings).toContainEqual(
      expect.objectContaining({
        reason: 'IdNotGranted',
        severity: 'warning',
        subject: { kind: 'Namespace', name: 'closed', cluster: 'local' },
        details: { 'HTTPRoute lost': `${THIEF}, ${TILL}` },
      }),
    );
  });
});

describe('an entity that names a namespace of others', () => {
  it('is told on its tab that labels tie nothing there, the same whatever lies there', async () => {
    const tab = async () =>
      (await backend.someone().get(`/v1/exposures?entityRef=${NOSY}`)).body;
    server.put(namespace('payments', 'group:default/team-payments'));
    const before = await tab();
    server.put(route('secret', { namespace: 'payments', backend: 'unknown' }));
    const after = await tab();
    expect(before.notMatched).toMatchObject([
      {
        reason: 'NamespaceNotGranted',
        subject: { kind: 'Namespace', name: 'payments', cluster: 'local' },
      },
    ]);
    expect(after.notMatched).toEqual(before.notMatched);
  });

  it('is told nothing where the namespace is its own, or nobody has it', async () => {
    for (const name of ['shop', 'nosy-of-free']) {
      const { body } = await backend
        .someone()
        .get(`/v1/exposures?entityRef=component:default/${name}`);
      expect(body.exposures).toBeDefined();
      expect(body).not.toHaveProperty('notMatched');
    }
  });
});

describe('a label selector that the owner of an entity wrote', () => {
  const secret = (inNamespace: string) =>
    server.put(route('secret', { namespace: inNamespace, backend: 'unknown' }));
  const REACH: Record<string, { entity: string; at: string; shows: boolean }> =
    {
      'shows no route of a namespace that is granted to others': {
        entity: 'nosy',
        at: 'payments',
        shows: false,
      },
      'shows no route of a reserved namespace': {
        entity: 'nosy-of-system',
        at: 'kube-system',
        shows: false,
      },
      'shows the routes of a namespace that is granted to nobody': {
        entity: 'nosy-of-free',
        at: 'free',
        shows: true,
      },
    };

  it.each(Object.entries(REACH))('%s', async (_, { entity, at, shows }) => {
    secret(at);
    const me = backend.someone();
    const tab = await me.get(
      `/v1/exposures?entityRef=component:default/${entity}`,
    );
    expect(tab.body.exposures).toHaveLength(shows ? 1 : 0);
    const list = await me.get('/v1/exposures');
    expect(list.body.totalItems).toBe(shows ? 1 : 0);
    const detail = await me.get(`/v1/exposures/local/${at}/secret`);
    expect(detail.status).toBe(shows ? 200 : 404);
  });

  it('names no route in a conflict', async () => {
    server.put(
      route('secret', {
        namespace: 'payments',
        backend: 'unknown',
        host: `shop.${SUFFIX}`,
      }),
    );
    const { body } = await backend
      .someone()
      .post('/v1/plans', { entityRef: SHOP });
    expect(JSON.stringify(body)).toContain('a route of another team');
    expect(JSON.stringify(body)).not.toContain('secret');
  });
});

describe('a route without annotation that belongs to two entities', () => {
  const shared = () => {
    const behind = service('shared', 'free');
    behind.metadata.labels = {
      'backstage.io/kubernetes-id': 'payments',
      absent: '',
    };
    const object = route('shared', {
      namespace: 'free',
      backend: 'shared',
      labels: {
        absent: '',
        'backstage.io/kubernetes-id': 'shop',
        'app.kubernetes.io/managed-by': 'backstage-networking',
      },
    });
    object.metadata.uid = 'uid-of-shared';
    object.metadata.managedFields = [
      { manager: 'backstage-networking', operation: 'Apply' },
    ];
    server.put(behind, object);
    return backend
      .someone()
      .delete('/v1/exposures/local/free/shared?uid=uid-of-shared');
  };

  it('is removed by those who may remove the exposures of both', async () => {
    policy = () => true;
    expect((await shared()).status).toBe(204);
    expect(backend.audit[backend.audit.length - 1].outcomeMeta).toMatchObject({
      entityRef: `${SHOP}, ${PAYMENTS}`,
    });
  });

  it.each([SHOP, PAYMENTS])(
    'is not removed by those who may not remove the exposures of %s',
    async ref => {
      policy = ({ permission, entityRef }) =>
        permission !== 'networking.exposure.delete' || entityRef !== ref;
      const { status, body } = await shared();
      expect(status).toBe(403);
      expect(body.error.message).toContain(ref);
      expect(server.writes()).toEqual([]);
    },
  );

  it('is not removed by those who may not see one of them, which is not named', async () => {
    policy = ownEntities;
    const { status, body } = await shared();
    expect(status).toBe(403);
    expect(JSON.stringify(body)).not.toContain(PAYMENTS);
    expect(server.writes()).toEqual([]);
  });
});

describe('an entity that changed its owner', () => {
  const ownedBy = (team: string) => {
    moving.relations![0].targetRef = `group:default/${team}`;
  };
  const apply = (me = backend.someone()) =>
    me.post('/v1/exposures', { entityRef: 'component:default/moving' });

  beforeEach(() => {
    ownedBy('team-shop');
    const own = service('moving', 'shop');
    own.metadata.labels = { 'backstage.io/kubernetes-id': 'moving' };
    server.put(own);
  });

  it('is exposed as it is now, not as the page showed it', async () => {
    const me = backend.someone();
    await me.get('/v1/services?entityRef=component:default/moving');
    ownedBy('team-payments');
    const { status, body } = await apply(me);
    expect(status).toBe(403);
    expect(body.error.findings[0].reason).toBe('NamespaceNotGranted');
    expect(server.writes()).toEqual([]);
  });

  it('is read again under the lease', async () => {
    const me = backend.someone();
    await me.post('/v1/plans', { entityRef: 'component:default/moving' });
    const snapshots = backend.snapshots();
    const { read } = snapshots;
    // The cluster is read for the plan before the lease; the entity was read then.
    const reading = jest
      .spyOn(snapshots, 'read')
      .mockImplementation(async (cluster, options) => {
        const found = await read(cluster, options);
        if (options) ownedBy('team-payments');
        return found;
      });
    const { status, body } = await apply(me);
    reading.mockRestore();
    expect(status).toBe(403);
    expect(body.error.findings[0].reason).toBe('NamespaceNotGranted');
    expect(server.writes()).toEqual([]);
  });
});
