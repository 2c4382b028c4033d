import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import { clusterObjects, worldCertificates } from '../__testUtils__/world';

const SHOP = 'component:default/shop';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

/** For what never comes: a busy machine may need seconds. */
const BOUND_MS = 60_000;

let server: FakeApiServer;
let database: Knex;
let backend: TestBackend | undefined;

beforeEach(async () => {
  server = await startFakeApiServer();
  database = await databases.init('SQLITE_3');
});

afterEach(async () => {
  await backend?.stop();
  backend = undefined;
  await server.close();
});

const start = async () => {
  backend = await startBackend({
    server,
    features: [
      mockServices.database.mock({ getClient: async () => database }).factory,
    ],
  });
  return backend.as('user:default/sam');
};

/** Resolves once that many revisions are in the database. */
async function kept(count: number): Promise<void> {
  const bound = Date.now() + BOUND_MS;
  for (;;) {
    const rows = await database('certificates').select();
    if (rows.length === count) return;
    if (Date.now() > bound) throw new Error(`${rows.length} rows are kept`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

it('what was issued is known after its request went and the backend was started again', async () => {
  const certificates = await worldCertificates();
  server.reset(...clusterObjects(), ...certificates.objects);
  const before = await start();
  const { body } = await before.post('/v1/exposures', { entityRef: SHOP });
  const { namespace, name } = body.exposure;
  const path = `/v1/exposures/local/${namespace}/${name}`;
  const [told] = (await before.get(path)).body.certificates;
  expect(told.facts.keptAt).toBeUndefined();
  await kept(2);
  await backend?.stop();

  for (const [namespaceOf, request] of [
    ['kube-system', 'idp-wildcard-cert-1'],
    ['cert-manager', 'idp-demo-ca-1'],
  ]) {
    server.remove('CertificateRequest', namespaceOf, request);
  }
  const after = await start();
  const { body: detail } = await after.get(path);
  expect(detail.certificates).toEqual([
    {
      hosts: told.hosts,
      facts: {
        ...told.facts,
        certificate: expect.objectContaining({ name: 'idp-wildcard-cert' }),
        ca: expect.objectContaining({ name: 'idp-demo-ca' }),
        keptAt: expect.stringMatching(/^\d{4}-/),
      },
    },
  ]);
  expect(told.facts).toMatchObject({ verified: true, trust: 'cluster' });
});
