import { join } from 'node:path';
import {
  createSnapshot,
  evaluateExposure,
  type ClusterSettings,
  type Exposure,
  type HttpRoute,
  type KubernetesObject,
  type Snapshot,
} from 'backstage-plugin-networking-common';
import {
  CLUSTER_NAME,
  readLocalSettings,
  startPlatform,
  writeTestSettings,
  type Platform,
} from 'local-platform';
import { REFERENCE_NAMESPACES } from './referenceRoutes';
import { binDir, ciliumDir, pathFrom, REPOSITORY } from '../paths';

/** The two controllers that judge routes side by side on one API server. */
export const GATEWAYS = ['cilium', 'traefik'] as const;

export type GatewayName = (typeof GATEWAYS)[number];

/** Namespaces that the listeners of both Gateways take routes from; `payments` is not among them. */
export const ALLOWED_NAMESPACES = [
  'kube-system',
  'shop',
  'docs',
  ...REFERENCE_NAMESPACES,
];

/** The settings that `npm start -- --gateway=cilium` takes. */
export const CILIUM_SETTINGS = join(REPOSITORY, 'config.cilium.toml');

/** Folder of the platform and of what runs on it. */
export const stateDir = () =>
  join(pathFrom('NETWORKING_TEST_STATE_DIR', '.local/test'), 'gateways');

/** One API server, and a Gateway for each controller. */
export interface GatewaysWorld {
  platform: Platform;
  settings: Record<GatewayName, ClusterSettings>;
  /** Everything that a verdict is made of, as the API server holds it now. */
  snapshot(): Promise<Snapshot>;
  /** What a person reads of a route at one of the Gateways where nobody asks whether it answers. */
  judge(
    route: HttpRoute,
    snapshot: Snapshot,
    settings: ClusterSettings,
  ): Exposure;
  stop(): Promise<void>;
}

const GATEWAY_API = 'gateway.networking.k8s.io/v1';

/** What verdicts and plans look at, of what the local platform serves. */
const KINDS: readonly [apiVersion: string, kind: string][] = [
  ...['HTTPRoute', 'GRPCRoute', 'Gateway', 'GatewayClass'].map(
    (kind): [string, string] => [GATEWAY_API, kind],
  ),
  [GATEWAY_API, 'ListenerSet'],
  [GATEWAY_API, 'ReferenceGrant'],
  ['v1', 'Service'],
  ['v1', 'Namespace'],
  ['discovery.k8s.io/v1', 'EndpointSlice'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['cert-manager.io/v1', 'Certificate'],
  ['cert-manager.io/v1', 'CertificateRequest'],
  ['cert-manager.io/v1', 'Issuer'],
  ['cert-manager.io/v1', 'ClusterIssuer'],
];

const takingFromSome = (settings: ClusterSettings): ClusterSettings => ({
  ...settings,
  gateway: { ...settings.gateway, allowedNamespaces: ALLOWED_NAMESPACES },
});

/**
 * The platform as `npm start -- --gateway=cilium` starts it, with Traefik beside it on a Gateway of its own: both see the
 * same routes and Services, and each judges those of its Gateway.
 */
export async function startGateways(): Promise<GatewaysWorld> {
  const cilium = takingFromSome(await readLocalSettings(CILIUM_SETTINGS));
  const shipped = takingFromSome(
    await readLocalSettings(await writeTestSettings(stateDir())),
  );
  const traefik = {
    ...shipped,
    gateway: { ...shipped.gateway, name: 'traefik-gateway' },
  };
  const platform = await startPlatform({
    stateDir: join(stateDir(), 'platform'),
    binDir: binDir(),
    ciliumDir: ciliumDir(),
    profile: 'test',
    settings: cilium,
    besides: [traefik],
  });
  const { admin } = platform;
  return {
    platform,
    settings: { cilium, traefik },
    async snapshot() {
      const lists = await Promise.all(
        KINDS.map(([apiVersion, kind]) =>
          admin.list<KubernetesObject>(apiVersion, kind),
        ),
      );
      return createSnapshot({
        cluster: CLUSTER_NAME,
        observedAt: new Date().toISOString(),
        objects: lists.flat(),
      });
    },
    judge: (route, snapshot, settings) =>
      evaluateExposure({
        route,
        snapshot,
        settings,
        facts: {},
        now: snapshot.observedAt,
        entities: [],
      }),
    stop: () => platform.stop(),
  };
}
