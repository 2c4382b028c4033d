import type { Exposure } from 'backstage-plugin-networking-common';
import type { Caller } from '../../io/catalog';
import type { ReadCluster, Services } from '../services';
import { authorizedRoutes } from './authorizedRoutes';
import type { RouteToEvaluate } from './evaluate';

/** An exposure as it is kept for all readers, with those of its entities that one reader may read. */
export interface ReadableExposure {
  exposure: Exposure;
  entities: RouteToEvaluate['entities'];
}

/**
 * The exposures of a cluster that a caller may read, judged without dialling and without names of other routes. Costs little
 * where somebody asked a moment ago.
 */
export async function readableExposures(
  services: Services,
  cluster: ReadCluster,
  caller: Caller,
): Promise<ReadableExposure[]> {
  const authorized = await authorizedRoutes(services, cluster, caller);
  const evaluated = await services.evaluatedRoutes.of(
    services,
    cluster,
    authorized.map(({ route }) => route),
  );
  return authorized.flatMap(({ route, entities }) => {
    const exposure = evaluated.get(route);
    if (!exposure) return [];
    return [
      {
        exposure: {
          ...exposure,
          entities: entities.map(({ facts, reason }) => ({
            entityRef: facts.ref,
            reason,
          })),
        },
        entities,
      },
    ];
  });
}
