import { InputError } from '@backstage/errors';
import {
  parseConfigToml,
  resolveSettings,
} from 'backstage-plugin-networking-common';
import type { ClusterSettings } from 'backstage-plugin-networking-common';
import { readFile } from 'node:fs/promises';
import { isIPv4 } from 'node:net';
import { resolve } from 'node:path';

/** Name of the local platform's cluster, in settings and in Backstage. @public */
export const CLUSTER_NAME = 'local';

/** The settings that are shipped for the local platform. @public */
export const CONFIG_FILE = resolve(
  // eslint-disable-next-line no-restricted-syntax -- runs from its sources only
  __dirname,
  '../../../config.toml',
);

/** Where the gateway listens unless the settings name another address of loopback. */
const LOOPBACK = '127.0.0.1';

/**
 * The settings of the local platform as config.toml says them. A missing file means defaults.
 * @throws ConfigFileError for a file that cannot be used
 * @public
 */
export async function readLocalSettings(
  configFile: string,
): Promise<ClusterSettings> {
  const text = await readFile(configFile, 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw new InputError(
        `${configFile} cannot be read (${error.code}): make it readable for this user.`,
      );
    },
  );
  const { byCluster } = resolveSettings({
    clusters: [CLUSTER_NAME],
    file: parseConfigToml(text, configFile),
    computed: { lanIp: LOOPBACK, interface: 'lo' },
  });
  return byCluster[CLUSTER_NAME];
}

/**
 * The address that the gateway listens on.
 * @throws InputError where it is not of loopback: the local platform has no passwords and answers nobody else
 */
export function gatewayAddress(settings: ClusterSettings): string {
  const address = settings.network.lanIp ?? LOOPBACK;
  if (isIPv4(address) && address.startsWith('127.')) return address;
  throw new InputError(
    `The local platform answers only on loopback, and lan_ip is ${address}: set lan_ip in [network] of config.toml to ${LOOPBACK}.`,
  );
}
