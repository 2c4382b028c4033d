import type { HttpRoute, Namespace, Service } from '../../gateway-api/types';
import type { MatchReason } from '../types';
import { entityOf, namespaceOf, routeOf, serviceOf, SUFFIX } from './fixtures';

// The routes, Services and components of rou-cru/idp-blueprint (at 6e349a7), which were not made with this plugin and
// carry neither its annotations nor `backstage.io/kubernetes-id`.
const K8S = 'app.kubernetes.io';

const service = (path: string, port: number, labels: Record<string, string>) =>
  serviceOf(path, labels, { ports: [{ port }] });

/** Granted to nobody: the platform knows nothing of grants. */
export const NAMESPACES: Namespace[] = [
  'argo-events',
  'argocd',
  'backstage',
  'cicd',
  'kube-system',
  'observability',
  'vault-system',
].map(name => namespaceOf(name));

export const SERVICES: Service[] = [
  service('argo-events/argo-events-controller-manager-metrics-service', 8080, {
    [`${K8S}/part-of`]: 'argo-events',
  }),
  service('cicd/argo-workflows-server', 2746, {
    [`${K8S}/name`]: 'argo-workflows-server',
    [`${K8S}/part-of`]: 'argo-workflows',
  }),
  service('argocd/argocd-server', 80, {
    [`${K8S}/name`]: 'argocd-server',
    [`${K8S}/part-of`]: 'argocd',
  }),
  service('backstage/backstage', 7007, { [`${K8S}/instance`]: 'backstage' }),
  service('backstage/dex', 5556, { [`${K8S}/name`]: 'dex' }),
  service('observability/prometheus-grafana', 80, {
    [`${K8S}/name`]: 'grafana',
  }),
  service('observability/pyrra', 9099, { [`${K8S}/name`]: 'pyrra' }),
  service('cicd/sonarqube-sonarqube', 9000, { app: 'sonarqube' }),
  service('vault-system/vault', 8200, {
    [`${K8S}/name`]: 'vault',
    [`${K8S}/instance`]: 'vault',
  }),
];

const route = (path: string, hostLabel: string, backend: string) => {
  const [, name] = path.split('/');
  return routeOf(path, [`${hostLabel}.${SUFFIX}`], {
    service: backend,
    labels: {
      [`${K8S}/name`]: name,
      [`${K8S}/part-of`]: 'idp',
      [`${K8S}/instance`]: `${name}-demo`,
    },
  });
};

export const ROUTES: HttpRoute[] = [
  route(
    'argo-events/argo-events',
    'events',
    'argo-events-controller-manager-metrics-service:8080',
  ),
  route('cicd/argo-workflows', 'workflows', 'argo-workflows-server:2746'),
  route('argocd/argocd-server', 'argocd', 'argocd-server:80'),
  route('backstage/backstage', 'backstage', 'backstage:7007'),
  route('backstage/dex', 'dex', 'dex:5556'),
  route('observability/grafana', 'grafana', 'prometheus-grafana:80'),
  route('observability/pyrra', 'pyrra', 'pyrra:9099'),
  route('cicd/sonarqube', 'sonarqube', 'sonarqube-sonarqube:9000'),
  route('vault-system/vault-ui', 'vault', 'vault:8200'),
];

export const REDIRECT = routeOf(
  'kube-system/http-to-https-redirect',
  [`*.${SUFFIX}`],
  { sectionName: 'http' },
);

const component = (name: string, namespace: string, selector: string) =>
  entityOf({
    ref: `component:default/${name}`,
    name,
    owners: ['group:default/platform-team'],
    kubernetesId: name,
    kubernetesNamespace: namespace,
    labelSelector: selector,
  });

export const COMPONENTS = [
  component('argocd', 'argocd', `${K8S}/part-of=argocd`),
  component('argocd-server', 'argocd', `${K8S}/name=argocd-server`),
  component('argo-server', 'cicd', `${K8S}/name=argo-workflows-server`),
  component('argo-workflows', 'cicd', `${K8S}/part-of=argo-workflows`),
  component('argo-events', 'argo-events', `${K8S}/part-of=argo-events`),
  component('backstage', 'backstage', `${K8S}/instance=backstage`),
  component('dex', 'backstage', `${K8S}/name=dex`),
  component('grafana', 'observability', `${K8S}/name=grafana`),
  component('pyrra', 'observability', `${K8S}/name=pyrra`),
  component('sonarqube', 'cicd', 'app=sonarqube'),
  component('vault', 'vault-system', `${K8S}/instance=vault`),
];

/** By host label: the components of each URL, with the reason. */
export const EXPECTED: Record<string, Record<string, MatchReason>> = {
  events: { 'argo-events': 'service' },
  workflows: { 'argo-server': 'service', 'argo-workflows': 'service' },
  argocd: { argocd: 'service', 'argocd-server': 'label-selector' },
  backstage: { backstage: 'service' },
  dex: { dex: 'label-selector' },
  grafana: { grafana: 'label-selector' },
  pyrra: { pyrra: 'label-selector' },
  sonarqube: { sonarqube: 'service' },
  vault: { vault: 'service' },
};
