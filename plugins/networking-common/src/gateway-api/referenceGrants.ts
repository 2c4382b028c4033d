import { objectsOf, textOf } from './lenient';
import { isGap } from './listeners';
import { GATEWAY_GROUP } from './parents';
import type { Snapshot } from './snapshot';
import type { ReferenceGrant } from './types';

/**
 * A reference from an object of one namespace to an object of another. Groups: `''` is the core group.
 * @public
 */
export interface CrossNamespaceReference {
  from: { group: string; kind: string; namespace: string };
  to: { group: string; kind: string; namespace: string; name: string };
}

/**
 * Does a ReferenceGrant in the namespace of what is referred to allow a reference? Always within one namespace.
 * Undefined: no grant is known, and not all can be read.
 * @public
 */
export function isGranted(
  { from, to }: CrossNamespaceReference,
  snapshot: Snapshot,
): boolean | undefined {
  if (from.namespace === to.namespace) return true;
  const grants = snapshot.list('ReferenceGrant', to.namespace);
  const isAllowed = grants.some(
    ({ spec }) =>
      objectsOf(spec?.from).some(
        allowed =>
          allowed.group === from.group &&
          allowed.kind === from.kind &&
          allowed.namespace === from.namespace,
      ) &&
      objectsOf(spec?.to).some(
        allowed =>
          (allowed.group ?? '') === to.group &&
          allowed.kind === to.kind &&
          (textOf(allowed.name) ?? to.name) === to.name,
      ),
  );
  if (isAllowed) return true;
  return isGap(snapshot, 'ReferenceGrant') ? undefined : false;
}

/** The narrowest ReferenceGrant that allows a reference. It is for the owners of the other namespace to create. @public */
export function grantFor({
  from,
  to,
}: CrossNamespaceReference): ReferenceGrant {
  return {
    apiVersion: `${GATEWAY_GROUP}/v1beta1`,
    kind: 'ReferenceGrant',
    metadata: {
      name: `${from.namespace}-to-${to.name}`.slice(0, 253),
      namespace: to.namespace,
    },
    spec: {
      from: [from],
      to: [{ group: to.group, kind: to.kind, name: to.name }],
    },
  };
}
