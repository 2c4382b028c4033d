import { isIP } from 'node:net';
import {
  parseAddress,
  type ClusterSettings,
} from 'backstage-plugin-networking-common';

export interface ProbeAddress {
  address: string;
  port: number;
}

/**
 * What a probe of this cluster may dial, in order: never anything that a
 * hostname, a route or a caller names.
 *
 * The public port comes first because it is what people use; the node port
 * behind it tells a missing port mapping from a gateway that is down. Empty where
 * settings know no address.
 */
export function probeAddresses(settings: ClusterSettings): ProbeAddress[] {
  const { lanIp, publicHttpsPort, nodeportHttps } = settings.network;
  const parsed = parseAddress(settings.probe.address || lanIp || '');
  // Checked again here: anything but an IP address would be resolved.
  if (!parsed || !isIP(parsed.ip)) return [];
  const ports = parsed.port ? [parsed.port] : [publicHttpsPort, nodeportHttps];
  return [...new Set(ports)].map(port => ({ address: parsed.ip, port }));
}
