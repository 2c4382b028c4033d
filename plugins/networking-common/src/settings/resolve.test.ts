import { parseConfigToml } from './configFile';
import { SETTING_DEFINITIONS } from './definitions';
import { resolveSettings, type SettingsInput } from './resolve';

const LOCAL = `
[network]
lan_ip = "127.0.0.1"
nodeport_http = 30080
nodeport_https = 30443
public_https_port = 30443

[gateway]
class = "local-traefik"
controller = "traefik.io/gateway-controller"
http_port = 30080
https_port = 30443
`;

const resolve = (input: Partial<SettingsInput> & { toml?: string } = {}) => {
  const { toml, ...rest } = input;
  return resolveSettings({
    clusters: ['local'],
    ...(toml !== undefined && { file: parseConfigToml(toml, '/c.toml') }),
    ...rest,
  });
};

const entry = (
  { view }: ReturnType<typeof resolve>,
  key: string,
  cluster = 'local',
) => view.entries.find(one => one.key === key && one.cluster === cluster);

describe('resolveSettings', () => {
  it("gives the reference platform's values where nothing is set", () => {
    const { byCluster } = resolve({
      computed: { lanIp: '192.168.1.20', interface: 'eth0' },
    });
    expect(byCluster).toEqual({
      local: {
        cluster: 'local',
        network: {
          lanIp: '192.168.1.20',
          dnsSuffix: '192-168-1-20.nip.io',
          publicHttpsPort: 443,
          nodeportHttp: 30080,
          nodeportHttps: 30443,
        },
        gateway: {
          name: 'idp-gateway',
          namespace: 'kube-system',
          class: 'cilium-nodeport',
          controller: 'io.cilium/gateway-controller',
          parameters: 'cilium-nodeport-config',
          httpPort: 80,
          httpsPort: 443,
          httpSection: 'http',
          httpsSection: 'https',
          allowedNamespaces: 'All',
          reservedHosts: [],
          allowLookalikes: false,
        },
        probe: {
          isComputed: true,
          address: undefined,
          interval: '1m',
          concurrency: 8,
          resolver: 'off',
        },
        certificates: {
          issuer: 'idp-demo-ca',
          selfSignedIssuer: 'self-signed-issuer',
          caCertificate: 'idp-demo-ca',
          caSecret: 'idp-demo-ca-secret',
          wildcardCertificate: 'idp-wildcard-cert',
          wildcardSecret: 'idp-wildcard-cert',
          clusterResourceNamespace: 'cert-manager',
          caDuration: '87600h',
          caRenewBefore: '17520h',
          duration: '8760h',
          renewBefore: '720h',
          warnBefore: '720h',
          overdueAfter: '1h',
          minRsaBits: 2048,
          notify: [],
          caPem: undefined,
        },
        grants: {},
      },
    });
  });

  it('gives the values of a local platform on loopback, without parameters of Cilium', () => {
    const { byCluster, view } = resolve({ toml: LOCAL });
    expect(byCluster.local).toMatchObject({
      network: { dnsSuffix: '127-0-0-1.nip.io', publicHttpsPort: 30443 },
      gateway: {
        class: 'local-traefik',
        httpPort: 30080,
        httpsPort: 30443,
        parameters: undefined,
      },
    });
    expect(view.findings).toEqual([]);
  });

  describe('takes the highest source and says which it was', () => {
    const appConfig = { gateway: { name: 'of-app' } };
    const toml = '[gateway]\nname = "of-file"\n';
    const overrides = [{ key: 'gateway.name', value: 'of-admin' }];
    const cases: Record<
      string,
      {
        input: Parameters<typeof resolve>[0];
        value: string;
        provenance: object;
      }
    > = {
      'an override before config.toml': {
        input: { overrides, toml, appConfig },
        value: 'of-admin',
        provenance: { source: 'override' },
      },
      'config.toml before the app-config': {
        input: { toml, appConfig },
        value: 'of-file',
        provenance: { source: 'config.toml', location: '/c.toml:2:1' },
      },
      'the app-config before the default': {
        input: { appConfig },
        value: 'of-app',
        provenance: {
          source: 'app-config',
          location: 'networking.gateway.name',
        },
      },
      'the default last': {
        input: {},
        value: 'idp-gateway',
        provenance: { source: 'default' },
      },
      "inside config.toml a cluster's own value before the general one": {
        input: { toml: `${toml}[clusters.local.gateway]\nname = "own"\n` },
        value: 'own',
        provenance: { source: 'config.toml', location: '/c.toml:4:1' },
      },
      "config.toml's general value before the app-config's own of the cluster":
        {
          input: {
            toml,
            appConfig: { clusters: { local: { gateway: { name: 'own' } } } },
          },
          value: 'of-file',
          provenance: { source: 'config.toml' },
        },
      "the app-config's own value of the cluster before its general one": {
        input: {
          appConfig: {
            ...appConfig,
            clusters: { local: { gateway: { name: 'own' } } },
          },
        },
        value: 'own',
        provenance: {
          source: 'app-config',
          location: 'networking.clusters.local.gateway.name',
        },
      },
    };
    it.each(Object.entries(cases))('%s', (_, { input, value, provenance }) => {
      const resolved = resolve(input);
      expect(resolved.byCluster.local.gateway.name).toBe(value);
      expect(entry(resolved, 'gateway.name')).toMatchObject({
        value,
        provenance,
      });
    });
  });

  it('keeps the values of one cluster from another', () => {
    const { byCluster } = resolve({
      clusters: ['a', 'b'],
      toml: '[network]\nlan_ip = "10.0.0.1"\n[clusters.b.network]\ndns_suffix = "b.example.com"\n',
    });
    expect(byCluster.a.network.dnsSuffix).toBe('10-0-0-1.nip.io');
    expect(byCluster.b.network.dnsSuffix).toBe('b.example.com');
  });

  describe('an empty lan_ip', () => {
    it('is computed, and the suffix from it', () => {
      const resolved = resolve({
        toml: '[network]\nlan_ip = ""\n',
        computed: { lanIp: '10.1.2.3', interface: 'wlan0' },
      });
      expect(entry(resolved, 'network.lan_ip')).toMatchObject({
        value: '10.1.2.3',
        provenance: { source: 'computed', location: 'interface wlan0' },
      });
      expect(entry(resolved, 'network.dns_suffix')).toMatchObject({
        value: '10-1-2-3.nip.io',
        provenance: { source: 'computed', location: 'network.lan_ip' },
      });
    });

    it('leaves room for the app-config', () => {
      const resolved = resolve({
        toml: '[network]\nlan_ip = ""\n',
        appConfig: { network: { lanIp: '10.9.9.9' } },
        computed: { lanIp: '10.1.2.3' },
      });
      expect(resolved.byCluster.local.network.lanIp).toBe('10.9.9.9');
    });

    it('is unknown without a default route, with the key to set', () => {
      const resolved = resolve({ toml: '[network]\nlan_ip = ""\n' });
      expect(resolved.byCluster.local.network.dnsSuffix).toBeUndefined();
      expect(entry(resolved, 'network.lan_ip')?.unknown).toMatch(
        /Set lan_ip in \[network\]/,
      );
      expect(entry(resolved, 'network.dns_suffix')?.unknown).toMatch(
        /Set dns_suffix or lan_ip/,
      );
      expect(resolved.view.findings).toMatchObject([
        { reason: 'DnsSuffixUnknown', severity: 'error' },
      ]);
    });

    it('is unknown where the default route is of IPv6 alone', () => {
      const resolved = resolve({ computed: { lanIp: '2001:db8::1' } });
      expect(resolved.byCluster.local.network.lanIp).toBeUndefined();
    });

    it('matters to nobody where the suffix is set', () => {
      const resolved = resolve({
        toml: '[network]\ndns_suffix = "apps.example.com"\n',
      });
      expect(resolved.view.findings).toEqual([]);
    });
  });

  it('reads lists, grants and numbers in text from the app-config', () => {
    const { byCluster } = resolve({
      toml: '[policies.grants]\nshop = ["group:default/of-file"]\n',
      appConfig: {
        configFile: '../config.toml',
        useCurrentContext: true,
        network: { lanIp: '10.0.0.1', publicHttpsPort: '8443' },
        gateway: {
          reservedHosts: ['admin'],
          allowedNamespaces: ['shop'],
          allowLookalikes: 'true',
        },
        policies: {
          grants: { shop: ['group:default/of-app'], docs: ['team-docs'] },
        },
      },
    });
    expect(byCluster.local).toMatchObject({
      network: { publicHttpsPort: 8443 },
      gateway: {
        reservedHosts: ['admin'],
        allowedNamespaces: ['shop'],
        allowLookalikes: true,
      },
      grants: { shop: ['group:default/of-file'], docs: ['team-docs'] },
    });
  });

  describe('refuses what it cannot use, without repeating it', () => {
    const cases: Record<
      string,
      { input: Parameters<typeof resolve>[0]; says: RegExp }
    > = {
      'a bad value in the app-config': {
        input: { appConfig: { gateway: { httpPort: 'hunter2' } } },
        says: /networking\.gateway\.httpPort in the app-config: expected a port/,
      },
      'a bad grant of a cluster in the app-config': {
        input: {
          appConfig: {
            clusters: { local: { policies: { grants: { shop: 'hunter2' } } } },
          },
        },
        says: /networking\.clusters\.local\.policies\.grants\.shop in the app-config: expected a list/,
      },
      'a table of the app-config that is none': {
        input: { appConfig: { gateway: 'hunter2' } },
        says: /networking\.gateway in the app-config: expected an object/,
      },
      'a key of the app-config that no setting has': {
        input: { appConfig: { network: { lan_pi: 'hunter2' } } },
        says: /networking\.network\.lan_pi in the app-config is no setting\. Rename it to lanIp/,
      },
      'a table of the app-config that no setting is in': {
        input: { appConfig: { gatway: { name: 'hunter2' } } },
        says: /networking\.gatway in the app-config is no setting\. Rename it to gateway/,
      },
      'a table of a cluster in the app-config that no setting is in': {
        input: { appConfig: { clusters: { local: { nonsense: 'hunter2' } } } },
        says: /networking\.clusters\.local\.nonsense in the app-config is no setting\. Remove it/,
      },
      'an override of nothing': {
        input: { overrides: [{ key: 'gateway.nmae', value: 'hunter2' }] },
        says: /override of gateway\.nmae: there is no such setting/,
      },
      'an override with a bad value': {
        input: { overrides: [{ key: 'gateway.name', value: 'Hunter2!' }] },
        says: /override of gateway\.name: expected the name/,
      },
    };
    it.each(Object.entries(cases))('%s', (_, { input, says }) => {
      expect(() => resolve(input)).toThrow(says);
      expect(() => resolve(input)).not.toThrow(/hunter2/i);
    });
  });

  describe('refuses durations that contradict each other', () => {
    const cases: Record<string, { toml: string; says: RegExp }> = {
      'a certificate due for renewal when issued': {
        toml: 'duration = "720h"\nrenew_before = "720h"',
        says: /certificates\.duration \(720h, from \/c\.toml:2:1\) must be longer than certificates\.renew_before/,
      },
      'a CA due for renewal when issued': {
        toml: 'ca_duration = "17520h"',
        says: /certificates\.ca_duration .* must be longer than certificates\.ca_renew_before/,
      },
      'a CA that ends before what it signs': {
        toml: 'ca_renew_before = "8759h"',
        says: /certificates\.ca_renew_before .*would expire before certificates that it signed/,
      },
    };
    it.each(Object.entries(cases))('%s', (_, { toml, says }) => {
      expect(() => resolve({ toml: `[certificates]\n${toml}\n` })).toThrow(
        says,
      );
    });

    it('takes a CA whose renewal leaves exactly the life of what it signs', () => {
      expect(() =>
        resolve({ toml: '[certificates]\nca_renew_before = "8760h"\n' }),
      ).not.toThrow();
    });
  });

  describe('reports what has no effect', () => {
    const suffix = '[network]\ndns_suffix = "a.example.com"\n';
    const cases: Record<
      string,
      { input: Parameters<typeof resolve>[0]; expected: object }
    > = {
      'a key of config.toml that no setting has': {
        input: { toml: `${suffix}lan_pi = "x"\n` },
        expected: {
          reason: 'SettingUnknown',
          severity: 'warning',
          message:
            '/c.toml:3:1 sets network.lan_pi, which is no setting, so it has no effect.',
          remedy: 'Rename it to lan_ip.',
        },
      },
      'values of a cluster that is not configured': {
        input: { toml: `${suffix}[clusters.prod.gateway]\nname = "x"\n` },
        expected: {
          reason: 'SettingOfUnknownCluster',
          subject: { name: 'clusters.prod' },
        },
      },
      "parameters for a controller that is not Cilium's": {
        input: {
          toml: `${suffix}[gateway]\ncontroller = "traefik.io/gateway-controller"\nparameters = "x"\n`,
        },
        expected: { reason: 'SettingUnused' },
      },
    };
    it.each(Object.entries(cases))('%s', (_, { input, expected }) => {
      expect(resolve(input).view.findings).toMatchObject([expected]);
    });
  });

  it('shows every setting of every cluster, and when the file was read', () => {
    const file = {
      ...parseConfigToml(LOCAL, '/c.toml'),
      readAt: '2026-11-23T12:00:00Z',
    };
    const { view } = resolveSettings({ clusters: ['a', 'b'], file });
    const keys = SETTING_DEFINITIONS.map(({ key }) => key).filter(
      key => !key.endsWith('*'),
    );
    for (const cluster of ['a', 'b']) {
      expect(
        view.entries.filter(one => one.cluster === cluster).map(one => one.key),
      ).toEqual(keys);
    }
    expect(view.file).toEqual({
      path: '/c.toml',
      readAt: '2026-11-23T12:00:00Z',
    });
  });

  it('accepts every default by its own definition', () => {
    for (const definition of SETTING_DEFINITIONS) {
      if (definition.default === undefined) continue;
      expect([definition.key, definition.accepts(definition.default)]).toEqual([
        definition.key,
        true,
      ]);
    }
  });
});
