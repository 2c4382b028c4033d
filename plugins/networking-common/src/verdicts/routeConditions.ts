import { objectsOf, textOf } from '../gateway-api/lenient';
import type { Condition } from '../gateway-api/types';
import type { BackendState } from './backends';
import {
  backendTitle,
  isNearMiss,
  isOtherKind,
  isService,
  isTolerated,
  missedField,
  nearMissWords,
} from './backendKinds';
import { meaningOf } from './conditionReasons';
import { askForGrant, ungranted } from './grants';
import { gatewayTitle, type HostInput } from './input';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import { controllersWords } from '../findings/words';

/** What a refusal by the controller means for requests. */
export interface Sentence {
  reason: string;
  message: string;
  remedy: string;
  details?: Record<string, string>;
  /** The field of the route that has to change, where it is known. */
  field?: string;
}

type Say = (input: HostInput, condition: Condition) => Omit<Sentence, 'reason'>;

const namespaceOf = ({ route }: HostInput) =>
  textOf(route.metadata?.namespace) ?? '';

/** Why the listeners do not take the route by their own specs, which the controller's reason does not tell apart. */
function notAllowed(input: HostInput): ReturnType<Say> {
  const { title, settings, ours } = input;
  const gateway = `Gateway ${gatewayTitle(settings)}`;
  const namespace = namespaceOf(input);
  const refusal = ours
    .flatMap(({ refusal: found }) => found ?? [])
    .find(({ reason }) => reason === 'ListenerRefusesKind');
  if (refusal) {
    return {
      message: 'Requests get 404: the gateway takes no HTTPRoutes there.',
      remedy: `Choose a listener that takes HTTPRoutes as sectionName in ${title}, or ask the owners of ${gateway} to allow them.`,
    };
  }
  return {
    message: `Requests get 404: the gateway does not take routes from namespace ${namespace}.`,
    remedy: `Ask the owners of ${gateway} to allow namespace ${namespace}, or move ${title} to a namespace that it allows.`,
  };
}

const ACCEPTED: Readonly<Record<string, Say>> = {
  [REASON.notAllowedByListeners]: notAllowed,
  [REASON.noMatchingListenerHostname]: ({ host, title }) => ({
    message: `Requests for ${host} get 404: no listener of the gateway serves this host.`,
    remedy: `Choose a host of the gateway's DNS suffix for ${title}.`,
  }),
  [REASON.noMatchingParent]: ({ title, settings }) => ({
    message:
      'Requests get 404: the gateway has no listener of the name or port that the route asks for.',
    remedy: `Set sectionName of ${title} to ${settings.gateway.httpsSection}.`,
  }),
  [REASON.unsupportedValue]: ({ title }, condition) => ({
    message: `Requests get 404: the route asks for something that this gateway cannot do.${controllersWords(
      condition,
    )}`,
    remedy: `Remove from ${title} what the controller's message names.`,
  }),
  [REASON.incompatibleFilters]: ({ title }) => ({
    message: 'Requests get 404: two filters of the route cannot work together.',
    remedy: `Remove one of the filters that the controller's message names from ${title}.`,
  }),
  [REASON.ruleMatchConflict]: ({ title }) => ({
    message:
      'Requests go to another route: it has the same matches as this one, which the gateway refuses for that.',
    remedy: `Change the matches of ${title}, or remove the other route of the same host.`,
  }),
  [REASON.parentNotFound]: ({ settings }, condition) => ({
    message: `Requests get 404: the controller could not use a parent that the route names.${controllersWords(
      condition,
    )}`,
    remedy: `Ask the platform's admins whether ${
      settings.gateway.controller
    } sees Gateway ${gatewayTitle(settings)}.`,
  }),
  [REASON.listenerNotReady]: ({ settings }, condition) => ({
    message: `Requests are refused: the gateway has no listener that is ready for this route.${controllersWords(
      condition,
    )}`,
    remedy: `Ask the platform's admins to check the listeners of Gateway ${gatewayTitle(
      settings,
    )}.`,
  }),
  [REASON.gatewayNotAccepted]: ({ settings }, condition) => ({
    message: `Requests are refused: the controller does not accept Gateway ${gatewayTitle(
      settings,
    )}.${controllersWords(condition)}`,
    remedy: `Ask the platform's admins to correct Gateway ${gatewayTitle(
      settings,
    )}.`,
  }),
  [REASON.gatewayNotProgrammed]: ({ settings }, condition) => ({
    message: `Requests are refused: the controller has not set up Gateway ${gatewayTitle(
      settings,
    )}.${controllersWords(condition)}`,
    remedy: `Ask the platform's admins to correct Gateway ${gatewayTitle(
      settings,
    )}.`,
  }),
};

/** What `Accepted` with status False means. */
export function notAccepted(condition: Condition, input: HostInput): Sentence {
  const reason = meaningOf('HTTPRoute', condition)?.finding;
  const say = reason === undefined ? undefined : ACCEPTED[reason];
  if (reason !== undefined && say) {
    return { reason, ...say(input, condition) };
  }
  return {
    reason: REASON.notAccepted,
    message: `Requests get 404: the gateway does not accept this route.${controllersWords(
      condition,
    )}`,
    remedy: `Change in ${input.title} what the controller's message names.`,
  };
}

const portsOf = ({ service }: BackendState) =>
  objectsOf(service?.spec?.ports).map(({ port }) => port);

function notFound(input: HostInput, condition: Condition): ReturnType<Say> {
  const { title, backends } = input;
  const services = backends.filter(isService);
  const lost = services.find(({ service }) => !service);
  if (lost) {
    return {
      message: `Requests get 500: Service ${lost.name} does not exist in ${lost.namespace}.`,
      remedy: `Create Service ${lost.name} in ${lost.namespace}, or choose another Service for ${title}.`,
    };
  }
  const external = services.find(
    ({ service }) => service?.spec?.type === 'ExternalName',
  );
  if (external) {
    return {
      message: `Requests get 500: Service ${external.namespace}/${external.name} only stands for a name outside the cluster (ExternalName), to which the gateway does not send.`,
      remedy: `Choose a Service with endpoints for ${title}.`,
    };
  }
  const other = services.find(({ servicePort }) => !servicePort);
  if (other) {
    const { namespace, name, port } = other;
    return {
      message: `Requests get 500: Service ${namespace}/${name} has no port ${
        port ?? 'named by the route'
      }.`,
      remedy: `Choose one of its ports for ${title}: ${portsOf(other).join(
        ', ',
      )}.`,
    };
  }
  const empty = services.find(({ endpoints }) => !endpoints);
  if (empty) {
    const { namespace, name } = empty;
    return {
      message: `Requests get 500: Service ${namespace}/${name} has no EndpointSlices, so the gateway finds nothing behind it.`,
      remedy: `Give Service ${namespace}/${name} a selector that matches its pods.`,
    };
  }
  return notFoundThoughThere(input, condition);
}

/** The controller finds something missing, and nothing is: what it may stumble over, and its own words. */
function notFoundThoughThere(
  input: HostInput,
  condition: Condition,
): ReturnType<Say> {
  const { title, backends } = input;
  const words = controllersWords(condition);
  const judged = backends.filter(isService);
  const udp = judged.find(
    ({ servicePort }) => servicePort && servicePort.protocol !== 'TCP',
  );
  if (udp?.servicePort) {
    const { protocol, port } = udp.servicePort;
    return {
      message: `Requests get 500: port ${port} of ${backendTitle(
        udp,
      )} is a ${protocol} port, over which no HTTP is spoken.${words}`,
      remedy: `Choose a TCP port of ${backendTitle(udp)} for ${title}.`,
      field: `${udp.field}.port`,
    };
  }
  const headless = judged.find(
    ({ service }) => service?.spec?.clusterIP === 'None',
  );
  if (headless) {
    return {
      message: `Requests get 500: the gateway does not find ${backendTitle(
        headless,
      )}, most likely because it is headless (clusterIP: None).${words}`,
      remedy: `Choose a Service with a cluster IP for ${title}.`,
      field: headless.field,
    };
  }
  const other = backends.find(isOtherKind);
  if (other) {
    return {
      message: `Requests get 500: the gateway does not find ${backendTitle(
        other,
      )}, which is not judged here.${words}`,
      remedy: `Check that ${backendTitle(
        other,
      )} exists, or choose a Service for ${title}.`,
      field: other.field,
    };
  }
  return {
    message: `Requests get 500: the gateway does not find a Service that the route names, though all of them exist, with their ports.${words}`,
    remedy: `Ask the platform's admins to read the log of ${input.settings.gateway.controller}.`,
  };
}

/** Controllers say a missing port with reasons that are meant for other things. */
const lacksPort = ({ backends }: HostInput) =>
  backends.find(({ kind, port }) => kind === 'Service' && port === undefined);

function portless(input: HostInput): ReturnType<Say> | undefined {
  const backend = lacksPort(input);
  return (
    backend && {
      message: `Requests get 500: the route names no port of Service ${backend.namespace}/${backend.name}.`,
      remedy: `Name a port of Service ${backend.namespace}/${backend.name} in ${input.title}.`,
    }
  );
}

function otherTitle({ backends }: HostInput): string | undefined {
  const other = backends.find(isOtherKind);
  return other && backendTitle(other);
}

const RESOLVED_REFS: Readonly<Record<string, Say>> = {
  [REASON.backendNotFound]: notFound,
  [REASON.refNotPermitted]: input => {
    const { title } = input;
    const backend = ungranted(input);
    if (!backend) {
      return {
        message:
          'Requests get 500: the route names a backend of another namespace, which does not allow it.',
        remedy: `Move ${title} to the namespace of its backend, or ask that namespace's owners for a ReferenceGrant.`,
      };
    }
    const { namespace, name, reference } = backend;
    const ask = askForGrant(reference);
    return {
      message: `Requests get 500: namespace ${namespace} does not allow routes of namespace ${reference.from.namespace} to send to its ${reference.to.kind} ${name}.`,
      remedy: `${ask.remedy}, or move ${title} to namespace ${namespace}.`,
      details: ask.details,
    };
  },
  [REASON.invalidKind]: input =>
    portless(input) ?? {
      message: `Requests get 500: the route sends them to ${
        otherTitle(input) ?? 'something'
      }, and this gateway cannot send there.`,
      remedy: `Name a Service as the backend of ${input.title}, or ask the platform's admins whether the gateway can be made to.`,
    },
  [REASON.unsupportedProtocol]: input =>
    portless(input) ?? {
      message:
        "Requests get 500: the gateway does not speak the protocol that the Service's port asks for.",
      remedy: `Change appProtocol of the Service's port, or choose another port for ${input.title}.`,
    },
  [REASON.backendUnusable]: ({ title }, condition) => ({
    message: `Requests get 500: a backend of the route is not valid.${controllersWords(
      condition,
    )}`,
    remedy: `Choose another backend for ${title}.`,
  }),
  [REASON.backendTlsUnusable]: (_, condition) => ({
    message: `Requests get 500: the gateway cannot set up TLS to the backend.${controllersWords(
      condition,
    )}`,
    remedy: "Correct the TLS settings of the route's backend.",
  }),
  [REASON.backendFiltersUnusable]: ({ title }, condition) => ({
    message: `Requests get 500: the filters of a backend are not valid.${controllersWords(
      condition,
    )}`,
    remedy: `Correct the filters under backendRefs of ${title}.`,
  }),
  [REASON.refUnsupported]: ({ title }, condition) => ({
    message: `Requests get 500: the route refers to something with a setting that this gateway cannot use.${controllersWords(
      condition,
    )}`,
    remedy: `Change what ${title} refers to as the controller's message names.`,
  }),
  [REASON.backendPortMissing]: ({ title }, condition) => ({
    message: `Requests get 500: a Service of the route has no port of the number that it names.${controllersWords(
      condition,
    )}`,
    remedy: `Choose a port of the Service for ${title}.`,
  }),
  [REASON.backendPortUnnamed]: ({ title }) => ({
    message: 'Requests get 500: a backend of the route names no port.',
    remedy: `Name a port in backendRefs of ${title}.`,
  }),
  [REASON.backendAddressUnusable]: (_, condition) => ({
    message: `Requests get 500: the gateway cannot use the addresses of the backend.${controllersWords(
      condition,
    )}`,
    remedy: "Correct the addresses of the route's backend.",
  }),
  [REASON.backendsUnavailable]: ({ title }) => ({
    message:
      'Requests get 503: the gateway finds no endpoints behind the route.',
    remedy: `Check why the pods behind ${title} are not ready.`,
  }),
};

/** What controllers say, each in its own way, of a reference that misses the Service which it means. */
const SAID_OF_NEAR_MISSES: ReadonlySet<string | undefined> = new Set([
  undefined,
  REASON.invalidKind,
  REASON.backendNotFound,
  REASON.backendUnusable,
  REASON.refUnsupported,
]);

/** What `ResolvedRefs` or `BackendsAvailable` with status False means. */
export function notResolved(condition: Condition, input: HostInput): Sentence {
  const reason = meaningOf('HTTPRoute', condition)?.finding;
  const miss = input.backends.find(
    backend => isNearMiss(backend) && !isTolerated(backend, input.settings),
  );
  if (miss && SAID_OF_NEAR_MISSES.has(reason)) {
    const { what, remedy } = nearMissWords(miss);
    return {
      reason: REASON.backendNearMiss,
      message: `Requests get 500: ${what}.`,
      remedy,
      field: missedField(miss),
    };
  }
  const say = reason === undefined ? undefined : RESOLVED_REFS[reason];
  if (reason !== undefined && say) {
    return { reason, ...say(input, condition) };
  }
  return {
    reason: REASON.refsNotResolved,
    message: `Requests get 500: something that the route refers to cannot be used.${controllersWords(
      condition,
    )}`,
    remedy: `Change in ${input.title} what the controller's message names.`,
  };
}
