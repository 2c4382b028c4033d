import { numberOf, objectsOf, textOf } from '../gateway-api/lenient';
import { endpointsReady } from './backendEndpoints';
import {
  isExternal,
  isJudged,
  isNearMiss,
  isOtherKind,
  isService,
  isTolerated,
} from './backendKinds';
import type { BackendState } from './backends';
import {
  active,
  found,
  nameOf,
  nearMissOf,
  routeOf,
  statusOf,
  subjectOf,
  troubleOf,
} from './backendTrouble';
import { askedGrant, ungranted } from './grants';
import { isCilium, isTraefik } from '../settings/implementations';
import { isCurrent, routeCondition, type HostInput } from './input';
import { answers, seenOf } from './proof';
import { outcome, type Check } from '../findings/outcome';

const filterTypes = ({ route }: HostInput) =>
  objectsOf(route.spec?.rules).flatMap(rule =>
    objectsOf(rule.filters).map(({ type }) => type),
  );

const hasBackend: Check<HostInput> = input => {
  const { subject, backends } = input;
  const filters = filterTypes(input);
  if (backends.length > 0 || filters.includes('RequestRedirect')) {
    return undefined;
  }
  const isProof = answers(input);
  if (filters.includes('ExtensionRef')) {
    return outcome(
      isProof ? undefined : 'Unknown',
      'service',
      found('AnsweredByExtension', {
        params: { isProved: isProof },
        actor: { is: 'nobody' },
        subject: { ...subject, field: 'spec.rules' },
      }),
    );
  }
  return noBackend(input, 'noBackend');
};

const hasWeight: Check<HostInput> = input =>
  input.backends.length === 0 || active(input).length > 0
    ? undefined
    : noBackend(input, 'weights');

/** Something else may answer for it. */
function noBackend(input: HostInput, isFor: 'noBackend' | 'weights') {
  const isProof = answers(input);
  return outcome(
    isProof ? undefined : 'Broken',
    'service',
    found('NoBackend', {
      params: {
        isFor,
        route: routeOf(input),
        ...(isProof && { seen: seenOf(input) }),
      },
      actor: { is: 'reader' },
      subject: { ...input.subject, field: 'spec.rules' },
    }),
  );
}

/** A group or kind that is written as a Service's is not. */
const referencesMeant: Check<HostInput> = input =>
  troubleOf(
    input,
    backend => isNearMiss(backend) && !isTolerated(backend, input.settings),
    backend => ({ usual: '500', ...nearMissOf(backend, input) }),
  );

const serviceGap = ({ snapshot }: HostInput) =>
  snapshot.gaps.find(({ kind }) => kind === 'Service');

const servicesKnown: Check<HostInput> = input => {
  const { subject, settings } = input;
  const gap = serviceGap(input);
  const isConcerned = active(input).some(isService);
  if (!gap || !isConcerned) return undefined;
  return outcome(
    answers(input) ? undefined : 'Unknown',
    'service',
    found('ServicesNotKnown', {
      params: { cluster: settings.cluster },
      actor: { is: 'platform' },
      subject,
      details: { reason: gap.reason, message: String(gap.message) },
    }),
  );
};

/** What other kinds do with requests is for an answer alone to tell. */
const kindsKnown: Check<HostInput> = input => {
  const others = active(input).filter(isOtherKind);
  if (others.length === 0) return undefined;
  const [other] = others;
  const isAll = others.length === active(input).length;
  const isAsked = input.proof !== undefined;
  return outcome(
    isAll && !isAsked ? 'Unknown' : undefined,
    'service',
    found('BackendNotJudged', {
      params: { backend: nameOf(other) },
      actor: { is: 'nobody' },
      subject: subjectOf(other, input),
    }),
  );
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
  const { namespace, reference } = backend;
  if (isService(backend) && backend.isGranted === undefined) {
    if (said || answers(input)) return undefined;
    return outcome(
      'Unknown',
      'service',
      found('ReferenceGrantNotKnown', {
        params: { backend: nameOf(backend), cluster: input.settings.cluster },
        actor: { is: 'platform' },
        subject: subjectOf(backend, input),
      }),
    );
  }
  const all = active(input).every(({ isGranted }) => isGranted === false);
  const isBroken = all && !isUsed && !answers(input);
  const word = isBroken ? 'Broken' : 'Degraded';
  return outcome(
    // What the gateway makes of other kinds is not known; it has its own word for it.
    isService(backend) ? word : undefined,
    'service',
    found('ReferenceGrantMissing', {
      params: {
        on: all ? 'all' : 'some',
        isUsed,
        status: statusOf(input, '500'),
        isJudged: isService(backend),
        route: routeOf(input),
        backend: nameOf(backend),
        fromNamespace: reference.from.namespace,
      },
      actor: { is: 'owner', of: { kind: 'Namespace', name: namespace } },
      subject: subjectOf(backend, input),
      details: askedGrant(reference).details,
    }),
  );
};

const servicesExist: Check<HostInput> = input =>
  troubleOf(
    input,
    backend => isJudged(backend) && !backend.service && !serviceGap(input),
    backend => ({
      reason: 'ServiceMissing',
      usual: '500',
      params: { service: nameOf(backend) },
      actor: { is: 'reader' },
      subject: subjectOf(backend, input),
    }),
  );

const servicesInCluster: Check<HostInput> = input => {
  const external = active(input).find(isExternal);
  if (!external || answers(input)) return undefined;
  const target = textOf(external.service?.spec?.externalName);
  return outcome(
    'Degraded',
    'service',
    found('ServiceExternalName', {
      params: {
        status: statusOf(input, '500'),
        service: nameOf(external),
        ...(target !== undefined && { target }),
      },
      actor: { is: 'reader' },
      subject: subjectOf(external, input),
    }),
  );
};

const portsExist: Check<HostInput> = input =>
  troubleOf(
    input,
    backend =>
      isJudged(backend) &&
      backend.service !== undefined &&
      !isExternal(backend) &&
      !backend.servicePort,
    backend => ({
      reason: 'ServicePortMissing',
      usual: '500',
      params: {
        service: nameOf(backend),
        ...(backend.port !== undefined && { port: backend.port }),
        ports: objectsOf(backend.service?.spec?.ports).flatMap(
          ({ port }) => numberOf(port) ?? [],
        ),
      },
      actor: { is: 'reader' },
      subject: subjectOf(backend, input),
    }),
  );

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
  // An answer shows that the name misleads, or that a BackendTLSPolicy is in place.
  return outcome(
    answers(input) ? undefined : 'Degraded',
    'service',
    found('BackendProtocolHttps', {
      params: {
        service: nameOf(encrypted),
        ...(encrypted.port !== undefined && { port: encrypted.port }),
        spoken: isTraefik(input.settings) ? 'https' : 'http',
      },
      actor: { is: 'reader' },
      subject: subjectOf(encrypted, input),
    }),
  );
};

const http2Spoken: Check<HostInput> = input => {
  if (!isCilium(input.settings)) return undefined;
  const asking = active(input).find(
    ({ servicePort }) => servicePort?.appProtocol === 'kubernetes.io/h2c',
  );
  if (!asking) return undefined;
  return outcome(
    undefined,
    'service',
    found('BackendProtocolNotSpoken', {
      params: {
        service: nameOf(asking),
        ...(asking.port !== undefined && { port: asking.port }),
      },
      actor: { is: 'platform' },
      subject: subjectOf(asking, input),
    }),
  );
};

/** In order; asked whatever the listener says. */
export const BACKEND_CHECKS: readonly Check<HostInput>[] = [
  hasBackend,
  hasWeight,
  servicesKnown,
  referencesMeant,
  referencesGranted,
  kindsKnown,
  servicesExist,
  servicesInCluster,
  portsExist,
  endpointsReady,
  protocolFits,
  http2Spoken,
];
