import type { SnapshotGap } from '../../gateway-api/snapshot';
import { createSnapshot } from '../../gateway-api/snapshot';
import type {
  Gateway,
  HttpRoute,
  KubernetesObject,
  Listener,
  Namespace,
  Service,
} from '../../gateway-api/types';
import type { ClusterSettings } from '../../settings/types';
import type { EntityFacts } from '../entityFacts';

export const SUFFIX = '192-168-1-20.nip.io';

export function settingsOf(
  overrides: {
    cluster?: string;
    network?: Partial<ClusterSettings['network']>;
    gateway?: Partial<ClusterSettings['gateway']>;
    grants?: ClusterSettings['grants'];
  } = {},
): ClusterSettings {
  return {
    cluster: overrides.cluster ?? 'local',
    network: {
      dnsSuffix: SUFFIX,
      publicHttpsPort: 443,
      nodeportHttp: 30080,
      nodeportHttps: 30443,
      ...overrides.network,
    },
    gateway: {
      name: 'idp-gateway',
      namespace: 'kube-system',
      class: 'cilium-nodeport',
      controller: 'io.cilium/gateway-controller',
      httpPort: 80,
      httpsPort: 443,
      httpSection: 'http',
      httpsSection: 'https',
      allowedNamespaces: 'All',
      reservedHosts: [],
      allowLookalikes: false,
      ...overrides.gateway,
    },
    probe: { interval: '1m', concurrency: 8, resolver: 'off' },
    certificates: {
      issuer: 'idp-demo-ca',
      selfSignedIssuer: 'self-signed-issuer',
      caCertificate: 'idp-demo-ca',
      caSecret: 'idp-demo-ca-secret',
      wildcardCertificate: 'idp-wildcard-cert',
      wildcardSecret: 'idp-wildcard-cert',
      clusterResourceNamespace: 'cert-manager',
      caDuration: '87600h',
      caRenewBefore: '17520h',
      duration: '8760h',
      renewBefore: '720h',
      warnBefore: '720h',
      overdueAfter: '1h',
      minRsaBits: 2048,
      notify: [],
    },
    grants: overrides.grants ?? {},
  };
}

export function namespaceOf(name: string, owners?: string): Namespace {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      ...(owners !== undefined && {
        annotations: { 'idp.networking/owners': owners },
      }),
    },
  };
}

export function serviceOf(
  path: string,
  labels: Record<string, string> = {},
  spec: Service['spec'] = { ports: [{ port: 8080 }] },
): Service {
  const [namespace, name] = path.split('/');
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels },
    spec,
  };
}

export function listenerOf(overrides: Partial<Listener> = {}): Listener {
  return {
    name: 'https',
    hostname: `*.${SUFFIX}`,
    port: 443,
    protocol: 'HTTPS',
    allowedRoutes: { namespaces: { from: 'All' } },
    ...overrides,
  };
}

export function gatewayOf(...listeners: Listener[]): Gateway {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'idp-gateway', namespace: 'kube-system' },
    spec: {
      listeners:
        listeners.length > 0
          ? listeners
          : [
              listenerOf({ name: 'http', port: 80, protocol: 'HTTP' }),
              listenerOf(),
            ],
    },
  };
}

export function routeOf(
  path: string,
  hostnames: string[] | undefined,
  parts: {
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    service?: string;
    sectionName?: string;
  } = {},
): HttpRoute {
  const [namespace, name] = path.split('/');
  const { labels, annotations, service, sectionName } = parts;
  const [serviceName, servicePort] = service?.split(':') ?? [];
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {
      name,
      namespace,
      ...(labels && { labels }),
      ...(annotations && { annotations }),
    },
    spec: {
      parentRefs: [
        {
          name: 'idp-gateway',
          namespace: 'kube-system',
          ...(sectionName !== undefined && { sectionName }),
        },
      ],
      ...(hostnames && { hostnames }),
      rules: serviceName
        ? [
            {
              backendRefs: [
                { name: serviceName, port: Number(servicePort ?? 80) },
              ],
            },
          ]
        : [],
    },
  };
}

export function entityOf(overrides: Partial<EntityFacts> = {}): EntityFacts {
  return {
    ref: 'component:default/shop',
    kind: 'Component',
    namespace: 'default',
    name: 'shop',
    owners: ['group:default/team-shop'],
    kubernetesId: 'shop',
    ...overrides,
  };
}

export function snapshotOf(
  objects: readonly KubernetesObject[],
  options: { cluster?: string; gaps?: readonly SnapshotGap[] } = {},
) {
  return createSnapshot({
    cluster: options.cluster ?? 'local',
    observedAt: '2030-01-01T00:00:00Z',
    objects,
    gaps: options.gaps,
  });
}

/** A platform on which component:default/shop can be exposed from Service shop/shop without further words. */
export function shopPlatform(): KubernetesObject[] {
  return [
    gatewayOf(),
    namespaceOf('kube-system'),
    namespaceOf('shop', 'group:default/team-shop'),
    namespaceOf('payments', 'group:default/team-payments'),
    serviceOf('shop/shop', { 'backstage.io/kubernetes-id': 'shop' }),
    serviceOf('payments/payments', {
      'backstage.io/kubernetes-id': 'payments',
      app: 'payments',
    }),
  ];
}
