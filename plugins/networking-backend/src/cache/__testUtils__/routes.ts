import type { HttpRoute } from 'backstage-plugin-networking-common';

/** A route whose content a number tells, under one of few names. */
export function routeOf(
  namespace: string,
  name: string,
  content: number,
): HttpRoute {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {
      name,
      namespace,
      uid: `${namespace}-${name}`,
      labels: { 'backstage.io/kubernetes-id': `id-${content % 3}` },
    },
    spec: {
      hostnames: [`h${content % 4}.example.org`],
      rules: [{ backendRefs: [{ name: `s${content % 2}`, port: 80 }] }],
    },
  };
}
