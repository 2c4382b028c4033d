import type {
  PlatformKind,
  PlatformView,
  SettingEntry,
  SettingsView,
} from 'backstage-plugin-networking-common';
import { SUFFIX, finding, secondsAgo } from './exposures';

const KINDS: [
  kind: PlatformKind['kind'],
  objects: number,
  status?: PlatformKind['status'],
][] = [
  ['HTTPRoute', 38],
  ['GRPCRoute', 0],
  ['TLSRoute', 0, 'notServed'],
  ['Gateway', 1],
  ['Service', 41],
  ['EndpointSlice', 43],
  ['Ingress', 0, 'forbidden'],
];

/** A platform with one certificate that needs somebody. */
export const platformView = (): PlatformView => ({
  clusters: [
    {
      cluster: 'local',
      reachable: true,
      observedAt: secondsAgo(2),
      findings: [],
      exposureCount: 4,
      kinds: KINDS.map(([kind, objects, status = 'synced']) => ({
        kind,
        status,
        objects,
        since: secondsAgo(7200),
      })),
      parts: [
        {
          part: 'gatewayclass',
          name: 'local-traefik',
          state: 'good',
          summary: 'Accepted by traefik.io/gateway-controller.',
          findings: [],
          facts: { controller: 'traefik.io/gateway-controller' },
        },
        {
          part: 'gateway',
          name: 'idp-gateway',
          namespace: 'kube-system',
          state: 'good',
          summary: 'Programmed at 192.0.2.20.',
          findings: [],
          facts: { class: 'local-traefik', addresses: '192.0.2.20' },
        },
        {
          part: 'listener',
          name: 'http',
          namespace: 'kube-system',
          state: 'good',
          summary: 'Takes requests on port 30080 for every namespace.',
          findings: [],
          facts: { port: '30080', hostname: `*.${SUFFIX}` },
        },
        {
          part: 'listener',
          name: 'https',
          namespace: 'kube-system',
          state: 'good',
          summary: 'Takes requests on port 30443 for every namespace.',
          findings: [],
          facts: { port: '30443', hostname: `*.${SUFFIX}` },
        },
        {
          part: 'issuer',
          name: 'idp-demo-ca',
          state: 'good',
          summary: 'Signs with CA idp-demo-ca.',
          findings: [],
          facts: { kind: 'ClusterIssuer' },
        },
        {
          part: 'certificate',
          name: 'idp-wildcard-cert',
          namespace: 'kube-system',
          state: 'attention',
          summary: 'Browsers refuse every host in 6 days.',
          findings: [
            finding(
              'RenewalOverdue',
              'The certificate was due for renewal 24 days ago and has not been renewed.',
              {
                severity: 'warning',
                remedy:
                  'Look at the Issuing condition of Certificate kube-system/idp-wildcard-cert.',
                subject: {
                  kind: 'Certificate',
                  namespace: 'kube-system',
                  name: 'idp-wildcard-cert',
                },
                details: {
                  'Issuing.reason': 'Failed',
                  'Issuing.message': 'issuer not ready',
                },
              },
            ),
          ],
          facts: { names: `*.${SUFFIX}, ${SUFFIX}`, revision: '3' },
        },
        {
          part: 'redirect',
          name: 'http-redirect',
          namespace: 'kube-system',
          state: 'good',
          summary: 'Sends plain HTTP to HTTPS on port 30443.',
          findings: [],
          facts: {},
        },
      ],
    },
  ],
});

const setting = (
  key: string,
  value: SettingEntry['value'],
  source: SettingEntry['provenance']['source'],
  description: string,
  location?: string,
): SettingEntry => ({
  key,
  cluster: 'local',
  value,
  provenance: { source, location },
  description,
});

/** Settings from every source, one of them not known. */
export const settingsView = (): SettingsView => ({
  file: { path: '/srv/backstage/config.toml', readAt: secondsAgo(3600) },
  findings: [],
  entries: [
    setting(
      'network.lan_ip',
      '192.0.2.20',
      'computed',
      'Address of the gateway in the LAN.',
      'interface eth0',
    ),
    setting(
      'network.dns_suffix',
      SUFFIX,
      'computed',
      'What follows the host label.',
      'network.lan_ip',
    ),
    setting(
      'network.public_https_port',
      30443,
      'config.toml',
      'Port in URLs and redirects.',
      'config.toml:4:1',
    ),
    setting('gateway.name', 'idp-gateway', 'default', 'Name of the Gateway.'),
    setting(
      'gateway.class',
      'local-traefik',
      'config.toml',
      'GatewayClass of the Gateway.',
      'config.toml:8:1',
    ),
    setting(
      'gateway.allowed_namespaces',
      'All',
      'app-config',
      'Namespaces routes may come from.',
      'networking.gateway.allowedNamespaces',
    ),
    setting(
      'gateway.reserved_hosts',
      [],
      'default',
      'Host labels nobody may ask for.',
    ),
    {
      ...setting(
        'probe.address',
        undefined,
        'default',
        'Address that the probe dials.',
      ),
      unknown: 'Set probe.address in [probe] of config.toml.',
    },
  ],
});
