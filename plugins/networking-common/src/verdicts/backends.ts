import { objectKey } from '../gateway-api/indexes';
import { isRecord, numberOf, objectsOf, textOf } from '../gateway-api/lenient';
import { GATEWAY_GROUP } from '../gateway-api/parents';
import {
  isGranted,
  type CrossNamespaceReference,
} from '../gateway-api/referenceGrants';
import type { Snapshot } from '../gateway-api/snapshot';
import type {
  BackendReference,
  EndpointSlice,
  HttpRoute,
  Service,
} from '../gateway-api/types';

/** One backend of a route, with what the snapshot knows of it. */
export interface BackendState {
  /** `Service`; with its group where that is not the core one. */
  kind: string;
  namespace: string;
  name: string;
  port?: number;
  /** 1 where the route says none (Gateway API default). */
  weight: number;
  reference: CrossNamespaceReference;
  /** May the route refer to it, as to what lies in another namespace? Undefined: not known. */
  isGranted: boolean | undefined;
  service?: Service;
  servicePort?: { name?: string; port: number; appProtocol?: string };
  /** Undefined where no EndpointSlice of the Service is known. */
  endpoints?: { ready: number; total: number };
}

function endpointsOf(slices: readonly EndpointSlice[]) {
  if (slices.length === 0) return undefined;
  const endpoints = slices.flatMap(slice => [...objectsOf(slice.endpoints)]);
  return {
    // "A nil value should be interpreted as true" (EndpointConditions.ready of discovery.k8s.io/v1).
    ready: endpoints.filter(endpoint => endpoint.conditions?.ready !== false)
      .length,
    total: endpoints.length,
  };
}

function stateOf(
  ref: BackendReference,
  routeNamespace: string,
  snapshot: Snapshot,
): BackendState {
  const namespace = textOf(ref.namespace) ?? routeNamespace;
  const name = textOf(ref.name) ?? '';
  const port = numberOf(ref.port);
  const group = textOf(ref.group) ?? '';
  const kind = textOf(ref.kind) ?? 'Service';
  const reference = {
    from: {
      group: GATEWAY_GROUP,
      kind: 'HTTPRoute',
      namespace: routeNamespace,
    },
    to: { group, kind, namespace, name },
  };
  const state = {
    kind: group === '' ? kind : `${kind}.${group}`,
    namespace,
    name,
    reference,
    isGranted: isGranted(reference, snapshot),
    ...(port !== undefined && { port }),
    weight: numberOf(ref.weight) ?? 1,
  };
  if (state.kind !== 'Service') return state;
  const service = snapshot.get('Service', namespace, name);
  const servicePort = objectsOf(service?.spec?.ports).find(
    candidate => candidate.port === port,
  );
  const endpoints = endpointsOf(
    snapshot.find('slicesByService', objectKey(namespace, name)),
  );
  return {
    ...state,
    ...(service && { service }),
    ...(servicePort && { servicePort }),
    ...(endpoints && { endpoints }),
  };
}

/** Every backend of every rule, in order, each Service and port once. */
export function backendStates(
  route: HttpRoute,
  snapshot: Snapshot,
): BackendState[] {
  const namespace = textOf(route.metadata?.namespace) ?? '';
  const states = new Map<string, BackendState>();
  for (const rule of objectsOf(route.spec?.rules)) {
    for (const ref of objectsOf(rule.backendRefs)) {
      const state = stateOf(ref, namespace, snapshot);
      const key = JSON.stringify([
        state.kind,
        state.namespace,
        state.name,
        state.port,
      ]);
      const known = states.get(key);
      // One Service behind several rules gets traffic where any of them gives it some.
      if (!known || known.weight < state.weight) states.set(key, state);
    }
  }
  return [...states.values()];
}

/** What the route sends copies of requests to (RequestMirror filters), whose answers nobody waits for. */
export function mirrorStates(
  route: HttpRoute,
  snapshot: Snapshot,
): BackendState[] {
  const namespace = textOf(route.metadata?.namespace) ?? '';
  return objectsOf(route.spec?.rules)
    .flatMap(({ filters }) => [...objectsOf(filters)])
    .flatMap(({ type, requestMirror }) =>
      type === 'RequestMirror' &&
      isRecord(requestMirror) &&
      isRecord(requestMirror.backendRef)
        ? [
            stateOf(
              requestMirror.backendRef as unknown as BackendReference,
              namespace,
              snapshot,
            ),
          ]
        : [],
    );
}

/** Can requests be sent there, as far as the snapshot tells? */
export const isUsable = ({
  kind,
  servicePort,
  isGranted: granted,
}: BackendState): boolean =>
  kind === 'Service' && servicePort !== undefined && granted === true;
