import { resolve } from 'node:path';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { ConfigSources } from '@backstage/config-loader';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import request from 'supertest';
import { PERSON_HEADER } from './authenticator';
import authModuleExample from '.';

const API_SERVER = 'https://127.0.0.1:16443';
const ROOT = resolve(__dirname, '../../..');

const environment: Record<string, string> = {
  APP_BASE_URL: 'https://backstage.example.com',
  BACKEND_BASE_URL: 'https://backstage.example.com',
  POSTGRES_HOST: 'db.example.com',
  POSTGRES_PORT: '5432',
  POSTGRES_USER: 'backstage',
  POSTGRES_PASSWORD: 'not-used',
  KUBERNETES_CLUSTER_NAME: 'production',
  KUBERNETES_URL: 'https://k8s.example.com:6443',
  KUBERNETES_CA_FILE: '/not/used/ca.crt',
  KUBERNETES_SERVICE_ACCOUNT_TOKEN: 'not-used',
  NETWORKING_LOCAL_API_URL: API_SERVER,
  NETWORKING_LOCAL_CA_FILE: '/not/used/ca.crt',
  NETWORKING_LOCAL_TOKEN: 'not-used',
  NETWORKING_STATE_DIR: '/not/used',
  NETWORKING_ROOT: ROOT,
};

/** The committed files, merged as a start with `--config` for each merges them, with a database of the test's own. */
async function committedConfig(...files: string[]): Promise<JsonObject> {
  const config = await ConfigSources.toConfig(
    ConfigSources.defaultForTargets({
      targets: files.map(file => ({
        type: 'path',
        target: resolve(ROOT, file),
      })),
      substitutionFunc: async name => environment[name],
    }),
  );
  config.close();
  const data = config.get<JsonObject & { backend: JsonObject }>();
  return {
    ...data,
    backend: {
      ...data.backend,
      database: { client: 'better-sqlite3', connection: ':memory:' },
    },
  };
}

const users = catalogServiceMock.factory({
  entities: [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'User',
      metadata: { namespace: 'default', name: 'sam' },
      spec: { memberOf: ['team-shop'] },
      relations: [{ type: 'memberOf', targetRef: 'group:default/team-shop' }],
    },
  ],
});

const start = (data: JsonObject) =>
  startTestBackend({
    features: [
      authPlugin,
      authModuleExample,
      users,
      mockServices.rootConfig.factory({ data }),
    ],
  });

const localConfig = (changes: JsonObject = {}): JsonObject => ({
  app: { baseUrl: 'http://127.0.0.1:7007' },
  backend: {
    baseUrl: 'http://127.0.0.1:7007',
    listen: { host: '127.0.0.1', port: 0 },
    database: { client: 'better-sqlite3', connection: ':memory:' },
  },
  auth: {
    providers: {
      example: {
        apiServer: API_SERVER,
        people: [
          { entityRef: 'user:default/sam', title: 'Sam' },
          { entityRef: 'user:default/gone' },
        ],
      },
    },
  },
  kubernetes: {
    clusterLocatorMethods: [
      { type: 'config', clusters: [{ name: 'local', url: API_SERVER }] },
    ],
  },
  ...changes,
});

const refresh = '/api/auth/example/refresh';

describe('authModuleExample', () => {
  const nodeEnv = jest.replaceProperty(process, 'env', { ...process.env });
  const setNodeEnv = (value: string) =>
    nodeEnv.replaceValue({ ...process.env, NODE_ENV: value });
  afterAll(() => nodeEnv.restore());

  describe('on the local platform', () => {
    let server: Awaited<ReturnType<typeof start>>['server'];
    beforeAll(async () => {
      setNodeEnv('development');
      ({ server } = await start(localConfig()));
    });

    it('signs in the named person as the User of the catalog, with its groups', async () => {
      const response = await request(server)
        .get(refresh)
        .set(PERSON_HEADER, 'user:default/sam');
      expect(response.status).toBe(200);
      expect(response.body).toMatchObject({
        profile: { displayName: 'Sam' },
        backstageIdentity: {
          token: expect.any(String),
          identity: {
            type: 'user',
            userEntityRef: 'user:default/sam',
            ownershipEntityRefs: [
              'user:default/sam',
              'group:default/team-shop',
            ],
          },
        },
      });
    });

    it('signs in nobody who is not in the catalog', async () => {
      const response = await request(server)
        .get(refresh)
        .set(PERSON_HEADER, 'user:default/gone');
      expect(response.status).toBe(404);
      expect(response.body.backstageIdentity).toBeUndefined();
    });

    it('signs in nobody who is not named', async () => {
      const response = await request(server).get(refresh);
      expect(response.status).toBe(401);
      expect(response.body.error.message).toMatch(
        /x-example-person is missing/,
      );
    });

    it('signs in nobody under a name that was rebound to loopback', async () => {
      const response = await request(server)
        .get(refresh)
        .set('Host', 'evil.example')
        .set(PERSON_HEADER, 'user:default/sam');
      expect(response.status).toBe(403);
    });
  });

  it('does nothing without its key', async () => {
    setNodeEnv('production');
    const { server } = await start(localConfig({ auth: { providers: {} } }));
    const response = await request(server)
      .get(refresh)
      .set(PERSON_HEADER, 'user:default/sam');
    expect(response.status).toBe(404);
  });

  describe('with the committed configuration', () => {
    it('starts on the local platform', async () => {
      setNodeEnv('development');
      const { server } = await start(
        await committedConfig(
          'app-config.yaml',
          'app-config.local-platform.yaml',
        ),
      );
      const response = await request(server)
        .get(refresh)
        .set(PERSON_HEADER, 'user:default/sam');
      expect(response.status).toBe(200);
    });

    it.each([
      ['production', /NODE_ENV is 'production' and not 'development'/],
      ['development', /backend\.listen\.host is '0\.0\.0\.0'/],
    ])(
      'stops a production start that has the provider, with NODE_ENV %s',
      async (value, reason) => {
        setNodeEnv(value);
        const data = await committedConfig(
          'app-config.yaml',
          'app-config.local-platform.yaml',
          'app-config.production.yaml',
        );
        const failed = start(data);
        await expect(failed).rejects.toThrow(reason);
        await expect(failed).rejects.toThrow(
          /auth\.providers\.example lets anybody sign in as anybody and is only for the local platform: .*\. Remove auth\.providers\.example from the configuration/,
        );
      },
    );

    it('starts in production without the provider', async () => {
      setNodeEnv('production');
      const { server } = await start(
        await committedConfig('app-config.yaml', 'app-config.production.yaml'),
      );
      const response = await request(server).get(refresh);
      expect(response.status).toBe(404);
    });
  });
});
