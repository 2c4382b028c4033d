import { ANNOTATION_ENTITY_REF, KUBERNETES_ID } from '../annotations';
import { normalizeHostname } from './hostname';
import { entryOf, isRecord, objectsOf, stringsOf, textOf } from './lenient';
import { normalizeRef } from './entityRef';
import { GATEWAY_GROUP } from './parents';
import type { SnapshotKind, SnapshotKinds } from './snapshot';
import type { BackendReference, Ingress, KubernetesObject } from './types';

const ROUTE_KINDS = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'Ingress'] as const;

/** `namespace/name`, the key of most indexes. @public */
export const objectKey = (namespace: string | undefined, name: string) =>
  `${namespace ?? ''}/${name}`;

/** The namespace and name that a key of {@link objectKey} was made of. Neither can hold a slash. */
export function splitKey(key: string): [string | undefined, string] {
  const slash = key.indexOf('/');
  return [key.slice(0, slash) || undefined, key.slice(slash + 1)];
}

interface SnapshotIndex<K extends SnapshotKind> {
  readonly kinds: readonly K[];
  /** The keys under which an object is found, each once. Never throws. */
  keysOf(object: KubernetesObject): readonly string[];
}

const index = <K extends SnapshotKind>(
  kinds: readonly K[],
  keysOf: (object: KubernetesObject) => readonly (string | undefined)[],
): SnapshotIndex<K> => ({
  kinds,
  keysOf: object => [
    ...new Set(
      keysOf(object).filter((key): key is string => key !== undefined),
    ),
  ],
});

const labelIndex = <K extends SnapshotKind>(
  kinds: readonly K[],
  label: string,
) => index(kinds, ({ metadata }) => [textOf(entryOf(metadata.labels, label))]);

/** A hostname as it is written, normalized; `*` for a route that names none. */
function hostnamesOf(object: KubernetesObject): string[] {
  const spec = specOf(object);
  if (object.kind === 'Ingress') {
    const { rules, defaultBackend } = spec as NonNullable<Ingress['spec']>;
    const named = objectsOf(rules).map(({ host }) =>
      normalizeHostname(textOf(host)),
    );
    return defaultBackend ? [...named, '*'] : named;
  }
  const hostnames = stringsOf(spec.hostnames as string[]);
  return hostnames.length > 0 ? hostnames.map(normalizeHostname) : ['*'];
}

function specOf(object: KubernetesObject): Record<string, unknown> {
  const { spec } = object as { spec?: unknown };
  return isRecord(spec) ? spec : {};
}

const asObjects = (value: unknown) => objectsOf(value as object[]);

/** `namespace/name` of each Service that a route sends requests to, each once for each reference. */
export function serviceKeysOf(object: KubernetesObject): string[] {
  const { namespace } = object.metadata;
  const spec = specOf(object);
  if (object.kind === 'Ingress') {
    const backends = [
      spec.defaultBackend,
      ...asObjects(spec.rules).flatMap(rule => {
        const { http } = rule as { http?: unknown };
        return isRecord(http)
          ? asObjects(http.paths).map(
              path => (path as { backend?: unknown }).backend,
            )
          : [];
      }),
    ];
    return backends.flatMap(backend => {
      const name =
        isRecord(backend) &&
        isRecord(backend.service) &&
        textOf(backend.service.name);
      return name ? [objectKey(namespace, name)] : [];
    });
  }
  return asObjects(spec.rules)
    .flatMap(rule => asObjects((rule as { backendRefs?: unknown }).backendRefs))
    .flatMap(value => {
      const ref = value as BackendReference;
      const name = textOf(ref.name);
      return name && (textOf(ref.kind) ?? 'Service') === 'Service' && !ref.group
        ? [objectKey(textOf(ref.namespace) ?? namespace, name)]
        : [];
    });
}

/**
 * The ways in which objects of a snapshot are looked up other than by name. A new one is one more entry: stores and
 * snapshots keep all of them.
 * @public
 */
export const SNAPSHOT_INDEXES = {
  /** By hostname as the route names it, normalized, `*.example.org` and `*` included. */
  routesByHostname: index(ROUTE_KINDS, hostnamesOf),
  /** By `namespace/name` of each backend Service. */
  routesByService: index(ROUTE_KINDS, serviceKeysOf),
  /** By label `backstage.io/kubernetes-id`. */
  routesByKubernetesId: labelIndex(ROUTE_KINDS, KUBERNETES_ID),
  /** By annotation `idp.networking/entity-ref`, as a full ref in lower case. */
  routesByEntityRef: index(ROUTE_KINDS, ({ metadata }) => [
    normalizeRef(
      entryOf(metadata.annotations, ANNOTATION_ENTITY_REF),
      'component',
    ),
  ]),
  servicesByKubernetesId: labelIndex(['Service'], KUBERNETES_ID),
  /** By `namespace/name` of the Service. */
  slicesByService: index(['EndpointSlice'], ({ metadata }) => {
    const name = textOf(entryOf(metadata.labels, 'kubernetes.io/service-name'));
    return [name && objectKey(metadata.namespace, name)];
  }),
  /** By `namespace/name` of the Secret. */
  certificatesBySecret: index(['Certificate'], object => {
    const name = textOf(specOf(object).secretName);
    return [name && objectKey(object.metadata.namespace, name)];
  }),
  /** By `namespace/name` of the Certificate. */
  requestsByCertificate: index(['CertificateRequest'], ({ metadata }) => {
    const name = textOf(
      entryOf(metadata.annotations, 'cert-manager.io/certificate-name'),
    );
    return [name && objectKey(metadata.namespace, name)];
  }),
  /** By `namespace/name` of the Gateway. */
  listenerSetsByGateway: index(['ListenerSet'], object => {
    const { parentRef } = specOf(object);
    if (!isRecord(parentRef)) return [];
    const name = textOf(parentRef.name);
    const isGateway =
      (textOf(parentRef.kind) ?? 'Gateway') === 'Gateway' &&
      (textOf(parentRef.group) ?? GATEWAY_GROUP) === GATEWAY_GROUP;
    return [
      name && isGateway
        ? objectKey(
            textOf(parentRef.namespace) ?? object.metadata.namespace,
            name,
          )
        : undefined,
    ];
  }),
} as const satisfies Record<string, SnapshotIndex<SnapshotKind>>;

/** @public */
export type SnapshotIndexName = keyof typeof SNAPSHOT_INDEXES;

/** The objects that an index holds. @public */
export type Indexed<I extends SnapshotIndexName> =
  SnapshotKinds[(typeof SNAPSHOT_INDEXES)[I]['kinds'][number]];
