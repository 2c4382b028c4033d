import type {
  AuditorService,
  AuditorServiceCreateEventOptions,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type {
  ClusterSettings,
  ClusterState,
} from 'backstage-plugin-networking-common';
import type { Caller } from '../io/catalog';
import type { CertificateReader } from '../io/certificates';
import type {
  ClusterAccess,
  ClusterReading,
  SnapshotReader,
} from '../io/cluster';
import {
  databaseNotice,
  type Database,
  type ExposureLock,
  type RenewalStore,
} from '../io/database';
import type { Prober } from '../io/probe';
import type { Authorizer, ReadableEntities } from './authorization';
import type { HistoryReader } from './certificates/historyReader';
import type { RenewalRights } from './certificates/renewalRights';
import type { Topics } from './live/topics';
import type { EvaluatedRoutes } from './exposures/evaluatedRoutes';
import type { RouteEntities } from './exposures/routeEntities';
import type { SettingsStore } from './settings/settingsStore';

/** The ports that use cases act through. */
export interface Services {
  clusters: ClusterAccess;
  snapshots: SnapshotReader;
  settings: SettingsStore;
  authorizer: Authorizer;
  readable: ReadableEntities;
  routeEntities: RouteEntities;
  certificates: CertificateReader;
  prober: Prober;
  database: Pick<Database, 'failure'>;
  lock: ExposureLock;
  renewals: RenewalStore;
  renewalRights: RenewalRights;
  histories: HistoryReader;
  topics: Topics;
  evaluatedRoutes: EvaluatedRoutes;
  auditor: AuditorService;
  logger: LoggerService;
  now: () => Date;
}

/** Who asks, and the HTTP request that the audit event names. */
export interface CallContext {
  caller: Caller;
  request?: AuditorServiceCreateEventOptions['request'];
}

/** A cluster as it was read, with the settings in force for it. */
export interface ReadCluster extends ClusterReading {
  settings: ClusterSettings;
}

/**
 * Reads clusters side by side, in the order of the configuration.
 *
 * @param options - `only`: this cluster alone; `fresh` and `retry` as those of {@link SnapshotReader}
 * @throws NotFoundError where it is not configured
 */
export async function readClusters(
  services: Pick<Services, 'clusters' | 'settings' | 'snapshots'>,
  options: { only?: string; fresh?: boolean; retry?: boolean } = {},
): Promise<ReadCluster[]> {
  const { only, fresh, retry } = options;
  const { names } = services.clusters;
  if (only !== undefined && !names.includes(only)) {
    throw new NotFoundError(
      `Cluster ${only} is not configured. Name one of: ${
        names.join(', ') || 'none is configured'
      }.`,
    );
  }
  const settings = services.settings.byCluster();
  return Promise.all(
    (only === undefined ? names : [only]).map(async cluster => ({
      ...(await services.snapshots.read(cluster, { fresh, retry })),
      settings: settings[cluster],
    })),
  );
}

/**
 * What readers are told of the clusters. A database that fails is told once, with the first cluster that is read: what is
 * shown does without it.
 */
export function statesOf(
  { database }: Pick<Services, 'database'>,
  clusters: readonly ReadCluster[],
): ClusterState[] {
  const failure = database.failure();
  const states = clusters.map(({ state }) => state);
  if (!failure) return states;
  const told = states.find(({ reachable }) => reachable) ?? states[0];
  return states.map(state =>
    state === told
      ? { ...state, findings: [...state.findings, databaseNotice(failure)] }
      : state,
  );
}
