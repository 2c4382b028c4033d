/**
 * What the API server writes to its audit log: every request on an object when it is answered, and a watch also when
 * it begins, so that it can be compared with what RBAC grants. Bodies only where there can be no secret in them.
 */
export const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  omitManagedFields: true,
  rules: [
    {
      level: 'None',
      nonResourceURLs: ['/healthz*', '/livez*', '/readyz*'],
    },
    // The API server's own bookkeeping.
    { level: 'None', users: ['system:apiserver'] },
    { level: 'None', resources: [{ group: 'coordination.k8s.io' }] },
    {
      level: 'Request',
      resources: [{ group: 'gateway.networking.k8s.io' }],
    },
    { level: 'Metadata' },
  ],
};
