import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { readClusterConnections } from './clusterConfig';

const cluster = (rest: JsonObject = {}): JsonObject => ({
  name: 'local',
  url: 'https://127.0.0.1:6443',
  authProvider: 'serviceAccount',
  serviceAccountToken: 'token',
  ...rest,
});
const without = (key: string): JsonObject => {
  const { [key]: _dropped, ...rest } = cluster();
  return rest;
};
const methods = (...clusters: JsonObject[]): JsonObject => ({
  kubernetes: { clusterLocatorMethods: [{ type: 'config', clusters }] },
});

const read = (data: JsonObject, inCluster = false) =>
  readClusterConnections(mockServices.rootConfig({ data }), { inCluster });

describe('readClusterConnections takes', () => {
  it('clusters of type config with a service account token', () => {
    expect(
      read(methods(cluster({ caFile: '/ca.crt', skipTLSVerify: false }))),
    ).toEqual([
      {
        type: 'token',
        name: 'local',
        url: 'https://127.0.0.1:6443',
        token: 'token',
        caFile: '/ca.crt',
        skipTLSVerify: false,
      },
    ]);
  });

  it('the provider from authMetadata, as the Kubernetes plugin does', () => {
    const data = methods({
      ...without('authProvider'),
      authMetadata: { 'kubernetes.io/auth-provider': 'serviceAccount' },
    });
    expect(read(data)).toHaveLength(1);
  });

  it('the pod it runs in, where there is no token', () => {
    expect(read(methods(without('serviceAccountToken')), true)).toEqual([
      { type: 'in-cluster', name: 'local' },
    ]);
  });

  it('the current context only where that is said', () => {
    expect(read({})).toEqual([]);
    expect(read({ networking: { useCurrentContext: true } })).toEqual([
      { type: 'current-context' },
    ]);
  });
});

const REFUSED: Record<string, { data: JsonObject; says: RegExp }> = {
  'a locator that needs a signed-in user': {
    data: { kubernetes: { clusterLocatorMethods: [{ type: 'gke' }] } },
    says: /kubernetes\.clusterLocatorMethods\[0\]\.type is 'gke'.*type 'config'/,
  },
  'an auth provider that is no service account': {
    data: methods(cluster(), cluster({ name: 'two', authProvider: 'google' })),
    says: /clusterLocatorMethods\[0\]\.clusters\[1\]\.authProvider is 'google'/,
  },
  'a cluster without a token outside of it': {
    data: methods(without('serviceAccountToken')),
    says: /clusters\[0\]\.serviceAccountToken is missing/,
  },
  'a URL in clear text': {
    data: methods(cluster({ url: 'http://127.0.0.1:8080' })),
    says: /clusters\[0\]\.url must be an https URL/,
  },
  'two clusters of one name': {
    data: methods(cluster(), cluster()),
    says: /names cluster 'local' twice/,
  },
};

describe('readClusterConnections stops the start for', () => {
  it.each(Object.entries(REFUSED))('%s', (_, { data, says }) => {
    expect(() => read(data)).toThrow(says);
    expect(() => read(data)).toThrow(
      expect.objectContaining({ name: 'InputError' }),
    );
  });
});
