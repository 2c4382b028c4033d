import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { startProcess } from '../processes/serverProcess';
import type { GatewayContext, GatewayProfile } from './types';

/**
 * Traefik's static configuration. An entry point takes the listeners whose port equals its own.
 * https://doc.traefik.io/traefik/reference/install-configuration/providers/kubernetes/kubernetes-gateway/
 */
export function traefikConfig(
  context: Pick<GatewayContext, 'settings' | 'apiServer' | 'address' | 'dir'>,
) {
  const { settings, apiServer, address, dir } = context;
  const { httpPort, httpsPort } = settings.gateway;
  // Open connections would otherwise hold up a stop for 10 s.
  const transport = { lifeCycle: { graceTimeOut: '1s' } };
  return {
    global: { checkNewVersion: false, sendAnonymousUsage: false },
    log: { level: 'INFO', noColor: true },
    providers: {
      // The default of 2 s is for clusters with many changes a second.
      providersThrottleDuration: '100ms',
      kubernetesGateway: {
        endpoint: apiServer.url,
        token: join(dir, 'token'),
        certAuthFilePath: apiServer.caFile,
        // ClusterIPs are answered by processes; the addresses in EndpointSlices by nobody.
        nativeLBByDefault: true,
        statusAddress: { ip: address },
      },
    },
    entryPoints: {
      web: { address: `${address}:${httpPort}`, transport },
      websecure: {
        address: `${address}:${httpsPort}`,
        transport,
        http: { tls: {} },
      },
    },
  };
}

/** Traefik Proxy, with its Gateway API provider. */
export const traefik: GatewayProfile = {
  name: 'traefik',
  controller: 'traefik.io/gateway-controller',
  carriesTraffic: true,
  ports: ({ gateway }, host) => [
    {
      host,
      port: gateway.httpPort,
      use: "the gateway's HTTP listener",
      otherwise:
        'set http_port in [gateway] and nodeport_http in [network] of config.toml',
    },
    {
      host,
      port: gateway.httpsPort,
      use: "the gateway's HTTPS listener",
      otherwise:
        'set https_port in [gateway], nodeport_https and public_https_port in [network] of config.toml',
    },
  ],
  programs: ({ binDir }) => binDir,
  async start(context) {
    const { binDir, dir, apiServer, logFile, processName } = context;
    const configFile = join(dir, 'traefik.yml');
    // By file, because arguments can be read by every user of the machine.
    await writeFile(join(dir, 'token'), apiServer.token, { mode: 0o600 });
    await writeFile(configFile, stringify(traefikConfig(context)), {
      mode: 0o600,
    });
    return startProcess({
      name: processName,
      command: join(binDir, 'traefik'),
      args: [`--configfile=${configFile}`],
      logFile,
    });
  },
};
