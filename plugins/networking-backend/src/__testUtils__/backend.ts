import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import {
  coreServices,
  createServiceFactory,
  type BackendFeature,
  type BackstageCredentials,
  type AuditorService,
  type AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  signalsServiceRef,
  type SignalPayload,
} from '@backstage/plugin-signals-node';
import type { JsonObject } from '@backstage/types';
import request from 'supertest';
import type { Clock } from '../cache';
import type { SnapshotReader } from '../io/cluster';
import { createNetworkingPlugin } from '../plugin';
import { caughtUp, quickClock } from './caughtUp';
import type { FakeApiServer } from './fakeApiServer';
import { fakePermissions, ownersPolicy, type Policy } from './permissions';
import { ENTITIES } from './world';

/** An audit event with its end. */
export interface AuditRecord {
  eventId: string;
  severityLevel?: string;
  meta?: JsonObject;
  outcome?: 'success' | 'fail';
  outcomeMeta?: JsonObject;
  error?: Error;
}

/** Calls of the API by one user. */
export interface Calls {
  get(path: string): request.Test;
  post(path: string, body: object): request.Test;
  delete(path: string): request.Test;
  /** Any method, and a body as it is. */
  send(method: string, path: string, body?: string | Buffer): request.Test;
}

export interface TestBackend {
  /** Calls the API as a user, or that of another plugin among the features. */
  as(user: string, plugin?: string): Calls;
  /** Calls the API as a plugin, with a token that nothing restricts. */
  asService(): Calls;
  /** Calls the API with a token that the real auth service knows: see `externalAccess`. */
  withToken(token: string): Calls;
  /** Calls the API as a user who has not called before: decisions are kept for a caller. */
  someone(): Calls;
  audit: AuditRecord[];
  /** What open tabs were told. */
  signals: SignalPayload[];
  permissions: ReturnType<typeof fakePermissions>;
  /** What the plugin reads clusters through; known after the first call. */
  snapshots(): SnapshotReader;
  stop(): Promise<void>;
}

/** The plugin on a test backend; every answer is checked against the contract. */
export async function startBackend(options: {
  /** Of cluster `local`. */
  server: FakeApiServer;
  /** Of more clusters, by name. */
  others?: Record<string, FakeApiServer>;
  policy?: Policy;
  entities?: Entity[];
  /**
   * `backend.auth.externalAccess` of the app-config. With it, tokens and permissions are those of Backstage's own services
   * in place of mocks, and so is what the catalog is asked with; there are no users then.
   */
  externalAccess?: JsonObject[];
  /** `networking` of the app-config. */
  networking?: JsonObject;
  permissionsEnabled?: boolean;
  /** Default: one that waits shorter, so that watches on which nothing happens are soon given up. */
  clock?: Clock;
  /** Default: the machine's time. */
  now?: () => Date;
  /** Beside those of the test backend, or in their place. */
  features?: BackendFeature[];
}): Promise<TestBackend> {
  const {
    policy = ownersPolicy,
    entities = ENTITIES,
    clock = quickClock,
  } = options;
  const servers = { local: options.server, ...options.others };
  const audit: AuditRecord[] = [];
  const signals: SignalPayload[] = [];
  const permissions = fakePermissions(policy);
  let snapshots: SnapshotReader | undefined;
  const backend = await startTestBackend({
    features: [
      createNetworkingPlugin({
        checkResponses: true,
        clock,
        now: options.now,
        beforeRequest: found => {
          snapshots = found;
          return caughtUp(found, servers);
        },
      }),
      mockServices.auditor.mock(recordingAuditor(audit)).factory,
      ...(options.externalAccess
        ? [
            authServiceFactory,
            httpAuthServiceFactory,
            permissionsServiceFactory,
            delegatedCatalog(entities),
          ]
        : [permissions.factory, catalogServiceMock.factory({ entities })]),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({
          publish: async payload => void signals.push(payload),
        }),
      }),
      ...(options.features ?? []),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost' },
          ...(options.externalAccess && {
            backend: { auth: { externalAccess: options.externalAccess } },
          }),
          permission: { enabled: options.permissionsEnabled ?? true },
          kubernetes: {
            clusterLocatorMethods: [
              {
                type: 'config',
                clusters: Object.entries(servers).map(([name, server]) => ({
                  name,
                  url: server.url,
                  authProvider: 'serviceAccount',
                  serviceAccountToken: server.token,
                  caData: server.caData,
                })),
              },
            ],
          },
          networking: {
            configFile: join(tmpdir(), 'networking-tests-have-no-config.toml'),
            network: { lanIp: '127.0.0.1' },
            gateway: {
              controller: 'traefik.io/gateway-controller',
              class: 'local-traefik',
            },
            // A port that nothing can listen on: the probe must be told apart.
            probe: { address: '127.0.0.1:1' },
            ...options.networking,
          },
        },
      }),
    ],
  });
  const callsWith = (authorization: string, plugin = 'networking'): Calls => {
    const url = (path: string) => `/api/${plugin}${path}`;
    return {
      get: path =>
        request(backend.server)
          .get(url(path))
          .set('Authorization', authorization),
      post: (path, body) =>
        request(backend.server)
          .post(url(path))
          .set('Authorization', authorization)
          .send(body),
      delete: path =>
        request(backend.server)
          .delete(url(path))
          .set('Authorization', authorization),
      send: (method, path, body) =>
        new request.Test(backend.server, method, url(path))
          .set('Authorization', authorization)
          .serialize(raw => raw)
          .send(body),
    };
  };
  const as = (user: string, plugin?: string) =>
    callsWith(mockCredentials.user.header(user), plugin);
  let strangers = 0;
  return {
    audit,
    signals,
    permissions,
    as,
    withToken: token => callsWith(`Bearer ${token}`),
    asService: () => callsWith(mockCredentials.service.header()),
    someone: () => {
      strangers += 1;
      return as(`user:default/person-${strangers}`);
    },
    snapshots() {
      if (!snapshots) throw new Error('Nobody has called yet');
      return snapshots;
    },
    stop: () => backend.stop(),
  };
}

/** A catalog that is asked as Backstage asks it: with a token for what the caller delegates. */
function delegatedCatalog(entities: Entity[]): BackendFeature {
  return createServiceFactory({
    service: catalogServiceRef,
    deps: { auth: coreServices.auth },
    factory({ auth }) {
      const catalog = catalogServiceMock({ entities });
      const { getEntityByRef } = catalog;
      catalog.getEntityByRef = async (ref, options) => {
        await auth.getPluginRequestToken({
          onBehalfOf: (options as { credentials: BackstageCredentials })
            .credentials,
          targetPluginId: 'catalog',
        });
        return getEntityByRef.call(catalog, ref);
      };
      return catalog;
    },
  });
}

function recordingAuditor(audit: AuditRecord[]): AuditorService {
  return {
    async createEvent(event: AuditorServiceCreateEventOptions) {
      const record: AuditRecord = {
        eventId: event.eventId,
        severityLevel: event.severityLevel,
        meta: event.meta,
      };
      audit.push(record);
      return {
        async success(end) {
          record.outcome = 'success';
          record.outcomeMeta = end?.meta;
        },
        async fail(end) {
          record.outcome = 'fail';
          record.outcomeMeta = end.meta;
          record.error = end.error;
        },
      };
    },
  };
}
