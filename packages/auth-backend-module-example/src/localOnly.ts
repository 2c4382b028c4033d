import type { Config } from '@backstage/config';
import { isLoopbackHost, isLoopbackUrl } from './loopback';
import { CONFIG_KEY } from './people';

const sameServer = (a: string, b: string) =>
  URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;

/**
 * Why the example sign-in may not run here, or undefined where it may: it lets anybody on this machine be anybody, so
 * that everything it could reach has to be on this machine and made to be thrown away.
 *
 * The mark of the local platform is the URL of its API server in `auth.providers.example.apiServer`. It has to be a
 * loopback address, and every Kubernetes cluster of the configuration has to be at that URL; a cluster that is found
 * in any other way than by configuration could be anywhere.
 */
export function whyNotLocal(options: {
  config: Config;
  nodeEnv: string | undefined;
}): string | undefined {
  const { config, nodeEnv } = options;
  if (nodeEnv !== 'development') {
    return `NODE_ENV is '${nodeEnv ?? ''}' and not 'development'`;
  }

  const listen = config.getOptional('backend.listen');
  const listenHost =
    typeof listen === 'string'
      ? listen.replace(/:\d*$/, '')
      : config.getOptionalString('backend.listen.host');
  if (!isLoopbackHost(listenHost)) {
    return `backend.listen.host is '${
      listenHost ?? ''
    }', so that other machines can reach this backend; the local platform listens on 127.0.0.1`;
  }

  const apiServer = config.getString(`${CONFIG_KEY}.apiServer`);
  if (!isLoopbackUrl(apiServer)) {
    return `${CONFIG_KEY}.apiServer is '${apiServer}', which is not on this machine; the local platform's API server is at a loopback address`;
  }

  if (config.getOptionalBoolean('networking.useCurrentContext')) {
    return `networking.useCurrentContext adds the cluster of a kubeconfig, which can be anywhere; the local platform needs none`;
  }

  const locators =
    config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  const other = locators.find(
    locator => locator.getString('type') !== 'config',
  );
  if (other) {
    return `kubernetes.clusterLocatorMethods has one of type '${other.getString(
      'type',
    )}', whose clusters can be anywhere; the local platform's cluster is configured by its URL`;
  }
  const clusters = locators.flatMap(
    locator => locator.getOptionalConfigArray('clusters') ?? [],
  );
  if (clusters.length === 0) {
    return `kubernetes.clusterLocatorMethods names no cluster; the local platform's cluster is missing`;
  }
  const foreign = clusters.find(
    cluster => !sameServer(cluster.getString('url'), apiServer),
  );
  if (foreign) {
    return `cluster '${foreign.getString('name')}' at ${foreign.getString(
      'url',
    )} is not the local platform's, whose API server is at ${apiServer}`;
  }
  return undefined;
}
