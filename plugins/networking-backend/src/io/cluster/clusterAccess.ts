import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { createClusterClient } from './clusterClient';
import { readClusterConnections } from './clusterConfig';
import { authenticate } from './kubeAuth';
import { createTransport, type Transport } from './transport';
import type { ClusterAccess, ClusterClient } from './types';

/**
 * Connects to nothing: clusters are dialled when they are read.
 *
 * @throws InputError for a cluster that the plugin cannot use
 */
export async function createClusterAccess(options: {
  config: RootConfigService;
  logger: LoggerService;
}): Promise<ClusterAccess> {
  const { config, logger } = options;
  const clients = new Map<string, ClusterClient>();
  const transports: Transport[] = [];
  for (const connection of readClusterConnections(config)) {
    const cluster = await authenticate(connection);
    if (clients.has(cluster.name)) {
      throw new InputError(
        `The kubeconfig's current context '${cluster.name}' has the name of a cluster under kubernetes.clusterLocatorMethods. Unset networking.useCurrentContext, or rename one of them.`,
      );
    }
    if (connection.type === 'current-context') {
      logger.warn(
        `networking.useCurrentContext is true: exposures are read from and written to context '${cluster.name}' at ${cluster.server.origin}`,
      );
    }
    const transport = createTransport(cluster);
    transports.push(transport);
    clients.set(cluster.name, createClusterClient(cluster.name, transport));
  }
  if (clients.size === 0) {
    logger.warn(
      'No cluster is configured, so there is nothing to expose from. Add one under kubernetes.clusterLocatorMethods with type config.',
    );
  }
  const names = Object.freeze([...clients.keys()]);
  return {
    names,
    client(name) {
      const client = clients.get(name);
      if (!client) {
        throw new NotFoundError(
          `Cluster ${name} is not configured. Name one of: ${
            names.join(', ') || 'none is configured'
          }.`,
        );
      }
      return client;
    },
    close() {
      for (const transport of transports) transport.close();
    },
  };
}
