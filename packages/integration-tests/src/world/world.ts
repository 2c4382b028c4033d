import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { PermissionPolicy } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { hostOf, NetworkingClient } from 'backstage-plugin-networking-common';
import { startPlatform, type Platform } from 'local-platform';
import { binDir, configFile, pathFrom, REPOSITORY } from '../paths';
import { Admin } from './admin';
import { AuditLog } from './auditLog';
import { TestCatalog } from './catalog';
import { Contract } from './contract';
import { fileLogger } from './fileLogger';
import { policyPermissions } from './permissions';
import { startTcpProxy, type TcpProxy } from './tcpProxy';
import { Traffic } from './traffic';

export const CONTRACT_FILE = join(
  REPOSITORY,
  'plugins/networking-backend/src/schema/openapi.yaml',
);

/** The people of examples/org.yaml. */
export const SAM = 'user:default/sam';
export const PAT = 'user:default/pat';
export const ALEX = 'user:default/alex';

/** Everything a suite may touch. */
export interface World {
  platform: Platform;
  /** PEM of the CA that signed the API server's certificate: one that signs nothing of the gateway. */
  platformCa: string;
  backend: TestBackend;
  admin: Admin;
  audit: AuditLog;
  /** Between the backend and the API server. */
  proxy: TcpProxy;
  catalog: TestCatalog;
  contract: Contract;
  traffic: Traffic;
  /** Host of a label under the platform's DNS suffix. */
  hostOf(label: string): string;
  /** The HTTP API, signed in as a person. */
  as(userRef: string): NetworkingClient;
  stop(): Promise<void>;
}

async function examplePolicy(): Promise<PermissionPolicy> {
  let policy: PermissionPolicy | undefined;
  const backend = await startTestBackend({
    extensionPoints: [
      [policyExtensionPoint, { setPolicy: each => (policy = each) }],
    ],
    features: [
      // eslint-disable-next-line @backstage/no-forbidden-package-imports -- packages/backend is an app and exports nothing
      import('backend/src/permissions'),
      mockServices.rootConfig.factory({ data: {} }),
    ],
  });
  await backend.stop();
  if (!policy) throw new Error('packages/backend sets no permission policy');
  return policy;
}

/**
 * The real platform in its test profile, and the real plugin in a backend that talks to it as the service account.
 *
 * `NETWORKING_TEST_STATE_DIR` (default `.local/test`) is the platform's own folder, `NETWORKING_BIN_DIR` holds
 * its programs.
 */
export async function startWorld(): Promise<World> {
  const stateDir = pathFrom('NETWORKING_TEST_STATE_DIR', '.local/test');
  await mkdir(stateDir, { recursive: true });
  const platform = await startPlatform({
    stateDir: join(stateDir, 'platform'),
    binDir: binDir(),
    profile: 'test',
    configFile: configFile(),
    logger: () => {},
    onProgress: () => {},
  });
  try {
    return await startOn(platform, {
      logFile: join(stateDir, 'backend.log'),
      settings: configFile(),
    });
  } catch (error) {
    await platform.stop();
    throw error;
  }
}

/**
 * The real plugin in a backend that talks to a platform as the service account. Stopping it stops the platform as well.
 *
 * @param options - `settings` is the config.toml that the platform was started with
 */
export async function startOn(
  platform: Platform,
  options: { logFile: string; settings: string },
): Promise<World> {
  const platformCa = await readFile(platform.apiServer.caFile, 'utf8');
  const admin = new Admin({
    url: platform.apiServer.url,
    ca: platformCa,
    token: platform.apiServer.adminToken,
  });
  const audit = new AuditLog({
    file: platform.auditLogFile,
    username: 'system:serviceaccount:backstage:networking-backend',
    touch: path => admin.request('GET', path),
  });
  const catalog = await TestCatalog.fromFiles([
    join(REPOSITORY, 'examples/org.yaml'),
    join(REPOSITORY, 'examples/entities.yaml'),
  ]);
  const contract = await Contract.fromFile(CONTRACT_FILE);
  const apiServer = new URL(platform.apiServer.url);
  const proxy = await startTcpProxy({
    host: apiServer.hostname,
    port: Number(apiServer.port),
  });
  const backend = await startTestBackend({
    features: [
      // eslint-disable-next-line @backstage/no-mixed-plugin-imports -- the plugin under test
      import('backstage-plugin-networking-backend'),
      fileLogger(options.logFile),
      catalog.factory(),
      policyPermissions({ policy: await examplePolicy(), catalog }),
      mockServices.rootConfig.factory({
        data: {
          permission: { enabled: true },
          kubernetes: {
            serviceLocatorMethod: { type: 'multiTenant' },
            clusterLocatorMethods: [
              {
                type: 'config',
                clusters: [
                  {
                    name: 'local',
                    url: `https://127.0.0.1:${proxy.port}`,
                    caFile: platform.apiServer.caFile,
                    authProvider: 'serviceAccount',
                    serviceAccountToken: platform.backendToken,
                  },
                ],
              },
            ],
          },
          networking: { configFile: options.settings },
        },
      }),
    ],
  });
  const traffic = new Traffic(
    contract,
    () => `http://127.0.0.1:${backend.server.port()}`,
  );
  return {
    platform,
    platformCa,
    backend,
    admin,
    audit,
    proxy,
    catalog,
    contract,
    traffic,
    hostOf: label => hostOf(label, platform.settings.network.dnsSuffix ?? ''),
    as: userRef =>
      new NetworkingClient({
        fetchApi: { fetch: traffic.fetchAs(userRef) },
        baseUrl: traffic.baseUrl(),
      }),
    stop: async () => {
      admin.close();
      await backend.stop();
      await proxy.close();
      await platform.stop();
    },
  };
}
