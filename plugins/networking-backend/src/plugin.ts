import { randomUUID } from 'node:crypto';
import {
  coreServices,
  createBackendPlugin,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { toError } from '@backstage/errors';
import {
  CHANGES_CHANNEL,
  networkingPermissions,
} from 'backstage-plugin-networking-common';
import { createCachedSnapshotReader, systemClock, type Clock } from './cache';
import { createEntityIndex, createEntityReader } from './io/catalog';
import { createCertificateReader } from './io/certificates';
import {
  createClusterAccess,
  createLiveReader,
  type SnapshotReader,
} from './io/cluster';
import { createConfigFileSource, locateConfigFile } from './io/configFile';
import {
  connectDatabase,
  createCertificateStates,
  createCertificateStore,
  createExposureLock,
  createGatewayAddressStore,
  createProbeStore,
  createRenewalStore,
  sharedSecret,
} from './io/database';
import { oneLineLogger } from './io/oneLineLogger';
import { createProber } from './io/probe';
import { createRouter, readOpenApiDocument } from './router';
import {
  createAuthorizer,
  createReadableEntities,
} from './usecases/authorization';
import {
  createEvaluatedRoutes,
  createRouteEntities,
} from './usecases/exposures';
import {
  createCertificateKeeper,
  createCertificateNotifier,
  createHistoryReader,
  createRenewalRights,
} from './usecases/certificates';
import { createChangeSignals, Topics } from './usecases/live';
import type { Services } from './usecases/services';
import { sweepHosts, SWEEP_PERIOD_MS } from './usecases/probes';
import { createSettingsStore } from './usecases/settings';
import { defaultRouteServiceRef } from './defaultRoute';

/** For tests. */
export interface PluginOptions {
  /** Check every answer against the contract. */
  checkResponses?: boolean;
  /** The time of the watch caches. */
  clock?: Clock;
  /** The time of everything else that is judged. */
  now?: () => Date;
  /** Awaited before each request, with what answers it. */
  beforeRequest?(snapshots: SnapshotReader): Promise<void>;
}

/** A database that is away fails every reader alike. */
function atMostOnceAMinute(
  tell: (error: unknown) => void,
): (error: unknown) => void {
  let toldAt = -Infinity;
  return error => {
    if (Date.now() - toldAt < 60_000) return;
    toldAt = Date.now();
    tell(error);
  };
}

/** Wires the plugin. */
export function createNetworkingPlugin(
  options: PluginOptions = {},
): BackendFeature {
  const { checkResponses, clock, beforeRequest } = options;
  const now = options.now ?? (() => new Date());
  return createBackendPlugin({
    pluginId: 'networking',
    register(env) {
      env.registerInit({
        deps: {
          auditor: coreServices.auditor,
          auth: coreServices.auth,
          catalog: catalogServiceRef,
          config: coreServices.rootConfig,
          database: coreServices.database,
          defaultRoute: defaultRouteServiceRef,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          lifecycle: coreServices.lifecycle,
          logger: coreServices.logger,
          // Its default needs no notifications plugin: what it sends is answered 404 then.
          notifications: notificationService,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
          scheduler: coreServices.scheduler,
          signals: signalsServiceRef,
        },
        async init(deps) {
          const { auditor, config, permissions } = deps;
          const logger = oneLineLogger(deps.logger);
          deps.permissionsRegistry.addPermissions(networkingPermissions);

          const clusters = await createClusterAccess({ config, logger });
          const settings = createSettingsStore({
            clusters: clusters.names,
            file: createConfigFileSource({
              locate: () =>
                locateConfigFile({
                  configured: config.getOptionalString('networking.configFile'),
                }),
            }),
            appConfig: config.getOptional('networking'),
            findDefaultRoute: deps.defaultRoute.find,
            logger,
          });
          const snapshots = createCachedSnapshotReader({
            clusters,
            live: createLiveReader({ clusters }),
            logger,
            ...(clock && { clock }),
          });
          deps.lifecycle.addStartupHook(() => snapshots.start());
          deps.lifecycle.addShutdownHook(() => {
            settings.close();
            snapshots.close();
            clusters.close();
          });

          if (beforeRequest) {
            deps.httpRouter.use((_request, _response, next) => {
              beforeRequest(snapshots).then(() => next(), next);
            });
          }
          const database = await connectDatabase(deps.database, { logger });
          const topics = new Topics({
            key: await sharedSecret(database, 'topics'),
            now: Date.now,
          });
          const changes = createChangeSignals({
            topics,
            clock: clock ?? systemClock,
            read: async cluster => ({
              ...(await snapshots.read(cluster)),
              settings: settings.byCluster()[cluster],
            }),
            publish: told =>
              deps.signals.publish({
                recipients: { type: 'broadcast' },
                channel: CHANGES_CHANNEL,
                message: { topics: told },
              }),
            onError: error =>
              logger.warn('Readers were not told of a change', toError(error)),
          });
          snapshots.subscribe(changes.changed);
          settings.subscribe(changes.changedSettings);
          const kept = createCertificateStore({ database });
          await kept.load();
          const certificates = createCertificateReader({ now, kept });
          const keeper = createCertificateKeeper({
            clusters: clusters.names,
            read: async cluster => ({
              ...(await snapshots.read(cluster)),
              settings: settings.byCluster()[cluster],
            }),
            store: kept,
            prepare: certificates.prepare,
            clock: clock ?? systemClock,
            onError: error =>
              logger.warn('Certificates were not kept', toError(error)),
          });
          snapshots.subscribe(keeper.changed);
          deps.lifecycle.addStartupHook(() => keeper.start());
          deps.lifecycle.addShutdownHook(() => keeper.close());
          deps.lifecycle.addShutdownHook(() => changes.close());

          const services: Services = {
            auditor,
            logger,
            clusters,
            settings,
            snapshots,
            authorizer: createAuthorizer({
              permissions,
              entities: createEntityReader(deps),
              permissionsEnabled:
                config.getOptionalBoolean('permission.enabled') ?? false,
              allowWithoutPermissions:
                config.getOptionalBoolean(
                  'networking.allowWithoutPermissions',
                ) ?? false,
            }),
            readable: createReadableEntities({ permissions }),
            routeEntities: createRouteEntities(createEntityIndex(deps)),
            certificates,
            prober: createProber({
              store: createProbeStore({ database, replica: randomUUID() }),
              shown: createGatewayAddressStore(database),
              now,
              onOutcome: ({ cluster, host }) =>
                changes.changedHost(cluster, host),
              onError: atMostOnceAMinute(error =>
                logger.warn(
                  'What probes found could not be kept or read',
                  toError(error),
                ),
              ),
            }),
            database,
            lock: createExposureLock({
              database,
              logger,
            }),
            renewals: createRenewalStore({ database }),
            renewalRights: createRenewalRights({ clusters, now }),
            histories: createHistoryReader({ clusters, now }),
            topics,
            evaluatedRoutes: createEvaluatedRoutes(),
            now,
          };
          deps.httpRouter.use(
            createRouter({
              checkResponses,
              document: await readOpenApiDocument(),
              httpAuth: deps.httpAuth,
              services,
            }),
          );

          const notifier = createCertificateNotifier({
            services,
            states: createCertificateStates(database),
            notifications: deps.notifications,
            logger,
          });
          const closing = new AbortController();
          deps.lifecycle.addShutdownHook(() => closing.abort());
          await deps.scheduler.scheduleTask({
            id: 'networking-probe-sweep',
            scope: 'global',
            frequency: { milliseconds: SWEEP_PERIOD_MS },
            // Clusters have been read by then, as a rule.
            initialDelay: { seconds: 10 },
            // Of a replica that died with it.
            timeout: { minutes: 2 },
            fn: async signal => {
              await sweepHosts(services, {
                clock: clock ?? systemClock,
                signal: AbortSignal.any([signal, closing.signal]),
              });
            },
          });
          await deps.scheduler.scheduleTask({
            id: 'networking-certificate-notifications',
            scope: 'global',
            frequency: { minutes: 1 },
            // Clusters and catalog have been read by then, as a rule.
            initialDelay: { seconds: 30 },
            timeout: { minutes: 5 },
            fn: signal =>
              notifier.run(AbortSignal.any([signal, closing.signal])),
          });
        },
      });
    },
  });
}

/**
 * Backend of the networking plugins: plans, applies and judges exposures of
 * catalog entities through a Gateway API gateway.
 * @public
 */
export const networkingPlugin = createNetworkingPlugin();
