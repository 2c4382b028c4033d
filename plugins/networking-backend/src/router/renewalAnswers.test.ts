import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import knexFactory, { type Knex } from 'knex';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  status,
  type FakeApiServer,
  type Script,
} from '../__testUtils__/fakeApiServer';
import { clusterObjects, worldCertificates } from '../__testUtils__/world';

let database: Knex;
let server: FakeApiServer;
let backend: TestBackend;

beforeAll(async () => {
  server = await startFakeApiServer();
  database = knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  backend = await startBackend({
    server,
    policy: () => true,
    features: [
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => ({ getClient: async () => database }),
      }),
    ],
  });
});

afterAll(async () => {
  await backend.stop();
  await server.close();
  await database.destroy();
});

beforeEach(async () => {
  await database('renewals').delete();
  const { objects } = await worldCertificates();
  server.reset(...clusterObjects(), ...objects);
  backend.audit.length = 0;
});

const renew = () =>
  backend
    .someone()
    .post('/v1/certificates/local/kube-system/idp-wildcard-cert/renewal', {
      uid: 'uid-of-idp-wildcard-cert',
    });
const lastAudit = () => backend.audit[backend.audit.length - 1];

const isRead: Script = ({ method, path }) =>
  method === 'GET' && path.endsWith('/certificates/idp-wildcard-cert')
    ? status(403, 'Forbidden', {
        message:
          'certificates.cert-manager.io "idp-wildcard-cert" is forbidden: User "secret" cannot get resource "certificates"',
      })
    : undefined;
const answerToWrite =
  (answer: ReturnType<Script>): Script =>
  ({ method }) =>
    method === 'PUT' ? answer : undefined;

const ANSWERS: Record<
  string,
  { script: Script; code: number; says: RegExp[] }
> = {
  'lacks the right to get it': {
    script: isRead,
    code: 403,
    says: [
      /may not get certificates in namespace kube-system of cluster local/,
      /Bind Role networking-backend-renewal \(rbac\/renewal-role\.yaml/,
      /idp-wildcard-cert among its resourceNames/,
    ],
  },
  'lacks the right to update its status': {
    script: answerToWrite(
      status(403, 'Forbidden', {
        message:
          'certificates.cert-manager.io "idp-wildcard-cert" is forbidden: User "secret" cannot update resource "certificates/status"',
      }),
    ),
    code: 403,
    says: [
      /may not update certificates\/status in namespace kube-system/,
      /Bind Role networking-backend-renewal/,
    ],
  },
  'is refused by an admission policy': {
    script: answerToWrite(
      status(403, 'Forbidden', { message: 'secret policy denied it' }),
    ),
    code: 409,
    says: [/an admission policy of cluster local refuses/],
  },
  'meets a change that came in between': {
    script: answerToWrite(status(409, 'Conflict')),
    code: 409,
    says: [/has changed since it was shown/],
  },
  'meets a cluster that has too much to do': {
    script: answerToWrite(status(429, 'TooManyRequests')),
    code: 503,
    says: [/too many requests/],
  },
  'meets a version of cert-manager that knows no such status': {
    script: answerToWrite(status(422, 'Invalid')),
    code: 409,
    says: [/does not accept the change/],
  },
  'gets no answer, and the cluster does not show it': {
    script: answerToWrite({ status: 0, hangUp: true }),
    code: 503,
    says: [/It is not known whether Certificate .* is being renewed/],
  },
};

describe('a renewal is refused in words where the backend', () => {
  it.each(Object.entries(ANSWERS))('%s', async (_, { script, code, says }) => {
    server.script(script);
    const { status: answered, body } = await renew();
    expect(answered).toBe(code);
    for (const text of says) expect(body.error.message).toMatch(text);
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(lastAudit().outcome).toBe('fail');
  });

  it('gets no answer, unless the cluster shows that it was carried out', async () => {
    server.script(answerToWrite({ status: 0, hangUp: true, carryOut: true }));
    const { status: code } = await renew();
    expect(code).toBe(202);
    expect(lastAudit()).toMatchObject({
      outcome: 'success',
      outcomeMeta: { write: 'confirmed' },
    });
  });
});
