import { ANNOTATION_ENTITY_REF, KUBERNETES_ID } from '../annotations';
import { findingsOf } from '../findings/declare';
import type { Finding } from '../findings/types';
import { normalizeRef } from '../gateway-api/entityRef';
import { objectKey, serviceKeysOf, splitKey } from '../gateway-api/indexes';
import {
  labelSelectorMatches,
  parseLabelSelector,
} from '../gateway-api/labelSelector';
import { entryOf } from '../gateway-api/lenient';
import type { Snapshot } from '../gateway-api/snapshot';
import type {
  HttpRoute,
  KubernetesObject,
  Route,
  RouteKind,
  Service,
} from '../gateway-api/types';
import { MATCHING_SENTENCES } from '../sentences/matching';
import type { ClusterSettings } from '../settings/types';
import type { EntityFacts } from './entityFacts';
import { namespaceGrants } from './grants';
import { reaches } from './matchingReach';
import type { MATCHING_REASONS } from './matchingReasons';
import type { MatchReason } from './types';

const found = findingsOf<typeof MATCHING_REASONS>(MATCHING_SENTENCES);

/** The entity that a route's annotation names, as a full ref; undefined where it names none. @public */
export function claimedEntityRef(route: KubernetesObject): string | undefined {
  const claim = entryOf(route.metadata.annotations, ANNOTATION_ENTITY_REF);
  return normalizeRef(claim, 'component');
}

/**
 * Why a route belongs to an entity: the first that holds of
 * 1. its annotation names the entity (and then it belongs to no other);
 * 2. its label `backstage.io/kubernetes-id` is the entity's;
 * 3. it lies in the entity's Kubernetes namespace and matches its label selector;
 * 4. one of the Services behind it does 2 or 3.
 *
 * Undefined where none holds. An id and a selector are the word of who wrote the entity: 2, 3 and 4 hold only where
 * they reach the namespace of the route, and of the Service (see {@link reaches}).
 * @public
 */
export function matchRouteToEntity(
  route: Route,
  entity: EntityFacts,
  snapshot: Snapshot,
  settings: ClusterSettings,
): MatchReason | undefined {
  const claim = claimedEntityRef(route);
  if (claim !== undefined) {
    return claim === entity.ref ? 'annotation' : undefined;
  }
  const own = matchLabels(route, entity);
  const holds = (by: LabelMatch | undefined, ...through: KubernetesObject[]) =>
    by !== undefined &&
    through.every(({ metadata }) =>
      reaches(by, metadata.namespace, entity, snapshot, settings),
    );
  if (holds(own, route)) return own;
  return backendServices(route, snapshot).some(service =>
    holds(matchLabels(service, entity), service, route),
  )
    ? 'service'
    : undefined;
}

/**
 * How a Service belongs to an entity: as {@link matchRouteToEntity}, by the labels of the Service alone.
 * @public
 */
export function matchServiceToEntity(
  service: KubernetesObject,
  entity: EntityFacts,
  snapshot: Snapshot,
  settings: ClusterSettings,
): LabelMatch | undefined {
  const by = matchLabels(service, entity);
  const { namespace } = service.metadata;
  return by && reaches(by, namespace, entity, snapshot, settings)
    ? by
    : undefined;
}

type LabelMatch = 'kubernetes-id' | 'label-selector';

/** How an object's own labels and namespace tie it to an entity. */
export function matchLabels(
  object: KubernetesObject,
  entity: EntityFacts,
): LabelMatch | undefined {
  const { labels, namespace } = object.metadata;
  const { kubernetesId, kubernetesNamespace, labelSelector } = entity;
  if (
    kubernetesId !== undefined &&
    entryOf(labels, KUBERNETES_ID) === kubernetesId
  ) {
    return 'kubernetes-id';
  }
  if (labelSelector === undefined || kubernetesNamespace === undefined) {
    return undefined;
  }
  if (namespace !== kubernetesNamespace) return undefined;
  const selector = parseLabelSelector(labelSelector);
  return selector !== undefined && labelSelectorMatches(selector, labels)
    ? 'label-selector'
    : undefined;
}

/** The kinds of everything that claims hosts. @public */
export const ROUTE_KINDS: readonly RouteKind[] = [
  'HTTPRoute',
  'GRPCRoute',
  'TLSRoute',
  'Ingress',
];

/** @public */
export const isHttpRoute = (route: KubernetesObject): route is HttpRoute =>
  route.kind === 'HTTPRoute';

const routesTo = ({ metadata }: Service, snapshot: Snapshot) =>
  snapshot.find(
    'routesByService',
    objectKey(metadata.namespace, metadata.name),
  );

/** The routes that carry an id, or send requests to a Service that does; whether it reaches them or not. */
export function routesWithId(id: string, snapshot: Snapshot): Set<Route> {
  return new Set([
    ...snapshot.find('routesByKubernetesId', id),
    ...snapshot
      .find('servicesByKubernetesId', id)
      .flatMap(service => [...routesTo(service, snapshot)]),
  ]);
}

/**
 * The routes of an entity, each with the reason why it is: those for which {@link matchRouteToEntity} gives one, found
 * without looking at every route of the cluster.
 * @public
 */
export function routesOfEntity(
  entity: EntityFacts,
  snapshot: Snapshot,
  settings: ClusterSettings,
): { route: Route; reason: MatchReason }[] {
  const { ref, kubernetesId, kubernetesNamespace, labelSelector } = entity;
  const candidates = new Set<Route>(snapshot.find('routesByEntityRef', ref));
  const add = (routes: Iterable<Route>) => {
    for (const route of routes) candidates.add(route);
  };
  if (kubernetesId !== undefined) add(routesWithId(kubernetesId, snapshot));
  if (kubernetesNamespace !== undefined && labelSelector !== undefined) {
    for (const kind of ROUTE_KINDS)
      add(snapshot.list(kind, kubernetesNamespace));
    for (const service of snapshot.list('Service', kubernetesNamespace)) {
      if (matchLabels(service, entity)) add(routesTo(service, snapshot));
    }
  }
  return [...candidates].flatMap(route => {
    const reason = matchRouteToEntity(route, entity, snapshot, settings);
    return reason ? [{ route, reason }] : [];
  });
}

/** The Services that a route sends requests to, as far as they exist; each once. @public */
export function backendServices(route: Route, snapshot: Snapshot): Service[] {
  const services = serviceKeysOf(route).flatMap(key => {
    const [namespace, name] = splitKey(key);
    return snapshot.get('Service', namespace, name) ?? [];
  });
  return [...new Set(services)];
}

/**
 * The finding that a route claims an entity by annotation from a namespace which the entity does not have: neither
 * is it the entity's `backstage.io/kubernetes-namespace`, nor does it grant one of the entity's owners. Whoever may
 * write there put it on the entity's page.
 * @public
 */
export function claimFinding(
  route: Route,
  entity: EntityFacts,
  snapshot: Snapshot,
  settings: ClusterSettings,
): Finding | undefined {
  if (claimedEntityRef(route) !== entity.ref) return undefined;
  const { name, namespace = '' } = route.metadata;
  const grants = namespaceGrants(
    snapshot.get('Namespace', undefined, namespace),
    settings,
  );
  if (
    namespace === entity.kubernetesNamespace ||
    entity.owners.some(owner => grants.includes(owner))
  ) {
    return undefined;
  }
  return {
    ...found('ClaimedFromForeignNamespace', {
      params: {
        entity: entity.ref,
        route: { kind: route.kind, namespace, name },
      },
      actor: { is: 'owner', of: { kind: 'Namespace', name: namespace } },
      subject: {
        kind: route.kind,
        name,
        namespace,
        cluster: snapshot.cluster,
        field: `metadata.annotations["${ANNOTATION_ENTITY_REF}"]`,
      },
    }),
    severity: 'warning',
  };
}
