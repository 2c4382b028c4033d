import { ANNOTATION_OWNERS } from '../annotations';
import { entryOf, isRecord } from '../gateway-api/lenient';
import type { Snapshot } from '../gateway-api/snapshot';
import type { ClusterSettings } from '../settings/types';
import type { EntityFacts } from './entityFacts';
import { isReservedNamespace, namespaceGrants } from './grants';

/**
 * Does a namespace let an entity's label selector reach into it? Not where it is reserved, and not where somebody
 * said whose it is and named none of the entity's owners. A namespace of which nobody said so is open to every
 * selector; one that could not be read is not. Without settings every namespace is open.
 */
export function selectorReaches(
  namespace: string | undefined,
  entity: EntityFacts,
  snapshot: Snapshot,
  settings: ClusterSettings | undefined,
): boolean {
  if (!settings || namespace === undefined) return true;
  if (isReservedNamespace(namespace, settings)) return false;
  const object = snapshot.get('Namespace', undefined, namespace);
  if (!object && snapshot.gaps.some(({ kind }) => kind === 'Namespace')) {
    return false;
  }
  const { grants } = settings;
  const isGranted =
    // One that is empty or malformed grants nobody, which is not the same as having none.
    entryOf(object?.metadata.annotations, ANNOTATION_OWNERS) !== undefined ||
    (isRecord(grants) && Object.hasOwn(grants, namespace));
  if (!isGranted) return true;
  const owners = namespaceGrants(object, settings);
  return entity.owners.some(owner => owners.includes(owner));
}
