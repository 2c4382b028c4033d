import { findCondition } from './conditions';
import { isRecord, objectsOf, textOf } from './lenient';
import {
  askListener,
  isGap,
  takesNamespace,
  type ListenerAnswer,
} from './listeners';
import {
  GATEWAY_GROUP,
  parentRefWithDefaults,
  type NormalizedParentReference,
} from './parents';
import type { Snapshot } from './snapshot';
import type { Gateway, GatewayRoute, Listener, ListenerSet } from './types';

/**
 * Why a listener does not take a route. `NotKnown`: the snapshot lacks what the answer needs.
 * @public
 */
export interface AttachmentRefusal {
  reason:
    | 'ParentUnsupported'
    | 'GatewayMissing'
    | 'ListenerSetMissing'
    | 'ListenerSetRefused'
    | 'ListenerMissing'
    | NonNullable<ListenerAnswer['refusal']>['reason'];
}

/**
 * One parent reference of a route seen against one listener of the Gateway or ListenerSet that it names, or against
 * that alone where there is no such listener.
 * @public
 */
export interface Attachment {
  parentRef: NormalizedParentReference;
  /** The Gateway that the reference leads to, there or not; undefined where it leads to none. */
  gatewayRef?: { namespace: string; name: string };
  gateway?: Gateway;
  /** What has the listener, where the route names a ListenerSet. */
  listenerSet?: ListenerSet;
  listener?: Listener;
  /** Hosts at which this listener serves the route: exact, wildcard, or `*`. Empty where it refuses it. */
  hosts: string[];
  refusal?: AttachmentRefusal;
}

/**
 * Where a route attaches according to its own and the listeners' specs: by section name, port, protocol, kind,
 * namespace and hostname, to listeners of Gateways and of the ListenerSets that these allow. Controllers have the last
 * word, in the route's status; this says what to expect before, and why, and tells hosts apart, of which a controller
 * judges only that one matches.
 * @public
 */
export function attachments(
  route: GatewayRoute,
  snapshot: Snapshot,
): Attachment[] {
  const namespace = textOf(route.metadata?.namespace) ?? '';
  return objectsOf(route.spec?.parentRefs).flatMap((ref): Attachment[] => {
    const parentRef = parentRefWithDefaults(ref, namespace);
    const found = holderOf(parentRef, snapshot);
    const base = {
      parentRef,
      ...(found.gatewayRef && { gatewayRef: found.gatewayRef }),
      ...(found.gateway && { gateway: found.gateway }),
      ...(found.listenerSet && { listenerSet: found.listenerSet }),
    };
    if (found.refusal) return [{ ...base, hosts: [], refusal: found.refusal }];

    const listeners = objectsOf(found.listeners).filter(
      listener =>
        textOf(listener.name) !== undefined &&
        (parentRef.sectionName === undefined ||
          listener.name === parentRef.sectionName) &&
        (parentRef.port === undefined || listener.port === parentRef.port),
    );
    if (listeners.length === 0) {
      return [{ ...base, hosts: [], refusal: { reason: 'ListenerMissing' } }];
    }
    return listeners.map(listener => ({
      ...base,
      listener,
      ...askListener({
        route,
        namespace,
        holder: parentRef.namespace,
        listener,
        snapshot,
      }),
    }));
  });
}

/** The Gateway or ListenerSet that a parent reference names, with the listeners in it, or why there is none. */
interface Holder {
  gatewayRef?: Attachment['gatewayRef'];
  gateway?: Gateway;
  listenerSet?: ListenerSet;
  listeners?: readonly Listener[];
  refusal?: AttachmentRefusal;
}

function holderOf(
  parentRef: NormalizedParentReference,
  snapshot: Snapshot,
): Holder {
  if (parentRef.group === GATEWAY_GROUP) {
    if (parentRef.kind === 'Gateway') {
      const holder = gatewayOf(parentRef, snapshot);
      return { ...holder, listeners: holder.gateway?.spec?.listeners };
    }
    if (parentRef.kind === 'ListenerSet') {
      return listenerSetOf(parentRef, snapshot);
    }
  }
  return { refusal: { reason: 'ParentUnsupported' } };
}

function gatewayOf(
  { namespace, name }: { namespace: string; name: string },
  snapshot: Snapshot,
): Holder {
  const gatewayRef = { namespace, name };
  const gateway = snapshot.get('Gateway', namespace, name);
  if (gateway) return { gatewayRef, gateway };
  return {
    gatewayRef,
    refusal: {
      reason: isGap(snapshot, 'Gateway') ? 'NotKnown' : 'GatewayMissing',
    },
  };
}

/** Does a Gateway take ListenerSets of a namespace (`spec.allowedListeners`)? Undefined: the namespace cannot be read. */
function takesListenerSets(
  { metadata, spec }: Gateway,
  namespace: string,
  snapshot: Snapshot,
): boolean | undefined {
  const choice = spec?.allowedListeners?.namespaces;
  return takesNamespace({
    from: choice?.from ?? 'None',
    selector: choice?.selector,
    holder: textOf(metadata?.namespace) ?? '',
    namespace,
    snapshot,
  });
}

/**
 * Do the listeners of a ListenerSet serve anything, as far as specs and its controller tell? Not where its Gateway is missing or
 * does not take it, nor where its controller says so. What cannot be read counts as admitted.
 * @public
 */
export function isAdmitted(
  { metadata, spec, status }: ListenerSet,
  snapshot: Snapshot,
): boolean {
  const accepted = findCondition(status?.conditions, 'Accepted');
  const { generation = 0 } = metadata ?? {};
  const isRefused =
    accepted?.status === 'False' &&
    accepted.reason !== 'Pending' &&
    (accepted.observedGeneration ?? generation) >= generation;
  if (isRefused) return false;
  const namespace = textOf(metadata?.namespace) ?? '';
  const ref = parentRefWithDefaults(
    isRecord(spec?.parentRef) ? spec.parentRef : { name: '' },
    namespace,
  );
  if (ref.kind !== 'Gateway' || ref.group !== GATEWAY_GROUP) return false;
  const gateway = snapshot.get('Gateway', ref.namespace, ref.name);
  return gateway
    ? takesListenerSets(gateway, namespace, snapshot) !== false
    : isGap(snapshot, 'Gateway');
}

function listenerSetOf(
  parentRef: NormalizedParentReference,
  snapshot: Snapshot,
): Holder {
  const { namespace, name } = parentRef;
  const listenerSet = snapshot.get('ListenerSet', namespace, name);
  if (!listenerSet) {
    return {
      refusal: {
        reason: isGap(snapshot, 'ListenerSet')
          ? 'NotKnown'
          : 'ListenerSetMissing',
      },
    };
  }
  const { spec } = listenerSet;
  const ref = parentRefWithDefaults(
    isRecord(spec?.parentRef) ? spec.parentRef : { name: '' },
    namespace,
  );
  if (ref.kind !== 'Gateway' || ref.group !== GATEWAY_GROUP) {
    return { listenerSet, refusal: { reason: 'ParentUnsupported' } };
  }
  const holder = { ...gatewayOf(ref, snapshot), listenerSet };
  if (!holder.gateway) return holder;
  const isTaken = takesListenerSets(holder.gateway, namespace, snapshot);
  if (isTaken) return { ...holder, listeners: spec?.listeners };
  return {
    ...holder,
    refusal: {
      reason: isTaken === undefined ? 'NotKnown' : 'ListenerSetRefused',
    },
  };
}
