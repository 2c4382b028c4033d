import { objectsOf, textOf } from '../gateway-api/lenient';
import { findingsOf } from '../findings/declare';
import { outcome, type Check } from '../findings/outcome';
import { msSince } from '../findings/words';
import { PARENT_SENTENCES } from '../sentences/parent';
import { routeOf } from './backendTrouble';
import { isCurrent, ownGateway, routeCondition, type HostInput } from './input';
import type { PARENT_REASONS } from './parentReasons';

const found = findingsOf<typeof PARENT_REASONS>(PARENT_SENTENCES);

const clusterReachable: Check<HostInput> = ({ snapshot, subject, now }) => {
  const gap = snapshot.gaps.find(
    ({ kind, reason }) => kind === 'HTTPRoute' && reason === 'Unreachable',
  );
  if (!gap) return undefined;
  const { cluster, observedAt } = snapshot;
  return outcome(
    'Unknown',
    'route',
    found('ClusterUnreachable', {
      params: { cluster, forMs: msSince(observedAt, now) },
      actor: { is: 'platform' },
      subject,
      details: { since: observedAt, message: String(gap.message) },
    }),
  );
};

const beingDeleted: Check<HostInput> = input => {
  const { route, subject, now } = input;
  const since = textOf(route.metadata?.deletionTimestamp);
  if (since === undefined) return undefined;
  return outcome(
    'Pending',
    'route',
    found('BeingDeleted', {
      params: { route: routeOf(input), forMs: msSince(since, now) },
      actor: { is: 'nobody' },
      subject,
      details: { since },
    }),
  );
};

const namesParent: Check<HostInput> = input =>
  input.attachments.length > 0
    ? undefined
    : outcome(
        'Broken',
        'route',
        found('ParentMissing', {
          params: { route: routeOf(input) },
          actor: { is: 'reader' },
          subject: { ...input.subject, field: 'spec.parentRefs' },
        }),
      );

/** The parents are not the settings' Gateway: either there are none such, or others serve the route. */
const parentIsOurs: Check<HostInput> = input => {
  const { attachments, ours, settings, subject } = input;
  if (ours.length > 0) return undefined;
  const own = ownGateway(settings);
  const route = routeOf(input);
  const [{ parentRef, gatewayRef, refusal }] = attachments;
  const reasons = attachments.map(({ refusal: of }) => of?.reason);
  const isMissing = reasons.every(
    reason => reason === 'GatewayMissing' || reason === 'ListenerSetMissing',
  );
  const { kind, namespace, name } = parentRef;
  const named = { kind, namespace, name };
  if (isMissing && refusal) {
    const shared = {
      actor: { is: 'reader' },
      subject: { ...subject, field: 'spec.parentRefs' },
    } as const;
    return outcome(
      'Broken',
      'listener',
      refusal.reason === 'ListenerSetMissing'
        ? found('ListenerSetMissing', {
            params: { route, listenerSet: named, instead: own },
            ...shared,
          })
        : found('GatewayMissing', {
            params: {
              route,
              gateway: { kind: 'Gateway', ...(gatewayRef ?? named) },
              instead: own,
            },
            ...shared,
          }),
    );
  }
  if (kind === 'ListenerSet' && refusal?.reason === 'NotKnown') {
    return outcome(
      'Unknown',
      'listener',
      found('ListenerSetNotKnown', {
        params: { listenerSet: named, cluster: settings.cluster },
        actor: { is: 'platform' },
        subject,
      }),
    );
  }
  const parent = gatewayRef ? { kind: 'Gateway', ...gatewayRef } : named;
  return outcome(
    'Unknown',
    'route',
    found(
      refusal?.reason === 'ParentUnsupported'
        ? 'ParentUnsupported'
        : 'ParentNotOurs',
      {
        params: { parent, own },
        actor: { is: 'owner', of: parent },
        subject,
      },
    ),
  );
};

const gatewayExists: Check<HostInput> = input => {
  const { ours, settings, subject } = input;
  const refused = ours.filter(({ gateway }) => !gateway);
  if (refused.length < ours.length) return undefined;
  const gateway = ownGateway(settings);
  const shared = { actor: { is: 'platform' }, subject } as const;
  return refused.some(({ refusal }) => refusal?.reason === 'NotKnown')
    ? outcome(
        'Unknown',
        'listener',
        found('GatewayNotKnown', { params: { gateway }, ...shared }),
      )
    : outcome(
        'Broken',
        'listener',
        found('GatewayMissing', {
          params: { gateway, route: routeOf(input) },
          ...shared,
        }),
      );
};

const listenerExists: Check<HostInput> = input => {
  const { ours, subject } = input;
  const missing = ours.filter(
    ({ refusal }) => refusal?.reason === 'ListenerMissing',
  );
  if (missing.length < ours.length) return undefined;
  const [{ listenerSet, gateway, parentRef }] = missing;
  const holder = listenerSet ?? gateway;
  const { kind, namespace, name, sectionName, port } = parentRef;
  const others = objectsOf(holder?.spec?.listeners)
    .filter(({ protocol }) => protocol === 'HTTPS' || protocol === 'HTTP')
    .sort((a, b) => b.protocol.length - a.protocol.length)
    .flatMap(listener => textOf(listener.name) ?? []);
  return outcome(
    'Broken',
    'listener',
    found('ListenerMissing', {
      params: {
        route: routeOf(input),
        holder: { kind, namespace, name },
        ...(sectionName !== undefined && { listener: sectionName }),
        ...(port !== undefined && { port }),
        others,
      },
      actor: { is: 'reader' },
      subject: { ...subject, field: 'spec.parentRefs' },
    }),
  );
};

/** What the specs of its listeners refuse, before the controller has said so. */
function refusedBySpec(input: HostInput) {
  const { ours, host, settings, subject } = input;
  const route = routeOf(input);
  for (const { refusal, parentRef, listener } of ours) {
    const { namespace, name } = parentRef;
    switch (refusal?.reason) {
      case 'ListenerSetRefused':
        return found('ListenerSetNotAllowed', {
          params: {
            route,
            host,
            gateway: ownGateway(settings),
            listenerSet: { kind: 'ListenerSet', namespace, name },
          },
          actor: { is: 'platform' },
          subject,
        });
      case 'ListenerRefusesNamespace':
      case 'ListenerRefusesKind': {
        const isKind = refusal.reason === 'ListenerRefusesKind';
        return found('ListenerRefusesRoute', {
          params: {
            route,
            host,
            listener: listener?.name ?? '',
            isKind,
            namespace: subject.namespace ?? '',
          },
          actor: { is: isKind ? 'reader' : 'platform' },
          subject,
        });
      }
      default:
    }
  }
  return undefined;
}

/** The host itself, which a controller does not judge as long as another host of the route is served. */
const hostServed: Check<HostInput> = input => {
  const { primary, attachments, ours, host, settings, subject } = input;
  const accepted = routeCondition(input, 'Accepted');
  const judged = accepted && isCurrent(accepted, input.generation);
  if (primary) return undefined;
  const elsewhere = attachments.find(({ hosts }) => hosts.includes(host));
  if (elsewhere?.gatewayRef) {
    const parent = { kind: 'Gateway', ...elsewhere.gatewayRef };
    return outcome(
      'Unknown',
      'listener',
      found('ParentNotOurs', {
        params: { parent, own: ownGateway(settings), host },
        actor: { is: 'owner', of: parent },
        subject,
      }),
    );
  }
  if (judged && accepted.status === 'False') return undefined;
  const refused = refusedBySpec(input);
  if (refused) {
    // The controller's reading of the namespace's labels may be newer than the snapshot's.
    return judged ? undefined : outcome('Broken', 'listener', refused);
  }
  if (ours.some(({ refusal }) => refusal?.reason === 'NotKnown')) {
    return outcome(
      'Unknown',
      'listener',
      found('GatewayNotKnown', {
        params: {},
        actor: { is: 'platform' },
        subject,
      }),
    );
  }
  const served = [
    ...new Set(
      ours.flatMap(({ listener }) => textOf(listener?.hostname) ?? []),
    ),
  ];
  return outcome(
    'Broken',
    'listener',
    found('HostNotServed', {
      params: { route: routeOf(input), host, served },
      actor: { is: 'reader' },
      subject: { ...subject, field: 'spec.hostnames' },
    }),
  );
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
