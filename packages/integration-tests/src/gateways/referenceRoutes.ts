import type {
  ClusterSettings,
  HttpRoute,
  KubernetesObject,
} from 'backstage-plugin-networking-common';

/** The routes of rou-cru/idp-blueprint (at 6e349a7): namespace, name, host label, backend Service and port. */
const ROUTES = [
  [
    'argo-events',
    'argo-events',
    'events',
    'argo-events-controller-manager-metrics-service',
    8080,
  ],
  ['cicd', 'argo-workflows', 'workflows', 'argo-workflows-server', 2746],
  ['argocd', 'argocd-server', 'argocd', 'argocd-server', 80],
  ['backstage', 'backstage', 'backstage', 'backstage', 7007],
  ['backstage', 'dex', 'dex', 'dex', 5556],
  ['observability', 'grafana', 'grafana', 'prometheus-grafana', 80],
  ['observability', 'pyrra', 'pyrra', 'pyrra', 9099],
  ['cicd', 'sonarqube', 'sonarqube', 'sonarqube-sonarqube', 9000],
  ['vault-system', 'vault-ui', 'vault', 'vault', 8200],
] as const;

export const REFERENCE_NAMESPACES = [
  ...new Set(ROUTES.map(([namespace]) => namespace)),
];

const object = (
  kind: string,
  namespace: string,
  name: string,
  spec: unknown,
) => ({
  apiVersion: kind === 'Service' ? 'v1' : 'gateway.networking.k8s.io/v1',
  kind,
  metadata: { namespace, name },
  spec,
});

/** The namespaces and Services that the routes name. */
export const referredByReference = (): KubernetesObject[] => [
  ...REFERENCE_NAMESPACES.map(name => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  })),
  ...ROUTES.map(([namespace, , , service, port]) =>
    object('Service', namespace, service, { ports: [{ port }] }),
  ),
];

/**
 * The nine routes as they stand there: without a section name, and at the Gateway by its name alone. The tenth, the
 * redirect, is the platform's own here as well.
 */
export const referenceRoutes = ({
  gateway,
  network,
}: ClusterSettings): HttpRoute[] =>
  ROUTES.map(([namespace, name, label, service, port]) =>
    object('HTTPRoute', namespace, name, {
      parentRefs: [{ name: gateway.name, namespace: gateway.namespace }],
      hostnames: [`${label}.${network.dnsSuffix}`],
      rules: [{ backendRefs: [{ name: service, port }] }],
    }),
  ) as HttpRoute[];
