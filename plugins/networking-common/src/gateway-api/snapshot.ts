import type {
  Certificate,
  CertificateRequest,
  EndpointSlice,
  Gateway,
  GatewayClass,
  HttpRoute,
  Issuer,
  KubernetesObject,
  Namespace,
  Service,
} from './types';

/** The kinds that a snapshot holds, with their types. @public */
export interface SnapshotKinds {
  HTTPRoute: HttpRoute;
  Gateway: Gateway;
  GatewayClass: GatewayClass;
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

const keyOf = (namespace: string | undefined, name: string) =>
  `${namespace ?? ''}/${name}`;

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
    ofKind.set(keyOf(metadata.namespace, metadata.name), object);
  }
  for (const [kind, objects] of byKind) {
    for (const object of objects.values()) {
      const key = keyOf(object.metadata.namespace, kind);
      const list = byNamespace.get(key);
      if (list) list.push(object);
      else byNamespace.set(key, [object]);
    }
  }
  return {
    cluster: options.cluster,
    observedAt: options.observedAt,
    gaps: options.gaps ?? [],
    list<K extends SnapshotKind>(kind: K, namespace?: string) {
      const found =
        namespace === undefined
          ? Array.from(byKind.get(kind)?.values() ?? [])
          : byNamespace.get(keyOf(namespace, kind)) ?? [];
      return found as SnapshotKinds[K][];
    },
    get<K extends SnapshotKind>(
      kind: K,
      namespace: string | undefined,
      name: string,
    ) {
      return byKind.get(kind)?.get(keyOf(namespace, name)) as
        | SnapshotKinds[K]
        | undefined;
    },
  };
}
