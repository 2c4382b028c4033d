export interface Config {
  permission?: {
    /**
     * Full ref of the Group whose members may do everything that the networking plugins offer, by networkingPolicyModule.
     * Default `group:default/platform-team`.
     */
    platformGroup?: string;
  };
  /**
   * Exposures of catalog entities through a Gateway API gateway.
   *
   * Clusters are those of `kubernetes.clusterLocatorMethods`. Settings can also stand in config.toml, which goes before
   * these.
   */
  networking?: NetworkingTables & {
    /**
     * Path of config.toml, relative to the working directory. Default: the nearest config.toml upwards from there.
     */
    configFile?: string;
    /**
     * Use the current context of the kubeconfig as a cluster too. Default false.
     */
    useCurrentContext?: boolean;
    /**
     * Write although `permission.enabled` is not true, so that anyone who is signed in may expose anything. Default
     * false.
     */
    allowWithoutPermissions?: boolean;
    /** Settings of one cluster, by its name. They go before those for all clusters. */
    clusters?: { [cluster: string]: NetworkingTables };
  };
}

interface NetworkingTables {
  network?: {
    /** Address at which people reach the gateway. Default: of the interface that holds the default route. */
    lanIp?: string;
    /** What follows the host label in every hostname. Default: lanIp with dashes, then .nip.io. */
    dnsSuffix?: string;
    /** HTTPS port that URLs and redirects show. Default 443. */
    publicHttpsPort?: number;
    /** Port on the nodes that leads to the http listener. Default 30080. */
    nodeportHttp?: number;
    /** Port on the nodes that leads to the https listener. Default 30443. */
    nodeportHttps?: number;
  };
  gateway?: {
    /** Default idp-gateway. */
    name?: string;
    /** Default kube-system. */
    namespace?: string;
    /** GatewayClass. Default cilium-nodeport. */
    class?: string;
    /** Controller of the GatewayClass. Default io.cilium/gateway-controller. */
    controller?: string;
    /** CiliumGatewayClassConfig. Default cilium-nodeport-config for Cilium's controller, else none. */
    parameters?: string;
    /** Port of the http listener. Default 80. */
    httpPort?: number;
    /** Port of the https listener. Default 443. */
    httpsPort?: number;
    /** Name of the http listener. Default http. */
    httpSection?: string;
    /** Name of the https listener. Default https. */
    httpsSection?: string;
    /** All, or the namespaces that routes may come from. Default All. */
    allowedNamespaces?: string | string[];
    /** Host labels that nobody may ask for. */
    reservedHosts?: string[];
    /** Whether host labels in punycode that people would take for others may be asked for. Default false. */
    allowLookalikes?: boolean;
  };
  probe?: {
    /** IP address that the probe dials, with an optional port, or "none": nothing is dialled then. Default: lanIp. */
    address?: string;
    /** How often every host is asked for, at least 1m. Default 1m. */
    interval?: string;
    /** How many hosts are asked for at the same time, 1 to 64. Default 8. */
    concurrency?: number;
    /** DNS resolver that tells where hosts lead: an IP address, "system" or "off". Default off. */
    resolver?: string;
  };
  certificates?: {
    /** ClusterIssuer that signs the wildcard certificate. Default idp-demo-ca. */
    issuer?: string;
    /** ClusterIssuer that signs the CA. Default self-signed-issuer. */
    selfSignedIssuer?: string;
    /** Certificate of the CA. Default idp-demo-ca. */
    caCertificate?: string;
    /** Name of the CA's Secret, which is never read. Default idp-demo-ca-secret. */
    caSecret?: string;
    /** Wildcard Certificate. Default idp-wildcard-cert. */
    wildcardCertificate?: string;
    /** Name of the wildcard's Secret, which is never read. Default idp-wildcard-cert. */
    wildcardSecret?: string;
    /** Where ClusterIssuers keep their Secrets. Default cert-manager. */
    clusterResourceNamespace?: string;
    /** Default 87600h. */
    caDuration?: string;
    /** Default 17520h. */
    caRenewBefore?: string;
    /** Default 8760h. */
    duration?: string;
    /** Default 720h. */
    renewBefore?: string;
    /** How long before its end a certificate is called Degraded. Default 720h. */
    warnBefore?: string;
    /** How long a renewal that is due may take to begin. Default 1h. */
    overdueAfter?: string;
    /** RSA keys shorter than this are called too weak. Default 2048. */
    minRsaBits?: number;
    /** Groups that are told of every certificate in trouble. Default none. */
    notify?: string[];
    /** CA certificate in PEM form, for issuers whose CA cannot be read from the cluster. Never a key. */
    caPem?: string;
  };
  policies?: {
    /** Groups that may expose from a namespace, beside those that its annotation names. */
    grants?: { [namespace: string]: string[] };
  };
}
