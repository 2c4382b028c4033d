import type { AttachmentRefusal } from '../gateway-api/attachments';
import { objectsOf, textOf } from '../gateway-api/lenient';
import {
  gatewayTitle,
  isCurrent,
  routeCondition,
  type HostInput,
} from './input';
import { outcome, type Check } from '../findings/outcome';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import { forHowLong } from '../findings/words';

const clusterReachable: Check<HostInput> = ({ snapshot, subject, now }) => {
  const gap = snapshot.gaps.find(
    ({ kind, reason }) => kind === 'HTTPRoute' && reason === 'Unreachable',
  );
  if (!gap) return undefined;
  return outcome('Unknown', 'route', {
    reason: REASON.clusterUnreachable,
    message: `Cluster ${snapshot.cluster} has not answered${forHowLong(
      snapshot.observedAt,
      now,
    )}; what requests get is not known.`,
    remedy: `Ask the platform's admins to check the connection to cluster ${snapshot.cluster}.`,
    subject,
    details: { since: snapshot.observedAt, message: String(gap.message) },
  });
};

const beingDeleted: Check<HostInput> = ({ route, title, subject, now }) => {
  const since = textOf(route.metadata?.deletionTimestamp);
  if (since === undefined) return undefined;
  return outcome('Pending', 'route', {
    reason: REASON.beingDeleted,
    message: `${title} has been on its way out${forHowLong(
      since,
      now,
    )}; requests to it end when it is gone.`,
    subject,
    details: { since },
  });
};

const namesParent: Check<HostInput> = ({ attachments, title, subject }) =>
  attachments.length > 0
    ? undefined
    : outcome('Broken', 'route', {
        reason: REASON.parentMissing,
        message: `No request reaches this route: ${title} names no Gateway.`,
        remedy: `Name a Gateway in spec.parentRefs of ${title}.`,
        subject,
      });

/** The parents are not the settings' Gateway: either there are none such, or others serve the route. */
const parentIsOurs: Check<HostInput> = input => {
  const { attachments, ours, settings, title, subject } = input;
  if (ours.length > 0) return undefined;
  const our = `Gateway ${gatewayTitle(settings)}`;
  const [{ parentRef, gatewayRef, refusal }] = attachments;
  const reasons = attachments.map(found => found.refusal?.reason);
  const isMissing = reasons.every(
    reason => reason === 'GatewayMissing' || reason === 'ListenerSetMissing',
  );
  const named = `${parentRef.kind} ${parentRef.namespace}/${parentRef.name}`;
  if (isMissing && refusal) {
    const isSet = refusal.reason === 'ListenerSetMissing';
    return outcome('Broken', 'listener', {
      reason: isSet ? REASON.listenerSetMissing : REASON.gatewayMissing,
      message: `No request reaches this route: ${refusal.message.replace(
        /^Nothing serves this route: /,
        '',
      )}`,
      remedy: isSet
        ? `Create ${named}, or name ${our} in spec.parentRefs of ${title}.`
        : `Name ${our} in spec.parentRefs of ${title}.`,
      subject: { ...subject, field: 'spec.parentRefs' },
    });
  }
  if (parentRef.kind === 'ListenerSet' && refusal?.reason === 'NotKnown') {
    return outcome('Unknown', 'listener', {
      reason: REASON.listenerSetNotKnown,
      message: `${named} cannot be read, so what requests get is not known.`,
      remedy: `Ask the platform's admins to let this plugin read ListenerSets on cluster ${settings.cluster}.`,
      subject,
    });
  }
  const other = gatewayRef
    ? `Gateway ${gatewayRef.namespace}/${gatewayRef.name}`
    : named;
  return outcome('Unknown', 'route', {
    reason:
      refusal?.reason === 'ParentUnsupported'
        ? REASON.parentUnsupported
        : REASON.parentNotOurs,
    message: `${other} serves this route. Only routes of ${our} are judged here, so what requests get is not known.`,
    remedy: `Ask the owners of ${other}, or attach the route to ${our}.`,
    subject,
  });
};

const gatewayExists: Check<HostInput> = ({ ours, settings, subject }) => {
  const refused = ours.filter(({ gateway }) => !gateway);
  if (refused.length < ours.length) return undefined;
  const title = `Gateway ${gatewayTitle(settings)}`;
  if (refused.some(({ refusal }) => refusal?.reason === 'NotKnown')) {
    return outcome('Unknown', 'listener', {
      reason: REASON.gatewayNotKnown,
      message: `${title} cannot be read, so what requests get is not known.`,
      remedy: `Ask the platform's admins to let this plugin read ${title}.`,
      subject,
    });
  }
  return outcome('Broken', 'listener', {
    reason: REASON.gatewayMissing,
    message: `No request gets an answer: ${title} does not exist.`,
    remedy: `Ask the platform's admins to create ${title}.`,
    subject,
  });
};

const listenerExists: Check<HostInput> = ({ ours, title, subject }) => {
  const missing = ours.filter(
    ({ refusal }) => refusal?.reason === 'ListenerMissing',
  );
  if (missing.length < ours.length) return undefined;
  const [{ refusal, listenerSet, gateway }] = missing;
  const holder = listenerSet ?? gateway;
  const names = objectsOf(holder?.spec?.listeners)
    .filter(({ protocol }) => protocol === 'HTTPS' || protocol === 'HTTP')
    .sort((a, b) => b.protocol.length - a.protocol.length)
    .flatMap(({ name }) => textOf(name) ?? []);
  return outcome('Broken', 'listener', {
    reason: REASON.listenerMissing,
    message: refusal?.message ?? 'The gateway has no such listener.',
    remedy:
      names.length > 0
        ? `Set sectionName of ${title} to a listener that is there: ${names.join(
            ' or ',
          )}.`
        : `Attach ${title} to a Gateway that has listeners.`,
    subject: { ...subject, field: 'spec.parentRefs' },
  });
};

const REFUSED: ReadonlySet<AttachmentRefusal['reason']> = new Set([
  'ListenerSetRefused',
  'ListenerRefusesNamespace',
  'ListenerRefusesKind',
] as const);

function refusedRemedy(
  reason: AttachmentRefusal['reason'],
  { title, settings }: HostInput,
): string {
  const gateway = `Gateway ${gatewayTitle(settings)}`;
  switch (reason) {
    case 'ListenerSetRefused':
      return `Ask the owners of ${gateway} to allow the namespace of the ListenerSet in spec.allowedListeners, or attach ${title} to a listener of that Gateway.`;
    case 'ListenerRefusesKind':
      return `Choose a listener that takes HTTPRoutes as sectionName in ${title}.`;
    default:
      return `Ask the gateway's owners to allow it, or move ${title} to a namespace that the listener takes routes from.`;
  }
}

/** The host itself, which a controller does not judge as long as another host of the route is served. */
const hostServed: Check<HostInput> = input => {
  const { primary, attachments, ours, host, title, settings, subject } = input;
  const accepted = routeCondition(input, 'Accepted');
  const judged = accepted && isCurrent(accepted, input.generation);
  if (primary) return undefined;
  const elsewhere = attachments.find(found => found.hosts.includes(host));
  if (elsewhere?.gatewayRef) {
    const { namespace, name } = elsewhere.gatewayRef;
    return outcome('Unknown', 'listener', {
      reason: REASON.parentNotOurs,
      message: `Gateway ${namespace}/${name} serves this host. Only hosts of Gateway ${gatewayTitle(
        settings,
      )} are judged here, so what requests get is not known.`,
      remedy: `Ask the owners of Gateway ${namespace}/${name}.`,
      subject,
    });
  }
  if (judged && accepted.status === 'False') return undefined;
  const refusals = ours.flatMap(({ refusal }) => refusal ?? []);
  const refusal = refusals.find(({ reason }) => REFUSED.has(reason));
  if (refusal) {
    // The controller's reading of the namespace's labels may be newer than the snapshot's.
    if (judged) return undefined;
    return outcome('Broken', 'listener', {
      reason:
        refusal.reason === 'ListenerSetRefused'
          ? REASON.listenerSetNotAllowed
          : REASON.listenerRefusesRoute,
      message: `Requests for ${host} get 404: ${refusal.message}`,
      remedy: refusedRemedy(refusal.reason, input),
      subject,
    });
  }
  if (refusals.some(({ reason }) => reason === 'NotKnown')) {
    return outcome('Unknown', 'listener', {
      reason: REASON.gatewayNotKnown,
      message:
        'Whether a listener takes this route cannot be read, so what requests get is not known.',
      remedy: `Ask the platform's admins to let this plugin read what ${title} depends on: Gateways, ListenerSets and Namespaces.`,
      subject,
    });
  }
  const served = [
    ...new Set(
      ours.flatMap(({ listener }) => textOf(listener?.hostname) ?? []),
    ),
  ];
  return outcome('Broken', 'listener', {
    reason: REASON.hostNotServed,
    message: `Requests for ${host} get 404: no listener of the gateway serves this host.`,
    remedy:
      served.length > 0
        ? `Choose a host of ${served.join(' or ')} for ${title}.`
        : `Remove ${host} from ${title}.`,
    subject: { ...subject, field: 'spec.hostnames' },
  });
};

/** In order: whether the route can be seen, and whether there is something for it to attach to. */
export const PARENT_CHECKS: readonly Check<HostInput>[] = [
  clusterReachable,
  beingDeleted,
  namesParent,
  parentIsOurs,
  gatewayExists,
  listenerExists,
  hostServed,
];
