import {
  renderPlatform,
  type ClusterSettings,
  type Gateway,
  type Listener,
} from 'backstage-plugin-networking-common';
import type { GatewayName } from './world';

type ListenerCase = {
  change: (https: Listener, all: Listener[]) => void;
} & ({ both: string } | Record<GatewayName, string>);

const withSecret = (ref: { name: string; namespace?: string }) => ({
  mode: 'Terminate',
  certificateRefs: [{ group: '', kind: 'Secret', ...ref }],
});

/**
 * A fault of the listener that a route names, which is in order itself, with word and reason of the verdict on that route.
 * Each completes "a listener that …".
 */
export const LISTENER_CASES: Record<string, ListenerCase> = {
  'names a Secret that does not exist': {
    change: https => {
      https.tls = withSecret({ name: 'no-such-secret' });
    },
    both: 'Broken ListenerCertificateUnusable',
  },
  'names a Secret of another namespace without a ReferenceGrant': {
    change: https => {
      https.tls = withSecret({
        name: 'idp-demo-ca-secret',
        namespace: 'cert-manager',
      });
    },
    both: 'Broken CertificateRefNotPermitted',
  },
  // Cilium goes on accepting the route, whatever it says of the listener.
  'speaks a protocol that no gateway knows': {
    change: https => {
      https.protocol = 'example.com/odd';
    },
    cilium: 'Broken ListenerProtocolUnsupported',
    traefik: 'Broken NotAllowedByListeners',
  },
  'takes a kind of route that there is none of': {
    change: https => {
      https.allowedRoutes = {
        namespaces: { from: 'All' },
        kinds: [{ group: 'example.com', kind: 'OddRoute' }],
      };
    },
    both: 'Broken NotAllowedByListeners',
  },
  'lies beside one that only Traefik minds': {
    change: (https, all) => {
      all.push({ name: 'clash', port: https.port, protocol: 'HTTP' });
    },
    cilium: 'Unknown ProbeOff',
    traefik: 'Unknown NotProbed',
  },
};

export const listenerVerdict = (sentence: string, gateway: GatewayName) => {
  const listenerCase = LISTENER_CASES[sentence];
  return 'both' in listenerCase ? listenerCase.both : listenerCase[gateway];
};

/** The Gateway of a case, which stands beside the one of the settings, and the settings that name it. */
export function gatewayOf(
  sentence: string,
  settings: ClusterSettings,
): { gateway: Gateway; settings: ClusterSettings } {
  const index = Object.keys(LISTENER_CASES).indexOf(sentence);
  const ours = {
    ...settings,
    gateway: { ...settings.gateway, name: `${settings.gateway.name}-${index}` },
  };
  const gateway = renderPlatform(ours).find(
    ({ kind }) => kind === 'Gateway',
  ) as Gateway;
  const all = gateway.spec!.listeners!;
  const https = all.find(({ name }) => name === ours.gateway.httpsSection)!;
  LISTENER_CASES[sentence].change(https, all);
  return { gateway, settings: ours };
}
