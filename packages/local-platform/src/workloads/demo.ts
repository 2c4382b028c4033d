import {
  ANNOTATION_OWNERS,
  KUBERNETES_ID,
} from 'backstage-plugin-networking-common';
import type { KubernetesObject } from 'backstage-plugin-networking-common';

/** A demo namespace and the group that may expose from it. */
export interface DemoNamespace {
  name: string;
  owners: string;
}

/** One process, and the Services of its namespace that it answers for. */
export interface DemoWorkload {
  name: string;
  namespace: string;
  /** Value of `backstage.io/kubernetes-id`. */
  component: string;
  services: readonly string[];
  version?: string;
  /** What it says to `GET /`. */
  text: string;
}

/** Port of every demo Service: above 1023, so that its process needs no privilege. */
export const DEMO_PORT = 8080;

export const DEMO_NAMESPACES: readonly DemoNamespace[] = [
  { name: 'shop', owners: 'group:default/team-shop' },
  { name: 'payments', owners: 'group:default/team-payments' },
  { name: 'docs', owners: 'group:default/team-docs' },
];

export const DEMO_WORKLOADS: readonly DemoWorkload[] = [
  {
    name: 'shop-v1',
    namespace: 'shop',
    component: 'shop',
    services: ['shop', 'shop-v1'],
    version: 'v1',
    text: 'shop v1 says hello',
  },
  {
    name: 'shop-v2',
    namespace: 'shop',
    component: 'shop',
    services: ['shop-v2'],
    version: 'v2',
    text: 'shop v2 says hello',
  },
  {
    name: 'payments',
    namespace: 'payments',
    component: 'payments',
    services: ['payments'],
    text: 'payments says hello',
  },
  {
    name: 'docs',
    namespace: 'docs',
    component: 'docs',
    services: ['docs'],
    text: 'docs says hello',
  },
];

export function renderNamespace({
  name,
  owners,
}: DemoNamespace): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, annotations: { [ANNOTATION_OWNERS]: owners } },
  };
}

const labelsOf = (workload: DemoWorkload, service: string) => ({
  [KUBERNETES_ID]: workload.component,
  app: workload.component,
  'app.kubernetes.io/name': service,
  'app.kubernetes.io/part-of': workload.component,
  ...(workload.version && { 'app.kubernetes.io/version': workload.version }),
});

/** A Service without a selector: there are no pods, and who answers for it is said by its EndpointSlice. */
export function renderService(
  workload: DemoWorkload,
  service: string,
): KubernetesObject & Record<string, unknown> {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: service,
      namespace: workload.namespace,
      labels: labelsOf(workload, service),
    },
    spec: {
      type: 'ClusterIP',
      ports: [
        {
          name: 'http',
          port: DEMO_PORT,
          targetPort: DEMO_PORT,
          protocol: 'TCP',
          appProtocol: 'http',
        },
      ],
    },
  };
}

/**
 * The EndpointSlice of a demo Service. EndpointSlices refuse loopback addresses, so the address is one of those kept for
 * documentation (RFC 5737): requests go to the ClusterIP and nothing dials it.
 */
export function renderEndpointSlice(
  workload: DemoWorkload,
  service: string,
  ready: boolean,
): KubernetesObject & Record<string, unknown> {
  const index = DEMO_WORKLOADS.findIndex(({ name }) => name === workload.name);
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${service}-local`,
      namespace: workload.namespace,
      labels: {
        ...labelsOf(workload, service),
        'kubernetes.io/service-name': service,
        'endpointslice.kubernetes.io/managed-by': 'local-platform',
      },
    },
    addressType: 'IPv4',
    endpoints: [
      {
        addresses: [`192.0.2.${index + 1}`],
        conditions: { ready, serving: ready, terminating: false },
      },
    ],
    ports: [{ name: 'http', port: DEMO_PORT, protocol: 'TCP' }],
  };
}
