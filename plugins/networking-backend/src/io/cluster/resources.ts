import type { SnapshotKind } from 'backstage-plugin-networking-common';

/** Kinds that are read when somebody asks, and never watched. */
export type OnDemandKind = 'Event' | 'Order' | 'Challenge';

/** Where the API server serves a kind, and whether its objects lie in namespaces. */
export interface Resource<K extends string = SnapshotKind> {
  kind: K;
  group: string;
  version: string;
  /** Served by older releases in place of `version`, newest first, with the same fields where we read them. */
  olderVersions?: readonly string[];
  plural: string;
  namespaced: boolean;
  /** What is missing from a cluster that does not serve the kind. */
  providedBy: string;
}

const GATEWAY_API = {
  group: 'gateway.networking.k8s.io',
  version: 'v1',
  providedBy: 'the Gateway API CRDs',
};
const CERT_MANAGER = {
  group: 'cert-manager.io',
  version: 'v1',
  providedBy: 'the cert-manager CRDs',
};
const CORE = { group: '', version: 'v1', providedBy: 'the core API' };

/**
 * The resources that a snapshot is read from. `rbac/clusterrole.yaml` grants
 * `list` and `watch` on exactly these.
 */
export const RESOURCES: Readonly<Record<SnapshotKind, Resource>> = {
  HTTPRoute: {
    ...GATEWAY_API,
    kind: 'HTTPRoute',
    plural: 'httproutes',
    namespaced: true,
  },
  Gateway: {
    ...GATEWAY_API,
    kind: 'Gateway',
    plural: 'gateways',
    namespaced: true,
  },
  GatewayClass: {
    ...GATEWAY_API,
    kind: 'GatewayClass',
    plural: 'gatewayclasses',
    namespaced: false,
  },
  GRPCRoute: {
    ...GATEWAY_API,
    kind: 'GRPCRoute',
    plural: 'grpcroutes',
    namespaced: true,
  },
  TLSRoute: {
    ...GATEWAY_API,
    olderVersions: ['v1alpha3', 'v1alpha2'],
    kind: 'TLSRoute',
    plural: 'tlsroutes',
    namespaced: true,
  },
  ListenerSet: {
    ...GATEWAY_API,
    kind: 'ListenerSet',
    plural: 'listenersets',
    namespaced: true,
  },
  ReferenceGrant: {
    ...GATEWAY_API,
    olderVersions: ['v1beta1'],
    kind: 'ReferenceGrant',
    plural: 'referencegrants',
    namespaced: true,
  },
  Ingress: {
    group: 'networking.k8s.io',
    version: 'v1',
    providedBy: 'the Ingress API',
    kind: 'Ingress',
    plural: 'ingresses',
    namespaced: true,
  },
  Service: { ...CORE, kind: 'Service', plural: 'services', namespaced: true },
  EndpointSlice: {
    group: 'discovery.k8s.io',
    version: 'v1',
    providedBy: 'the discovery API',
    kind: 'EndpointSlice',
    plural: 'endpointslices',
    namespaced: true,
  },
  Namespace: {
    ...CORE,
    kind: 'Namespace',
    plural: 'namespaces',
    namespaced: false,
  },
  Certificate: {
    ...CERT_MANAGER,
    kind: 'Certificate',
    plural: 'certificates',
    namespaced: true,
  },
  CertificateRequest: {
    ...CERT_MANAGER,
    kind: 'CertificateRequest',
    plural: 'certificaterequests',
    namespaced: true,
  },
  Issuer: {
    ...CERT_MANAGER,
    kind: 'Issuer',
    plural: 'issuers',
    namespaced: true,
  },
  ClusterIssuer: {
    ...CERT_MANAGER,
    kind: 'ClusterIssuer',
    plural: 'clusterissuers',
    namespaced: false,
  },
};

const ACME = {
  group: 'acme.cert-manager.io',
  version: 'v1',
  providedBy: 'the cert-manager CRDs',
  namespaced: true,
};

/** What the history of a certificate is read from. `rbac/clusterrole.yaml` grants `list` on exactly these. */
export const ON_DEMAND: Readonly<Record<OnDemandKind, Resource<OnDemandKind>>> =
  {
    Event: { ...CORE, kind: 'Event', plural: 'events', namespaced: true },
    Order: { ...ACME, kind: 'Order', plural: 'orders' },
    Challenge: { ...ACME, kind: 'Challenge', plural: 'challenges' },
  };

/** Every kind of a snapshot. */
export const SNAPSHOT_KINDS = Object.keys(RESOURCES) as SnapshotKind[];

/** `apiVersion` of a resource's objects. */
export function apiVersionOf({
  group,
  version,
}: Pick<Resource, 'group' | 'version'>): string {
  return group ? `${group}/${version}` : version;
}

/** Path of a collection, or of one object in it. */
export function pathOf(
  resource: Resource<string>,
  namespace?: string,
  name?: string,
): string {
  const segments = resource.group
    ? ['apis', resource.group, resource.version]
    : ['api', resource.version];
  if (resource.namespaced && namespace !== undefined) {
    segments.push('namespaces', encodeURIComponent(namespace));
  }
  segments.push(resource.plural);
  if (name !== undefined) segments.push(encodeURIComponent(name));
  return `/${segments.join('/')}`;
}
