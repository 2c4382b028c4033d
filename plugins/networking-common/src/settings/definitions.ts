import { isDnsLabel } from '../hostnames/dns';
import { CHECKS, type SettingValue, type ValueCheck } from './checks';

/** The tables of config.toml that are read; every other table is dropped at once. @public */
export type SettingTable =
  | 'network'
  | 'gateway'
  | 'certificates'
  | 'policies'
  | 'probe';

/** One setting: the README's configuration table is generated from these. @public */
export interface SettingDefinition {
  /** Table and key of config.toml. `*` stands for a name that the admin chooses. */
  key: string;
  table: SettingTable;
  /** Key inside the table. In the app-config it is written in camel case. */
  name: string;
  type: ValueCheck['type'];
  /** Completes "expected …". */
  expects: string;
  /** Undefined where there is none, or where it is computed. */
  default?: SettingValue;
  /** How the value is found where none is set. */
  computed?: string;
  description: string;
  accepts(value: unknown): value is SettingValue;
}

const CILIUM_CONTROLLER = 'io.cilium/gateway-controller';

/** `lan_ip` → `lanIp`: how a key of config.toml is written in the app-config. @public */
export const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Whether a GatewayClass of this controller takes a CiliumGatewayClassConfig. @public */
export const isCiliumController = (controller: string): boolean =>
  controller === CILIUM_CONTROLLER;

function setting(
  key: string,
  check: ValueCheck,
  rest: Pick<SettingDefinition, 'default' | 'computed' | 'description'>,
): SettingDefinition {
  const [table, ...name] = key.split('.');
  return {
    key,
    table: table as SettingTable,
    name: name.join('.'),
    type: check.type,
    expects: check.expects,
    accepts: check.accepts,
    ...rest,
  };
}

/** Every setting, in the order in which it is shown. @public */
export const SETTING_DEFINITIONS: readonly SettingDefinition[] = [
  setting('network.lan_ip', CHECKS.ipv4OrEmpty, {
    computed: 'address of the interface that holds the default route',
    description:
      'IPv4 address at which people reach the gateway. Empty: computed.',
  }),
  setting('network.dns_suffix', CHECKS.dnsSuffixOrEmpty, {
    computed: 'lan_ip with dashes, then .nip.io',
    description:
      'What follows the host label in every hostname. Empty: computed from lan_ip.',
  }),
  setting('network.public_https_port', CHECKS.port, {
    default: 443,
    description: 'HTTPS port that URLs and redirects show.',
  }),
  setting('network.nodeport_http', CHECKS.port, {
    default: 30080,
    description: 'Port on the nodes that leads to the http listener.',
  }),
  setting('network.nodeport_https', CHECKS.port, {
    default: 30443,
    description:
      'Port on the nodes that leads to the https listener; the probe dials it where the public port does not answer.',
  }),
  setting('gateway.name', CHECKS.objectName, {
    default: 'idp-gateway',
    description: 'The Gateway that exposures attach to.',
  }),
  setting('gateway.namespace', CHECKS.namespace, {
    default: 'kube-system',
    description: 'Namespace of the Gateway; nothing is exposed from it.',
  }),
  setting('gateway.class', CHECKS.objectName, {
    default: 'cilium-nodeport',
    description: 'GatewayClass of the Gateway.',
  }),
  setting('gateway.controller', CHECKS.controller, {
    default: CILIUM_CONTROLLER,
    description:
      'Controller of the GatewayClass; only what this controller says about a route is believed.',
  }),
  setting('gateway.parameters', CHECKS.objectNameOrEmpty, {
    computed: 'cilium-nodeport-config for the controller of Cilium, else none',
    description:
      "Name of the CiliumGatewayClassConfig in the Gateway's namespace. Empty: none. Only Cilium's controller takes one.",
  }),
  setting('gateway.http_port', CHECKS.port, {
    default: 80,
    description: 'Port of the http listener.',
  }),
  setting('gateway.https_port', CHECKS.port, {
    default: 443,
    description: 'Port of the https listener.',
  }),
  setting('gateway.http_section', CHECKS.objectName, {
    default: 'http',
    description: 'Name of the http listener.',
  }),
  setting('gateway.https_section', CHECKS.objectName, {
    default: 'https',
    description:
      'Name of the https listener, which every exposure attaches to.',
  }),
  setting('gateway.allowed_namespaces', CHECKS.namespacesOrAll, {
    default: 'All',
    description:
      'Namespaces that the listeners take routes from: "All" or a list.',
  }),
  setting('gateway.reserved_hosts', CHECKS.hostLabels, {
    default: [],
    description: 'Host labels that nobody may ask for.',
  }),
  setting('gateway.allow_lookalikes', CHECKS.trueOrFalse, {
    default: false,
    description:
      'Whether host labels in punycode (xn--) may be asked for that do not decode, that mix scripts, or that look like a label in ASCII (UTS #39).',
  }),
  setting('probe.address', CHECKS.probeAddressOrEmpty, {
    computed: 'lan_ip with the public HTTPS port, then with nodeport_https',
    description:
      'The only address that the probe dials: an IP address, optionally with a port. "none": nothing is dialled, and no exposure is called Live.',
  }),
  setting('probe.interval', CHECKS.interval, {
    default: '1m',
    description:
      'How often every known host is asked for. No host is asked for more often than once a minute, except after a change.',
  }),
  setting('probe.concurrency', CHECKS.concurrency, {
    default: 8,
    description: 'How many hosts are asked for at the same time.',
  }),
  setting('probe.resolver', CHECKS.resolver, {
    default: 'off',
    description:
      'DNS resolver that tells where hosts lead: an IP address, "system" for that of the machine, or "off". Nothing that it answers is ever dialled.',
  }),
  setting('certificates.issuer', CHECKS.objectName, {
    default: 'idp-demo-ca',
    description: 'ClusterIssuer that signs the wildcard certificate.',
  }),
  setting('certificates.self_signed_issuer', CHECKS.objectName, {
    default: 'self-signed-issuer',
    description: 'ClusterIssuer that signs the CA certificate.',
  }),
  setting('certificates.ca_certificate', CHECKS.objectName, {
    default: 'idp-demo-ca',
    description: 'Certificate of the CA, in cluster_resource_namespace.',
  }),
  setting('certificates.ca_secret', CHECKS.objectName, {
    default: 'idp-demo-ca-secret',
    description: 'Secret of the CA, in cluster_resource_namespace.',
  }),
  setting('certificates.wildcard_certificate', CHECKS.objectName, {
    default: 'idp-wildcard-cert',
    description: "Wildcard Certificate, in the Gateway's namespace.",
  }),
  setting('certificates.wildcard_secret', CHECKS.objectName, {
    default: 'idp-wildcard-cert',
    description:
      "Secret of the wildcard certificate, in the Gateway's namespace.",
  }),
  setting('certificates.cluster_resource_namespace', CHECKS.namespace, {
    default: 'cert-manager',
    description: 'Namespace in which ClusterIssuers keep their Secrets.',
  }),
  setting('certificates.ca_duration', CHECKS.duration, {
    default: '87600h',
    description: 'Life of the CA certificate.',
  }),
  setting('certificates.ca_renew_before', CHECKS.renewBefore, {
    default: '17520h',
    description:
      'How long before its end the CA certificate is renewed; not shorter than duration, so that it outlives what it signs.',
  }),
  setting('certificates.duration', CHECKS.duration, {
    default: '8760h',
    description: 'Life of the wildcard certificate.',
  }),
  setting('certificates.renew_before', CHECKS.renewBefore, {
    default: '720h',
    description: 'How long before its end the wildcard certificate is renewed.',
  }),
  setting('certificates.warn_before', CHECKS.renewBefore, {
    default: '720h',
    description:
      'How long before its end a certificate is called Degraded; for one that lives shorter, at most a third of its life.',
  }),
  setting('certificates.overdue_after', CHECKS.renewBefore, {
    default: '1h',
    description:
      'How long a first issuance or a renewal that is due may take before it is called overdue.',
  }),
  setting('certificates.min_rsa_bits', CHECKS.rsaBits, {
    default: 2048,
    description:
      'RSA keys shorter than this are called too weak. Those shorter than 2048 bits always are, since Safari refuses them.',
  }),
  setting('certificates.notify', CHECKS.groups, {
    default: [],
    description:
      'Groups that are told of every certificate in trouble, beside the owners of the components that it is served for, such as ["group:default/platform"].',
  }),
  setting('certificates.ca_pem', CHECKS.caPemOrEmpty, {
    description:
      'CA certificates in PEM form, one or more, for issuers whose CA cannot be read from the cluster, and the root above a CA that is an intermediate. Never a key.',
  }),
  setting('policies.grants.*', CHECKS.groups, {
    description:
      'Owner groups that may expose from the namespace named by the key, beside those that its annotation names.',
  }),
];

/** Keys that the reference platform keeps in these tables for tools of its own: neither read nor complained about. */
export const FOREIGN_KEYS: readonly string[] = ['gateway.wait_timeout'];

/** The definition that a key such as `policies.grants.shop` falls under. */
export function definitionOf(key: string): SettingDefinition | undefined {
  return SETTING_DEFINITIONS.find(
    definition =>
      definition.key === key ||
      (definition.key.endsWith('.*') &&
        key.startsWith(definition.key.slice(0, -1)) &&
        isDnsLabel(key.slice(definition.key.length - 1))),
  );
}
