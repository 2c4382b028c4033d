import { ANNOTATION_HOST_LABEL } from '../annotations';
import { entryOf, isRecord, objectsOf, textOf } from '../gateway-api/lenient';
import type { Condition } from '../gateway-api/types';
import { hostOf } from '../hostnames';
import {
  answers,
  gatewayTitle,
  isCurrent,
  routeCondition,
  type HostInput,
} from './input';
import { outcome, type Check } from './outcome';
import { VERDICT_REASONS as REASON } from './reasons';
import { PARENT_CHECKS } from './parents';
import { SHADOW_CHECKS } from './shadowFindings';
import { conditionDetails, forHowLong } from './words';

/** When the route last got a new generation, as far as the API server's bookkeeping tells. */
function changedAt({ route }: HostInput): string | undefined {
  const times = objectsOf(route.metadata?.managedFields)
    .filter(entry => entry.subresource !== 'status')
    .flatMap(entry => textOf(entry.time) ?? [])
    .sort();
  return times[times.length - 1] ?? textOf(route.metadata?.creationTimestamp);
}

const sinceDetails = (since: string | undefined) =>
  since === undefined ? undefined : { since };

/** A controller that runs answers within this time. */
const USUAL_WAIT_MS = 10_000;

const hasStatus: Check<HostInput> = input => {
  const { route, now, subject, settings } = input;
  if (routeCondition(input, 'Accepted')) return undefined;
  const since = textOf(route.metadata?.creationTimestamp);
  if (now - Date.parse(since ?? '') < USUAL_WAIT_MS) {
    return outcome('Pending', 'route', {
      reason: REASON.noStatusYet,
      message:
        'The gateway is taking the route up; until then, requests get 404.',
      remedy: 'Wait a few seconds.',
      subject,
      details: sinceDetails(since),
    });
  }
  return outcome('Pending', 'route', {
    reason: REASON.noStatusYet,
    message: `The gateway's controller has not answered${forHowLong(
      since,
      now,
    )}; until it does, requests get 404.`,
    remedy: `Wait; if it stays so, ask the platform's admins whether ${settings.gateway.controller} runs.`,
    subject,
    details: sinceDetails(since),
  });
};

const isJudged: Check<HostInput> = input => {
  const { generation, now, subject, settings } = input;
  const stale = ['Accepted', 'ResolvedRefs']
    .flatMap(type => routeCondition(input, type) ?? [])
    .find(condition => !isCurrent(condition, generation));
  if (!stale) return undefined;
  const since = changedAt(input);
  return outcome('Pending', 'route', {
    reason: REASON.statusStale,
    message: `The last change has been waiting for the gateway's controller${forHowLong(
      since,
      now,
    )}; requests are still answered as before it.`,
    remedy: `Wait; if it stays so, ask the platform's admins whether ${settings.gateway.controller} runs.`,
    subject,
    details: { ...conditionDetails(stale), ...sinceDetails(since) },
  });
};

interface Sentence {
  reason: string;
  message: string;
  remedy: string;
}

function notAccepted(condition: Condition, input: HostInput): Sentence {
  const { title, host, settings, route } = input;
  const gateway = gatewayTitle(settings);
  const namespace = textOf(route.metadata?.namespace) ?? '';
  switch (condition.reason) {
    case 'NotAllowedByListeners':
      return {
        reason: REASON.notAllowedByListeners,
        message: `Requests get 404: the gateway does not take routes from namespace ${namespace}.`,
        remedy: `Ask the owners of Gateway ${gateway} to allow namespace ${namespace}, or move ${title} to a namespace that it allows.`,
      };
    case 'NoMatchingListenerHostname':
      return {
        reason: REASON.noMatchingListenerHostname,
        message: `Requests for ${host} get 404: no listener of the gateway serves this host.`,
        remedy: `Choose a host of the gateway's DNS suffix for ${title}.`,
      };
    case 'NoMatchingParent':
      return {
        reason: REASON.noMatchingParent,
        message:
          'Requests get 404: the gateway has no listener of the name or port that the route asks for.',
        remedy: `Set sectionName of ${title} to ${settings.gateway.httpsSection}.`,
      };
    case 'UnsupportedValue':
      return {
        reason: REASON.unsupportedValue,
        message:
          'Requests get 404: the route asks for something that this gateway cannot do.',
        remedy: `Remove from ${title} what the controller's message names.`,
      };
    case 'IncompatibleFilters':
      return {
        reason: REASON.incompatibleFilters,
        message:
          'Requests get 404: two filters of the route cannot work together.',
        remedy: `Remove one of the filters that the controller's message names from ${title}.`,
      };
    default:
      return {
        reason: REASON.notAccepted,
        message: 'Requests get 404: the gateway does not accept this route.',
        remedy: `Change in ${title} what the controller's message names.`,
      };
  }
}

const isAccepted: Check<HostInput> = input => {
  const condition = routeCondition(input, 'Accepted');
  if (!condition || condition.status === 'True') return undefined;
  const details = conditionDetails(condition);
  const { subject, now, settings } = input;
  if (condition.status !== 'False' || condition.reason === 'Pending') {
    return outcome('Pending', 'route', {
      reason: REASON.acceptancePending,
      message: `The gateway's controller has been deciding about this route${forHowLong(
        condition.lastTransitionTime,
        now,
      )}; until it has, requests may get 404.`,
      remedy: `Wait; if it stays so, ask the platform's admins to read the log of ${settings.gateway.controller}.`,
      subject,
      details,
    });
  }
  return outcome('Broken', 'route', {
    ...notAccepted(condition, input),
    subject,
    details,
  });
};

function notResolved(condition: Condition, input: HostInput): Sentence {
  const { title, backends } = input;
  const lost = backends.find(
    ({ kind, service }) => kind === 'Service' && !service,
  );
  const portless = backends.find(
    ({ service, servicePort }) => service && !servicePort,
  );
  switch (condition.reason) {
    case 'BackendNotFound':
      if (!lost && portless) {
        const { namespace, name, port, service } = portless;
        const ports = objectsOf(service?.spec?.ports).map(known => known.port);
        return {
          reason: REASON.backendNotFound,
          message: `Requests get 500: Service ${namespace}/${name} has no port ${
            port ?? 'named by the route'
          }.`,
          remedy: `Choose one of its ports for ${title}: ${ports.join(', ')}.`,
        };
      }
      return {
        reason: REASON.backendNotFound,
        message: lost
          ? `Requests get 500: Service ${lost.name} does not exist in ${lost.namespace}.`
          : 'Requests get 500: a Service that the route names, or its port, was not found.',
        remedy: lost
          ? `Create Service ${lost.name} in ${lost.namespace}, or choose another Service for ${title}.`
          : `Choose another Service or port for ${title}.`,
      };
    case 'RefNotPermitted':
      return {
        reason: REASON.refNotPermitted,
        message:
          'Requests get 500: the route names a Service of another namespace, which does not allow it.',
        remedy: `Move ${title} to the namespace of its Service, or ask that namespace's owners for a ReferenceGrant.`,
      };
    case 'InvalidKind':
      return {
        reason: REASON.invalidKind,
        message:
          'Requests get 500: the route sends them to something that this gateway cannot send to.',
        remedy: `Name a Service as the backend of ${title}.`,
      };
    case 'UnsupportedProtocol':
      return {
        reason: REASON.unsupportedProtocol,
        message:
          "Requests get 500: the gateway does not speak the protocol that the Service's port asks for.",
        remedy: `Change appProtocol of the Service's port, or choose another port for ${title}.`,
      };
    default:
      return {
        reason: REASON.refsNotResolved,
        message:
          'Requests get 500: something that the route refers to cannot be used.',
        remedy: `Change in ${title} what the controller's message names.`,
      };
  }
}

const refsResolved: Check<HostInput> = input => {
  const { subject } = input;
  const condition = routeCondition(input, 'ResolvedRefs');
  if (condition?.status === 'True') return undefined;
  if (condition?.status !== 'False') {
    return outcome('Pending', 'route', {
      reason: REASON.noStatusYet,
      message:
        "The gateway's controller has not said yet whether it found everything that the route refers to.",
      subject,
      details: conditionDetails(condition),
    });
  }
  // The route stays in force; only the share of the backends concerned fails.
  const partly = answers(input);
  const { reason, message, remedy } = notResolved(condition, input);
  return outcome(partly ? 'Degraded' : 'Broken', 'service', {
    reason,
    message: partly ? message.replace(/^Requests/, 'Some requests') : message,
    remedy,
    subject,
    details: conditionDetails(condition),
  });
};

const whollyValid: Check<HostInput> = input => {
  const condition = routeCondition(input, 'PartiallyInvalid');
  if (condition?.status !== 'True') return undefined;
  return outcome('Degraded', 'route', {
    reason: REASON.partiallyInvalid,
    message:
      'Some rules of this route have no effect: the gateway left them out, or still uses an older version of them.',
    remedy: `Change in ${input.title} what the controller's message names.`,
    subject: input.subject,
    details: conditionDetails(condition),
  });
};

const redirectsOnly = ({ route }: HostInput) => {
  const rules = objectsOf(route.spec?.rules);
  return (
    rules.length > 0 &&
    rules.every(rule =>
      objectsOf(rule.filters).some(
        ({ type, requestRedirect }) =>
          type === 'RequestRedirect' &&
          isRecord(requestRedirect) &&
          requestRedirect.scheme === 'https',
      ),
    )
  );
};

const onlyEncrypted: Check<HostInput> = input => {
  const { http, host, title, subject, settings } = input;
  if (!http || redirectsOnly(input)) return undefined;
  const { httpsSection, httpSection } = settings.gateway;
  return outcome('Degraded', 'route', {
    reason: REASON.alsoInClear,
    message: `Requests to http://${host} are answered in clear instead of being sent to HTTPS: the route also attaches to listener ${http.listener.name}.`,
    remedy:
      http.parentRef.sectionName === httpSection
        ? `Change sectionName from ${httpSection} to ${httpsSection} in ${title}.`
        : `Set sectionName: ${httpsSection} on the parentRef of ${title}.`,
    subject: { ...subject, field: 'spec.parentRefs' },
  });
};

const suffixCurrent: Check<HostInput> = ({
  route,
  host,
  settings,
  title,
  subject,
}) => {
  const label = entryOf(route.metadata?.annotations, ANNOTATION_HOST_LABEL);
  const { dnsSuffix } = settings.network;
  if (label === undefined || dnsSuffix === undefined) return undefined;
  const wanted = hostOf(label, dnsSuffix);
  if (wanted === host) return undefined;
  return outcome('Degraded', 'address', {
    reason: REASON.suffixChanged,
    message: `People are told to use ${wanted}, but this route still answers at ${host}: the DNS suffix has changed.`,
    remedy: `Expose ${title} again, so that it answers at ${wanted}.`,
    subject: { ...subject, field: 'spec.hostnames' },
  });
};

const JUDGED = new Set(['Accepted', 'ResolvedRefs', 'PartiallyInvalid']);

/** Controllers add types of their own, of which some are good when True and some when False. */
const otherConditions: Check<HostInput> = ({ status, subject }) => {
  const others = objectsOf(status?.conditions).filter(
    condition => !JUDGED.has(condition.type),
  );
  if (others.length === 0) return undefined;
  const details: Record<string, string> = {};
  for (const { type, status: state, reason, message } of others) {
    details[String(type)] = [state, reason, message]
      .filter(part => typeof part === 'string' && part !== '')
      .join(' ');
  }
  return outcome(undefined, 'route', {
    reason: REASON.conditionNotJudged,
    message: `The controller also says ${Object.keys(details).join(
      ', ',
    )}, which is shown but not judged here.`,
    subject,
    details,
  });
};

/** In order: whether it can attach at all, what the controller says of it, and at what it answers. */
export const ROUTE_CHECKS: readonly Check<HostInput>[] = [
  ...PARENT_CHECKS,
  hasStatus,
  isJudged,
  isAccepted,
  ...SHADOW_CHECKS,
  refsResolved,
  whollyValid,
  suffixCurrent,
  onlyEncrypted,
  otherConditions,
];
