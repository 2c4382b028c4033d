import { InputError } from '@backstage/errors';
import { refusalOf } from './characters';
import { dnsSuffixFromAddress } from '../hostnames';
import { clusterFindings, fileFindings, unknownClusters } from './findings';
import { fileValues, type Resolved } from './resolved';
import type { Finding } from '../verdicts/types';
import { readAppConfig, type SourcedValue } from './appConfig';
import { isIpv4, type SettingValue } from './checks';
import type { ConfigFile } from './configFile';
import {
  definitionOf,
  isCiliumController,
  SETTING_DEFINITIONS,
} from './definitions';
import { parseGoDuration } from './durations';
import type {
  ClusterSettings,
  Provenance,
  SettingEntry,
  SettingSource,
  SettingsView,
} from './types';

/** A value that an admin set in the plugin itself. @public */
export interface SettingOverride {
  /** Undefined: for every cluster. */
  cluster?: string;
  /** `network.dns_suffix`. */
  key: string;
  value: unknown;
}

/** What settings are resolved from. @public */
export interface SettingsInput {
  /** Names of the configured clusters, in order. */
  clusters: readonly string[];
  file?: ConfigFile;
  /** `networking` of the app-config, as JSON. */
  appConfig?: unknown;
  /** The address of the interface that holds the default route, and that interface's name. */
  computed?: { lanIp?: string; interface?: string };
  overrides?: readonly SettingOverride[];
}

/** The settings in force. @public */
export interface ResolvedSettings {
  byCluster: Record<string, ClusterSettings>;
  view: SettingsView;
}

interface Source {
  source: SettingSource;
  values: readonly SourcedValue[];
}

function overrideValues(overrides: readonly SettingOverride[]): SourcedValue[] {
  return overrides.map(({ cluster, key, value }) => {
    const definition = definitionOf(key);
    if (!definition?.accepts(value)) {
      throw new InputError(
        definition
          ? `override of ${key}: ${refusalOf(definition.expects, value)}`
          : `override of ${key}: there is no such setting`,
      );
    }
    return { cluster, key, value, location: 'override' };
  });
}

/** Empty text says "not set here", so that the reference platform's `lan_ip = ""` leaves room for the next source. */
const isSet = (value: SettingValue) => value !== '';

function find(sources: readonly Source[], cluster: string, key: string) {
  for (const { source, values } of sources) {
    const ofKey = values.filter(
      value => value.key === key && isSet(value.value),
    );
    const found =
      ofKey.find(value => value.cluster === cluster) ??
      ofKey.find(value => value.cluster === undefined);
    if (found) {
      return {
        value: found.value,
        provenance: { source, location: found.location },
      };
    }
  }
  return undefined;
}

/** Values that follow from others, and the words for those that nobody knows. */
function computedValue(
  key: string,
  known: ReadonlyMap<string, Resolved>,
  computed: SettingsInput['computed'],
): Pick<Resolved, 'value' | 'provenance' | 'unknown'> | undefined {
  const from = (location?: string): Provenance => ({
    source: 'computed',
    location,
  });
  switch (key) {
    case 'network.lan_ip':
      return computed?.lanIp && isIpv4(computed.lanIp)
        ? {
            value: computed.lanIp,
            provenance: from(
              computed.interface && `interface ${computed.interface}`,
            ),
          }
        : {
            provenance: from(),
            unknown:
              'No interface of this machine holds a default route. Set lan_ip in [network] of config.toml.',
          };
    case 'network.dns_suffix': {
      const lanIp = known.get('network.lan_ip')?.value;
      return typeof lanIp === 'string'
        ? {
            value: dnsSuffixFromAddress(lanIp),
            provenance: from('network.lan_ip'),
          }
        : {
            provenance: from(),
            unknown:
              'It cannot be computed without lan_ip. Set dns_suffix or lan_ip in [network] of config.toml.',
          };
    }
    case 'gateway.parameters':
      return isCiliumController(String(known.get('gateway.controller')?.value))
        ? {
            value: 'cilium-nodeport-config',
            provenance: from('gateway.controller'),
          }
        : undefined;
    default:
      return undefined;
  }
}

function resolveCluster(
  cluster: string,
  sources: readonly Source[],
  computed: SettingsInput['computed'],
): Map<string, Resolved> {
  const resolved = new Map<string, Resolved>();
  for (const definition of SETTING_DEFINITIONS) {
    const keys = definition.key.endsWith('.*')
      ? [
          ...new Set(
            sources.flatMap(({ values }) =>
              values
                .filter(
                  value =>
                    value.key.startsWith(definition.key.slice(0, -1)) &&
                    (value.cluster ?? cluster) === cluster,
                )
                .map(value => value.key),
            ),
          ),
        ].sort()
      : [definition.key];
    for (const key of keys) {
      resolved.set(key, {
        definition,
        key,
        ...(find(sources, cluster, key) ??
          computedValue(key, resolved, computed) ?? {
            value: definition.default,
            provenance: { source: 'default' as const },
          }),
      });
    }
  }
  return resolved;
}

/** Rules between settings. Each would otherwise fail later, in cert-manager or years from now. */
function checkDurations(cluster: string, resolved: Map<string, Resolved>) {
  const read = (key: string) => {
    const { value, provenance } = resolved.get(key)!;
    const where = provenance.location ?? provenance.source;
    return {
      ms: parseGoDuration(String(value)) ?? 0,
      words: `${key} (${String(value)}, from ${where})`,
    };
  };
  const longer = (
    long: string,
    short: string,
    orEqual: boolean,
    why: string,
  ) => {
    const a = read(long);
    const b = read(short);
    if (a.ms > b.ms || (orEqual && a.ms === b.ms)) return;
    throw new InputError(
      `Settings of cluster ${cluster}: ${a.words} must be longer than ${
        b.words
      }${orEqual ? ', or as long' : ''}: ${why}`,
    );
  };
  longer(
    'certificates.duration',
    'certificates.renew_before',
    false,
    'cert-manager refuses a certificate that is due for renewal when it is issued',
  );
  longer(
    'certificates.ca_duration',
    'certificates.ca_renew_before',
    false,
    'cert-manager refuses a certificate that is due for renewal when it is issued',
  );
  longer(
    'certificates.ca_renew_before',
    'certificates.duration',
    true,
    'otherwise the CA would expire before certificates that it signed',
  );
}

/** Is the address that is dialled the one of this machine, as nobody has set one? */
const isComputedAddress = (resolved: ReadonlyMap<string, Resolved>) =>
  !resolved.get('probe.address')?.value &&
  resolved.get('network.lan_ip')?.value !== undefined &&
  resolved.get('network.lan_ip')?.provenance.source === 'computed';

/** What is dialled where `probe.address` is not set, for the admin's page: `192.0.2.1:443`. */
function dialledAddress(
  resolved: ReadonlyMap<string, Resolved>,
): Partial<SettingEntry> | undefined {
  if (resolved.get('probe.address')?.value) return undefined;
  const lanIp = resolved.get('network.lan_ip')?.value;
  if (!lanIp) {
    return {
      unknown:
        'Nothing is dialled without lan_ip. Set lan_ip in [network] or address in [probe] of config.toml.',
    };
  }
  const port = resolved.get('network.public_https_port')?.value;
  return {
    value: `${lanIp}:${port}`,
    provenance: { source: 'computed', location: 'network.lan_ip' },
  };
}

function toSettings(
  cluster: string,
  resolved: ReadonlyMap<string, Resolved>,
): ClusterSettings {
  // Every value was accepted by its definition, so the casts below state what the definitions guarantee.
  const value = (key: string) => resolved.get(key)?.value;
  const optional = (key: string) => value(key) as string | undefined;
  const text = (key: string) => value(key) as string;
  const port = (key: string) => value(key) as number;
  const grants = 'policies.grants.';
  return {
    cluster,
    network: {
      lanIp: optional('network.lan_ip'),
      dnsSuffix: optional('network.dns_suffix'),
      publicHttpsPort: port('network.public_https_port'),
      nodeportHttp: port('network.nodeport_http'),
      nodeportHttps: port('network.nodeport_https'),
    },
    gateway: {
      name: text('gateway.name'),
      namespace: text('gateway.namespace'),
      class: text('gateway.class'),
      controller: text('gateway.controller'),
      parameters: optional('gateway.parameters'),
      httpPort: port('gateway.http_port'),
      httpsPort: port('gateway.https_port'),
      httpSection: text('gateway.http_section'),
      httpsSection: text('gateway.https_section'),
      allowedNamespaces: value('gateway.allowed_namespaces') as
        | 'All'
        | string[],
      reservedHosts: value('gateway.reserved_hosts') as string[],
      allowLookalikes: value('gateway.allow_lookalikes') as boolean,
    },
    probe: {
      address: optional('probe.address'),
      ...(isComputedAddress(resolved) && { isComputed: true as const }),
      interval: text('probe.interval'),
      concurrency: value('probe.concurrency') as number,
      resolver: text('probe.resolver'),
    },
    certificates: {
      issuer: text('certificates.issuer'),
      selfSignedIssuer: text('certificates.self_signed_issuer'),
      caCertificate: text('certificates.ca_certificate'),
      caSecret: text('certificates.ca_secret'),
      wildcardCertificate: text('certificates.wildcard_certificate'),
      wildcardSecret: text('certificates.wildcard_secret'),
      clusterResourceNamespace: text('certificates.cluster_resource_namespace'),
      caDuration: text('certificates.ca_duration'),
      caRenewBefore: text('certificates.ca_renew_before'),
      duration: text('certificates.duration'),
      renewBefore: text('certificates.renew_before'),
      warnBefore: text('certificates.warn_before'),
      overdueAfter: text('certificates.overdue_after'),
      minRsaBits: value('certificates.min_rsa_bits') as number,
      notify: value('certificates.notify') as string[],
      caPem: optional('certificates.ca_pem'),
    },
    grants: Object.fromEntries(
      [...resolved.values()]
        .filter(({ key }) => key.startsWith(grants))
        .map(({ key, value: groups }) => [
          key.slice(grants.length),
          groups as string[],
        ]),
    ),
  };
}

/**
 * The settings in force for each cluster, each value with where it comes from. Highest first: override, config.toml,
 * app-config, computed, default; inside one source the cluster's own value wins over the general one. Empty text counts
 * as not set.
 *
 * @throws InputError for a bad value in the app-config, and for durations that contradict each other; the message names
 * keys and places.
 * @public
 */
export function resolveSettings(input: SettingsInput): ResolvedSettings {
  const { clusters, file, computed } = input;
  const appConfig = readAppConfig(input.appConfig);
  const sources: Source[] = [
    { source: 'override', values: overrideValues(input.overrides ?? []) },
    { source: 'config.toml', values: file ? fileValues(file) : [] },
    { source: 'app-config', values: appConfig },
  ];

  const byCluster: Record<string, ClusterSettings> = {};
  const entries: SettingEntry[] = [];
  const findings: Finding[] = [
    ...(file ? fileFindings(file, clusters) : []),
    ...unknownClusters(appConfig, clusters),
  ];
  for (const cluster of clusters) {
    const resolved = resolveCluster(cluster, sources, computed);
    checkDurations(cluster, resolved);
    byCluster[cluster] = toSettings(cluster, resolved);
    findings.push(...clusterFindings(cluster, resolved));
    for (const {
      definition,
      key,
      value,
      provenance,
      unknown,
    } of resolved.values()) {
      entries.push({
        key,
        cluster,
        value,
        provenance,
        description: definition.description,
        unknown,
        ...(key === 'probe.address' && dialledAddress(resolved)),
      });
    }
  }
  return {
    byCluster,
    view: {
      entries,
      findings,
      file:
        file?.path && file.readAt
          ? { path: file.path, readAt: file.readAt }
          : undefined,
    },
  };
}
