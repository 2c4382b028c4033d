import { ANNOTATION_OWNERS } from '../annotations';
import { entryOf, isRecord, stringsOf } from '../gateway-api/lenient';
import type { Namespace } from '../gateway-api/types';
import type { ClusterSettings } from '../settings/types';
import { normalizeRef } from '../gateway-api/entityRef';

/** Namespaces of Kubernetes itself, from which nothing is exposed. */
const KUBERNETES_NAMESPACES = ['kube-system', 'kube-public', 'kube-node-lease'];

/**
 * The groups that may expose from a namespace, as full refs in lower case: those that its annotation
 * `idp.networking/owners` names, and those of the admin's setting. A text that is no entity ref grants nothing.
 * None for a namespace that does not exist.
 * @public
 */
export function namespaceGrants(
  namespace: Namespace | undefined,
  settings: ClusterSettings,
): string[] {
  if (!namespace) return [];
  const { name, annotations } = namespace.metadata;
  const annotated = entryOf(annotations, ANNOTATION_OWNERS)?.split(',') ?? [];
  const { grants } = settings;
  const set =
    isRecord(grants) && Object.hasOwn(grants, name)
      ? stringsOf(grants[name])
      : [];
  const refs = [...annotated, ...set]
    .map(text => normalizeRef(text, 'group'))
    .filter((ref): ref is string => ref !== undefined);
  return [...new Set(refs)];
}

/** Kubernetes' own namespaces and the gateway's. */
export function isReservedNamespace(
  namespace: string,
  settings: ClusterSettings,
): boolean {
  return (
    KUBERNETES_NAMESPACES.includes(namespace) ||
    namespace === settings.gateway.namespace
  );
}
