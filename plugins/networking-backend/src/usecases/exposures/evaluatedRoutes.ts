import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  isPlatformRoute,
  type Exposure,
  type HttpRoute,
} from 'backstage-plugin-networking-common';
import type { ReadCluster, Services } from '../services';
import { TURN } from '../inTurns';
import { evaluateRoutes } from './evaluate';

/** How old an evaluation may be. */
const KEPT_MS = 2_000;

type Evaluated = ReadonlyMap<HttpRoute, Exposure>;

/**
 * Exposures judged for nobody in particular: by what is known, without dialling, without entities, and without names of other
 * routes. Those who ask within two seconds share an evaluation, and it leaves room for other requests.
 */
export interface EvaluatedRoutes {
  /** @param routes - of the cluster's snapshot; by default all but the platform's own redirect */
  of(
    services: Services,
    cluster: ReadCluster,
    routes?: readonly HttpRoute[],
  ): Promise<Evaluated>;
}

interface Kept {
  at: number;
  exposure: Promise<Exposure | undefined>;
}

export function createEvaluatedRoutes(): EvaluatedRoutes {
  // A route that changes is another object. Each has its own, so that none outlives its route.
  const kept = new WeakMap<HttpRoute, Kept>();

  const begin = (
    services: Services,
    cluster: ReadCluster,
    routes: readonly HttpRoute[],
  ) => {
    const at = services.now().getTime();
    const evaluated = evaluateSlice(services, cluster, routes);
    for (const route of routes) {
      const one: Kept = {
        at,
        exposure: evaluated.then(found => found.get(route)),
      };
      kept.set(route, one);
      one.exposure.catch(() => {
        if (kept.get(route) === one) kept.delete(route);
      });
    }
  };

  return {
    async of(services, cluster, routes = exposed(cluster)) {
      const evaluated = new Map<HttpRoute, Exposure>();
      const isKept = (route: HttpRoute) => {
        const at = kept.get(route)?.at ?? -Infinity;
        return Math.abs(services.now().getTime() - at) <= KEPT_MS;
      };
      for (let start = 0; start < routes.length; start += TURN) {
        const slice = routes.slice(start, start + TURN);
        const missing = slice.filter(route => !isKept(route));
        if (missing.length > 0) begin(services, cluster, missing);
        for (const route of slice) {
          const exposure = await kept.get(route)?.exposure;
          if (exposure) evaluated.set(route, exposure);
        }
        if (missing.length > 0) await nextTurn();
      }
      return evaluated;
    },
  };
}

function exposed({ snapshot, settings }: ReadCluster) {
  return snapshot
    .list('HTTPRoute')
    .filter(route => !isPlatformRoute(route, settings));
}

async function evaluateSlice(
  services: Services,
  cluster: ReadCluster,
  slice: readonly HttpRoute[],
): Promise<Evaluated> {
  const exposures = await evaluateRoutes(
    services,
    cluster,
    slice.map(route => ({ route, entities: [] })),
    { probes: 'recent' },
  );
  return new Map(slice.map((route, index) => [route, exposures[index]]));
}
