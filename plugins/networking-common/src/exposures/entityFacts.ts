import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  KUBERNETES_ID,
  KUBERNETES_LABEL_SELECTOR,
  KUBERNETES_NAMESPACE,
} from '../annotations';
import { normalizeRef } from '../gateway-api/entityRef';
import { entryOf, objectsOf, textOf } from '../gateway-api/lenient';

/** What the plugins need to know of a catalog entity. @public */
export interface EntityFacts {
  /** Full entity ref in lower case. */
  ref: string;
  kind: string;
  /** Namespace of the catalog, not of a cluster. */
  namespace: string;
  name: string;
  title?: string;
  /** Full refs, in lower case, of the groups that own the entity according to its `ownedBy` relations. */
  owners: string[];
  /** Annotation `backstage.io/kubernetes-id`. */
  kubernetesId?: string;
  /** Annotation `backstage.io/kubernetes-namespace`. */
  kubernetesNamespace?: string;
  /** Annotation `backstage.io/kubernetes-label-selector`, as it is written. */
  labelSelector?: string;
}

/**
 * Reads the facts from an entity as the catalog returns it, with relations. An owner that is no group grants nothing
 * and is left out.
 * @public
 */
export function entityFacts(entity: Entity): EntityFacts {
  const annotation = (key: string) =>
    textOf(entryOf(entity.metadata.annotations, key)?.trim());
  const owners = objectsOf(entity.relations)
    .filter(relation => relation.type === RELATION_OWNED_BY)
    .map(relation => normalizeRef(relation.targetRef, 'group'))
    .filter((ref): ref is string => ref?.startsWith('group:') ?? false);
  const title = textOf(entity.metadata.title);
  const kubernetesId = annotation(KUBERNETES_ID);
  const kubernetesNamespace = annotation(KUBERNETES_NAMESPACE);
  const labelSelector = annotation(KUBERNETES_LABEL_SELECTOR);
  return {
    ref: stringifyEntityRef(entity),
    kind: entity.kind,
    namespace: entity.metadata.namespace ?? 'default',
    name: entity.metadata.name,
    ...(title !== undefined && { title }),
    owners: [...new Set(owners)],
    ...(kubernetesId !== undefined && { kubernetesId }),
    ...(kubernetesNamespace !== undefined && { kubernetesNamespace }),
    ...(labelSelector !== undefined && { labelSelector }),
  };
}
