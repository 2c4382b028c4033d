import { connect } from 'node:tls';
import type {
  ClusterSettings,
  KubernetesObject,
} from 'backstage-plugin-networking-common';
import { hasStatus, KubeClient } from '../kube';

interface Secret extends KubernetesObject {
  data?: Record<string, string>;
}

/** The CA that signed the wildcard certificate, as PEM; undefined until there is one. */
export async function signingCa(
  admin: KubeClient,
  settings: ClusterSettings,
): Promise<string | undefined> {
  const secret = await admin
    .get<Secret>({
      apiVersion: 'v1',
      kind: 'Secret',
      namespace: settings.gateway.namespace,
      name: settings.certificates.wildcardSecret,
    })
    .catch(error => {
      if (hasStatus(error, 404)) return undefined;
      throw error;
    });
  const ca = secret?.data?.['ca.crt'];
  return ca && Buffer.from(ca, 'base64').toString('utf8');
}

/** How long one handshake may take, in milliseconds. */
const HANDSHAKE_MS = 3000;

/** Shakes hands with the gateway as a browser would for this host, and trusts just this CA. Rejects with the reason. */
export function verifyHandshake(options: {
  address: string;
  port: number;
  host: string;
  ca: string;
}): Promise<void> {
  const { address, port, host, ca } = options;
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, servername: host, ca });
    socket.setTimeout(HANDSHAKE_MS, () =>
      socket.destroy(new Error(`no handshake within ${HANDSHAKE_MS} ms`)),
    );
    socket.once('secureConnect', () => {
      socket.end();
      resolve();
    });
    socket.once('error', reject);
  });
}
