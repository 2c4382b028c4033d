import {
  createSnapshot,
  type Snapshot,
  type SnapshotGap,
  type SnapshotKinds,
} from '../../gateway-api/snapshot';
import type {
  CertificateRequest,
  Condition,
  HttpRoute,
  KubernetesObject,
} from '../../gateway-api/types';
import { renderPlatform } from '../../platform/render';
import { parseConfigToml, resolveSettings } from '../../settings';
import type { ClusterSettings } from '../../settings';
import type { RouteReader } from '../contests';
import { evaluateExposure } from '../evaluate';
import { factsOfTrace } from '../../certificates/facts';
import { certificateLookup, listenerRefOf } from '../../certificates/listeners';
import { traceCertificates } from '../../certificates/trace';
import { objectsOf } from '../../gateway-api/lenient';
import type {
  CertificateFacts,
  CertificateLookup,
  CertificateSummary,
} from '../../certificates/types';
import type { Facts, ProbeFacts } from '../types';

export const NOW = '2026-11-23T12:00:00Z';
export const HOST = 'shop.127-0-0-1.nip.io';
export const CONTROLLER = 'traefik.io/gateway-controller';

export const pem = (name: string) =>
  `-----BEGIN CERTIFICATE-----\n${btoa(name)}\n-----END CERTIFICATE-----`;

export const settings: ClusterSettings = resolveSettings({
  clusters: ['local'],
  file: parseConfigToml(`
[network]
lan_ip = "127.0.0.1"
public_https_port = 30443
[gateway]
class = "local-traefik"
controller = "${CONTROLLER}"
http_port = 30080
https_port = 30443
`),
}).byCluster.local;

export const condition = (
  type: string,
  rest: Partial<Condition> = {},
): Condition => ({
  type,
  status: 'True',
  reason: type,
  message: '',
  observedGeneration: 1,
  lastTransitionTime: '2026-11-23T11:00:00Z',
  ...rest,
});

export const summary = (
  rest: Partial<CertificateSummary> = {},
): CertificateSummary => ({
  subject: 'CN=*.127-0-0-1.nip.io',
  issuer: 'CN=idp-demo-ca',
  dnsNames: ['*.127-0-0-1.nip.io', '127-0-0-1.nip.io'],
  serialNumber: '01',
  notBefore: '2026-10-30T00:00:00Z',
  notAfter: '2027-10-30T00:00:00Z',
  fingerprintSha256: 'AA',
  isCa: false,
  ...rest,
});

function requestOf(
  certificate: KubernetesObject,
  leaf: string,
): CertificateRequest {
  const { name, namespace } = certificate.metadata;
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'CertificateRequest',
    metadata: {
      name: `${name}-1`,
      namespace,
      creationTimestamp: '2026-10-30T00:00:00Z',
      annotations: {
        'cert-manager.io/certificate-name': name,
        'cert-manager.io/certificate-revision': '1',
      },
    },
    status: {
      conditions: [condition('Ready')],
      certificate: btoa(`${leaf}\n`),
      ca: btoa(`${pem('ca')}\n`),
    },
  };
}

const STATUS: Record<string, object> = {
  GatewayClass: {
    conditions: [condition('Accepted')],
    supportedFeatures: [{ name: 'HTTPRoute' }],
  },
  Gateway: {
    addresses: [{ type: 'IPAddress', value: '127.0.0.1' }],
    conditions: [condition('Accepted'), condition('Programmed')],
    listeners: ['http', 'https'].map(name => ({
      name,
      attachedRoutes: 1,
      conditions: ['Accepted', 'ResolvedRefs', 'Programmed'].map(type =>
        condition(type),
      ),
    })),
  },
  HTTPRoute: {
    parents: [
      {
        controllerName: CONTROLLER,
        parentRef: {
          name: 'idp-gateway',
          namespace: 'kube-system',
          sectionName: 'http',
        },
        conditions: [condition('Accepted'), condition('ResolvedRefs')],
      },
    ],
  },
  ClusterIssuer: { conditions: [condition('Ready')] },
  Certificate: {
    revision: 1,
    conditions: [condition('Ready')],
    notBefore: '2026-10-30T00:00:00Z',
    notAfter: '2027-10-30T00:00:00Z',
    renewalTime: '2027-09-30T00:00:00Z',
  },
};

const CA_STATUS = { notAfter: '2036-10-30T00:00:00Z' };

function platformObjects(): KubernetesObject[] {
  return renderPlatform(settings).flatMap(object => {
    const isCa = object.metadata.namespace === 'cert-manager';
    const live = {
      ...object,
      metadata: {
        ...object.metadata,
        uid: `uid-${object.kind}-${object.metadata.name}`,
        generation: 1,
      },
      status: {
        ...structuredClone(STATUS[object.kind]),
        ...(isCa && CA_STATUS),
      },
    };
    return object.kind === 'Certificate'
      ? [live, requestOf(live, isCa ? pem('ca') : pem('leaf'))]
      : [live];
  });
}

const route: HttpRoute = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: {
    name: 'shop',
    namespace: 'shop',
    uid: 'uid-shop',
    generation: 1,
    resourceVersion: '7',
    creationTimestamp: '2026-11-23T11:57:00Z',
    labels: { 'app.kubernetes.io/managed-by': 'backstage-networking' },
    annotations: { 'idp.networking/host-label': 'shop' },
  },
  spec: {
    parentRefs: [
      { name: 'idp-gateway', namespace: 'kube-system', sectionName: 'https' },
    ],
    hostnames: [HOST],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        backendRefs: [{ kind: 'Service', name: 'shop', port: 8080, weight: 1 }],
      },
    ],
  },
  status: {
    parents: [
      {
        controllerName: CONTROLLER,
        parentRef: {
          name: 'idp-gateway',
          namespace: 'kube-system',
          sectionName: 'https',
        },
        conditions: [condition('Accepted'), condition('ResolvedRefs')],
      },
    ],
  },
};

const probe: ProbeFacts = {
  host: HOST,
  address: '127.0.0.1',
  port: 30443,
  path: '/',
  at: '2026-11-23T11:59:48Z',
  route: { uid: 'uid-shop', generation: 1 },
  durationMs: 4,
  tls: { verified: true, protocol: 'TLSv1.3', leaf: summary() },
  http: { status: 200 },
};

const certificate: Partial<CertificateFacts> = {
  leaf: summary(),
  chainNotAfter: '2027-10-30T00:00:00Z',
  signer: summary({
    subject: 'CN=idp-demo-ca',
    fingerprintSha256: 'CC',
    isCa: true,
    notAfter: '2036-10-30T00:00:00Z',
  }),
  verified: true,
};

/** Everything that a verdict is made of; tests break one thing in it. */
export interface World {
  objects: KubernetesObject[];
  gaps: SnapshotGap[];
  route: HttpRoute;
  probe: ProbeFacts | undefined;
  /** What is read in the certificate of the listener that the settings name; the rest is told by the objects. */
  certificate: Partial<CertificateFacts> | undefined;
  settings: ClusterSettings;
  now: string;
}

/** A platform and a route where nothing is wrong. */
export function healthyWorld(): World {
  return structuredClone({
    objects: [
      ...platformObjects(),
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'shop', labels: { team: 'shop' } },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'shop', namespace: 'shop' },
        spec: {
          selector: { app: 'shop' },
          ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
        },
      },
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: {
          name: 'shop-1',
          namespace: 'shop',
          labels: { 'kubernetes.io/service-name': 'shop' },
        },
        addressType: 'IPv4',
        ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
        endpoints: [
          { addresses: ['192.0.2.1'], conditions: { ready: true } },
          { addresses: ['192.0.2.2'] },
        ],
      } as KubernetesObject,
    ],
    gaps: [],
    route,
    probe,
    certificate,
    settings,
    now: NOW,
  });
}

/** One object of the world, to be changed. */
export function find<K extends keyof SnapshotKinds>(
  world: World,
  kind: K,
  name: string,
): SnapshotKinds[K] {
  const found = world.objects.find(
    object => object.kind === kind && object.metadata.name === name,
  );
  if (!found) throw new Error(`The world has no ${kind} ${name}`);
  return found as SnapshotKinds[K];
}

export function remove(world: World, kind: string, name?: string) {
  world.objects = world.objects.filter(
    object =>
      object.kind !== kind ||
      (name !== undefined && object.metadata.name !== name),
  );
}

export const snapshotOf = (world: World) =>
  createSnapshot({
    cluster: 'local',
    observedAt: world.now,
    objects: [...world.objects, world.route],
    gaps: world.gaps,
  });

/** What is known of the first certificate of the listener that the settings name, and of no other. */
export function lookupOf(world: World, snapshot: Snapshot): CertificateLookup {
  const { name, namespace, httpsSection } = world.settings.gateway;
  const gateway = snapshot.get('Gateway', namespace, name);
  const listener = objectsOf(gateway?.spec?.listeners).find(
    one => one.name === httpsSection,
  );
  if (!world.certificate || !gateway || !listener) return () => [];
  const traces = traceCertificates({
    holder: gateway,
    listener,
    snapshot,
    settings: world.settings,
  });
  return certificateLookup([
    {
      listener: listenerRefOf(gateway, listener),
      facts: traces.map((trace, index) => ({
        ...factsOfTrace(trace, snapshot),
        ...(index === 0 && trace.certificate && world.certificate),
      })),
    },
  ]);
}

export function factsOf(world: World, snapshot = snapshotOf(world)): Facts {
  return {
    certificates: lookupOf(world, snapshot),
    ...(world.probe && { probes: { [world.probe.host]: world.probe } }),
  };
}

/** The verdict on the world's route, for one who may know so much of other routes. */
export function judgeWorld(world: World, readAs?: RouteReader) {
  const snapshot = snapshotOf(world);
  return evaluateExposure({
    route: world.route,
    snapshot,
    settings: world.settings,
    facts: factsOf(world, snapshot),
    now: world.now,
    entities: [],
    readAs,
  });
}

/** The verdict on the route of a healthy world after a change. */
export function judge(
  change: (world: World) => void = () => {},
  readAs?: RouteReader,
) {
  const world = healthyWorld();
  change(world);
  return judgeWorld(world, readAs);
}

/** Changes a world in several ways, one after the other. */
export const all =
  (...changes: ((world: World) => void)[]) =>
  (world: World) =>
    changes.forEach(change => change(world));

/** Moves the route to an https listener `web` that the settings do not name, with a certificate of its own. */
export function onAnotherListener(world: World) {
  const { spec, status } = find(world, 'Gateway', 'idp-gateway');
  const [, https] = spec!.listeners!;
  spec!.listeners!.push({
    ...structuredClone(https),
    name: 'web',
    port: 30444,
    tls: { certificateRefs: [{ name: 'web-cert' }] },
  });
  const [, judged] = status!.listeners!;
  status!.listeners!.push({ ...structuredClone(judged), name: 'web' });
  world.route.spec!.parentRefs![0].sectionName = 'web';
  world.route.status!.parents![0].parentRef!.sectionName = 'web';
}
