import { objectsOf } from '../gateway-api/lenient';
import type { Service } from '../gateway-api/types';
import type { Finding } from '../verdicts/types';
import { listInWords } from '../findings/sort';
import { tcpPorts } from './services';
import type { ExposablePort } from './types';

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
  const refuse = (reason: string, message: string, remedy: string) => ({
    findings: [
      { reason, severity: 'blocking', message, remedy, subject } as Finding,
    ],
  });
  const ports = tcpPorts(service);
  const choice = listInWords(ports.map(describePort));
  if (ports.length === 0) {
    return objectsOf(service.spec?.ports).length > 0
      ? refuse(
          'PortNotTcp',
          `No HTTP request can reach Service ${name}: none of its ports is TCP.`,
          `Add a TCP port to Service ${name}, or choose another Service.`,
        )
      : refuse(
          'PortMissing',
          `No request can reach Service ${name}: it has no ports.`,
          `Add a port to Service ${name}, or choose another Service.`,
        );
  }
  if (wanted === undefined) {
    if (ports.length === 1) return found(ports[0]);
    return refuse(
      'PortAmbiguous',
      `Service ${name} has several ports: ${choice}.`,
      'Choose one of them as service.port.',
    );
  }
  const port = ports.find(candidate => candidate.port === wanted);
  if (port) return found(port);
  const isOther = objectsOf(service.spec?.ports).some(
    candidate => candidate.port === wanted,
  );
  return isOther
    ? refuse(
        'PortNotTcp',
        `No HTTP request can reach port ${wanted} of Service ${name}: it is not TCP.`,
        `Choose a TCP port of Service ${name}: ${choice}.`,
      )
    : refuse(
        'PortMissing',
        `Requests would get 500: Service ${name} has no port ${wanted}.`,
        `Choose a port of Service ${name}: ${choice}.`,
      );

  function found(one: ExposablePort) {
    const warning: Finding = {
      reason: 'BackendProtocolHttps',
      severity: 'warning',
      message: `The gateway will send plain HTTP to port ${one.port} of Service ${name}, which looks like a port for HTTPS; such a port usually answers 400.`,
      remedy: `Choose a plain HTTP port of Service ${name}, or let the service speak HTTP on this one.`,
      subject,
    };
    return { port: one.port, findings: speaksTls(one) ? [warning] : [] };
  }
}

/** By `appProtocol` where it is said, else by the usual name and number. */
function speaksTls({ port, name, appProtocol }: ExposablePort): boolean {
  if (appProtocol !== undefined) return appProtocol.toLowerCase() === 'https';
  if (name !== undefined && /^https(?:-|$)/.test(name)) return true;
  return port === 443 && !(name !== undefined && /^http(?:-|$)/.test(name));
}

function describePort({ port, name }: ExposablePort): string {
  return name === undefined ? String(port) : `${port} (${name})`;
}
