import { hostOf, type HttpRoute } from 'backstage-plugin-networking-common';
import { SUFFIX } from './exposures';

/** The route of an exposure that the plugin made. */
export function manifestOf(
  label: string,
  namespace: string,
  service: string,
  port: number,
): HttpRoute {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {
      name: `${label}-k3v9q2mx`,
      namespace,
      labels: { 'app.kubernetes.io/managed-by': 'backstage-networking' },
      annotations: { 'idp.networking/host-label': label },
    },
    spec: {
      parentRefs: [
        {
          group: 'gateway.networking.k8s.io',
          kind: 'Gateway',
          namespace: 'kube-system',
          name: 'idp-gateway',
          sectionName: 'https',
        },
      ],
      hostnames: [hostOf(label, SUFFIX)],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          backendRefs: [
            { group: '', kind: 'Service', name: service, port, weight: 1 },
          ],
        },
      ],
    },
  };
}
