import type {
  ClusterSettings,
  HttpRoute,
  KubernetesObject,
  ListenerSet,
} from 'backstage-plugin-networking-common';

const API = 'gateway.networking.k8s.io/v1';

export const SET_HOST = 'shop.team-shop.example.com';

/** A ListenerSet of the Gateway with one listener, on the port of its http listener, for hosts of a team's own. */
export const listenerSet = (
  namespace: string,
  { gateway }: ClusterSettings,
): ListenerSet => ({
  apiVersion: API,
  kind: 'ListenerSet',
  metadata: { name: 'team', namespace },
  spec: {
    parentRef: { name: gateway.name, namespace: gateway.namespace },
    listeners: [
      {
        name: 'web',
        port: gateway.httpPort,
        protocol: 'HTTP',
        hostname: `*.team-${namespace}.example.com`,
      },
    ],
  },
});

/** A route of Service shop, or of that of its namespace, at the ListenerSet there. */
export const routeOfSet = (
  namespace: string,
  sectionName = 'web',
): HttpRoute => ({
  apiVersion: API,
  kind: 'HTTPRoute',
  metadata: { name: `of-set-${sectionName}`, namespace },
  spec: {
    parentRefs: [{ kind: 'ListenerSet', name: 'team', sectionName }],
    hostnames: [`shop.team-${namespace}.example.com`],
    rules: [{ backendRefs: [{ name: namespace, port: 8080 }] }],
  },
});

/** Lets the Gateway take listeners from one namespace. */
export const takingListenersFrom = (
  namespace: string,
  { gateway }: ClusterSettings,
): KubernetesObject =>
  ({
    apiVersion: API,
    kind: 'Gateway',
    metadata: { name: gateway.name, namespace: gateway.namespace },
    spec: {
      gatewayClassName: gateway.class,
      allowedListeners: {
        namespaces: {
          from: 'Selector',
          selector: {
            matchLabels: { 'kubernetes.io/metadata.name': namespace },
          },
        },
      },
    },
  } as KubernetesObject);
