import { join } from 'node:path';
import { spawnBackend } from './host/backendProcess';
import { pathFrom } from './paths';

// A bound for what hangs: the backend loads all of its plugins first.
jest.setTimeout(180_000);

const PEOPLE = [{ entityRef: 'user:default/sam', title: 'Sam' }];

describe('packages/backend with the production config', () => {
  it('does not start with the sign-in of the example people', async () => {
    const stateDir = pathFrom('NETWORKING_TEST_STATE_DIR', '.local/test');
    const backend = await spawnBackend({
      configFiles: ['app-config.yaml', 'app-config.production.yaml'],
      config: {
        'auth.providers.example.people': PEOPLE,
        'auth.providers.example.apiServer': 'https://127.0.0.1:6443',
        // Nothing but the sign-in may be in the way.
        'backend.database.client': 'better-sqlite3',
        'backend.database.connection': ':memory:',
        'backend.listen.host': '127.0.0.1',
        'backend.listen.port': 0,
        'kubernetes.clusterLocatorMethods': [],
      },
      env: {
        NODE_ENV: 'production',
        APP_BASE_URL: 'http://127.0.0.1:7007',
        BACKEND_BASE_URL: 'http://127.0.0.1:7007',
        POSTGRES_HOST: '',
        POSTGRES_PORT: '',
        POSTGRES_USER: '',
        POSTGRES_PASSWORD: '',
        KUBERNETES_CLUSTER_NAME: 'production',
        KUBERNETES_URL: 'https://127.0.0.1:6443',
        KUBERNETES_CA_FILE: 'none',
        KUBERNETES_SERVICE_ACCOUNT_TOKEN: 'none',
      },
      logFile: join(stateDir, 'production-sign-in.log'),
    });
    try {
      expect(await backend.exited).toBe('exit code 1');
    } finally {
      await backend.stop();
    }
    expect(await backend.readLog()).toMatch(
      /auth\.providers\.example.*NODE_ENV is 'production'/s,
    );
  });
});
