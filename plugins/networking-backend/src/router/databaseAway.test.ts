import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import type { Finding } from 'backstage-plugin-networking-common';
import knexFactory, { type Knex } from 'knex';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import { accepted, clusterObjects, route } from '../__testUtils__/world';
import { readOpenApiDocument } from './openApiDocument';

const SHOP = 'component:default/shop';
/** Of SQL, of knex and of the drivers. */
const DRIVER =
  /insert into|update `|select \*|delete from|SQLITE|`locks`|database is locked|readonly database|disk is full|no such table|knex/i;

type Call = (backend: TestBackend) => PromiseLike<{
  status: number;
  text: string;
  body: any;
}>;

const reads =
  (path: string): Call =>
  backend =>
    backend.as('user:default/admin').get(path);

/** Each operation of the contract, and what it answers while nothing can be written: a new one fails until it has a row. */
const OPERATIONS: Record<
  string,
  { call: Call; status: number; tells?: 'refusal' | 'notice' }
> = {
  ReadExposures: {
    call: reads(`/v1/exposures?entityRef=${SHOP}`),
    status: 200,
    tells: 'notice',
  },
  ReadHosts: { call: reads('/v1/hosts'), status: 200, tells: 'notice' },
  ReadPlatform: { call: reads('/v1/platform'), status: 200, tells: 'notice' },
  ReadCertificates: {
    call: reads('/v1/certificates'),
    status: 200,
    tells: 'notice',
  },
  ReadExposure: { call: reads('/v1/exposures/local/shop/docs'), status: 200 },
  ListServices: { call: reads(`/v1/services?entityRef=${SHOP}`), status: 200 },
  ReadSettings: { call: reads('/v1/settings'), status: 200 },
  ReadCa: { call: reads('/v1/ca'), status: 404 },
  ReadIssuanceHistory: {
    call: reads('/v1/certificates/local/shop/none/history'),
    status: 404,
  },
  CreatePlan: {
    call: backend =>
      backend.as('user:default/admin').post('/v1/plans', { entityRef: SHOP }),
    status: 200,
  },
  ProbeExposure: {
    call: backend =>
      backend
        .as('user:default/admin')
        .post('/v1/exposures/local/shop/docs/probe', {}),
    status: 503,
    tells: 'refusal',
  },
  ApplyExposure: {
    call: backend =>
      backend
        .as('user:default/admin')
        .post('/v1/exposures', { entityRef: SHOP }),
    status: 503,
    tells: 'refusal',
  },
  DeleteExposure: {
    call: backend =>
      backend
        .as('user:default/admin')
        .delete('/v1/exposures/local/shop/docs?uid=some'),
    status: 503,
    tells: 'refusal',
  },
  RenewCertificate: {
    call: backend =>
      backend
        .as('user:default/admin')
        .post('/v1/certificates/local/shop/none/renewal', { uid: 'some' }),
    status: 404,
  },
};

/** How a real SQLite fails, and how it comes back. */
const FAILURES: Record<
  string,
  {
    reason: string;
    fail(client: Knex, other: Knex): Promise<unknown>;
    mend(client: Knex, other: Knex): Promise<unknown>;
  }
> = {
  'is locked by another connection': {
    reason: 'DatabaseBusy',
    fail: (_, other) => other.raw('BEGIN IMMEDIATE'),
    mend: (_, other) => other.raw('ROLLBACK'),
  },
  'cannot be written': {
    reason: 'DatabaseReadOnly',
    fail: client => client.raw('PRAGMA query_only = ON'),
    mend: client => client.raw('PRAGMA query_only = OFF'),
  },
  'has lost its tables': {
    reason: 'DatabaseFailed',
    fail: async client => {
      await client.schema.renameTable('locks', 'locks_away');
      await client.schema.renameTable('probes', 'probes_away');
    },
    mend: async client => {
      await client.schema.renameTable('locks_away', 'locks');
      await client.schema.renameTable('probes_away', 'probes');
    },
  },
};

const isOfDatabase = ({ subject }: Finding) => subject.kind === 'Database';
const SEVERITIES = { refusal: 'blocking', notice: 'warning' };

let folder: string;
let client: Knex;
let other: Knex;
let server: FakeApiServer;
let backend: TestBackend;

const open = () =>
  knexFactory({
    client: 'better-sqlite3',
    connection: { filename: join(folder, 'networking.sqlite') },
    useNullAsDefault: true,
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'networking-database-'));
  client = open();
  other = open();
  server = await startFakeApiServer();
  backend = await startBackend({
    server,
    policy: () => true,
    features: [
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => ({ getClient: async () => client }),
      }),
    ],
  });
});

afterAll(async () => {
  await backend.stop();
  await server.close();
  await client.destroy();
  await other.destroy();
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  server.reset(
    ...clusterObjects(),
    accepted(
      route('docs', { annotations: { 'idp.networking/entity-ref': SHOP } }),
    ),
  );
  await client('probes').delete();
});

it('has a row for each operation of the contract', async () => {
  const { paths } = (await readOpenApiDocument()) as {
    paths: Record<string, Record<string, { operationId?: string }>>;
  };
  const ids = Object.values(paths).flatMap(path =>
    Object.values(path).flatMap(({ operationId }) => operationId ?? []),
  );
  expect(Object.keys(OPERATIONS).sort()).toEqual(ids.sort());
});

describe.each(Object.entries(FAILURES))(
  'while the database %s',
  (_, { reason, fail, mend }) => {
    it.each(Object.entries(OPERATIONS))(
      '%s answers without a word of the driver',
      async (_id, { call, status, tells }) => {
        await fail(client, other);
        try {
          // What fails first is a write: whatever reads then can tell of it.
          const refused = await OPERATIONS.ApplyExposure.call(backend);
          expect(refused.status).toBe(503);
          const answer = await call(backend);
          expect([answer.status, answer.text]).toEqual([
            status,
            expect.not.stringMatching(DRIVER),
          ]);
          const { error, clusters } = answer.body;
          const found = error?.findings ?? clusters?.[0].findings ?? [];
          expect(found.filter(isOfDatabase)).toMatchObject(
            tells ? [{ reason, severity: SEVERITIES[tells] }] : [],
          );
          expect(server.routes()).toHaveLength(1);
        } finally {
          await mend(client, other);
        }
      },
    );

    it('a write is carried out once it is over', async () => {
      await fail(client, other);
      const refused = await OPERATIONS.ApplyExposure.call(backend);
      await mend(client, other);
      expect(refused.status).toBe(503);
      const applied = await OPERATIONS.ApplyExposure.call(backend);
      expect(applied.status).toBe(201);
      expect(await client('locks').select()).toEqual([]);
    });
  },
);
