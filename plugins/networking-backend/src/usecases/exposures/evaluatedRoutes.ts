import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  isPlatformRoute,
  type Exposure,
  type HttpRoute,
} from 'backstage-plugin-networking-common';
import type { ReadCluster, Services } from '../services';
import { evaluateRoutes } from './evaluate';

/** Some milliseconds of work; other requests come between. */
const SLICE = 25;
/** How old an evaluation of a whole cluster may be. */
const KEPT_MS = 2_000;

type Evaluated = ReadonlyMap<HttpRoute, Exposure>;

/**
 * Every exposure of a cluster, judged for nobody in particular: without entities, and without names of other routes. Those
 * who ask within two seconds share one evaluation, and it leaves room for other requests.
 */
export interface EvaluatedRoutes {
  of(services: Services, cluster: ReadCluster): Promise<Evaluated>;
}

export function createEvaluatedRoutes(): EvaluatedRoutes {
  const kept = new Map<string, { at: number; evaluated: Promise<Evaluated> }>();
  return {
    of(services, cluster) {
      const { cluster: name } = cluster.settings;
      const now = services.now().getTime();
      const known = kept.get(name);
      if (known && Math.abs(now - known.at) <= KEPT_MS) return known.evaluated;
      const entry = { at: now, evaluated: evaluateAll(services, cluster) };
      kept.set(name, entry);
      entry.evaluated.catch(() => {
        if (kept.get(name) === entry) kept.delete(name);
      });
      return entry.evaluated;
    },
  };
}

async function evaluateAll(
  services: Services,
  cluster: ReadCluster,
): Promise<Evaluated> {
  const routes = cluster.snapshot
    .list('HTTPRoute')
    .filter(route => !isPlatformRoute(route, cluster.settings));
  const evaluated = new Map<HttpRoute, Exposure>();
  for (let start = 0; start < routes.length; start += SLICE) {
    const slice = routes.slice(start, start + SLICE);
    const exposures = await evaluateRoutes(
      services,
      cluster,
      slice.map(route => ({ route, entities: [] })),
      { probes: 'recent' },
    );
    slice.forEach((route, index) => evaluated.set(route, exposures[index]));
    await nextTurn();
  }
  return evaluated;
}
