import { blocking } from '../findings/blocking';
import { findingsOf } from '../findings/declare';
import type { Finding } from '../findings/types';
import { objectsOf } from '../gateway-api/lenient';
import type { Service } from '../gateway-api/types';
import { REQUEST_SENTENCES } from '../sentences/request';
import type { REQUEST_REASONS } from './requestReasons';
import { tcpPorts } from './services';
import type { ExposablePort } from './types';

const found = findingsOf<typeof REQUEST_REASONS>(REQUEST_SENTENCES);

/** The port that a request means, with what is wrong or worth knowing about it. */
export function resolvePort(
  service: Service,
  wanted: number | undefined,
  cluster: string,
): { port?: number; findings: Finding[] } {
  const { name, namespace } = service.metadata;
  const subject = {
    kind: 'Service',
    name,
    namespace,
    cluster,
    field: 'service.port',
  };
  const shared = { actor: { is: 'reader' }, subject } as const;
  const ports = tcpPorts(service);
  const isThere = (port?: number) =>
    objectsOf(service.spec?.ports).some(
      candidate => port === undefined || candidate.port === port,
    );
  const refuse = (port?: number) => ({
    findings: [
      blocking(
        found(isThere(port) ? 'PortNotTcp' : 'PortMissing', {
          params: {
            service: name,
            ...(port !== undefined && { port }),
            ports,
          },
          ...shared,
        }),
      ),
    ],
  });
  if (ports.length === 0) return refuse();
  if (wanted === undefined && ports.length > 1) {
    return {
      findings: [
        blocking(
          found('PortAmbiguous', {
            params: { service: name, ports },
            ...shared,
          }),
        ),
      ],
    };
  }
  const port =
    wanted === undefined
      ? ports[0]
      : ports.find(candidate => candidate.port === wanted);
  if (!port) return refuse(wanted);
  return {
    port: port.port,
    findings: speaksTls(port)
      ? [
          {
            ...found('BackendProtocolHttps', {
              params: { service: name, port: port.port },
              ...shared,
            }),
            severity: 'warning',
          },
        ]
      : [],
  };
}

/** By `appProtocol` where it is said, else by the usual name and number. */
function speaksTls({ port, name, appProtocol }: ExposablePort): boolean {
  if (appProtocol !== undefined) return appProtocol.toLowerCase() === 'https';
  if (name !== undefined && /^https(?:-|$)/.test(name)) return true;
  return port === 443 && !(name !== undefined && /^http(?:-|$)/.test(name));
}
