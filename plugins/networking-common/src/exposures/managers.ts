import { MANAGED_BY_LABEL, MANAGED_BY_VALUE } from '../annotations';
import { entryOf } from '../gateway-api/lenient';
import { httpsRedirectPort } from '../gateway-api/redirects';
import type { HttpRoute, KubernetesObject } from '../gateway-api/types';
import type { ClusterSettings } from '../settings/types';

const MARKS: readonly {
  tool: string;
  labels?: readonly string[];
  annotations?: readonly string[];
}[] = [
  {
    tool: 'Argo CD',
    labels: ['argocd.argoproj.io/instance'],
    annotations: ['argocd.argoproj.io/tracking-id'],
  },
  {
    tool: 'Flux',
    labels: ['kustomize.toolkit.fluxcd.io/name', 'helm.toolkit.fluxcd.io/name'],
  },
  { tool: 'Helm', annotations: ['meta.helm.sh/release-name'] },
];

/**
 * The tool that keeps an object as a source elsewhere says and would undo a change made in the cluster: `Argo CD`,
 * `Flux` or `Helm`, told by the marks that these tools set. Undefined where there is no such mark.
 * @public
 */
export function deliveryToolOf(object: KubernetesObject): string | undefined {
  const { labels, annotations } = object.metadata;
  const mark = MARKS.find(
    candidate =>
      candidate.labels?.some(key => entryOf(labels, key) !== undefined) ||
      candidate.annotations?.some(
        key => entryOf(annotations, key) !== undefined,
      ),
  );
  if (mark) return mark.tool;
  return entryOf(labels, MANAGED_BY_LABEL) === 'Helm' ? 'Helm' : undefined;
}

/** Was this object made by the plugin, according to its label? @public */
export function isManaged(object: KubernetesObject): boolean {
  return entryOf(object.metadata.labels, MANAGED_BY_LABEL) === MANAGED_BY_VALUE;
}

/**
 * Is this the route by which the platform sends requests in clear to HTTPS? It lies in the Gateway's namespace, from
 * which nothing is exposed, and is a part of the platform and no exposure, whoever made it.
 * @public
 */
export function isPlatformRoute(
  route: HttpRoute,
  { gateway }: ClusterSettings,
): boolean {
  return (
    route.metadata.namespace === gateway.namespace &&
    httpsRedirectPort(route) !== undefined
  );
}
