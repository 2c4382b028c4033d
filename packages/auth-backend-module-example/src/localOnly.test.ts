import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { whyNotLocal } from './localOnly';

const API_SERVER = 'https://127.0.0.1:16443';

/** The configuration of the local platform, with some of its keys replaced. */
const config = (
  changes: {
    listen?: unknown;
    apiServer?: string;
    locators?: unknown;
    useCurrentContext?: boolean;
  } = {},
) => {
  const all = {
    listen: { host: '127.0.0.1', port: 7007 },
    useCurrentContext: false,
    apiServer: API_SERVER,
    locators: [
      { type: 'config', clusters: [{ name: 'local', url: API_SERVER }] },
    ],
    ...changes,
  };
  return new ConfigReader({
    backend: { listen: all.listen },
    auth: { providers: { example: { apiServer: all.apiServer, people: [] } } },
    kubernetes: { clusterLocatorMethods: all.locators },
    networking: { useCurrentContext: all.useCurrentContext },
  } as JsonObject);
};

const clusters = (...urls: string[]) => [
  {
    type: 'config',
    clusters: urls.map((url, index) => ({ name: `cluster-${index}`, url })),
  },
];

describe('whyNotLocal', () => {
  it.each([
    ['the local platform', config()],
    ['a listen address in one string', config({ listen: '127.0.0.1:7007' })],
    [
      'the IPv6 loopback address',
      config({ listen: { host: '::1', port: 7007 } }),
    ],
    [
      'the same API server written with a trailing slash',
      config({ locators: clusters(`${API_SERVER}/`) }),
    ],
  ])('lets the provider run on %s', (_, local) => {
    expect(
      whyNotLocal({ config: local, nodeEnv: 'development' }),
    ).toBeUndefined();
  });

  it.each([
    ['production', "NODE_ENV is 'production' and not 'development'"],
    ['test', "NODE_ENV is 'test' and not 'development'"],
    [undefined, "NODE_ENV is '' and not 'development'"],
  ])('refuses NODE_ENV %s', (nodeEnv, reason) => {
    expect(whyNotLocal({ config: config(), nodeEnv })).toBe(reason);
  });

  it.each([
    [
      'a backend that listens on every interface by default',
      config({ listen: { port: 7007 } }),
      /^backend\.listen\.host is ''/,
    ],
    [
      'a backend that listens on every interface by choice',
      config({ listen: { host: '0.0.0.0', port: 7007 } }),
      /^backend\.listen\.host is '0\.0\.0\.0'/,
    ],
    [
      'a backend whose listen address is only a port',
      config({ listen: ':7007' }),
      /^backend\.listen\.host is ''/,
    ],
    [
      'an API server on another machine',
      config({
        apiServer: 'https://10.0.0.5:6443',
        locators: clusters('https://10.0.0.5:6443'),
      }),
      /apiServer is 'https:\/\/10\.0\.0\.5:6443', which is not on this machine/,
    ],
    [
      'a second cluster beside the local one',
      config({ locators: clusters(API_SERVER, 'https://10.0.0.5:6443') }),
      /^cluster 'cluster-1' at https:\/\/10\.0\.0\.5:6443 is not the local platform's/,
    ],
    [
      'another cluster on loopback, as kind and k3d make them',
      config({ locators: clusters('https://127.0.0.1:40123') }),
      /^cluster 'cluster-0' at https:\/\/127\.0\.0\.1:40123 is not the local platform's/,
    ],
    [
      'a second locator that names a foreign cluster',
      config({
        locators: [...clusters(API_SERVER), ...clusters('https://k8s.example')],
      }),
      /^cluster 'cluster-0' at https:\/\/k8s\.example is not/,
    ],
    [
      'a locator that finds its clusters elsewhere',
      config({
        locators: [...clusters(API_SERVER), { type: 'localKubectlProxy' }],
      }),
      /has one of type 'localKubectlProxy'/,
    ],
    [
      'the cluster of a kubeconfig beside the local one',
      config({ useCurrentContext: true }),
      /^networking\.useCurrentContext adds the cluster of a kubeconfig/,
    ],
    ['no cluster at all', config({ locators: clusters() }), /names no cluster/],
    ['no locator at all', config({ locators: [] }), /names no cluster/],
  ])('refuses %s', (_, elsewhere, reason) => {
    expect(whyNotLocal({ config: elsewhere, nodeEnv: 'development' })).toMatch(
      reason,
    );
  });

  it('refuses a provider that does not name the API server', () => {
    const nameless = new ConfigReader({
      backend: { listen: { host: '127.0.0.1' } },
      auth: { providers: { example: { people: [] } } },
    });
    expect(() =>
      whyNotLocal({ config: nameless, nodeEnv: 'development' }),
    ).toThrow(
      "Missing required config value at 'auth.providers.example.apiServer'",
    );
  });
});
