import { intersectHostname } from './hostname';
import { labelSelectorMatches } from './labelSelector';
import { isRecord, objectsOf, stringsOf } from './lenient';
import { GATEWAY_GROUP } from './parents';
import type { Snapshot, SnapshotKind } from './snapshot';
import type { GatewayRoute, LabelSelector, Listener } from './types';

/** A listener's answer to a route: the hosts at which it serves it, or why it does not. */
export interface ListenerAnswer {
  hosts: string[];
  refusal?: {
    reason:
      | 'ListenerRefusesKind'
      | 'ListenerRefusesNamespace'
      | 'NoMatchingListenerHostname'
      | 'NotKnown';
  };
}

/** The routes that a listener takes by its protocol where it names no kinds (Gateway API, `allowedRoutes.kinds`). */
const KINDS_OF_PROTOCOL: Readonly<Record<string, readonly string[]>> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TLS: ['TLSRoute', 'TCPRoute'],
  TCP: ['TCPRoute'],
  UDP: ['UDPRoute'],
};

export const isGap = (snapshot: Snapshot, kind: SnapshotKind): boolean =>
  snapshot.gaps.some(gap => gap.kind === kind);

/**
 * What a listener answers a route, by kind, namespace and hostname.
 *
 * @param input - `holder` is the namespace of the Gateway or ListenerSet that has the listener
 */
export function askListener(input: {
  route: GatewayRoute;
  namespace: string;
  holder: string;
  listener: Listener;
  snapshot: Snapshot;
}): ListenerAnswer {
  const { route, namespace, holder, listener, snapshot } = input;
  const refuse = (
    reason: NonNullable<ListenerAnswer['refusal']>['reason'],
  ): ListenerAnswer => ({ hosts: [], refusal: { reason } });
  if (!takesKind(listener, route.kind)) return refuse('ListenerRefusesKind');
  const namespaces = listener.allowedRoutes?.namespaces;
  const isTaken = takesNamespace({
    from: namespaces?.from ?? 'Same',
    selector: namespaces?.selector,
    holder,
    namespace,
    snapshot,
  });
  if (isTaken === undefined) return refuse('NotKnown');
  if (!isTaken) return refuse('ListenerRefusesNamespace');
  const hostnames = stringsOf(route.spec?.hostnames);
  const hosts = (hostnames.length > 0 ? hostnames : [undefined]).flatMap(
    hostname => intersectHostname(listener.hostname, hostname) ?? [],
  );
  if (hosts.length === 0) return refuse('NoMatchingListenerHostname');
  return { hosts: [...new Set(hosts)] };
}

function takesKind({ allowedRoutes, protocol }: Listener, kind: string) {
  // A protocol of the implementation's own takes whatever kinds are named.
  const byProtocol = Object.hasOwn(KINDS_OF_PROTOCOL, protocol)
    ? KINDS_OF_PROTOCOL[protocol]
    : undefined;
  const kinds = objectsOf(allowedRoutes?.kinds);
  if (kinds.length === 0) return byProtocol?.includes(kind) ?? false;
  return (
    (byProtocol?.includes(kind) ?? true) &&
    kinds.some(
      allowed =>
        allowed.kind === kind &&
        (allowed.group ?? GATEWAY_GROUP) === GATEWAY_GROUP,
    )
  );
}

/** Does a choice of namespaces take this one? Undefined: the namespace's labels are needed and not known. */
export function takesNamespace(input: {
  from: unknown;
  selector: LabelSelector | undefined;
  /** Namespace of the object that makes the choice. */
  holder: string;
  namespace: string;
  snapshot: Snapshot;
}): boolean | undefined {
  const { from, selector, holder, namespace, snapshot } = input;
  switch (from) {
    case 'All':
      return true;
    case 'Same':
      return holder === namespace;
    case 'Selector': {
      const object = snapshot.get('Namespace', undefined, namespace);
      if (!object) return isGap(snapshot, 'Namespace') ? undefined : false;
      return (
        isRecord(selector) &&
        labelSelectorMatches(selector, object.metadata.labels)
      );
    }
    default:
      return false;
  }
}
