import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NetworkingClient } from 'backstage-plugin-networking-common';
import { findChromium, launchBrowser } from 'e2e-tests';
import {
  adminOf,
  pathFrom,
  REPOSITORY,
  spawnBackend,
  startTestPlatform,
  waitFor,
  type BackendProcess,
} from 'integration-tests';
import { freePort, writeTestSettings, type Platform } from 'local-platform';
import { parse } from 'yaml';
import {
  commitLockfile,
  committedLockfile,
  createApp,
  type App,
} from './install/app';
import {
  addResolutions,
  insertBefore,
  mergeYaml,
  replaceDefaultExport,
  replaceModule,
} from './install/edits';
import { Blocks, readmeBlocks } from './install/readme';

// Bounds for what hangs.
jest.setTimeout(1_800_000);
const BOUND_MS = 300_000;

const ALLOW_ALL =
  '@backstage/plugin-permission-backend-module-allow-all-policy';
const ADMIN_KUBECONFIG = 'platform/kubeconfig/admin.json';
const SHOP = 'component:default/shop';

let platform: Platform;
let app: App;
let backend: BackendProcess;
let baseUrl: string;
/** Keeps what the check writes. */
let folder: string;
/** Of the service account, as the README has it made. */
let token: string;
/** The step of a template that the README has. */
let step: { action: string; input: object }[];

/** Takes from the platform what the README has made by hand. */
async function takeRightsAway(): Promise<void> {
  const admin = await adminOf(platform);
  const rbac = '/apis/rbac.authorization.k8s.io/v1';
  const name = 'networking-backend';
  for (const path of [
    `${rbac}/clusterrolebindings/${name}`,
    `${rbac}/clusterroles/${name}`,
    `${rbac}/namespaces/shop/rolebindings/${name}`,
    `${rbac}/namespaces/shop/roles/${name}`,
    '/api/v1/namespaces/backstage',
  ]) {
    await admin.remove(path);
  }
  await admin.patch('/api/v1/namespaces/shop', 'merge', {
    metadata: { annotations: { 'idp.networking/owners': null } },
  });
  await waitFor('namespace backstage to be gone', async () => {
    const { status } = await admin.request(
      'GET',
      '/api/v1/namespaces/backstage',
    );
    return status === 404 || undefined;
  });
  admin.close();
}

/** The way for those who have a policy, as a module that nobody adds: types say whether it is right. */
const writeOwnPolicy = (code: string) =>
  writeFile(
    app.file('packages/backend/src/ownPolicy.ts'),
    `import { createBackendModule } from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PermissionPolicy } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { createNetworkingPolicy } from 'backstage-plugin-networking-backend';

class YourPolicy implements PermissionPolicy {
  async handle() {
    return { result: AuthorizeResult.ALLOW } as const;
  }
}

export default createBackendModule({
  pluginId: 'permission',
  moduleId: 'own-policy',
  register(reg) {
    reg.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        ${code}
      },
    });
  },
});
`,
  );

/** The section of the README, block by block. */
async function installByTheBook(): Promise<void> {
  const blocks = new Blocks(
    await readmeBlocks('## Add it to your Backstage'),
    app.packages,
  );
  const appConfig = app.file('app-config.yaml');
  const backendIndex = app.file('packages/backend/src/index.ts');

  await app.shell(blocks.next('', 'sh'), { cwd: REPOSITORY });
  await addResolutions(app.file('package.json'), blocks.next('', 'json'));

  await app.install(blocks.next('Frontend', 'sh'));
  await replaceDefaultExport(
    app.file('packages/app/src/App.tsx'),
    blocks.next('Frontend', 'tsx'),
  );

  await app.install(blocks.next('Backend', 'sh'));
  await insertBefore(
    backendIndex,
    'backend.start()',
    blocks.next('Backend', 'ts'),
  );

  await replaceModule(
    backendIndex,
    ALLOW_ALL,
    blocks.next('Permissions', 'ts'),
  );
  await writeOwnPolicy(blocks.next('Permissions', 'ts'));
  await mergeYaml(appConfig, parse(blocks.next('Permissions', 'yaml')));

  await takeRightsAway();
  const rights = await app.shell(
    `${blocks.next('Rights in the cluster', 'sh')}\necho "$NETWORKING_TOKEN"`,
    { cwd: REPOSITORY, env: { KUBECONFIG: join(folder, ADMIN_KUBECONFIG) } },
  );
  token = rights.trim().split('\n').pop() ?? '';

  const cluster = parse(blocks.next('Cluster', 'yaml'));
  const [method] = cluster.kubernetes.clusterLocatorMethods;
  Object.assign(method.clusters[0], {
    url: platform.apiServer.url,
    caFile: platform.apiServer.caFile,
  });
  await mergeYaml(appConfig, cluster);

  await writeFile(app.file('config.toml'), blocks.next('Platform', 'toml'));

  // Steps 7 and 8 are told in sentences.
  const location = (file: string, ...allow: string[]) => ({
    type: 'file',
    target: join(REPOSITORY, 'examples', file),
    rules: [{ allow }],
  });
  await mergeYaml(appConfig, {
    catalog: {
      locations: [
        location('org.yaml', 'Group', 'User'),
        location('entities.yaml', 'Component', 'System'),
        location('expose-service/template.yaml', 'Template'),
      ],
    },
  });
  step = parse(blocks.next('Template', 'yaml'));
  blocks.end();
}

async function startBackend(): Promise<void> {
  const port = await freePort();
  baseUrl = `http://127.0.0.1:${port}`;
  backend = await spawnBackend({
    root: app.folder,
    configFiles: ['app-config.yaml'],
    config: {
      'app.baseUrl': baseUrl,
      'backend.baseUrl': baseUrl,
      'backend.cors.origin': baseUrl,
      'backend.listen': { host: '127.0.0.1', port },
      // Who signs in, which every organization settles for itself.
      'auth.providers.guest': {
        userEntityRef: 'user:default/alex',
        ownershipEntityRefs: [
          'user:default/alex',
          'group:default/platform-team',
        ],
      },
    },
    env: { NODE_ENV: 'development', NETWORKING_TOKEN: token },
    logFile: join(folder, 'backstage.log'),
  });
  await waitFor(
    'the new app to be ready',
    async () => {
      if (backend.ended()) return true;
      const answer = await fetch(`${baseUrl}/.backstage/health/v1/readiness`);
      return answer.ok || undefined;
    },
    { boundMs: BOUND_MS },
  );
}

/** A fetch that is signed in. */
async function signedIn(): Promise<typeof fetch> {
  const response = await fetch(`${baseUrl}/api/auth/guest/refresh`);
  const { backstageIdentity } = await response.json();
  return (input, init) => {
    const request = new Request(input, init);
    request.headers.set('authorization', `Bearer ${backstageIdentity.token}`);
    return fetch(request);
  };
}

const api = async () =>
  new NetworkingClient({
    baseUrl: `${baseUrl}/api/networking`,
    fetchApi: { fetch: await signedIn() },
  });

beforeAll(async () => {
  folder = join(
    pathFrom('NETWORKING_TEST_STATE_DIR', '.local/check'),
    'install',
  );
  platform = await startTestPlatform(folder, await writeTestSettings(folder));
  app = await createApp({ logs: join(folder, 'logs') });
  await installByTheBook();
});

afterAll(async () => {
  await backend?.stop();
  await app?.remove();
  await platform?.stop();
});

it('takes every package from the committed lockfile', async () => {
  const lockfile = await app.lockfile();
  if (process.env.UPDATE_LOCKFILE) await commitLockfile(lockfile);
  expect(lockfile).toBe(await committedLockfile());
});

it('passes the type checker', async () => {
  await expect(app.shell('yarn tsc')).resolves.toBeDefined();
});

it('passes the strict check of its configuration', async () => {
  await expect(
    app.shell('yarn backstage-cli config:check --strict', {
      env: { NETWORKING_TOKEN: token, GITHUB_TOKEN: 'none' },
    }),
  ).resolves.toBeDefined();
});

describe('the app that runs', () => {
  beforeAll(async () => {
    await app.shell('yarn workspace app build', {
      env: { NETWORKING_TOKEN: token, GITHUB_TOKEN: 'none' },
    });
    await startBackend();
  });

  it('starts', async () => {
    expect(backend.ended()).toBeUndefined();
  });

  it('answers for a component by what the cluster holds', async () => {
    const client = await api();
    const { services, clusters } = await waitFor(
      'the component to be in the catalog',
      () => client.getServices(SHOP),
      { boundMs: BOUND_MS },
    );
    expect(clusters).toMatchObject([
      // From config.toml.
      { cluster: 'production', reachable: true, dnsSuffix: 'apps.example.com' },
    ]);
    expect(
      services.map(({ namespace, name, refusal }) => [
        namespace,
        name,
        refusal?.reason,
      ]),
    ).toContainEqual(['shop', 'shop', undefined]);
  });

  it("has the template and the action of the README's step", async () => {
    const get = await signedIn();
    const template = await waitFor(
      'the template to be in the catalog',
      async () => {
        const answer = await get(
          `${baseUrl}/api/catalog/entities/by-name/template/default/expose-service`,
        );
        return answer.ok ? answer.json() : undefined;
      },
      { boundMs: BOUND_MS },
    );
    expect(template.spec.steps).toContainEqual(
      expect.objectContaining({ action: step[0].action }),
    );
    const actions = await (
      await get(`${baseUrl}/api/scaffolder/v2/actions`)
    ).json();
    const { schema } = actions.find(
      ({ id }: { id: string }) => id === step[0].action,
    );
    expect(Object.keys(schema.input.properties)).toEqual(
      expect.arrayContaining(Object.keys(step[0].input)),
    );
  });

  it('shows the Networking tab of a component in a browser', async () => {
    const browser = await launchBrowser({
      installation: await findChromium(join(folder, 'chromium')),
      baseURL: baseUrl,
    });
    try {
      const context = await browser.newContext();
      context.setDefaultTimeout(BOUND_MS);
      const page = await context.newPage();
      await page.goto('/');
      await page.getByRole('button', { name: 'Enter' }).click();
      // Signed in, and the new app is whole.
      await page.getByRole('link', { name: 'Settings' }).waitFor();
      await page.goto('/catalog/default/component/shop');
      await page
        .getByRole('navigation', { name: 'Content navigation' })
        .getByRole('link', { name: 'Networking', exact: true })
        .click();
      await page.getByRole('button', { name: 'Expose Shop' }).waitFor();
      await page.screenshot({ path: join(folder, 'tab.png') });
    } finally {
      await browser.close();
    }
  });
});
