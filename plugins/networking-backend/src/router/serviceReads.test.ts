import type { JsonObject } from '@backstage/types';
import type {
  Finding,
  KubernetesObject,
} from 'backstage-plugin-networking-common';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import {
  access,
  CATALOG,
  CATALOG_READ,
  networking,
  tokenOf,
} from '../__testUtils__/serviceTokens';
import {
  clusterObjects,
  route,
  worldCertificates,
} from '../__testUtils__/world';

const SHOP = 'component:default/shop';

let server: FakeApiServer;
let backend: TestBackend;
let world: KubernetesObject[];

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
      access(tokenOf('a creator without catalog.entity.read'), [
        networking({ permission: 'networking.exposure.create' }),
        CATALOG,
      ]),
      access(tokenOf('a reader and remover'), [
        networking({
          permission: [
            'networking.exposure.read',
            'networking.exposure.delete',
            CATALOG_READ,
          ],
        }),
        CATALOG,
      ]),
      access(tokenOf('the plugin alone'), [networking(), CATALOG]),
      ...Object.entries(READS).map(([kind, { restrictions }]) =>
        access(tokenOf(`reading ${kind}`), restrictions),
      ),
    ],
  });
});

afterAll(async () => {
  await backend.stop();
  await server.close();
});

beforeEach(() => server.reset(...world));

const toldBy = (findings: Finding[] = []) =>
  findings.map(({ reason, details }) => `${reason} ${details?.permission}`);

describe('a service reads', () => {
  const LISTS: Record<string, (body: any) => unknown[]> = {
    '/v1/exposures': body => body.items,
    '/v1/hosts': body => body.items,
    '/v1/certificates': body =>
      body.certificates.flatMap((row: any) => row.hosts ?? []),
  };

  it.each(Object.entries(READS))('%s', async (kind, { sees, gaps }) => {
    server.put(
      route('shop', { annotations: { 'idp.networking/entity-ref': SHOP } }),
    );
    for (const [path, rowsOf] of Object.entries(LISTS)) {
      const { status, body } = await backend
        .withToken(tokenOf(`reading ${kind}`))
        .get(path);
      expect([path, status]).toEqual([path, 200]);
      expect([path, rowsOf(body).length > 0]).toEqual([path, sees]);
      expect([path, toldBy(body.findings)]).toEqual([path, gaps]);
    }
  });

  const OF_ENTITY = ['/v1/exposures?entityRef=', '/v1/services?entityRef='];
  const notByBackstage = {
    status: 403,
    told: { reason: 'CatalogNotDelegated', details: { plugin: 'catalog' } },
  };
  const UNDELEGATED = {
    'a creator without catalog.entity.read': {
      status: 404,
      told: {
        reason: 'CatalogNotDelegated',
        details: { plugin: 'networking', permission: CATALOG_READ },
      },
    },
    'reading with the plugin alone, all': notByBackstage,
    'reading with the action, all': notByBackstage,
    'reading with both permissions, all': notByBackstage,
  };

  it.each(
    OF_ENTITY.flatMap(path =>
      Object.entries(UNDELEGATED).map(
        ([kind, expected]) => [path, kind, expected] as const,
      ),
    ),
  )(
    'nothing of an entity where reading the catalog is not delegated, and why: %s, %s',
    async (path, kind, { status: expected, told }) => {
      const answers = await Promise.all(
        [SHOP, 'component:default/missing'].map(ref =>
          backend.withToken(tokenOf(kind)).get(`${path}${ref}`),
        ),
      );
      for (const { status, body } of answers) {
        expect(status).toBe(expected);
        expect(body.error.findings).toMatchObject([told]);
      }
    },
  );
});

describe('what a service may not write is said before it tries:', () => {
  it('by a plan', async () => {
    const { body } = await backend
      .withToken(tokenOf('the plugin alone'))
      .post('/v1/plans', { entityRef: SHOP });
    expect(body.action).toBe('refused');
    expect(toldBy(body.findings)).toContain(
      'PermissionNotNamed networking.exposure.create',
    );
  });

  it.each([
    ['the plugin alone', { create: false, update: false, delete: false }],
    ['a reader and remover', { create: false, update: false, delete: true }],
  ])('by what is offered to %s', async (kind, permissions) => {
    const { body } = await backend
      .withToken(tokenOf(kind))
      .get(`/v1/exposures?entityRef=${SHOP}`);
    expect(body.permissions).toEqual(permissions);
  });
});
