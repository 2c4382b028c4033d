import { ANNOTATION_OWNERS } from '../annotations';
import { entryOf, isRecord } from '../gateway-api/lenient';
import type { Snapshot } from '../gateway-api/snapshot';
import type { ClusterSettings } from '../settings/types';
import type { EntityFacts } from './entityFacts';
import { isReservedNamespace, namespaceGrants } from './grants';

/**
 * Whose a namespace is, seen from an entity: granted to one of its owners, granted to others, granted by nobody to
 * anybody, or not known, since Namespaces cannot be read or this one has not been.
 */
export function reachOf(
  namespace: string,
  entity: EntityFacts,
  snapshot: Snapshot,
  settings: ClusterSettings,
): 'granted' | 'others' | 'open' | 'unknown' {
  const object = snapshot.get('Namespace', undefined, namespace);
  if (!object) return 'unknown';
  const { grants } = settings;
  const isGranted =
    // One that is empty or malformed grants nobody, which is not the same as having none.
    entryOf(object.metadata.annotations, ANNOTATION_OWNERS) !== undefined ||
    (isRecord(grants) && Object.hasOwn(grants, namespace));
  if (!isGranted) return 'open';
  const owners = namespaceGrants(object, settings);
  return entity.owners.some(owner => owners.includes(owner))
    ? 'granted'
    : 'others';
}

/**
 * Does a namespace let an entity's id or label selector reach into it? Both are the word of whoever wrote the entity, and
 * an id can be anybody's: neither reaches where somebody said whose the namespace is and named none of the entity's
 * owners, nor where that is not known. A selector, which needs no label made for it, reaches no reserved namespace either.
 */
export function reaches(
  by: 'kubernetes-id' | 'label-selector',
  namespace: string | undefined,
  entity: EntityFacts,
  snapshot: Snapshot,
  settings: ClusterSettings,
): boolean {
  if (namespace === undefined) return false;
  if (by === 'label-selector' && isReservedNamespace(namespace, settings)) {
    return false;
  }
  const reach = reachOf(namespace, entity, snapshot, settings);
  return reach === 'granted' || reach === 'open';
}
