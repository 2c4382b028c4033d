import type { RequestOptions } from 'node:https';
import { InputError } from '@backstage/errors';
import type { KubeConfig } from '@kubernetes/client-node';
import type { ClusterConnection } from './clusterConfig';

/** Server, credentials and TLS options of one cluster. */
export interface AuthenticatedCluster {
  name: string;
  server: URL;
  /** Credentials and TLS options of one request; tokens are renewed here. */
  options(): Promise<RequestOptions>;
}

/**
 * The only file that loads `@kubernetes/client-node`, for its kubeconfig and
 * authentication rules. The package is ESM only and takes half a second to load,
 * hence the dynamic import.
 */
export async function authenticate(
  connection: ClusterConnection,
): Promise<AuthenticatedCluster> {
  const k8s = await import('@kubernetes/client-node');
  const kubeConfig = new k8s.KubeConfig();
  switch (connection.type) {
    case 'token':
      kubeConfig.loadFromClusterAndUser(
        {
          name: connection.name,
          server: connection.url,
          caData: connection.caData,
          caFile: connection.caFile,
          skipTLSVerify: connection.skipTLSVerify,
        },
        // Credentials are cached by user name: one name for each cluster.
        {
          name: `networking-${connection.name}`,
          token: connection.token,
        },
      );
      return describe(connection.name, kubeConfig);
    case 'in-cluster':
      kubeConfig.loadFromCluster();
      return describe(connection.name, kubeConfig);
    default:
      kubeConfig.loadFromDefault();
      return describe(kubeConfig.getCurrentContext(), kubeConfig);
  }
}

function describe(name: string, kubeConfig: KubeConfig): AuthenticatedCluster {
  const cluster = kubeConfig.getCurrentCluster();
  if (!cluster) {
    throw new InputError(
      'networking.useCurrentContext is true, but the kubeconfig has no current context. Set one with kubectl config use-context, or list the cluster under kubernetes.clusterLocatorMethods.',
    );
  }
  const server = new URL(cluster.server);
  if (server.protocol !== 'https:') {
    throw new InputError(
      `The API server of cluster '${name}' must have an https URL, not ${server.protocol}//${server.host}.`,
    );
  }
  if (cluster.proxyUrl) {
    throw new InputError(
      `The kubeconfig reaches cluster '${name}' through a proxy-url, which the networking plugin does not support. Remove proxy-url from the kubeconfig's cluster.`,
    );
  }
  return {
    name,
    server,
    async options() {
      const options: RequestOptions = { headers: {} };
      await kubeConfig.applyToHTTPSOptions(options);
      // It makes an Agent for each call, which would open a connection each.
      delete options.agent;
      return options;
    },
  };
}
