import {
  objectKey,
  SNAPSHOT_INDEXES,
  type Indexed,
  type SnapshotIndexName,
} from './indexes';
import type {
  Certificate,
  CertificateRequest,
  EndpointSlice,
  Gateway,
  GatewayClass,
  GrpcRoute,
  HttpRoute,
  Ingress,
  Issuer,
  KubernetesObject,
  ListenerSet,
  Namespace,
  ReferenceGrant,
  Service,
  TlsRoute,
} from './types';

/** The kinds that a snapshot holds, with their types. @public */
export interface SnapshotKinds {
  HTTPRoute: HttpRoute;
  GRPCRoute: GrpcRoute;
  TLSRoute: TlsRoute;
  Ingress: Ingress;
  Gateway: Gateway;
  GatewayClass: GatewayClass;
  ListenerSet: ListenerSet;
  ReferenceGrant: ReferenceGrant;
  Service: Service;
  EndpointSlice: EndpointSlice;
  Namespace: Namespace;
  Certificate: Certificate;
  CertificateRequest: CertificateRequest;
  Issuer: Issuer;
  ClusterIssuer: Issuer;
}

/** @public */
export type SnapshotKind = keyof SnapshotKinds;

/** A kind that could not be read. @public */
export interface SnapshotGap {
  kind: SnapshotKind;
  /** `NotServed`: the cluster has no such resource. `Forbidden`: RBAC. `Unreachable`: no answer. */
  reason: 'NotServed' | 'Forbidden' | 'Unreachable';
  message: string;
  /** Of `Unreachable`: there is an answer, that the credentials are no good. */
  unauthorized?: true;
}

/**
 * What is known of one cluster at one time. Immutable: whoever reads it never changes an object in it. A kind named in
 * `gaps` is "not known", which is not the same as "there is none".
 * @public
 */
export interface Snapshot {
  readonly cluster: string;
  /** ISO 8601 time at which the data was current. */
  readonly observedAt: string;
  readonly gaps: readonly SnapshotGap[];
  list<K extends SnapshotKind>(
    kind: K,
    namespace?: string,
  ): readonly SnapshotKinds[K][];
  get<K extends SnapshotKind>(
    kind: K,
    namespace: string | undefined,
    name: string,
  ): SnapshotKinds[K] | undefined;
  /** Objects under a key of an index, in no certain order; costs no more as the cluster grows. */
  find<I extends SnapshotIndexName>(
    index: I,
    key: string,
  ): readonly Indexed<I>[];
  /**
   * Stands for all objects of a kind: where two snapshots have the same one, they hold the same objects of it. Undefined
   * where that is not known.
   */
  stateOf?(kind: SnapshotKind): object | undefined;
}

/** Names are strings and a namespace is one or absent; the rest of an object is taken as it comes. */
function isKubernetesObject(object: KubernetesObject): boolean {
  const { name, namespace } = object?.metadata ?? {};
  return (
    typeof object?.kind === 'string' &&
    typeof name === 'string' &&
    (namespace === undefined || typeof namespace === 'string')
  );
}

/**
 * A snapshot over plain lists, indexed by namespace and name. Objects of kinds that a snapshot does not hold, and
 * values that are no Kubernetes objects, are left out.
 * @public
 */
export function createSnapshot(options: {
  cluster: string;
  observedAt: string;
  objects: readonly KubernetesObject[];
  gaps?: readonly SnapshotGap[];
}): Snapshot {
  const byKind = new Map<string, Map<string, KubernetesObject>>();
  const byNamespace = new Map<string, KubernetesObject[]>();
  for (const object of options.objects) {
    if (!isKubernetesObject(object)) continue;
    const { kind, metadata } = object;
    let ofKind = byKind.get(kind);
    if (!ofKind) byKind.set(kind, (ofKind = new Map()));
    ofKind.set(objectKey(metadata.namespace, metadata.name), object);
  }
  for (const [kind, objects] of byKind) {
    for (const object of objects.values()) {
      const key = objectKey(object.metadata.namespace, kind);
      const list = byNamespace.get(key);
      if (list) list.push(object);
      else byNamespace.set(key, [object]);
    }
  }
  const indexes = new Map<string, Map<string, KubernetesObject[]>>();
  const indexed = (name: SnapshotIndexName) => {
    const known = indexes.get(name);
    if (known) return known;
    const found = new Map<string, KubernetesObject[]>();
    const { kinds, keysOf } = SNAPSHOT_INDEXES[name];
    for (const kind of kinds) {
      for (const object of byKind.get(kind)?.values() ?? []) {
        for (const key of keysOf(object)) {
          const list = found.get(key);
          if (list) list.push(object);
          else found.set(key, [object]);
        }
      }
    }
    indexes.set(name, found);
    return found;
  };
  return {
    cluster: options.cluster,
    observedAt: options.observedAt,
    gaps: options.gaps ?? [],
    list<K extends SnapshotKind>(kind: K, namespace?: string) {
      const found =
        namespace === undefined
          ? Array.from(byKind.get(kind)?.values() ?? [])
          : byNamespace.get(objectKey(namespace, kind)) ?? [];
      return found as SnapshotKinds[K][];
    },
    get<K extends SnapshotKind>(
      kind: K,
      namespace: string | undefined,
      name: string,
    ) {
      return byKind.get(kind)?.get(objectKey(namespace, name)) as
        | SnapshotKinds[K]
        | undefined;
    },
    find<I extends SnapshotIndexName>(name: I, key: string) {
      return (indexed(name).get(key) ?? []) as readonly Indexed<I>[];
    },
  };
}
