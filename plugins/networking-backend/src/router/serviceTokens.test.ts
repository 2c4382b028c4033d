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
  access,
  ALL_ACTIONS,
  CATALOG,
  CATALOG_READ,
  networking,
  tokenOf,
} from '../__testUtils__/serviceTokens';
import { sharedDatabase } from '../__testUtils__/sharedDatabase';
import { clusterObjects, worldCertificates } from '../__testUtils__/world';

const SHOP = 'component:default/shop';
const ENTITY_REF = 'idp.networking/entity-ref';
let database: ReturnType<typeof sharedDatabase>;
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
  arrange?(): Promise<unknown>;
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
    call: calls =>
      calls.post('/v1/exposures', { entityRef: SHOP, replace: true }),
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
    // Else a minute has to pass between two.
    arrange: async () => database.knex('renewals').delete(),
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

const ROWS = Object.entries(OPERATIONS).flatMap(([name, operation]) =>
  Object.entries(KINDS).map(([kind, { restrictions, ...expected }]) => ({
    sentence: `${name} with a token ${kind}`,
    operation,
    expected: operation.ofEntity ? expected.ofEntity : expected.ofPlatform,
    access: access(tokenOf(`${name} ${kind}`), restrictions?.(operation.needs)),
  })),
);

beforeAll(async () => {
  database = sharedDatabase();
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
    ],
    features: [
      database.feature,
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
  await database.destroy();
});

beforeEach(() => server.reset(...world));

const refusedFor = (body: { error?: { findings?: Finding[] } }) =>
  body.error?.findings?.map(({ reason, details }) =>
    [reason, details?.permission].filter(Boolean).join(' '),
  ) ?? [];

/** Of a catalog that is not delegated, either restriction may be the one that is missing. */
const toldBy = (finding?: Finding) =>
  finding && {
    reason: finding.reason,
    severity: finding.severity,
    subject: finding.subject,
    service: finding.details?.service,
    permission:
      finding.reason === 'PermissionNotNamed'
        ? finding.details?.permission
        : undefined,
  };

describe('what a service may write is what its token names:', () => {
  it.each(ROWS.map(row => [row.sentence, row] as const))(
    '%s',
    async (_, { operation, expected, access: { options } }) => {
      await operation.arrange?.();
      const before = server.writes().length;
      const { status, body } = await operation.call(
        backend.withToken(options.token),
      );
      const isWritten = server.writes().length > before;
      const [finding] = body.error?.findings ?? [];
      expect({ status, isWritten, ...toldBy(finding) }).toEqual(
        expected === 'Written'
          ? { status: operation.status, isWritten: true }
          : {
              status: 403,
              isWritten: false,
              reason: expected,
              severity: 'blocking',
              subject: {
                kind: 'Setting',
                name: 'backend.auth.externalAccess[].accessRestrictions',
              },
              service: options.subject,
              permission:
                expected === 'PermissionNotNamed'
                  ? operation.told ?? operation.needs[0]
                  : undefined,
            },
      );
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
});
