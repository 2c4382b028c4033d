import { isRecord } from '../gateway-api/lenient';
import type { BackendState } from './backends';
import { isExternal, isJudged } from './backendKinds';
import { nameOf, subjectOf, troubleOf, type Trouble } from './backendTrouble';
import { portTitle, type ServicePort } from './endpoints';
import { type HostInput } from './input';
import { answers } from './proof';
import type { Check } from '../findings/outcome';

/** `app=shop,tier=web`. */
function selectorOf(backend: BackendState): string | undefined {
  const selector = backend.service?.spec?.selector;
  const pairs = isRecord(selector)
    ? Object.entries(selector).map(([key, value]) => `${key}=${String(value)}`)
    : [];
  return pairs.length > 0 ? pairs.join(',') : undefined;
}

/** Ready pods behind the Service of which none serves the port. */
function lacksPort(
  backend: BackendState,
  port: ServicePort,
  input: HostInput,
): Trouble {
  const isByName = typeof port.targetPort === 'string';
  return {
    reason: 'EndpointsLackPort',
    usual: '502 or 503',
    params: {
      service: nameOf(backend),
      ready: backend.endpoints?.readyElsewhere ?? 0,
      port: portTitle(port),
      protocol: port.protocol,
      ...(isByName && { targetPort: portTitle(port) }),
    },
    actor: { is: 'reader' },
    subject: subjectOf(
      backend,
      input,
      `spec.ports[${port.name || port.port}].targetPort`,
    ),
  };
}

/** Is there a pod that takes requests for the port? */
export const endpointsReady: Check<HostInput> = input => {
  const areReadable = !input.snapshot.gaps.some(
    ({ kind }) => kind === 'EndpointSlice',
  );
  return troubleOf(
    input,
    backend => {
      if (!isJudged(backend) || !backend.servicePort || isExternal(backend)) {
        return false;
      }
      // An answer shows that the gateway finds its way without slices.
      return backend.endpoints
        ? backend.endpoints.ready === 0
        : areReadable && !answers(input);
    },
    backend => {
      const { endpoints, servicePort } = backend;
      const none = (endpoints?.total ?? 0) === 0;
      if (none && servicePort && endpoints && endpoints.readyElsewhere > 0) {
        return lacksPort(backend, servicePort, input);
      }
      const selector = none ? selectorOf(backend) : undefined;
      return {
        reason: 'NoReadyEndpoints',
        usual: '502 or 503',
        params: {
          service: nameOf(backend),
          arePods: !none,
          ...(selector !== undefined && { selector }),
        },
        actor: { is: 'reader' },
        subject: subjectOf(backend, input),
      };
    },
  );
};
