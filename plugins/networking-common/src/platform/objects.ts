import { MANAGED_BY_LABEL, MANAGED_BY_VALUE } from '../annotations';
import type { KubernetesObject } from '../gateway-api/types';

export const GATEWAY_API = 'gateway.networking.k8s.io/v1';
export const CERT_MANAGER_API = 'cert-manager.io/v1';

/** An object that is rendered: with a spec, and only what was asked for in its metadata. */
export interface RenderedObject extends KubernetesObject {
  spec: Record<string, unknown>;
}

/** An object with the label that marks everything the plugins write. */
export function rendered(
  apiVersion: string,
  kind: string,
  name: string,
  namespace: string | undefined,
  spec: Record<string, unknown>,
): RenderedObject {
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      labels: { [MANAGED_BY_LABEL]: MANAGED_BY_VALUE },
    },
    spec,
  };
}
