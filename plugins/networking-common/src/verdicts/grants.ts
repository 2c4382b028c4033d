import { toYaml } from '../exposures/yaml';
import {
  grantFor,
  type CrossNamespaceReference,
} from '../gateway-api/referenceGrants';
import { isService, needsGrant } from './backendKinds';
import type { BackendState } from './backends';
import type { HostInput } from './input';

/** The grant to ask for. It is never made from here: it lies in somebody else's namespace. */
export function askForGrant(reference: CrossNamespaceReference): {
  /** A clause, `Ask the owners of namespace …`, without its full stop. */
  remedy: string;
  details: Record<string, string>;
} {
  const { from, to } = reference;
  return {
    remedy: `Ask the owners of namespace ${to.namespace} for a ReferenceGrant there, from ${from.kind} in namespace ${from.namespace} to ${to.kind} ${to.name}`,
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
