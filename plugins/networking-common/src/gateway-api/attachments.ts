import { intersectHostname, normalizeHostname } from './hostname';
import { labelSelectorMatches } from './labelSelector';
import { isRecord, objectsOf, stringsOf, textOf } from './lenient';
import {
  GATEWAY_GROUP,
  parentRefWithDefaults,
  type NormalizedParentReference,
} from './parents';
import type { Snapshot, SnapshotKind } from './snapshot';
import type { Gateway, GatewayRoute, Listener } from './types';

/**
 * Why a listener does not take a route. `NotKnown`: the snapshot lacks what the answer needs.
 * @public
 */
export interface AttachmentRefusal {
  reason:
    | 'ParentUnsupported'
    | 'GatewayMissing'
    | 'ListenerMissing'
    | 'ListenerRefusesKind'
    | 'ListenerRefusesNamespace'
    | 'NoMatchingListenerHostname'
    | 'NotKnown';
  /** What happens to requests, in a sentence. */
  message: string;
}

/**
 * One parent reference of a route seen against one listener of the Gateway that it names, or against the Gateway
 * alone where there is none such.
 * @public
 */
export interface Attachment {
  parentRef: NormalizedParentReference;
  gateway?: Gateway;
  listener?: Listener;
  /** Hosts at which this listener serves the route: exact, wildcard, or `*`. Empty where it refuses it. */
  hosts: string[];
  refusal?: AttachmentRefusal;
}

/**
 * Where a route attaches according to its own and the listeners' specs: by section name, port, protocol, kind,
 * namespace and hostname. Controllers have the last word, in the route's status; this says what to expect before, and
 * why, and tells hosts apart, of which a controller judges only that one matches.
 * @public
 */
export function attachments(
  route: GatewayRoute,
  snapshot: Snapshot,
): Attachment[] {
  const namespace = textOf(route.metadata?.namespace) ?? '';
  return objectsOf(route.spec?.parentRefs).flatMap(ref => {
    const parentRef = parentRefWithDefaults(ref, namespace);
    const refused = (
      reason: AttachmentRefusal['reason'],
      message: string,
      gateway?: Gateway,
    ): Attachment[] => [
      {
        parentRef,
        ...(gateway && { gateway }),
        hosts: [],
        refusal: { reason, message },
      },
    ];

    const gatewayName = `${parentRef.namespace}/${parentRef.name}`;
    if (parentRef.kind !== 'Gateway' || parentRef.group !== GATEWAY_GROUP) {
      return refused(
        'ParentUnsupported',
        `How ${parentRef.kind} ${gatewayName} serves this route is not judged here.`,
      );
    }
    const gateway = snapshot.get(
      'Gateway',
      parentRef.namespace,
      parentRef.name,
    );
    if (!gateway) {
      return isGap(snapshot, 'Gateway')
        ? refused('NotKnown', `Gateway ${gatewayName} cannot be read.`)
        : refused(
            'GatewayMissing',
            `Nothing serves this route: Gateway ${gatewayName} does not exist.`,
          );
    }
    const listeners = objectsOf(gateway.spec?.listeners).filter(
      listener =>
        textOf(listener.name) !== undefined &&
        (parentRef.sectionName === undefined ||
          listener.name === parentRef.sectionName) &&
        (parentRef.port === undefined || listener.port === parentRef.port),
    );
    if (listeners.length === 0) {
      return refused(
        'ListenerMissing',
        `Nothing serves this route: Gateway ${gatewayName} has no listener ${describeSelection(
          parentRef,
        )}.`,
        gateway,
      );
    }
    return listeners.map(listener => {
      const verdict = judgeListener({
        route,
        namespace,
        gateway,
        listener,
        snapshot,
      });
      return { parentRef, gateway, listener, ...verdict };
    });
  });
}

function judgeListener(input: {
  route: GatewayRoute;
  namespace: string;
  gateway: Gateway;
  listener: Listener;
  snapshot: Snapshot;
}): { hosts: string[]; refusal?: AttachmentRefusal } {
  const { route, namespace, gateway, listener, snapshot } = input;
  const refuse = (reason: AttachmentRefusal['reason'], message: string) => ({
    hosts: [],
    refusal: { reason, message },
  });
  if (!takesKind(listener, route.kind)) {
    return refuse(
      'ListenerRefusesKind',
      `Listener ${listener.name} takes no ${route.kind}s.`,
    );
  }
  const takesNamespace = takesRoutesFrom(
    listener,
    gateway,
    namespace,
    snapshot,
  );
  if (takesNamespace === undefined) {
    return refuse(
      'NotKnown',
      `Listener ${listener.name} chooses namespaces by their labels, and namespace ${namespace} cannot be read.`,
    );
  }
  if (!takesNamespace) {
    return refuse(
      'ListenerRefusesNamespace',
      `The gateway does not take routes from namespace ${namespace}.`,
    );
  }
  const hostnames = stringsOf(route.spec?.hostnames);
  const hosts = (hostnames.length > 0 ? hostnames : [undefined]).flatMap(
    hostname => intersectHostname(listener.hostname, hostname) ?? [],
  );
  if (hosts.length === 0) {
    return refuse(
      'NoMatchingListenerHostname',
      `Listener ${listener.name} serves ${normalizeHostname(
        listener.hostname,
      )}, which none of the route's hosts is part of.`,
    );
  }
  return { hosts: [...new Set(hosts)] };
}

const isHttp = ({ protocol }: Listener) =>
  protocol === 'HTTP' || protocol === 'HTTPS';

/** Without `allowedRoutes.kinds` a listener takes the kinds that its protocol carries. */
function takesKind(listener: Listener, wanted: string): boolean {
  const kinds = objectsOf(listener.allowedRoutes?.kinds);
  if (kinds.length === 0) {
    return wanted === 'TLSRoute'
      ? listener.protocol === 'TLS'
      : isHttp(listener);
  }
  return kinds.some(
    ({ group = GATEWAY_GROUP, kind }) =>
      kind === wanted && group === GATEWAY_GROUP,
  );
}

/** Undefined: the namespace's labels are needed and not known. */
function takesRoutesFrom(
  listener: Listener,
  gateway: Gateway,
  namespace: string,
  snapshot: Snapshot,
): boolean | undefined {
  const namespaces = listener.allowedRoutes?.namespaces;
  switch (namespaces?.from ?? 'Same') {
    case 'All':
      return true;
    case 'Same':
      return gateway.metadata.namespace === namespace;
    case 'Selector': {
      const object = snapshot.get('Namespace', undefined, namespace);
      if (!object) return isGap(snapshot, 'Namespace') ? undefined : false;
      return (
        isRecord(namespaces?.selector) &&
        labelSelectorMatches(namespaces.selector, object.metadata.labels)
      );
    }
    default:
      return false;
  }
}

function isGap(snapshot: Snapshot, kind: SnapshotKind): boolean {
  return snapshot.gaps.some(gap => gap.kind === kind);
}

function describeSelection(ref: NormalizedParentReference): string {
  const parts = [
    ...(ref.sectionName !== undefined ? [`named ${ref.sectionName}`] : []),
    ...(ref.port !== undefined ? [`on port ${ref.port}`] : []),
  ];
  return parts.length > 0 ? parts.join(' ') : 'at all';
}
