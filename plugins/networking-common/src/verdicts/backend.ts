import { isRecord, objectsOf, textOf } from '../gateway-api/lenient';
import type { BackendState } from './backends';
import { askForGrant, ungranted } from './grants';
import { isCilium, isTraefik } from './implementations';
import { answers, isCurrent, routeCondition, type HostInput } from './input';
import { outcome, type Check } from '../findings/outcome';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
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
function statusOf(input: HostInput, usual: string): string {
  const seen = input.proof?.http?.status;
  return seen !== undefined && seen >= 500 ? String(seen) : usual;
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
    bad[0].servicePort && bad[0].endpoints ? 'endpoints' : 'service',
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

/**
 * By the grants themselves: a controller that has not looked yet, or not again, says nothing of them. Where it refuses
 * the reference, the checks of the route tell.
 */
const referencesGranted: Check<HostInput> = input => {
  const backend = ungranted(input);
  if (!backend) return undefined;
  const resolved = routeCondition(input, 'ResolvedRefs');
  const said =
    resolved && isCurrent(resolved, input.generation) ? resolved : undefined;
  if (said?.status === 'False' && said.reason === 'RefNotPermitted') {
    return undefined;
  }
  const isUsed = said?.status === 'True';
  const { namespace, name, reference } = backend;
  const { title, settings } = input;
  if (backend.isGranted === undefined) {
    if (said || answers(input)) return undefined;
    return outcome('Unknown', 'service', {
      reason: REASON.grantNotKnown,
      message: `Whether namespace ${namespace} allows this route to send to its Service ${name} is not known: ReferenceGrants cannot be read.`,
      remedy: `Ask the platform's admins to let this plugin read ReferenceGrants on cluster ${settings.cluster}.`,
      subject: subjectOf(backend, input),
    });
  }
  const all = active(input).every(({ isGranted }) => isGranted === false);
  const requests = all ? 'Requests' : 'Some requests';
  const isBroken = all && !isUsed && !answers(input);
  const { remedy, details } = askForGrant(reference);
  return outcome(isBroken ? 'Broken' : 'Degraded', 'service', {
    reason: REASON.grantMissing,
    message: `${requests} ${isUsed ? 'may get' : 'get'} ${statusOf(
      input,
      '500',
    )}: namespace ${namespace} does not allow routes of namespace ${
      reference.from.namespace
    } to send to its Service ${name}.`,
    remedy: `${remedy}, or move ${title} to namespace ${namespace}.`,
    subject: subjectOf(backend, input),
    details,
  });
};

const isService = ({ kind, isGranted }: BackendState) =>
  kind === 'Service' && isGranted !== false;

const isExternal = ({ service }: BackendState) =>
  service?.spec?.type === 'ExternalName';

const servicesExist: Check<HostInput> = input =>
  troubleOf(
    input,
    backend => isService(backend) && !backend.service,
    (backend, part) => ({
      reason: REASON.serviceMissing,
      message: `${part} get ${statusOf(input, '500')}: Service ${
        backend.name
      } does not exist in ${backend.namespace}.`,
      remedy: `Create Service ${titleOf(
        backend,
      )}, or choose another Service for ${input.title}.`,
      subject: subjectOf(backend, input),
    }),
  );

const servicesInCluster: Check<HostInput> = input => {
  const external = active(input).find(isExternal);
  if (!external || answers(input)) return undefined;
  const target = textOf(external.service?.spec?.externalName);
  return outcome('Degraded', 'service', {
    reason: REASON.serviceExternal,
    message: `Requests may get ${statusOf(input, '500')}: Service ${titleOf(
      external,
    )} only stands for the name ${
      target ?? 'of another host'
    } (ExternalName), to which most gateways do not send.`,
    remedy: `Choose a Service with endpoints for ${input.title}.`,
    subject: subjectOf(external, input),
  });
};

const portsExist: Check<HostInput> = input =>
  troubleOf(
    input,
    backend =>
      isService(backend) &&
      backend.service !== undefined &&
      !isExternal(backend) &&
      !backend.servicePort,
    (backend, part) => {
      const ports = objectsOf(backend.service?.spec?.ports).map(
        ({ port }) => port,
      );
      return {
        reason: REASON.servicePortMissing,
        message: `${part} get ${statusOf(input, '500')}: Service ${titleOf(
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

const endpointsReady: Check<HostInput> = input => {
  const areReadable = !input.snapshot.gaps.some(
    ({ kind }) => kind === 'EndpointSlice',
  );
  return troubleOf(
    input,
    backend => {
      if (!isService(backend) || !backend.servicePort || isExternal(backend)) {
        return false;
      }
      // An answer shows that the gateway finds its way without slices.
      return backend.endpoints
        ? backend.endpoints.ready === 0
        : areReadable && !answers(input);
    },
    (backend, part) => {
      const none = (backend.endpoints?.total ?? 0) === 0;
      return {
        reason: REASON.noReadyEndpoints,
        message: `${part} get ${statusOf(
          input,
          '502 or 503',
        )}: Service ${titleOf(backend)} has no ready endpoints.${
          none ? selectorWords(backend) : ''
        }`,
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

/** Is TLS asked for by the port's protocol or, where it names none, by its number or name? */
function isEncrypted({ servicePort }: BackendState): boolean {
  if (!servicePort) return false;
  const protocol = textOf(servicePort.appProtocol)?.toLowerCase();
  return protocol === undefined
    ? servicePort.port === 443 ||
        (textOf(servicePort.name)?.startsWith('https') ?? false)
    : ['https', 'wss', 'kubernetes.io/wss'].includes(protocol);
}

const protocolFits: Check<HostInput> = input => {
  const encrypted = active(input).find(isEncrypted);
  if (!encrypted) return undefined;
  const place = `port ${encrypted.port} of Service ${titleOf(encrypted)}`;
  const policy = 'Whether a BackendTLSPolicy tells it how is not read here.';
  // An answer shows that the name misleads, or that a BackendTLSPolicy is in place.
  return outcome(answers(input) ? undefined : 'Degraded', 'service', {
    reason: REASON.httpToHttpsPort,
    message: isTraefik(input.settings)
      ? `The gateway speaks HTTPS to ${place}, and requests get 500 where it does not trust the certificate there. ${policy}`
      : `The gateway speaks plain HTTP to ${place}, which looks like an HTTPS port. ${policy}`,
    remedy: `Choose an HTTP port of Service ${titleOf(
      encrypted,
    )}, or add a BackendTLSPolicy for it.`,
    subject: subjectOf(encrypted, input),
  });
};

const http2Spoken: Check<HostInput> = input => {
  if (!isCilium(input.settings)) return undefined;
  const asking = active(input).find(
    ({ servicePort }) => servicePort?.appProtocol === 'kubernetes.io/h2c',
  );
  if (!asking) return undefined;
  return outcome(undefined, 'service', {
    reason: REASON.protocolNotSpoken,
    message: `Port ${asking.port} of Service ${titleOf(
      asking,
    )} asks for HTTP/2, which Cilium speaks to it only where gatewayAPI.enableAppProtocol is set.`,
    remedy: `Ask the platform's admins whether gatewayAPI.enableAppProtocol is set.`,
    subject: subjectOf(asking, input),
  });
};

/** In order; asked whatever the listener says. */
export const BACKEND_CHECKS: readonly Check<HostInput>[] = [
  hasBackend,
  hasWeight,
  servicesKnown,
  kindsKnown,
  referencesGranted,
  servicesExist,
  servicesInCluster,
  portsExist,
  endpointsReady,
  protocolFits,
  http2Spoken,
];
