import { existsSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import type { KubernetesObject } from '../gateway-api/types';
import { toYaml } from '../exposures/yaml';
import { parseConfigToml, resolveSettings } from '../settings';
import { parseGoDuration } from '../settings/durations';
import { renderPlatform } from './render';

const settingsOf = (toml: string) =>
  resolveSettings({ clusters: ['local'], file: parseConfigToml(toml) })
    .byCluster.local;

const LOCAL = settingsOf(`
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
`);

const REFERENCE = settingsOf(`
[network]
lan_ip = "192.168.1.20"
`);

const RESTRICTED = settingsOf(`
[network]
dns_suffix = "a-rather-long-name-of-a-team.and-of-a-department.apps.example.com"
[gateway]
allowed_namespaces = ["shop", "docs"]
`);

const GOLDENS = { local: LOCAL, reference: REFERENCE, restricted: RESTRICTED };

const spec = (objects: KubernetesObject[], kind: string, name: string) => {
  const found = objects.find(
    object => object.kind === kind && object.metadata.name === name,
  );
  return (found as unknown as { spec: Record<string, any> }).spec;
};

describe('renderPlatform', () => {
  it.each(Object.entries(GOLDENS))(
    'renders the %s shape as its golden file says',
    (name, settings) => {
      const file = join(__dirname, 'testdata', `${name}.golden.yaml`);
      const yaml = renderPlatform(settings)
        .map(object => toYaml(object))
        .join('---\n');
      if (process.env.UPDATE_GOLDEN) writeFileSync(file, yaml);
      expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(yaml);
    },
  );

  it('labels every object as its own', () => {
    for (const { metadata } of renderPlatform(REFERENCE)) {
      expect(metadata.labels).toEqual({
        'app.kubernetes.io/managed-by': 'backstage-networking',
      });
    }
  });

  it('gives each object after those that it needs', () => {
    expect(renderPlatform(REFERENCE).map(({ kind }) => kind)).toEqual([
      'CiliumGatewayClassConfig',
      'GatewayClass',
      'ClusterIssuer',
      'Certificate',
      'ClusterIssuer',
      'Certificate',
      'Gateway',
      'HTTPRoute',
    ]);
  });

  it("renders parameters only for Cilium's controller, even where some are named", () => {
    const objects = renderPlatform({
      ...LOCAL,
      gateway: { ...LOCAL.gateway, parameters: 'stray' },
    });
    expect(objects.map(({ kind }) => kind)).not.toContain(
      'CiliumGatewayClassConfig',
    );
    expect(spec(objects, 'GatewayClass', 'local-traefik')).toEqual({
      controllerName: 'traefik.io/gateway-controller',
    });
  });

  it('renders no parameters for Cilium where none are wanted', () => {
    const objects = renderPlatform({
      ...REFERENCE,
      gateway: { ...REFERENCE.gateway, parameters: undefined },
    });
    expect(objects[0].kind).toBe('GatewayClass');
  });

  const redirectOf = (objects: KubernetesObject[]) =>
    spec(objects, 'HTTPRoute', 'http-to-https-redirect').rules[0].filters[0]
      .requestRedirect;

  it('names the public port in the redirect where it is not 443', () => {
    expect(redirectOf(renderPlatform(LOCAL))).toEqual({
      scheme: 'https',
      statusCode: 301,
      port: 30443,
    });
    expect(redirectOf(renderPlatform(REFERENCE))).toEqual({
      scheme: 'https',
      statusCode: 301,
    });
  });

  it("lets the redirect attach where the gateway's namespace is not among the allowed ones", () => {
    const { listeners } = spec(
      renderPlatform(RESTRICTED),
      'Gateway',
      'idp-gateway',
    );
    const namespaces = listeners.map(
      (listener: any) =>
        listener.allowedRoutes.namespaces.selector.matchExpressions[0].values,
    );
    expect(namespaces).toEqual([
      ['kube-system', 'shop', 'docs'],
      ['shop', 'docs'],
    ]);
  });

  it('leaves out a commonName that would not fit 64 characters, and shortens that of the CA', () => {
    const name = `ca-${'x'.repeat(80)}`;
    const objects = renderPlatform({
      ...RESTRICTED,
      certificates: { ...RESTRICTED.certificates, caCertificate: name },
    });
    const wildcard = spec(objects, 'Certificate', 'idp-wildcard-cert');
    expect(wildcard).not.toHaveProperty('commonName');
    expect(wildcard.dnsNames[0].length).toBeGreaterThan(64);
    expect(spec(objects, 'Certificate', name).commonName).toHaveLength(64);
  });

  it('renders a CA that keeps its key and, at its renewal, outlives whatever it has signed', () => {
    for (const settings of Object.values(GOLDENS)) {
      const objects = renderPlatform(settings);
      const ca = spec(objects, 'Certificate', 'idp-demo-ca');
      const leaf = spec(objects, 'Certificate', 'idp-wildcard-cert');
      expect(ca.privateKey.rotationPolicy).toBe('Never');
      expect(parseGoDuration(ca.renewBefore)).toBeGreaterThanOrEqual(
        parseGoDuration(leaf.duration) ?? Infinity,
      );
    }
  });

  it('refuses to render without a suffix and names the key to set', () => {
    const unknown = {
      ...LOCAL,
      network: { ...LOCAL.network, dnsSuffix: undefined },
    };
    expect(() => renderPlatform(unknown)).toThrow(
      /cluster local .*Set dns_suffix or lan_ip in \[network\]/,
    );
  });
});
