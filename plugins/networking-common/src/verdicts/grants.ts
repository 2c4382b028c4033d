import { toYaml } from '../exposures/yaml';
import type { ObjectName } from '../findings/types';
import {
  grantFor,
  type CrossNamespaceReference,
} from '../gateway-api/referenceGrants';
import { isService, needsGrant } from './backendKinds';
import type { BackendState } from './backends';
import type { HostInput } from './input';

/** A grant to ask for. It is never made from here: it lies in somebody else's namespace. */
export function askedGrant(reference: CrossNamespaceReference): {
  from: { kind: string; namespace: string };
  to: ObjectName;
  actor: { is: 'owner'; of: ObjectName };
  details: Record<string, string>;
} {
  const { from, to } = reference;
  return {
    from: { kind: from.kind, namespace: from.namespace },
    to: { kind: to.kind, namespace: to.namespace, name: to.name },
    actor: { is: 'owner', of: { kind: 'Namespace', name: to.namespace } },
    details: { grant: toYaml(grantFor(reference)) },
  };
}

/**
 * The first backend of another namespace that no ReferenceGrant is known to allow, of those that need one; a Service first,
 * and one that is surely refused first.
 */
export function ungranted({ backends }: HostInput): BackendState | undefined {
  const foreign = backends.filter(
    backend =>
      backend.weight > 0 && backend.isGranted !== true && needsGrant(backend),
  );
  const services = foreign.filter(isService);
  const some = services.length > 0 ? services : foreign;
  return some.find(({ isGranted }) => isGranted === false) ?? some[0];
}
