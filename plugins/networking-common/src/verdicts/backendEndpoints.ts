import { isRecord } from '../gateway-api/lenient';
import type { BackendState } from './backends';
import { isExternal, isJudged } from './backendKinds';
import { subjectOf, titleOf, troubleOf, type Trouble } from './backendTrouble';
import { portTitle, type ServicePort } from './endpoints';
import { type HostInput } from './input';
import { answers } from './proof';
import type { Check } from '../findings/outcome';
import { VERDICT_REASONS as REASON } from '../findings/reasons';

function selectorWords(backend: BackendState): string {
  const selector = backend.service?.spec?.selector;
  const pairs = isRecord(selector)
    ? Object.entries(selector).map(([key, value]) => `${key}=${String(value)}`)
    : [];
  return pairs.length > 0 ? `. Its selector is ${pairs.join(',')}` : '';
}

/** Ready pods behind the Service of which none serves the port. */
function lacksPort(
  backend: BackendState,
  port: ServicePort,
  input: HostInput,
): Trouble {
  const title = titleOf(backend);
  const asked = portTitle(port);
  const pods = backend.endpoints?.readyElsewhere === 1 ? 'pod' : 'pods';
  return {
    reason: REASON.endpointsLackPort,
    what: `Service ${title} has ${backend.endpoints?.readyElsewhere} ready ${pods}, none with port ${asked} (${port.protocol})`,
    usual: '502 or 503',
    remedy:
      typeof port.targetPort === 'string'
        ? `Correct targetPort of Service ${title}, or name the port of its containers ${asked}.`
        : `Correct the EndpointSlices of Service ${title}: they need a port named ${
            port.name || '""'
          } of protocol ${port.protocol}, in an address family of the Service.`,
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
      return {
        reason: REASON.noReadyEndpoints,
        what: `Service ${titleOf(backend)} has no ready endpoints${
          none ? selectorWords(backend) : ''
        }`,
        usual: '502 or 503',
        remedy: none
          ? `Check that the labels of the pods match the selector of Service ${titleOf(
              backend,
            )}, or choose another Service.`
          : `Check why the pods of Service ${titleOf(
              backend,
            )} are not ready, or choose another Service.`,
        subject: subjectOf(backend, input),
      };
    },
  );
};
