import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- the plugin under test
import { createNetworkingPolicy } from 'backstage-plugin-networking-backend';
import { hostOf, NetworkingClient } from 'backstage-plugin-networking-common';
import { writeTestSettings, type Platform } from 'local-platform';
import { pathFrom, REPOSITORY } from '../paths';
import { Admin } from './admin';
import { AuditLog } from './auditLog';
import { TestCatalog } from './catalog';
import { Contract } from './contract';
import { fileLogger } from './fileLogger';
import { policyPermissions } from './permissions';
import { startTcpProxy, type TcpProxy } from './tcpProxy';
import { startTestPlatform } from './testPlatform';
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
  /** Path of the config.toml that the platform was started with, which the backend watches. */
  settings: string;
  /** PEM of the CA that signed the API server's certificate: one that signs nothing of the gateway. */
  platformCa: string;
  /** The one that runs now. */
  readonly backend: TestBackend;
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
  /** What the backend has written to its log as an audit event, of one name. */
  auditEvents(eventId: string): Promise<BackendAuditEvent[]>;
  /**
   * Stops the backend, and starts another with the same settings: over the same database where the world keeps one.
   *
   * @param meanwhile - Awaited while there is none.
   */
  restartBackend(meanwhile?: () => Promise<void>): Promise<void>;
  /** Starts a second backend with the same settings, over the same database where the world keeps one. */
  startReplica(): Promise<Pick<World, 'as' | 'stop'>>;
  stop(): Promise<void>;
}

/** An audit event of Backstage, as far as tests look at it. */
export interface BackendAuditEvent {
  isAuditEvent: true;
  eventId: string;
  status: 'initiated' | 'succeeded' | 'failed';
  actor: { actorId?: string };
  meta?: JsonObject;
}

/** What a world has beside the platform and the plugin. */
export interface WorldOptions {
  logFile: string;
  /** The config.toml that the platform was started with. */
  settings: string;
  /** `networking` in app-config, beside the path of `settings`. */
  networking?: JsonObject;
  /** `backend.database` in app-config. Default: in memory, so that it ends with the backend. */
  database?: JsonObject;
  /** Further features of the backend, and services in place of those of the tests. */
  features?: () => TestBackendOptions['features'];
}

type TestBackendOptions = Parameters<typeof startTestBackend>[0];

/**
 * The real platform in its test profile, and the real plugin in a backend that talks to it as the service account.
 *
 * `NETWORKING_TEST_STATE_DIR` (default `.local/test`) is the platform's own folder, `NETWORKING_BIN_DIR` holds
 * its programs.
 */
export async function startWorld(): Promise<World> {
  const stateDir = pathFrom('NETWORKING_TEST_STATE_DIR', '.local/test');
  const settings = await writeTestSettings(stateDir);
  const platform = await startTestPlatform(stateDir, settings);
  try {
    return await startOn(platform, {
      logFile: join(stateDir, 'backend.log'),
      settings,
    });
  } catch (error) {
    await platform.stop();
    throw error;
  }
}

/** The real plugin in a backend that talks to a platform as the service account. Stopping it stops the platform as well. */
export async function startOn(
  platform: Platform,
  options: WorldOptions,
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
  const policy = createNetworkingPolicy();
  const logger = fileLogger(options.logFile);
  const startBackend = () =>
    startTestBackend({
      features: [
        // eslint-disable-next-line @backstage/no-mixed-plugin-imports -- the plugin under test
        import('backstage-plugin-networking-backend'),
        logger,
        catalog.factory(),
        policyPermissions({ policy, catalog }),
        mockServices.rootConfig.factory({
          data: {
            permission: { enabled: true },
            ...(options.database && {
              backend: { database: options.database },
            }),
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
            networking: {
              configFile: options.settings,
              ...options.networking,
            },
          },
        }),
        ...(options.features?.() ?? []),
      ],
    });
  let backend = await startBackend();
  const trafficOf = (current: () => TestBackend) =>
    new Traffic(contract, () => `http://127.0.0.1:${current().server.port()}`);
  const clientOf = (to: Traffic) => (userRef: string) =>
    new NetworkingClient({
      fetchApi: { fetch: to.fetchAs(userRef) },
      baseUrl: to.baseUrl(),
    });
  const traffic = trafficOf(() => backend);
  return {
    platform,
    settings: options.settings,
    platformCa,
    get backend() {
      return backend;
    },
    admin,
    audit,
    proxy,
    catalog,
    contract,
    traffic,
    hostOf: label => hostOf(label, platform.settings.network.dnsSuffix ?? ''),
    as: clientOf(traffic),
    async auditEvents(eventId) {
      const lines = (await readFile(options.logFile, 'utf8')).split('\n');
      return lines
        .filter(Boolean)
        .map((line): Partial<BackendAuditEvent> => JSON.parse(line))
        .filter(
          (line): line is BackendAuditEvent =>
            line.isAuditEvent === true && line.eventId === eventId,
        );
    },
    async restartBackend(meanwhile) {
      await backend.stop();
      await meanwhile?.();
      backend = await startBackend();
    },
    async startReplica() {
      const replica = await startBackend();
      return {
        as: clientOf(trafficOf(() => replica)),
        stop: () => replica.stop(),
      };
    },
    stop: async () => {
      admin.close();
      await backend.stop();
      await proxy.close();
      await platform.stop();
    },
  };
}
