import { objectsOf, textOf } from '../gateway-api/lenient';
import { endpointsReady } from './backendEndpoints';
import {
  backendTitle,
  isExternal,
  isJudged,
  isNearMiss,
  isOtherKind,
  isService,
  isTolerated,
  missedField,
  nearMissWords,
} from './backendKinds';
import type { BackendState } from './backends';
import {
  active,
  statusOf,
  subjectOf,
  titleOf,
  troubleOf,
} from './backendTrouble';
import { askForGrant, ungranted } from './grants';
import { isCilium, isTraefik } from '../settings/implementations';
import { isCurrent, routeCondition, type HostInput } from './input';
import { answers, seenWords } from './proof';
import { outcome, type Check } from '../findings/outcome';
import { VERDICT_REASONS as REASON } from '../findings/reasons';

const filterTypes = ({ route }: HostInput) =>
  objectsOf(route.spec?.rules).flatMap(rule =>
    objectsOf(rule.filters).map(({ type }) => type),
  );

const hasBackend: Check<HostInput> = input => {
  const { title, subject, backends } = input;
  const filters = filterTypes(input);
  if (backends.length > 0 || filters.includes('RequestRedirect')) {
    return undefined;
  }
  const where = { ...subject, field: 'spec.rules' };
  if (filters.includes('ExtensionRef')) {
    const isProof = answers(input);
    return outcome(isProof ? undefined : 'Unknown', 'service', {
      reason: REASON.answeredByExtension,
      message: isProof
        ? 'Requests are answered by an extension filter of the gateway, without a Service behind it.'
        : 'An extension filter of the gateway answers requests, without a Service behind it. What it answers is not judged here.',
      subject: where,
    });
  }
  if (answers(input)) {
    return outcome(undefined, 'service', {
      reason: REASON.noBackend,
      message: `${seenWords(
        input,
      )}, although the route names no Service: something else of the gateway answers for it.`,
      subject: where,
    });
  }
  return outcome('Broken', 'service', {
    reason: REASON.noBackend,
    message: 'Requests get an error: the route names no Service.',
    remedy: `Name a Service in spec.rules of ${title}.`,
    subject: where,
  });
};

const hasWeight: Check<HostInput> = input => {
  const { backends, title, subject } = input;
  if (backends.length === 0 || active(input).length > 0) return undefined;
  const where = { ...subject, field: 'spec.rules' };
  if (answers(input)) {
    return outcome(undefined, 'service', {
      reason: REASON.noBackend,
      message: `${seenWords(
        input,
      )}, although every backend of the route has weight 0.`,
      subject: where,
    });
  }
  return outcome('Broken', 'service', {
    reason: REASON.noBackend,
    message: 'Requests get an error: every backend of the route has weight 0.',
    remedy: `Give a backend of ${title} a weight above 0.`,
    subject: where,
  });
};

/** A group or kind that is written as a Service's is not. */
const referencesMeant: Check<HostInput> = input =>
  troubleOf(
    input,
    backend => isNearMiss(backend) && !isTolerated(backend, input.settings),
    backend => {
      const { what, remedy } = nearMissWords(backend);
      return {
        reason: REASON.backendNearMiss,
        what,
        usual: '500',
        remedy,
        subject: { ...input.subject, field: missedField(backend) },
      };
    },
  );

const serviceGap = ({ snapshot }: HostInput) =>
  snapshot.gaps.find(({ kind }) => kind === 'Service');

const servicesKnown: Check<HostInput> = input => {
  const { subject, settings } = input;
  const gap = serviceGap(input);
  const isConcerned = active(input).some(isService);
  if (!gap || !isConcerned) return undefined;
  return outcome(answers(input) ? undefined : 'Unknown', 'service', {
    reason: REASON.servicesNotKnown,
    message:
      'Services cannot be read, so whether there is one behind this route is not known.',
    remedy: `Ask the platform's admins to let this plugin read Services on cluster ${settings.cluster}.`,
    subject,
    details: { reason: gap.reason, message: String(gap.message) },
  });
};

/** What other kinds do with requests is for an answer alone to tell. */
const kindsKnown: Check<HostInput> = input => {
  const others = active(input).filter(isOtherKind);
  if (others.length === 0) return undefined;
  const [other] = others;
  const isAll = others.length === active(input).length;
  const isAsked = input.proof !== undefined;
  return outcome(isAll && !isAsked ? 'Unknown' : undefined, 'service', {
    reason: REASON.backendNotJudged,
    message: `Requests go to ${backendTitle(
      other,
    )}, which is no Service and is not judged here.`,
    subject: subjectOf(other, input),
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
  const own = `its ${reference.to.kind} ${name}`;
  if (!isService(backend)) {
    // What the gateway makes of other kinds is not known; it has its own word for it.
    const ask = askForGrant(reference);
    return outcome(undefined, 'service', {
      reason: REASON.grantMissing,
      message: `No ReferenceGrant of namespace ${namespace} is known to allow routes of namespace ${reference.from.namespace} to send to ${own}.`,
      remedy: `${ask.remedy}.`,
      subject: subjectOf(backend, input),
      details: ask.details,
    });
  }
  if (backend.isGranted === undefined) {
    if (said || answers(input)) return undefined;
    return outcome('Unknown', 'service', {
      reason: REASON.grantNotKnown,
      message: `Whether namespace ${namespace} allows this route to send to ${own} is not known: ReferenceGrants cannot be read.`,
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
    } to send to ${own}.`,
    remedy: `${remedy}, or move ${title} to namespace ${namespace}.`,
    subject: subjectOf(backend, input),
    details,
  });
};

const servicesExist: Check<HostInput> = input =>
  troubleOf(
    input,
    backend => isJudged(backend) && !backend.service && !serviceGap(input),
    backend => ({
      reason: REASON.serviceMissing,
      what: `Service ${backend.name} does not exist in ${backend.namespace}`,
      usual: '500',
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
      isJudged(backend) &&
      backend.service !== undefined &&
      !isExternal(backend) &&
      !backend.servicePort,
    backend => {
      const ports = objectsOf(backend.service?.spec?.ports).map(
        ({ port }) => port,
      );
      return {
        reason: REASON.servicePortMissing,
        what: `Service ${titleOf(backend)} has no port ${
          backend.port ?? 'named by the route'
        }`,
        usual: '500',
        remedy:
          ports.length > 0
            ? `Choose one of its ports for ${input.title}: ${ports.join(', ')}.`
            : `Add a port to Service ${titleOf(backend)}.`,
        subject: subjectOf(backend, input),
      };
    },
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
