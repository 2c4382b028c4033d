import { existsSync } from 'node:fs';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

/** How to reach one cluster, before any file or token was read. */
export type ClusterConnection =
  | {
      type: 'token';
      name: string;
      url: string;
      token: string;
      caData?: string;
      caFile?: string;
      skipTLSVerify: boolean;
    }
  | { type: 'in-cluster'; name: string }
  | { type: 'current-context' };

const METHODS_KEY = 'kubernetes.clusterLocatorMethods';
const AUTH_PROVIDER_METADATA = 'kubernetes.io/auth-provider';
const IN_CLUSTER_CA = '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt';

/**
 * The clusters of the Kubernetes plugin's own configuration, so that nobody
 * configures one twice. Only what works without a signed-in user is taken:
 * methods of type `config` with a service account. Anything else stops the
 * start, because a cluster left out in silence would look like one without
 * exposures.
 *
 * @throws InputError naming the key and the remedy
 */
export function readClusterConnections(
  config: RootConfigService,
  options: { inCluster?: boolean } = {},
): ClusterConnection[] {
  const inCluster = options.inCluster ?? existsSync(IN_CLUSTER_CA);
  const connections: ClusterConnection[] = [];
  const methods = config.getOptionalConfigArray(METHODS_KEY) ?? [];
  methods.forEach((method, methodIndex) => {
    const methodKey = `${METHODS_KEY}[${methodIndex}]`;
    const type = method.getString('type');
    if (type !== 'config') {
      throw new InputError(
        `${methodKey}.type is '${type}', which the networking plugin cannot use: it reads clusters without a signed-in user. List the cluster under a method of type 'config' with a service account token.`,
      );
    }
    (method.getOptionalConfigArray('clusters') ?? []).forEach(
      (cluster, index) => {
        connections.push(
          readCluster(cluster, `${methodKey}.clusters[${index}]`, inCluster),
        );
      },
    );
  });
  if (config.getOptionalBoolean('networking.useCurrentContext')) {
    connections.push({ type: 'current-context' });
  }
  assertUniqueNames(connections);
  return connections;
}

type ClusterConfig = ReturnType<RootConfigService['getConfig']>;

function readCluster(
  cluster: ClusterConfig,
  key: string,
  inCluster: boolean,
): ClusterConnection {
  const name = cluster.getString('name');
  const metadata = cluster.getOptional<Record<string, unknown>>('authMetadata');
  const provider =
    metadata?.[AUTH_PROVIDER_METADATA] ??
    cluster.getOptionalString('authProvider');
  if (provider !== 'serviceAccount') {
    throw new InputError(
      `${key}.authProvider is '${provider}', which the networking plugin cannot use for cluster '${name}': it writes as one service account. Set authProvider to 'serviceAccount' and give serviceAccountToken.`,
    );
  }
  const token = cluster.getOptionalString('serviceAccountToken');
  if (!token) {
    if (inCluster) return { type: 'in-cluster', name };
    throw new InputError(
      `${key}.serviceAccountToken is missing, and this process does not run in a pod of cluster '${name}'. Set it to a token of the service account that the files in rbac/ bind.`,
    );
  }
  const url = cluster.getString('url');
  if (!isHttpsUrl(url)) {
    throw new InputError(
      `${key}.url must be an https URL: the token of cluster '${name}' would travel in clear.`,
    );
  }
  return {
    type: 'token',
    name,
    url,
    token,
    caData: cluster.getOptionalString('caData'),
    caFile: cluster.getOptionalString('caFile'),
    skipTLSVerify: cluster.getOptionalBoolean('skipTLSVerify') ?? false,
  };
}

function isHttpsUrl(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}

function assertUniqueNames(connections: ClusterConnection[]): void {
  const seen = new Set<string>();
  for (const connection of connections) {
    if (connection.type === 'current-context') continue;
    if (seen.has(connection.name)) {
      throw new InputError(
        `${METHODS_KEY} names cluster '${connection.name}' twice. Give each cluster its own name.`,
      );
    }
    seen.add(connection.name);
  }
}
