import { startBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import { clusterObjects } from '../__testUtils__/world';

let server: FakeApiServer;

beforeAll(async () => {
  server = await startFakeApiServer();
  server.reset(...clusterObjects());
});

afterAll(() => server.close());

describe('the exposures of an entity say why nobody writes', () => {
  it.each<[string, boolean, boolean, string | undefined, boolean]>([
    ['while permissions are off', false, false, 'PermissionsDisabled', false],
    ['not where that is wanted', false, true, undefined, true],
    ['not where permissions decide', true, false, undefined, true],
  ])(
    '%s',
    async (_, permissionsEnabled, allowWithoutPermissions, reason, create) => {
      const backend = await startBackend({
        server,
        policy: () => true,
        permissionsEnabled,
        networking: { allowWithoutPermissions },
      });
      try {
        const { status, body } = await backend
          .someone()
          .get('/v1/exposures?entityRef=component:default/shop');
        expect(status).toBe(200);
        expect(body.writesRefused?.reason).toBe(reason);
        expect(body.permissions.create).toBe(create);
      } finally {
        await backend.stop();
      }
    },
  );
});
