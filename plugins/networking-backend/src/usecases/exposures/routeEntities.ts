import {
  backendServices,
  claimedEntityRef,
  cutOffFindings,
  cutOffRoutes,
  KUBERNETES_ID,
  matchRouteToEntity,
  type ClusterSettings,
  type EntityFacts,
  type Finding,
  type Route,
  type MatchReason,
  type Snapshot,
} from 'backstage-plugin-networking-common';
import type { EntityIndex } from '../../io/catalog';

/** The entities that a route belongs to, whoever may see them. */
export interface RouteOwnership {
  entities: { facts: EntityFacts; reason: MatchReason }[];
  /** The ref that its annotation names, where no such entity exists. */
  orphanOf?: string;
}

/** Finds the entities of routes in the whole catalog. */
export interface RouteEntities {
  match<R extends Route>(
    routes: readonly R[],
    cluster: { snapshot: Snapshot; settings: ClusterSettings },
  ): Promise<ReadonlyMap<R, RouteOwnership>>;
  /** What ids of entities do not reach. For those who run the platform alone. */
  cutOff(cluster: {
    snapshot: Snapshot;
    settings: ClusterSettings;
  }): Promise<Finding[]>;
}

export function createRouteEntities(index: EntityIndex): RouteEntities {
  const routeEntities: RouteEntities = {
    async match<R extends Route>(
      routes: readonly R[],
      { snapshot, settings }: { snapshot: Snapshot; settings: ClusterSettings },
    ) {
      const claims = new Map(
        routes.map(route => [route, claimedEntityRef(route)]),
      );
      const isClaim = (ref: string | undefined): ref is string =>
        ref !== undefined;
      const [claimed, candidates] = await Promise.all([
        index.byRef([...claims.values()].filter(isClaim)),
        // Those that are claimed belong to nobody else, and few need the whole catalog.
        [...claims.values()].every(isClaim)
          ? groupCandidates([])
          : index.matchable().then(groupCandidates),
      ]);
      return new Map<R, RouteOwnership>(
        routes.map((route): [R, RouteOwnership] => {
          const claim = claims.get(route);
          if (claim !== undefined) {
            const facts = claimed.get(claim);
            return [
              route,
              facts
                ? { entities: [{ facts, reason: 'annotation' }] }
                : { entities: [], orphanOf: claim },
            ];
          }
          const entities = candidates(route, snapshot).flatMap(facts => {
            const reason = matchRouteToEntity(route, facts, snapshot, settings);
            return reason ? [{ facts, reason }] : [];
          });
          return [route, { entities }];
        }),
      );
    },
    async cutOff(cluster) {
      const { snapshot, settings } = cluster;
      const found = cutOffRoutes(await index.matchable(), snapshot, settings);
      const owners = await routeEntities.match(
        found.map(({ route }) => route),
        cluster,
      );
      return cutOffFindings(
        found,
        snapshot,
        route => (owners.get(route)?.entities.length ?? 0) > 0,
      );
    },
  };
  return routeEntities;
}

/**
 * Entities that could match a route, by the label and the namespaces that a match
 * needs: thousands of routes are never compared with every entity.
 */
function groupCandidates(entities: readonly EntityFacts[]) {
  const byId = new Map<string, EntityFacts[]>();
  const byNamespace = new Map<string, EntityFacts[]>();
  const add = (
    group: Map<string, EntityFacts[]>,
    key: string | undefined,
    facts: EntityFacts,
  ) => {
    if (key === undefined) return;
    const existing = group.get(key);
    if (existing) existing.push(facts);
    else group.set(key, [facts]);
  };
  for (const facts of entities) {
    add(byId, facts.kubernetesId, facts);
    if (facts.labelSelector !== undefined) {
      add(byNamespace, facts.kubernetesNamespace, facts);
    }
  }
  return (route: Route, snapshot: Snapshot): EntityFacts[] => {
    const found = new Set<EntityFacts>();
    const take = (
      group: Map<string, EntityFacts[]>,
      key: string | undefined,
    ) => {
      for (const facts of (key !== undefined && group.get(key)) || []) {
        found.add(facts);
      }
    };
    take(byId, route.metadata.labels?.[KUBERNETES_ID]);
    take(byNamespace, route.metadata.namespace);
    for (const { metadata } of backendServices(route, snapshot)) {
      take(byId, metadata.labels?.[KUBERNETES_ID]);
      take(byNamespace, metadata.namespace);
    }
    return [...found];
  };
}
