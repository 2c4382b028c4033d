import { KUBERNETES_ID } from '../annotations';
import { findingsOf } from '../findings/declare';
import type { Finding } from '../findings/types';
import { entryOf } from '../gateway-api/lenient';
import type { Snapshot } from '../gateway-api/snapshot';
import type { Route } from '../gateway-api/types';
import { MATCHING_SENTENCES } from '../sentences/matching';
import type { ClusterSettings } from '../settings/types';
import type { EntityFacts } from './entityFacts';
import {
  backendServices,
  claimedEntityRef,
  matchRouteToEntity,
  routesWithId,
} from './matching';
import { reaches, reachOf } from './matchingReach';
import type { MATCHING_REASONS } from './matchingReasons';

const findingOf = findingsOf<typeof MATCHING_REASONS>(MATCHING_SENTENCES);

/** A route that an entity's id names, and that does not belong to the entity. @public */
export interface CutOffRoute {
  route: Route;
  /** With the namespaces, of the route or of a Service behind it, that the id does not reach. */
  entities: { facts: EntityFacts; barredBy: string[] }[];
}

/** More are in the details. */
const MAX_NAMED = 3;
/** An id may stand on any number of routes and entities; whoever mends the first of them sees the next. */
const MAX_DETAILS = 50;

/**
 * What ids of entities do not reach in a cluster. Whether that is an oversight or an attempt to look in, nobody can tell
 * from here. Looks at nothing but what carries one of the ids.
 * @public
 */
export function cutOffRoutes(
  entities: readonly EntityFacts[],
  snapshot: Snapshot,
  settings: ClusterSettings,
): CutOffRoute[] {
  const found = new Map<Route, CutOffRoute>();
  for (const facts of entities) {
    if (facts.kubernetesId === undefined) continue;
    for (const route of routesWithId(facts.kubernetesId, snapshot)) {
      const barredBy = barring(route, facts, snapshot, settings);
      if (barredBy.length === 0) continue;
      const one = found.get(route) ?? { route, entities: [] };
      one.entities.push({ facts, barredBy });
      found.set(route, one);
    }
  }
  return [...found.values()];
}

/** The namespaces that keep a route which carries an entity's id from belonging to it. */
function barring(
  route: Route,
  entity: EntityFacts,
  snapshot: Snapshot,
  settings: ClusterSettings,
): string[] {
  if (
    claimedEntityRef(route) !== undefined ||
    matchRouteToEntity(route, entity, snapshot, settings) !== undefined
  ) {
    return [];
  }
  const carries = ({ metadata }: { metadata: Route['metadata'] }) =>
    entryOf(metadata.labels, KUBERNETES_ID) === entity.kubernetesId;
  const through = carries(route)
    ? [route]
    : [route, ...backendServices(route, snapshot).filter(carries)];
  const namespaces = through.map(({ metadata }) => metadata.namespace ?? '');
  return [...new Set(namespaces)].filter(
    namespace =>
      !reaches('kubernetes-id', namespace, entity, snapshot, settings),
  );
}

interface Line {
  route: Route;
  entities: EntityFacts[];
  isOwned: boolean;
}

/**
 * What ids do not reach, for those who run the platform: one finding for each namespace that bars them, by name. A warning
 * where a route belongs to nobody now; else it is told. One finding for all namespaces whose grants are not known.
 *
 * @param isOwned - does a route belong to another entity?
 * @public
 */
export function cutOffFindings(
  routes: readonly CutOffRoute[],
  snapshot: Snapshot,
  isOwned: (route: Route) => boolean,
): Finding[] {
  const unknown = new Set<Route>();
  const byNamespace = new Map<string, Map<Route, Line>>();
  for (const { route, entities } of routes) {
    for (const { facts, barredBy } of entities) {
      for (const namespace of barredBy) {
        if (!snapshot.get('Namespace', undefined, namespace)) {
          unknown.add(route);
          continue;
        }
        const lines = byNamespace.get(namespace) ?? new Map<Route, Line>();
        const line = lines.get(route) ?? {
          route,
          entities: [],
          isOwned: isOwned(route),
        };
        line.entities.push(facts);
        byNamespace.set(namespace, lines.set(route, line));
      }
    }
  }
  return [
    ...(unknown.size > 0 ? grantsNotKnown(snapshot, unknown.size) : []),
    ...[...byNamespace]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([namespace, lines]) =>
        idNotGranted(snapshot.cluster, namespace, [...lines.values()]),
      ),
  ];
}

const nameOf = ({ metadata }: Route, namespace: string) =>
  metadata.namespace === namespace
    ? metadata.name
    : `${metadata.namespace}/${metadata.name}`;

const detailsOf = (lines: readonly Line[], namespace: string) =>
  Object.fromEntries(
    lines.slice(0, MAX_DETAILS).map(({ route, entities }) => [
      `${route.kind} ${nameOf(route, namespace)}`,
      entities
        .map(({ ref }) => ref)
        .slice(0, MAX_DETAILS)
        .join(', '),
    ]),
  );

function idNotGranted(
  cluster: string,
  namespace: string,
  lines: readonly Line[],
): Finding {
  const found = [...lines].sort(
    (a, b) => Number(a.isOwned) - Number(b.isOwned),
  );
  const [first] = found;
  const [{ owners }] = first.entities;
  return {
    ...findingOf('IdNotGranted', {
      params: {
        namespace,
        routes: found.slice(0, MAX_NAMED).map(({ route, entities }) => ({
          route: nameOf(route, namespace),
          entities: entities.slice(0, MAX_DETAILS).map(({ ref }) => ref),
        })),
        total: found.length,
        // The annotation leaves a route to one component alone.
        isOwned: first.isOwned,
        ...(owners.length > 0 && { owner: owners[0] }),
      },
      actor: { is: 'owner', of: { kind: 'Namespace', name: namespace } },
      subject: { kind: 'Namespace', name: namespace, cluster },
      details: detailsOf(found, namespace),
    }),
    severity: found.every(({ isOwned }) => isOwned) ? 'info' : 'warning',
  };
}

/** Nothing where Namespaces are read: a new one is known in a moment. */
function grantsNotKnown(
  { cluster, gaps }: Snapshot,
  routes?: number,
): Finding[] {
  const gap = gaps.find(({ kind }) => kind === 'Namespace');
  if (!gap) return [];
  return [
    {
      ...findingOf('GrantsNotKnown', {
        params: {
          cluster,
          ...(routes !== undefined && { routes }),
          isForbidden: gap.reason === 'Forbidden',
        },
        actor: { is: 'platform' },
        subject: { kind: 'Cluster', name: cluster, cluster },
        details: { error: gap.message },
      }),
      severity: 'warning',
    },
  ];
}

/**
 * Why an entity's id and selector do not reach the namespace that its own annotation names, or any. The same whatever
 * lies there: of a namespace of others it tells only that it is one, as a plan does.
 * @public
 */
export function namespaceNotice(
  entity: EntityFacts,
  snapshot: Snapshot,
  settings: ClusterSettings,
): Finding[] {
  const { ref, owners, kubernetesId, labelSelector } = entity;
  const namespace = entity.kubernetesNamespace;
  if (kubernetesId === undefined && labelSelector === undefined) return [];
  const gap = snapshot.gaps.find(({ kind }) => kind === 'Namespace');
  // Of a cluster that is away its state tells.
  if (gap && gap.reason !== 'Unreachable') return grantsNotKnown(snapshot);
  if (
    namespace === undefined ||
    reachOf(namespace, entity, snapshot, settings) !== 'others'
  ) {
    return [];
  }
  const { cluster } = snapshot;
  return [
    {
      ...findingOf('NamespaceNotGranted', {
        params: {
          entity: ref,
          namespace,
          cluster,
          ...(owners.length > 0 && { owner: owners[0] }),
        },
        actor: { is: 'owner', of: { kind: 'Namespace', name: namespace } },
        subject: { kind: 'Namespace', name: namespace, cluster },
      }),
      severity: 'info',
    },
  ];
}
