import type {
  ClusterSettings,
  KubernetesObject,
} from 'backstage-plugin-networking-common';
import { KubeClient } from '../kube';
import type { ServerProcess } from '../processes/serverProcess';
import { waitUntil } from '../processes/waiting';
import { signingCa, verifyHandshake } from './gatewayCheck';
import { allHave } from './objects';

/** The condition that each kind has to reach, in the order in which one needs the last. */
const EXPECTED = [
  ['ClusterIssuer', 'Ready'],
  ['Certificate', 'Ready'],
  ['GatewayClass', 'Accepted'],
  ['Gateway', 'Programmed'],
] as const;

/**
 * Waits until the platform's objects are what they should be and, where the gateway carries traffic, until it serves a
 * chain that verifies. Gives back the CA, as PEM.
 */
export async function provePlatform(options: {
  admin: KubeClient;
  objects: readonly KubernetesObject[];
  settings: ClusterSettings;
  address: string;
  carriesTraffic: boolean;
  servers: readonly ServerProcess[];
  deadlineMs: number;
  signal: AbortSignal;
}): Promise<string> {
  const { admin, objects, settings, address } = options;
  const { servers, deadlineMs, signal } = options;
  const wait = { servers, deadlineMs, signal };
  for (const [kind, condition] of EXPECTED) {
    await waitUntil({
      ...wait,
      what: `${kind} ${condition}`,
      check: allHave(
        admin,
        objects.filter(object => object.kind === kind),
        condition,
      ),
    });
  }
  const ca = await waitUntil({
    ...wait,
    what: 'The CA of the wildcard certificate',
    check: async () => {
      const pem = await signingCa(admin, settings);
      return pem
        ? { ready: true, value: pem }
        : { ready: false, because: 'its Secret holds none' };
    },
  });
  if (options.carriesTraffic) {
    await waitUntil({
      ...wait,
      what: "The gateway's verified handshake",
      check: async () => {
        await verifyHandshake({
          address,
          port: settings.gateway.httpsPort,
          host: `platform.${settings.network.dnsSuffix}`,
          ca,
        });
        return { ready: true, value: undefined };
      },
    });
  }
  return ca;
}
