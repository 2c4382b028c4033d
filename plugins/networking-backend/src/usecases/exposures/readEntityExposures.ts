import { createHash } from 'node:crypto';
import type { Permission } from '@backstage/plugin-permission-common';
import {
  exposureCreatePermission,
  exposureDeletePermission,
  exposureRow,
  exposureUpdatePermission,
  findExposures,
  isHttpRoute,
  namespaceNotice,
  notJudgedFindings,
  routesOfEntity,
  type EntityExposures,
  type EntityExposuresQuery,
  type EntityFacts,
  type Exposure,
  type HttpRoute,
} from 'backstage-plugin-networking-common';
import type { Caller } from '../../io/catalog';
import { audited } from '../audit';
import { requireAction } from '../authorization';
import { readerStates } from '../probes/addressStates';
import {
  readClusters,
  type CallContext,
  type ReadCluster,
  type Services,
} from '../services';
import { evaluateRoutes, type RouteToEvaluate } from './evaluate';
import { probeTargetsOf } from './probeTargets';

/** Hosts of an entity whose exposures are answered whole: some 10 kB each, and as many as one view may ask for. */
const WHOLE_HOSTS = 8;
/** Rows that are answered where none are asked for by id. */
const DEFAULT_LIMIT = 25;
/** Rows of one answer: 2 kB each, with the longest names. */
const MAX_ROWS = 50;
/** Ids in the order of an answer: 15 bytes each. */
const MAX_ORDER = 5_000;
/** Characters of an id: 72 bits. */
const ID_LENGTH = 12;

interface OwnRoute {
  id: string;
  cluster: ReadCluster;
  route: RouteToEvaluate;
}

interface OwnExposure extends OwnRoute {
  exposure: Exposure;
}

/**
 * The exposures of one entity. Needs exposure.read on it. A few are probed; of more the rows that are answered tell what
 * sweeps found.
 */
export async function readEntityExposures(
  services: Services,
  entityRef: string,
  query: EntityExposuresQuery,
  { caller, request }: CallContext,
): Promise<EntityExposures> {
  return audited(
    services.auditor,
    {
      eventId: 'exposure-fetch',
      request,
      meta: { queryType: 'by-entity', entityRef },
    },
    async () => {
      const entity = await services.authorizer.entity(entityRef, caller, {
        offers: true,
      });
      requireAction(entity, 'read');
      const { facts, may } = entity;
      const clusters = await readClusters(services);
      const { judged, others } = routesOf(facts, clusters);
      const { found, all } = await find(services, judged, query, caller);
      const notMatched = clusters.flatMap(({ snapshot, settings }) =>
        namespaceNotice(facts, snapshot, settings),
      );
      const { writesRefused } = services.authorizer;
      const mayWrite = (permission: Permission) =>
        services.authorizer.writeRefusal(caller, permission) === undefined;
      return {
        entityRef: facts.ref,
        topic: services.topics.handOut(facts),
        ...found,
        ...(others.length > 0 && { notJudged: notJudgedFindings(others) }),
        clusters: await readerStates(
          services,
          clusters,
          all.flatMap(({ exposure: { cluster, hosts } }) =>
            hosts.map(({ verdict }) => ({
              cluster,
              finding: verdict.finding,
            })),
          ),
        ),
        permissions: {
          create: may.create && mayWrite(exposureCreatePermission),
          update: may.update && mayWrite(exposureUpdatePermission),
          delete: may.delete && mayWrite(exposureDeletePermission),
        },
        ...(notMatched.length > 0 && { notMatched }),
        ...(writesRefused && { writesRefused }),
      };
    },
  );
}

function routesOf(facts: EntityFacts, clusters: readonly ReadCluster[]) {
  const judged: OwnRoute[] = [];
  const others: Parameters<typeof notJudgedFindings>[0][number][] = [];
  for (const cluster of clusters) {
    const { snapshot, settings } = cluster;
    for (const { route, reason } of routesOfEntity(facts, snapshot, settings)) {
      if (isHttpRoute(route)) {
        judged.push({
          id: idOf(cluster, route),
          cluster,
          route: { route, entities: [{ facts, reason }] },
        });
      } else {
        others.push({ route, cluster: snapshot.cluster });
      }
    }
  }
  return { judged, others };
}

type Found = Pick<
  EntityExposures,
  'rows' | 'order' | 'totalItems' | 'verdicts' | 'url' | 'exposures'
>;

async function find(
  services: Services,
  routes: readonly OwnRoute[],
  query: EntityExposuresQuery,
  reader: Caller,
): Promise<{ found: Found; all: OwnExposure[] }> {
  const { search, id, limit = DEFAULT_LIMIT } = query;
  const isChosen = [search, id, query.limit].some(value => value !== undefined);
  const mayBeWhole = !isChosen && areFew(services, routes);
  const all = mayBeWhole
    ? await judge(services, routes, { probes: 'latest', reader })
    : await judgeForOrder(services, routes);
  const { items, ...counted } = findExposures(all, search);
  const chosen = id
    ? withIds(all, id)
    : items.slice(0, Math.min(limit, MAX_ROWS));
  const page = mayBeWhole
    ? chosen
    : await judge(services, chosen, { probes: 'recent', reader });
  const exposures = page.map(({ exposure }) => exposure);
  const hosts = exposures.reduce((sum, one) => sum + one.hosts.length, 0);
  const found = {
    ...counted,
    rows: page.map(own => exposureRow(own.exposure, own.id)),
    order: items.slice(0, MAX_ORDER).map(own => own.id),
    totalItems: items.length,
    exposures: mayBeWhole && hosts <= WHOLE_HOSTS ? exposures : [],
  };
  return { found, all };
}

/** So few hosts that each may be asked, and told of whole. */
function areFew(services: Services, routes: readonly OwnRoute[]): boolean {
  if (routes.length > WHOLE_HOSTS) return false;
  const targets = routes.flatMap(({ cluster, route }) =>
    probeTargetsOf(services, cluster, route.route),
  );
  return targets.length <= WHOLE_HOSTS;
}

function withIds(
  all: readonly OwnExposure[],
  ids: readonly string[],
): OwnExposure[] {
  const found = new Map(all.map(own => [own.id, own]));
  return [...new Set(ids)].flatMap(id => found.get(id) ?? []);
}

/** The same for every replica, and short: thousands of names would be the largest part of an answer. */
function idOf({ settings }: ReadCluster, { metadata }: HttpRoute): string {
  return createHash('sha256')
    .update([settings.cluster, metadata.namespace, metadata.name].join(' '))
    .digest('base64url')
    .slice(0, ID_LENGTH);
}

/** Dials as the options say. In the order of the routes. */
function judge(
  services: Services,
  routes: readonly OwnRoute[],
  options: Parameters<typeof evaluateRoutes>[3],
): Promise<OwnExposure[]> {
  return withExposures(routes, (cluster, own) =>
    evaluateRoutes(services, cluster, own, options),
  );
}

/** What all are searched, ordered and counted by: shared by those who ask within two seconds. Dials nothing. */
function judgeForOrder(
  services: Services,
  routes: readonly OwnRoute[],
): Promise<OwnExposure[]> {
  return withExposures(routes, async (cluster, own) => {
    const wanted = own.map(({ route }) => route);
    const { evaluatedRoutes } = services;
    const evaluated = await evaluatedRoutes.of(services, cluster, wanted);
    return wanted.map(route => evaluated.get(route));
  });
}

async function withExposures(
  routes: readonly OwnRoute[],
  evaluate: (
    cluster: ReadCluster,
    routes: RouteToEvaluate[],
  ) => Promise<(Exposure | undefined)[]>,
): Promise<OwnExposure[]> {
  const found = new Map<OwnRoute, Exposure | undefined>();
  await Promise.all(
    [...new Set(routes.map(({ cluster }) => cluster))].map(async cluster => {
      const own = routes.filter(one => one.cluster === cluster);
      const exposures = await evaluate(
        cluster,
        own.map(({ route }) => route),
      );
      own.forEach((one, index) => found.set(one, exposures[index]));
    }),
  );
  return routes.flatMap(own => {
    const exposure = found.get(own);
    return exposure ? [{ ...own, exposure }] : [];
  });
}
