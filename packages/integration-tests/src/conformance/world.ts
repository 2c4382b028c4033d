import {
  createSnapshot,
  type ClusterSettings,
  type Condition,
  type Gateway,
  type HttpRoute,
  type KubernetesObject,
  type ParentReference,
  type Snapshot,
} from 'backstage-plugin-networking-common';
import { CLUSTER_NAME } from 'local-platform';

export const NOW = '2026-01-01T00:00:00Z';

/** What a controller has written about everything, and how it answers. */
export interface Told {
  /** Undefined: nothing. */
  status?: 'True' | 'False';
  /** Status of every answer; undefined where nobody has asked. */
  answer?: number;
}

const CLUSTER_WIDE = ['GatewayClass', 'Namespace'];
const ROUTE_CONDITIONS = ['Accepted', 'ResolvedRefs'];
const GATEWAY_CONDITIONS = ['Accepted', 'Programmed'];
const LISTENER_CONDITIONS = ['Accepted', 'Programmed', 'ResolvedRefs'];

/** A reason that the specification gives, and for the other status one that no version knows. */
const conditions = (types: string[], status: 'True' | 'False'): Condition[] =>
  types.map(type => ({
    type,
    status,
    reason: status === 'True' ? type : 'NotKnownToAnyVersion',
    message: '',
    observedGeneration: 1,
    lastTransitionTime: NOW,
  }));

function statusOf(
  object: KubernetesObject,
  status: 'True' | 'False',
  controllerName: string,
) {
  const { spec } = object as Gateway & HttpRoute;
  switch (object.kind) {
    case 'HTTPRoute':
      return {
        parents: spec?.parentRefs?.map((parentRef: ParentReference) => ({
          parentRef,
          controllerName,
          conditions: conditions(ROUTE_CONDITIONS, status),
        })),
      };
    case 'Gateway':
    case 'ListenerSet':
      return {
        conditions: conditions(GATEWAY_CONDITIONS, status),
        listeners: spec?.listeners?.map(({ name }) => ({
          name,
          conditions: conditions(LISTENER_CONDITIONS, status),
        })),
      };
    case 'GatewayClass':
      return { conditions: conditions(['Accepted'], status) };
    default:
      return undefined;
  }
}

/** An object as an API server hands it out, its defaults excepted, and with what a controller says of it. */
export function served<T extends KubernetesObject>(
  object: T,
  { status }: Told,
  controller: string,
): T {
  const { metadata, kind } = object;
  const written = status && statusOf(object, status, controller);
  return {
    ...object,
    metadata: {
      ...(!CLUSTER_WIDE.includes(kind) && { namespace: 'default' }),
      ...metadata,
      uid: `${kind}/${metadata.namespace}/${metadata.name}`,
      generation: 1,
      resourceVersion: '1',
      creationTimestamp: NOW,
    },
    ...(written && { status: written }),
  };
}

export const snapshotOf = (objects: readonly KubernetesObject[]): Snapshot =>
  createSnapshot({ cluster: CLUSTER_NAME, observedAt: NOW, objects });

/** The GatewayClass, which the suite leaves to who runs it. */
export const gatewayClassOf = ({ gateway }: ClusterSettings) =>
  ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name: gateway.class },
    spec: { controllerName: gateway.controller },
  } as KubernetesObject);

/**
 * The same object where everything comes over HTTPS, at a host: most of the suite is plain HTTP for whatever host, which no
 * probe asks for.
 */
export function overHttps<T extends KubernetesObject>(object: T): T {
  const { spec } = object as Gateway & HttpRoute;
  if (object.kind === 'HTTPRoute') {
    const hostnames = spec?.hostnames ?? ['conformance.example.com'];
    return { ...object, spec: { ...spec, hostnames } };
  }
  if (object.kind !== 'Gateway' && object.kind !== 'ListenerSet') return object;
  return {
    ...object,
    spec: {
      ...spec,
      listeners: spec?.listeners?.map(listener => ({
        tls: { certificateRefs: [{ name: 'conformance' }] },
        ...listener,
        port: 443,
        protocol: 'HTTPS',
      })),
    },
  };
}

/** The Gateways that a route names, through its ListenerSets too, whether or not they are there. */
export function gatewaysOf(
  route: HttpRoute,
  snapshot: Snapshot,
): { namespace: string; name: string }[] {
  const parents = route.spec?.parentRefs ?? [];
  return parents.flatMap(({ kind = 'Gateway', namespace, name }) => {
    const parent = {
      namespace: namespace ?? route.metadata.namespace ?? '',
      name,
    };
    if (kind === 'Gateway') return [parent];
    if (kind !== 'ListenerSet') return [];
    const set = snapshot.get('ListenerSet', parent.namespace, name);
    const ref = set?.spec?.parentRef;
    return ref
      ? [{ namespace: ref.namespace ?? parent.namespace, name: ref.name }]
      : [];
  });
}
