import { isRecord, objectsOf } from '../gateway-api/lenient';
import type { BackendState } from './backends';
import { answers, type HostInput } from './input';
import { outcome, type Check } from './outcome';
import { VERDICT_REASONS as REASON } from './reasons';
import type { Finding, VerdictWord } from './types';

type Trouble = Omit<Finding, 'severity'>;

const titleOf = ({ namespace, name }: BackendState) => `${namespace}/${name}`;

const subjectOf = (
  { name, namespace }: BackendState,
  { settings }: HostInput,
): Finding['subject'] => ({
  kind: 'Service',
  name,
  namespace,
  cluster: settings.cluster,
});

/** What the gateway was seen to answer for want of a backend: gateways differ. Else what is usual. */
function statusOf(input: HostInput, usual: number): number {
  const seen = input.proof?.http?.status;
  return seen !== undefined && seen >= 500 ? seen : usual;
}

/** Backends that get requests: a weight of 0 takes one out. */
const active = ({ backends }: HostInput) =>
  backends.filter(({ weight }) => weight > 0);

/**
 * A trouble of some backends. It breaks the exposure where every backend has one and nothing shows that requests are
 * answered all the same.
 */
function troubleOf(
  input: HostInput,
  isBad: (backend: BackendState) => boolean,
  describe: (backend: BackendState, part: string) => Trouble,
) {
  const bad = active(input).filter(isBad);
  if (bad.length === 0) return undefined;
  const all = bad.length === active(input).length;
  const word: VerdictWord = all && !answers(input) ? 'Broken' : 'Degraded';
  return outcome(
    word,
    bad[0].service && bad[0].servicePort ? 'endpoints' : 'service',
    describe(bad[0], word === 'Broken' ? 'Requests' : 'Some requests'),
  );
}

const hasBackend: Check<HostInput> = ({ route, title, subject, backends }) => {
  const rules = objectsOf(route.spec?.rules);
  const elsewhere = rules.some(rule =>
    objectsOf(rule.filters).some(({ type }) => type === 'RequestRedirect'),
  );
  if (backends.length > 0 || elsewhere) return undefined;
  return outcome('Broken', 'service', {
    reason: REASON.noBackend,
    message: 'Requests get an error: the route names no Service.',
    remedy: `Name a Service in spec.rules of ${title}.`,
    subject: { ...subject, field: 'spec.rules' },
  });
};

const hasWeight: Check<HostInput> = input => {
  const { backends, title, subject } = input;
  if (backends.length === 0 || active(input).length > 0) return undefined;
  return outcome('Broken', 'service', {
    reason: REASON.noBackend,
    message: 'Requests get an error: every backend of the route has weight 0.',
    remedy: `Give a backend of ${title} a weight above 0.`,
    subject: { ...subject, field: 'spec.rules' },
  });
};

const servicesKnown: Check<HostInput> = input => {
  const { snapshot, subject, settings } = input;
  const gap = snapshot.gaps.find(({ kind }) => kind === 'Service');
  const isConcerned = active(input).some(({ kind }) => kind === 'Service');
  if (!gap || !isConcerned) return undefined;
  return outcome('Unknown', 'service', {
    reason: REASON.servicesNotKnown,
    message:
      'Services cannot be read, so whether there is one behind this route is not known.',
    remedy: `Ask the platform's admins to let this plugin read Services on cluster ${settings.cluster}.`,
    subject,
    details: { reason: gap.reason, message: String(gap.message) },
  });
};

const kindsKnown: Check<HostInput> = input => {
  const other = active(input).find(({ kind }) => kind !== 'Service');
  if (!other) return undefined;
  return outcome(undefined, 'service', {
    reason: REASON.backendNotJudged,
    message: `Requests go to ${other.kind} ${titleOf(
      other,
    )}, which is not a Service and is not judged here.`,
    subject: { ...subjectOf(other, input), kind: other.kind },
  });
};

const servicesExist: Check<HostInput> = input =>
  troubleOf(
    input,
    ({ kind, service }) => kind === 'Service' && !service,
    (backend, part) => ({
      reason: REASON.serviceMissing,
      message: `${part} get ${statusOf(input, 500)}: Service ${
        backend.name
      } does not exist in ${backend.namespace}.`,
      remedy: `Create Service ${titleOf(
        backend,
      )}, or choose another Service for ${input.title}.`,
      subject: subjectOf(backend, input),
    }),
  );

const portsExist: Check<HostInput> = input =>
  troubleOf(
    input,
    ({ service, servicePort }) => service !== undefined && !servicePort,
    (backend, part) => {
      const ports = objectsOf(backend.service?.spec?.ports).map(
        ({ port }) => port,
      );
      return {
        reason: REASON.servicePortMissing,
        message: `${part} get ${statusOf(input, 500)}: Service ${titleOf(
          backend,
        )} has no port ${backend.port ?? 'named by the route'}.`,
        remedy:
          ports.length > 0
            ? `Choose one of its ports for ${input.title}: ${ports.join(', ')}.`
            : `Add a port to Service ${titleOf(backend)}.`,
        subject: subjectOf(backend, input),
      };
    },
  );

function selectorWords(backend: BackendState): string {
  const selector = backend.service?.spec?.selector;
  const pairs = isRecord(selector)
    ? Object.entries(selector).map(([key, value]) => `${key}=${String(value)}`)
    : [];
  return pairs.length > 0 ? ` Its selector is ${pairs.join(',')}.` : '';
}

const endpointsReady: Check<HostInput> = input =>
  troubleOf(
    input,
    ({ servicePort, endpoints }) =>
      servicePort !== undefined && endpoints?.ready === 0,
    (backend, part) => {
      const none = backend.endpoints?.total === 0;
      return {
        reason: REASON.noReadyEndpoints,
        message: `${part} get ${statusOf(input, 503)}: Service ${titleOf(
          backend,
        )} has no ready endpoints.${none ? selectorWords(backend) : ''}`,
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

const speaksHttp: Check<HostInput> = input => {
  const encrypted = active(input).find(
    ({ servicePort }) =>
      servicePort &&
      (servicePort.appProtocol === 'https' ||
        (servicePort.appProtocol === undefined &&
          (servicePort.port === 443 || servicePort.name === 'https'))),
  );
  if (!encrypted) return undefined;
  // An answer shows that the name misleads, or that a BackendTLSPolicy is in place.
  return outcome(answers(input) ? undefined : 'Degraded', 'service', {
    reason: REASON.httpToHttpsPort,
    message: `The gateway speaks plain HTTP to port ${
      encrypted.port
    } of Service ${titleOf(encrypted)}, which looks like an HTTPS port.`,
    remedy: `Choose an HTTP port of Service ${titleOf(
      encrypted,
    )}, or add a BackendTLSPolicy for it.`,
    subject: subjectOf(encrypted, input),
  });
};

/** In order; asked whatever the listener says. */
export const BACKEND_CHECKS: readonly Check<HostInput>[] = [
  hasBackend,
  hasWeight,
  servicesKnown,
  kindsKnown,
  servicesExist,
  portsExist,
  endpointsReady,
  speaksHttp,
];
