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
  HttpRoute,
  Service,
} from '../gateway-api/types';
import { isNearMiss } from './backendKinds';
import {
  endpointsOf,
  servicePortOf,
  type PortEndpoints,
  type ServicePort,
} from './endpoints';

/** One backend of a route, with what the snapshot knows of it. */
export interface BackendState {
  /** `Service`; with its group where that is not the core one. */
  kind: string;
  namespace: string;
  name: string;
  port?: number;
  /** 1 where the route says none (Gateway API default). */
  weight: number;
  /** Places of the rules that send requests to it, in `spec.rules`; empty for what copies are sent to. */
  rules: number[];
  /** Where it stands first: `spec.rules[0].backendRefs[1]`. */
  field: string;
  reference: CrossNamespaceReference;
  /** May the route refer to it, as to what lies in another namespace? Undefined: not known. */
  isGranted: boolean | undefined;
  /** Of a reference that means a Service and misses it, the one that it means. */
  service?: Service;
  servicePort?: ServicePort;
  /** Undefined where no EndpointSlice of the Service is known. */
  endpoints?: PortEndpoints;
}

function stateOf(
  ref: BackendReference,
  field: string,
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
    rules: [],
    field,
    reference,
    isGranted: isGranted(reference, snapshot),
    ...(port !== undefined && { port }),
    weight: numberOf(ref.weight) ?? 1,
  };
  const service = snapshot.get('Service', namespace, name);
  if (state.kind !== 'Service') {
    return isNearMiss(state) && service ? { ...state, service } : state;
  }
  const servicePort = servicePortOf(service, port);
  const slices = snapshot.find('slicesByService', objectKey(namespace, name));
  const endpoints = servicePort && endpointsOf(slices, service, servicePort);
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
  objectsOf(route.spec?.rules).forEach((rule, ruleIndex) => {
    objectsOf(rule.backendRefs).forEach((ref, index) => {
      const field = `spec.rules[${ruleIndex}].backendRefs[${index}]`;
      const state = stateOf(ref, field, namespace, snapshot);
      const key = JSON.stringify([
        state.kind,
        state.namespace,
        state.name,
        state.port,
      ]);
      const known = states.get(key) ?? state;
      states.set(key, {
        ...known,
        // One Service behind several rules gets traffic where any of them gives it some.
        weight: Math.max(known.weight, state.weight),
        rules: [...known.rules, ...(state.weight > 0 ? [ruleIndex] : [])],
      });
    });
  });
  return [...states.values()];
}

/** What the route sends copies of requests to (RequestMirror filters), whose answers nobody waits for. */
export function mirrorStates(
  route: HttpRoute,
  snapshot: Snapshot,
): BackendState[] {
  const namespace = textOf(route.metadata?.namespace) ?? '';
  return objectsOf(route.spec?.rules).flatMap((rule, ruleIndex) =>
    objectsOf(rule.filters).flatMap(({ type, requestMirror }, index) =>
      type === 'RequestMirror' &&
      isRecord(requestMirror) &&
      isRecord(requestMirror.backendRef)
        ? [
            stateOf(
              requestMirror.backendRef as unknown as BackendReference,
              `spec.rules[${ruleIndex}].filters[${index}].requestMirror.backendRef`,
              namespace,
              snapshot,
            ),
          ]
        : [],
    ),
  );
}

/** Can requests be sent there, as far as the snapshot tells? */
export const isUsable = ({
  kind,
  servicePort,
  isGranted: granted,
}: BackendState): boolean =>
  kind === 'Service' && servicePort !== undefined && granted === true;
