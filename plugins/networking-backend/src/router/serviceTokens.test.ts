import {
  coreServices,
  createBackendPlugin,
  type AuthService,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type {
  Finding,
  HttpRoute,
  KubernetesObject,
} from 'backstage-plugin-networking-common';
import {
  startBackend,
  type Calls,
  type TestBackend,
} from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import {
  clusterObjects,
  route,
  worldCertificates,
} from '../__testUtils__/world';

const SHOP = 'component:default/shop';
const ENTITY_REF = 'idp.networking/entity-ref';
const CATALOG_READ = 'catalog.entity.read';
const CATALOG = { plugin: 'catalog' };
const ALL_ACTIONS = ['create', 'read', 'update', 'delete'];

let server: FakeApiServer;
let backend: TestBackend;
let world: KubernetesObject[];
let scaffolder: AuthService;

type Answer = PromiseLike<{
  status: number;
  body: { error?: { findings?: Finding[] } };
}>;

interface Operation {
  /** Permissions that the restriction has to name. */
  needs: string[];
  /** Does it read an entity of the catalog? */
  ofEntity: boolean;
  /** The permission that a token which names none of them is told of. Default: the first. */
  told?: string;
  arrange?(): Promise<void>;
  call(calls: Calls): Answer;
  status: number;
}

const changeRoutes = (by: (object: HttpRoute) => Partial<HttpRoute>) =>
  server.put(...server.routes().map(object => ({ ...object, ...by(object) })));

const exposeShop = async () => {
  const { status } = await backend
    .withToken('token-writer')
    .post('/v1/exposures', { entityRef: SHOP });
  expect(status).toBe(201);
};

const remove = (calls: Calls) => {
  const [{ metadata }] = server.routes();
  return calls.delete(
    `/v1/exposures/local/${metadata.namespace}/${metadata.name}?uid=${metadata.uid}`,
  );
};

const OPERATIONS: Record<string, Operation> = {
  exposing: {
    needs: ['networking.exposure.create'],
    ofEntity: true,
    call: calls => calls.post('/v1/exposures', { entityRef: SHOP }),
    status: 201,
  },
  'changing an exposure': {
    needs: ['networking.exposure.update'],
    ofEntity: true,
    told: 'networking.exposure.create',
    async arrange() {
      await exposeShop();
      changeRoutes(({ spec }) => ({
        spec: {
          ...spec,
          rules: spec?.rules?.map(rule => ({
            ...rule,
            backendRefs: rule.backendRefs?.map(ref => ({ ...ref, port: 9 })),
          })),
        },
      }));
    },
    call: calls => calls.post('/v1/exposures', { entityRef: SHOP }),
    status: 200,
  },
  'taking over fields': {
    needs: ['networking.exposure.create', 'networking.platform.update'],
    ofEntity: true,
    call: calls =>
      calls.post('/v1/exposures', { entityRef: SHOP, takeOwnership: true }),
    status: 201,
  },
  'removing an exposure': {
    needs: ['networking.exposure.delete'],
    ofEntity: true,
    arrange: exposeShop,
    call: remove,
    status: 204,
  },
  'removing a route of no entity': {
    needs: ['networking.platform.update'],
    ofEntity: false,
    told: 'networking.exposure.delete',
    async arrange() {
      await exposeShop();
      changeRoutes(({ metadata }) => ({
        metadata: {
          ...metadata,
          annotations: { [ENTITY_REF]: 'component:default/gone' },
        },
      }));
    },
    call: remove,
    status: 204,
  },
  'renewing a certificate': {
    needs: ['networking.certificate.renew'],
    ofEntity: false,
    call: calls =>
      calls.post(
        '/v1/certificates/local/kube-system/idp-wildcard-cert/renewal',
        { uid: 'uid-of-idp-wildcard-cert' },
      ),
    status: 202,
  },
};

type Expected = 'Written' | 'PermissionNotNamed' | 'CatalogNotDelegated';

interface Kind {
  restrictions?(needs: string[]): JsonObject[];
  ofEntity: Expected;
  ofPlatform: Expected;
}

const alike = (expected: Expected) => ({
  ofEntity: expected,
  ofPlatform: expected,
});
const NOT_DELEGATED = {
  ofEntity: 'CatalogNotDelegated',
  ofPlatform: 'Written',
} as const;
const networking = (rest: JsonObject = {}) => ({
  plugin: 'networking',
  ...rest,
});

const KINDS: Record<string, Kind> = {
  'without access restrictions': alike('PermissionNotNamed'),
  'with the plugin alone': {
    restrictions: () => [networking(), CATALOG],
    ...alike('PermissionNotNamed'),
  },
  'with a list of permissions that is empty': {
    restrictions: () => [networking({ permission: [] }), CATALOG],
    ...alike('PermissionNotNamed'),
  },
  'with every action': {
    restrictions: () => [
      networking({ permissionAttribute: { action: ALL_ACTIONS } }),
      CATALOG,
    ],
    ...alike('PermissionNotNamed'),
  },
  'with another permission': {
    restrictions: () => [
      networking({ permission: ['networking.exposure.read', CATALOG_READ] }),
      CATALOG,
    ],
    ...alike('PermissionNotNamed'),
  },
  'with the permission, and another action': {
    restrictions: needs => [
      networking({
        permission: [...needs, CATALOG_READ],
        permissionAttribute: { action: 'read' },
      }),
      CATALOG,
    ],
    ...alike('PermissionNotNamed'),
  },
  'with the permission, and its reading of the catalog': {
    restrictions: needs => [
      networking({ permission: [...needs, CATALOG_READ] }),
      CATALOG,
    ],
    ...alike('Written'),
  },
  'with the permission as a text, and every action': {
    restrictions: needs => [
      networking({
        permission: [...needs, CATALOG_READ].join(', '),
        permissionAttribute: { action: ALL_ACTIONS },
      }),
      CATALOG,
    ],
    ...alike('Written'),
  },
  'with the permission, without catalog.entity.read': {
    restrictions: needs => [networking({ permission: needs }), CATALOG],
    ...NOT_DELEGATED,
  },
  'with the permission, without plugin catalog': {
    restrictions: needs => [
      networking({ permission: [...needs, CATALOG_READ] }),
    ],
    ...NOT_DELEGATED,
  },
  'with the permission, and a catalog that cannot be delegated': {
    restrictions: needs => [
      networking({ permission: [...needs, CATALOG_READ] }),
      { ...CATALOG, permission: CATALOG_READ },
    ],
    ...NOT_DELEGATED,
  },
};

const slug = (text: string) => `token-${text.replace(/\W+/g, '-')}`;
const access = (token: string, accessRestrictions?: JsonObject[]) => ({
  type: 'static',
  options: { token, subject: `external:${token}` },
  ...(accessRestrictions && { accessRestrictions }),
});

const ROWS = Object.entries(OPERATIONS).flatMap(([name, operation]) =>
  Object.entries(KINDS).map(([kind, { restrictions, ...expected }]) => ({
    sentence: `${name} with a token ${kind}`,
    operation,
    expected: operation.ofEntity ? expected.ofEntity : expected.ofPlatform,
    access: access(slug(`${name} ${kind}`), restrictions?.(operation.needs)),
  })),
);

const READS: Record<
  string,
  { restrictions?: JsonObject[]; sees: boolean; gaps: string[] }
> = {
  'without access restrictions, all': { sees: true, gaps: [] },
  'with the plugin alone, all': {
    restrictions: [networking()],
    sees: true,
    gaps: [],
  },
  'with the action, all': {
    restrictions: [networking({ permissionAttribute: { action: 'read' } })],
    sees: true,
    gaps: [],
  },
  'with both permissions, all': {
    restrictions: [
      networking({
        permission: [
          'networking.exposure.read',
          'networking.platform.read',
          CATALOG_READ,
        ],
      }),
    ],
    sees: true,
    gaps: [],
  },
  'without catalog.entity.read, nothing and why': {
    restrictions: [
      networking({
        permission: ['networking.exposure.read', 'networking.platform.read'],
      }),
    ],
    sees: false,
    gaps: ['CatalogNotDelegated catalog.entity.read'],
  },
  'without networking.exposure.read, nothing and why': {
    restrictions: [
      networking({ permission: ['networking.platform.read', CATALOG_READ] }),
    ],
    sees: false,
    gaps: ['PermissionNotNamed networking.exposure.read'],
  },
};

beforeAll(async () => {
  server = await startFakeApiServer();
  world = [...clusterObjects(), ...(await worldCertificates()).objects];
  backend = await startBackend({
    server,
    externalAccess: [
      access('token-writer', [
        networking({
          permission: ['networking.exposure.create', CATALOG_READ],
        }),
        CATALOG,
      ]),
      access('token-creator-alone', [
        networking({
          permission: ['networking.exposure.create', CATALOG_READ],
        }),
        CATALOG,
      ]),
      ...ROWS.map(row => row.access),
      ...Object.entries(READS).map(([kind, { restrictions }]) =>
        access(slug(`reading ${kind}`), restrictions),
      ),
    ],
    features: [
      createBackendPlugin({
        pluginId: 'scaffolder',
        register: env =>
          env.registerInit({
            deps: { auth: coreServices.auth },
            async init({ auth }) {
              scaffolder = auth;
            },
          }),
      }),
    ],
  });
});

afterAll(async () => {
  await backend.stop();
  await server.close();
});

beforeEach(() => server.reset(...world));

const refusedFor = (body: { error?: { findings?: Finding[] } }) =>
  body.error?.findings?.map(({ reason, details }) =>
    [reason, details?.permission].filter(Boolean).join(' '),
  ) ?? [];

describe('what a service may write is what its token names:', () => {
  it.each(ROWS.map(row => [row.sentence, row] as const))(
    '%s',
    async (_, { operation, expected, access: { options } }) => {
      await operation.arrange?.();
      const before = server.writes().length;
      const { status, body } = await operation.call(
        backend.withToken(options.token),
      );
      if (expected === 'Written') {
        expect(body.error).toBeUndefined();
        expect(status).toBe(operation.status);
        expect(server.writes().length).toBeGreaterThan(before);
        return;
      }
      expect(status).toBe(403);
      const [finding] = body.error!.findings!;
      expect(finding).toMatchObject({
        reason: expected,
        severity: 'blocking',
        subject: {
          kind: 'Setting',
          name: 'backend.auth.externalAccess[].accessRestrictions',
        },
        details: { service: options.subject },
      });
      if (expected === 'PermissionNotNamed') {
        expect(finding.details?.permission).toBe(
          operation.told ?? operation.needs[0],
        );
      }
      expect(server.writes()).toHaveLength(before);
    },
  );

  it('taking over fields needs networking.platform.update beside what exposing needs', async () => {
    const { status, body } = await OPERATIONS['taking over fields'].call(
      backend.withToken('token-creator-alone'),
    );
    expect(status).toBe(403);
    expect(refusedFor(body)).toEqual([
      'PermissionNotNamed networking.platform.update',
    ]);
    expect(server.writes()).toEqual([]);
  });

  it('changing a live exposure needs more than networking.exposure.create', async () => {
    await exposeShop();
    const { status, body } = await OPERATIONS.exposing.call(
      backend.withToken('token-creator-alone'),
    );
    expect(status).toBe(403);
    expect(refusedFor(body)).toEqual([
      'PermissionNotNamed networking.exposure.update',
    ]);
    expect(server.writes()).toHaveLength(1);
  });

  it.each(Object.entries(OPERATIONS))(
    '%s is refused to a plugin that asks for itself',
    async (_, { arrange, call }) => {
      await arrange?.();
      const before = server.writes().length;
      const { token } = await scaffolder.getPluginRequestToken({
        onBehalfOf: await scaffolder.getOwnServiceCredentials(),
        targetPluginId: 'networking',
      });
      const { status, body } = await call(backend.withToken(token));
      expect(status).toBe(403);
      expect(body.error!.findings![0]).toMatchObject({
        reason: 'PluginMayNotWrite',
        details: { service: 'plugin:scaffolder' },
      });
      expect(server.writes()).toHaveLength(before);
    },
  );

  it('a plan says so before anybody applies it', async () => {
    const { body } = await backend
      .withToken(slug('exposing with the plugin alone'))
      .post('/v1/plans', { entityRef: SHOP });
    expect(body.action).toBe('refused');
    expect(body.findings).toContainEqual(
      expect.objectContaining({ reason: 'PermissionNotNamed' }),
    );
  });

  it('a tab offers the same', async () => {
    const offered = async (kind: string) => {
      const { body } = await backend
        .withToken(slug(kind))
        .get(`/v1/exposures?entityRef=${SHOP}`);
      return body.permissions;
    };
    expect(await offered('exposing with the plugin alone')).toEqual({
      create: false,
      update: false,
      delete: false,
    });
  });
});

describe('a service reads', () => {
  const LISTS: Record<string, (body: any) => unknown[]> = {
    '/v1/exposures': body => body.items,
    '/v1/hosts': body => body.items,
    '/v1/certificates': body =>
      body.certificates.flatMap((row: any) => row.hosts ?? []),
  };

  it.each(Object.entries(READS))('%s', async (kind, { sees, gaps }) => {
    server.put(route('shop', { annotations: { [ENTITY_REF]: SHOP } }));
    for (const [path, rowsOf] of Object.entries(LISTS)) {
      const { status, body } = await backend
        .withToken(slug(`reading ${kind}`))
        .get(path);
      expect([path, status]).toEqual([path, 200]);
      expect([path, rowsOf(body).length > 0]).toEqual([path, sees]);
      const found = (body.findings ?? []) as Finding[];
      expect(
        found.map(({ reason, details }) => `${reason} ${details?.permission}`),
      ).toEqual(gaps);
    }
  });

  it.each(['/v1/exposures?entityRef=', '/v1/services?entityRef='])(
    'nothing of an entity without catalog.entity.read, and why: %s',
    async path => {
      const answers = await Promise.all(
        [SHOP, 'component:default/missing'].map(ref =>
          backend
            .withToken(
              slug('exposing with the permission, without catalog.entity.read'),
            )
            .get(`${path}${ref}`),
        ),
      );
      for (const { status, body } of answers) {
        expect(status).toBe(404);
        expect(refusedFor(body)).toEqual([
          'CatalogNotDelegated catalog.entity.read',
        ]);
      }
    },
  );
});
