import type {
  EndpointSlice,
  HttpRoute,
  KubernetesObject,
  Namespace,
  Service,
} from 'backstage-plugin-networking-common';

const PER_NAMESPACE = 100;

/** What stands beside what is measured: the `index`th application of a cluster with many. */
export interface Application {
  namespace: string;
  name: string;
  route: HttpRoute;
  service: Service;
  slice: EndpointSlice;
}

const nameOf = (index: number) => `app-${String(index).padStart(5, '0')}`;
const namespaceOf = (index: number) =>
  `bench-${String(Math.floor(index / PER_NAMESPACE)).padStart(3, '0')}`;

/** The listener that applications attach to, the controller that answers for it, and where their hosts lie. */
export interface Attachment {
  gateway: { namespace: string; name: string; sectionName: string };
  controller: string;
  dnsSuffix: string;
}

const conditions = (types: string[]) =>
  types.map(type => ({
    type,
    status: 'True' as const,
    reason: type,
    message: '',
    observedGeneration: 1,
    lastTransitionTime: '2026-01-01T00:00:00Z',
  }));

/**
 * A route with a Service and its endpoints, of the shape that Helm charts and controllers write. The API server takes the
 * status of a route at its subresource only.
 */
export function application(
  index: number,
  { gateway, controller, dnsSuffix }: Attachment,
): Application {
  const parentRef = {
    group: 'gateway.networking.k8s.io',
    kind: 'Gateway',
    ...gateway,
  };
  const name = nameOf(index);
  const namespace = namespaceOf(index);
  const labels = {
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/version': '1.4.2',
    'backstage.io/kubernetes-id': name,
  };
  const metadata = { name, namespace, labels };
  return {
    namespace,
    name,
    route: {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata,
      spec: {
        parentRefs: [parentRef],
        hostnames: [`${name}.${dnsSuffix}`],
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/' } }],
            backendRefs: [
              { group: '', kind: 'Service', name, port: 8080, weight: 1 },
            ],
          },
        ],
      },
      status: {
        parents: [
          {
            parentRef,
            controllerName: controller,
            conditions: conditions(['Accepted', 'ResolvedRefs']),
          },
        ],
      },
    },
    service: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        selector: { 'app.kubernetes.io/name': name },
        ports: [
          { name: 'http', port: 8080, protocol: 'TCP', targetPort: 8080 },
        ],
      },
    } as Service,
    slice: {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: `${name}-x7k2p`,
        namespace,
        labels: { ...labels, 'kubernetes.io/service-name': name },
      },
      addressType: 'IPv4',
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
      endpoints: [1, 2].map(pod => ({
        addresses: [`10.${(index >> 8) % 256}.${index % 256}.${pod}`],
        conditions: { ready: true, serving: true, terminating: false },
        nodeName: `node-${index % 20}`,
        zone: 'zone-a',
        targetRef: {
          kind: 'Pod',
          name: `${name}-7d9c5b6f4-${pod}`,
          namespace,
        },
      })),
    } as EndpointSlice,
  };
}

/**
 * A Gateway whose controller is played by the benchmark: a real one writes some statuses a second, and would be at it for
 * longer than anything that is measured.
 */
export const PLAYED: Attachment = {
  gateway: {
    namespace: namespaceOf(0),
    name: 'bench-gateway',
    sectionName: 'https',
  },
  controller: 'example.org/bench-controller',
  dnsSuffix: 'bench.example.org',
};

/** The Gateway of {@link PLAYED} and its class. */
export function playedGateway(): KubernetesObject[] {
  const { namespace, name, sectionName } = PLAYED.gateway;
  const apiVersion = 'gateway.networking.k8s.io/v1';
  return [
    {
      apiVersion,
      kind: 'GatewayClass',
      metadata: { name: 'bench' },
      spec: { controllerName: PLAYED.controller },
    } as KubernetesObject,
    {
      apiVersion,
      kind: 'Gateway',
      metadata: { name, namespace },
      spec: {
        gatewayClassName: 'bench',
        listeners: [
          {
            name: sectionName,
            port: 443,
            protocol: 'HTTPS',
            hostname: `*.${PLAYED.dnsSuffix}`,
            tls: { certificateRefs: [{ name: 'bench-certificate' }] },
            allowedRoutes: { namespaces: { from: 'All' } },
          },
        ],
      },
    } as KubernetesObject,
  ];
}

/** The namespaces of the first `count` applications. */
export function namespacesOf(count: number): Namespace[] {
  return Array.from({ length: Math.ceil(count / PER_NAMESPACE) }, (_, n) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespaceOf(n * PER_NAMESPACE) },
  }));
}

/** Catalog entities of the first `count` applications. */
export function components(count: number): object[] {
  return Array.from({ length: count }, (_, index) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: nameOf(index),
      description: `The ${index + 1}th of many applications.`,
      annotations: {
        'backstage.io/kubernetes-id': nameOf(index),
        'backstage.io/kubernetes-namespace': namespaceOf(index),
      },
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: index % 2 === 0 ? 'team-shop' : 'team-payments',
    },
  }));
}

/** Where an object is created. */
export function collectionOf({
  apiVersion,
  kind,
  metadata: { namespace },
}: KubernetesObject): string {
  const base = apiVersion.includes('/')
    ? `/apis/${apiVersion}`
    : `/api/${apiVersion}`;
  const plural = `${kind.toLowerCase()}${kind.endsWith('s') ? 'es' : 's'}`;
  return namespace === undefined
    ? `${base}/${plural}`
    : `${base}/namespaces/${namespace}/${plural}`;
}
