import type { Service } from '../gateway-api/types';
import { isRecord } from '../gateway-api/lenient';
import {
  isCilium,
  isEnvoyGateway,
  isTraefik,
} from '../settings/implementations';
import type { ClusterSettings } from '../settings/types';
import type { HeadlessAnswer } from './requestReasons';

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
 * What the gateway in use would do with a headless Service. By the sources of Cilium 1.20 (cilium/cilium#32644 of 2024; before
 * it, 503), Envoy Gateway 1.9 and Traefik 3.6 (`getBackendAddresses`: native load balancing asks for a cluster IP).
 */
export function gatewayWithHeadless(
  service: Service,
  settings: ClusterSettings,
): HeadlessAnswer {
  if (isCilium(settings)) return { gateway: 'Cilium', answer: 'sends' };
  if (isEnvoyGateway(settings)) {
    return { gateway: 'Envoy Gateway', answer: 'sends' };
  }
  if (isTraefik(settings)) {
    const native = nativeLb(service);
    if (native === undefined) return { gateway: 'Traefik', answer: 'mayFail' };
    return { gateway: 'Traefik', answer: native ? 'fails' : 'sends' };
  }
  return { gateway: settings.gateway.controller, answer: 'notKnown' };
}
