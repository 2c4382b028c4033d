import {
  isPlatformRoute,
  platformReadPermission,
  type Route,
} from 'backstage-plugin-networking-common';
import type { Caller } from '../../io/catalog';
import type { ReadCluster, Services } from '../services';
import type { RouteToEvaluate } from './evaluate';

/**
 * The routes of a cluster that a caller may read: those with an entity that the
 * caller may read, and those without any entity for readers of the platform.
 * Only entities that the caller may read are named. The platform's own redirect
 * is none of the routes asked about by default: it is no exposure.
 */
export async function authorizedRoutes(
  services: Services,
  cluster: ReadCluster,
  caller: Caller,
): Promise<RouteToEvaluate[]> {
  const exposures = cluster.snapshot
    .list('HTTPRoute')
    .filter(route => !isPlatformRoute(route, cluster.settings));
  return authorizedAmong(services, cluster, caller, exposures);
}

/**
 * Those of some routes that a caller may read.
 *
 * @param known - entities of which it is known that the caller may read them
 */
export async function authorizedAmong<R extends Route>(
  services: Services,
  cluster: ReadCluster,
  caller: Caller,
  routes: readonly R[],
  known: readonly string[] = [],
): Promise<RouteToEvaluate<R>[]> {
  const owners = await services.routeEntities.match(routes, cluster);
  const isKnown = new Set(known);
  const refs = [...owners.values()].flatMap(({ entities }) =>
    entities.map(({ facts }) => facts.ref).filter(ref => !isKnown.has(ref)),
  );
  const anyUnowned = [...owners.values()].some(
    ({ entities }) => entities.length === 0,
  );
  const [readable, readsPlatform] = await Promise.all([
    services.readable.among(refs, caller),
    anyUnowned && services.authorizer.may(platformReadPermission, caller),
  ]);
  return routes.flatMap((route): RouteToEvaluate<R>[] => {
    const { entities = [], orphanOf } = owners.get(route) ?? {};
    if (entities.length === 0) {
      return readsPlatform ? [{ route, entities: [], orphanOf }] : [];
    }
    const named = entities.filter(
      ({ facts: { ref } }) => isKnown.has(ref) || readable.has(ref),
    );
    return named.length > 0 ? [{ route, entities: named }] : [];
  });
}
