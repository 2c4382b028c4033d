import { ANNOTATION_ENTITY_REF, KUBERNETES_ID } from '../annotations';
import {
  labelSelectorMatches,
  parseLabelSelector,
} from '../gateway-api/labelSelector';
import { entryOf, objectsOf, textOf } from '../gateway-api/lenient';
import type { Snapshot } from '../gateway-api/snapshot';
import type {
  HttpRoute,
  KubernetesObject,
  Service,
} from '../gateway-api/types';
import type { ClusterSettings } from '../settings/types';
import type { Finding } from '../verdicts/types';
import { normalizeRef, type EntityFacts } from './entityFacts';
import { namespaceGrants } from './grants';
import { selectorReaches } from './matchingReach';
import type { MatchReason } from './types';

/** The entity that a route's annotation names, as a full ref; undefined where it names none. @public */
export function claimedEntityRef(route: HttpRoute): string | undefined {
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
 * Undefined where none holds. The labels of 2 are written by whoever may write in the namespace. A selector is only the
 * word of who wrote the entity, so with `settings` it reaches no reserved namespace and none that is granted to others.
 * Give `settings` wherever the answer decides what somebody may see.
 * @public
 */
export function matchRouteToEntity(
  route: HttpRoute,
  entity: EntityFacts,
  snapshot: Snapshot,
  settings?: ClusterSettings,
): MatchReason | undefined {
  const claim = claimedEntityRef(route);
  if (claim !== undefined) {
    return claim === entity.ref ? 'annotation' : undefined;
  }
  const holds = (
    reason: ReturnType<typeof matchLabels>,
    ...objects: KubernetesObject[]
  ) =>
    reason === 'label-selector'
      ? objects.every(({ metadata }) =>
          selectorReaches(metadata.namespace, entity, snapshot, settings),
        )
      : reason !== undefined;
  const own = matchLabels(route, entity);
  if (holds(own, route)) return own;
  return backendServices(route, snapshot).some(service =>
    holds(matchLabels(service, entity), service, route),
  )
    ? 'service'
    : undefined;
}

/** How an object's own labels and namespace tie it to an entity. */
export function matchLabels(
  object: KubernetesObject,
  entity: EntityFacts,
): 'kubernetes-id' | 'label-selector' | undefined {
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

/** The Services that a route's rules send requests to, as far as they exist; each once. */
export function backendServices(
  route: HttpRoute,
  snapshot: Snapshot,
): Service[] {
  const found = objectsOf(route.spec?.rules)
    .flatMap(rule => objectsOf(rule.backendRefs))
    .filter(ref => (ref.kind ?? 'Service') === 'Service' && !ref.group)
    .map(ref =>
      snapshot.get(
        'Service',
        textOf(ref.namespace) ?? route.metadata.namespace,
        textOf(ref.name) ?? '',
      ),
    )
    .filter((service): service is Service => service !== undefined);
  return [...new Set(found)];
}

/**
 * The finding that a route claims an entity by annotation from a namespace which the entity does not have: neither
 * is it the entity's `backstage.io/kubernetes-namespace`, nor does it grant one of the entity's owners. Whoever may
 * write there put it on the entity's page.
 * @public
 */
export function claimFinding(
  route: HttpRoute,
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
    reason: 'ClaimedFromForeignNamespace',
    severity: 'warning',
    message: `Route ${namespace}/${name} says that it belongs to ${entity.ref}, but namespace ${namespace} is not one of that entity's. What it serves may be somebody else's.`,
    remedy: `Ask the owners of namespace ${namespace} to remove annotation ${ANNOTATION_ENTITY_REF} from route ${name}, or to grant the namespace to an owner of ${entity.ref}.`,
    subject: {
      kind: 'HTTPRoute',
      name,
      namespace,
      cluster: snapshot.cluster,
      field: `metadata.annotations["${ANNOTATION_ENTITY_REF}"]`,
    },
  };
}
