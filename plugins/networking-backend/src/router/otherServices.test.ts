import { ResponseError } from '@backstage/errors';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import { clusterObjects } from '../__testUtils__/world';

const SHOP = 'component:default/shop';
const SQL = 'select * from `final_entities` - database is locked';

let server: FakeApiServer;
let backend: TestBackend;

const ANSWER = {
  error: { name: 'SqliteError', message: SQL },
  response: { statusCode: 500 },
};

beforeAll(async () => {
  server = await startFakeApiServer();
  server.reset(...clusterObjects());
  backend = await startBackend({ server });
  const response = Response.json(ANSWER, { status: 500 });
  backend.permissions.authorize.mockRejectedValue(
    await ResponseError.fromResponse(response),
  );
});

afterAll(async () => {
  await backend.stop();
  await server.close();
});

it.each([
  ['a read', () => sam().get(`/v1/exposures?entityRef=${SHOP}`)],
  ['a plan', () => sam().post('/v1/plans', { entityRef: SHOP })],
  ['an apply', () => sam().post('/v1/exposures', { entityRef: SHOP })],
])(
  '%s that needs permissions which fail is 503, without a word of it',
  async (_, call) => {
    const { status, body, text } = await call();
    expect(status).toBe(503);
    expect(body.error.findings).toMatchObject([
      { reason: 'BackstageServiceFailed' },
    ]);
    expect(text).not.toContain('final_entities');
    expect(server.routes()).toEqual([]);
  },
);

function sam() {
  return backend.as('user:default/sam');
}
