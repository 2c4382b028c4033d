import type { Finding } from '../verdicts/types';

/** Where a value in force comes from; highest first: override > config.toml > app-config > computed > default. @public */
export type SettingSource =
  | 'override'
  | 'config.toml'
  | 'app-config'
  | 'computed'
  | 'default';

/** @public */
export interface Provenance {
  source: SettingSource;
  /** `config.toml:12:1`, `networking.gateway.name`, `interface eth0`, … */
  location?: string;
}

/** One setting of one cluster, as the admin page shows it. @public */
export interface SettingEntry {
  /** `network.dns_suffix`: table and key of config.toml. */
  key: string;
  cluster: string;
  /** Undefined: unknown, see `unknown`. */
  value?: string | number | boolean | string[];
  provenance: Provenance;
  description: string;
  /** Why there is no value, and the key to set. */
  unknown?: string;
}

/** Answer of `GET /v1/settings`. @public */
export interface SettingsView {
  entries: SettingEntry[];
  findings: Finding[];
  file?: { path: string; readAt: string };
}

/**
 * The settings in force for one cluster, typed. Property names are the camel case of config.toml's keys.
 * Durations are Go durations (`8760h`), as cert-manager takes them.
 * @public
 */
export interface ClusterSettings {
  cluster: string;
  network: {
    lanIp?: string;
    /** Undefined where neither set nor computable: writes are blocked then. */
    dnsSuffix?: string;
    /** Port in URLs and redirects. Default 443. */
    publicHttpsPort: number;
    /** Default 30080. */
    nodeportHttp: number;
    /** What the probe dials when `probe.address` names no port. Default 30443. */
    nodeportHttps: number;
  };
  gateway: {
    /** Default `idp-gateway`. */
    name: string;
    /** Default `kube-system`. */
    namespace: string;
    /** Default `cilium-nodeport`. */
    class: string;
    /** Default `io.cilium/gateway-controller`. */
    controller: string;
    /** Name of the CiliumGatewayClassConfig; empty where the class takes none. Default `cilium-nodeport-config` for Cilium's controller, else none. */
    parameters?: string;
    /** Listener ports. Defaults 80 and 443. */
    httpPort: number;
    httpsPort: number;
    /** Listener names. Defaults `http` and `https`. */
    httpSection: string;
    httpsSection: string;
    /** `All`, or the namespaces routes may come from. Default `All`. */
    allowedNamespaces: 'All' | string[];
    /** Host labels nobody may ask for. */
    reservedHosts: string[];
    /** Takes host labels in punycode that people would take for others. Default false. */
    allowLookalikes: boolean;
  };
  probe: {
    /** IP address, optionally with a port, or `none` where nothing may be dialled. Default: the LAN address with the public port, then the node port. */
    address?: string;
    /** True where neither `probe.address` nor `network.lan_ip` is set: the address dialled is this machine's, and proves nothing until the Gateway has shown itself there. */
    isComputed?: true;
    /** Go duration between two sweeps of all hosts, at least one minute. Default `1m`. */
    interval: string;
    /** Hosts that are asked for at the same time. Default 8. */
    concurrency: number;
    /** `off`, `system`, or the IP address of a DNS resolver, optionally with a port. Default `off`. */
    resolver: string;
  };
  certificates: {
    /** ClusterIssuer that signs the wildcard certificate. Default `idp-demo-ca`. */
    issuer: string;
    /** ClusterIssuer that signs the CA. Default `self-signed-issuer`. */
    selfSignedIssuer: string;
    /** Certificate of the CA and its Secret, in `clusterResourceNamespace`. Defaults `idp-demo-ca`, `idp-demo-ca-secret`. */
    caCertificate: string;
    caSecret: string;
    /** Certificate of the wildcard and its Secret, in the gateway's namespace. Default `idp-wildcard-cert` for both. */
    wildcardCertificate: string;
    wildcardSecret: string;
    /** Where ClusterIssuers keep their Secrets. Default `cert-manager`. */
    clusterResourceNamespace: string;
    /** Defaults: CA 87600h (10 years) renewed 17520h before its end, wildcard 8760h renewed 720h before: the CA outlives what it signs. */
    caDuration: string;
    caRenewBefore: string;
    duration: string;
    renewBefore: string;
    /** Go durations. Defaults `720h` and `1h`. */
    warnBefore: string;
    overdueAfter: string;
    /** Default 2048. */
    minRsaBits: number;
    /** Groups that are told of every certificate in trouble; full or short entity refs. Default none. */
    notify: string[];
    /** A CA certificate (PEM) given by hand, for issuers whose CA cannot be read. */
    caPem?: string;
  };
  /** Owner groups granted for a namespace by an admin's setting, beside the annotation in the cluster. By namespace. */
  grants: Record<string, string[]>;
}
