import type { Service } from '../gateway-api/types';
import { isRecord } from '../gateway-api/lenient';
import {
  isCilium,
  isEnvoyGateway,
  isTraefik,
} from '../settings/implementations';
import type { ClusterSettings } from '../settings/types';

/** A Service without a cluster IP; an empty one is not assigned yet. */
export const isHeadless = (service: Service): boolean =>
  service.spec?.clusterIP === 'None';

const NATIVE_LB = 'traefik.io/service.nativelb';

/** Go's `strconv.ParseBool`, of a key that Traefik reads in any case. Undefined: not set, or nothing that Traefik can read. */
function nativeLb(service: Service): boolean | undefined {
  const { annotations } = service.metadata;
  if (!isRecord(annotations)) return undefined;
  const [, value] =
    Object.entries(annotations).find(
      ([key]) => key.toLowerCase() === NATIVE_LB,
    ) ?? [];
  if (/^(?:1|t|true)$/i.test(String(value))) return true;
  return /^(?:0|f|false)$/i.test(String(value)) ? false : undefined;
}

/**
 * What the gateway in use would do with a headless Service, as a sentence. By the sources of Cilium 1.20 (cilium/cilium#32644
 * of 2024; before it, 503), Envoy Gateway 1.9 and Traefik 3.6 (`getBackendAddresses`: native load balancing asks for a cluster
 * IP).
 */
export function gatewayWithHeadless(
  service: Service,
  settings: ClusterSettings,
): string {
  if (isCilium(settings)) {
    return 'Cilium itself would send requests to its pods.';
  }
  if (isEnvoyGateway(settings)) {
    return 'Envoy Gateway itself would send requests to its pods.';
  }
  if (isTraefik(settings)) {
    const native = nativeLb(service);
    if (native === true) {
      return 'Traefik would answer 500 too: native load balancing is on for it, which needs a cluster IP.';
    }
    return native === false
      ? 'Traefik itself would send requests to its pods.'
      : 'Traefik itself would send requests to its pods, unless native load balancing (nativeLBByDefault) is on: it needs a cluster IP.';
  }
  return `What ${settings.gateway.controller} would do with it is not known here.`;
}
