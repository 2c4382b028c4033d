import fc from 'fast-check';
import type { SnapshotGap } from '../../gateway-api/snapshot';
import type { Condition, KubernetesObject } from '../../gateway-api/types';
import { CONDITION_REASONS, type JudgedObject } from '../conditionReasons';
import { throughListenerSet } from './listenerSet';
import { condition, find, healthyWorld, HOST, type World } from './world';

/** One of each kind that a snapshot holds, and every way in which the world's route may depend on it. */
function fullWorld(): World {
  const world = healthyWorld();
  const kinds = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' };
  const route = (kind: string): KubernetesObject => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind,
    metadata: {
      name: 'other',
      namespace: 'shop',
      labels: { 'backstage.io/kubernetes-id': 'shop' },
    },
    ...{
      spec: {
        parentRefs: [{ name: 'idp-gateway', namespace: 'kube-system' }],
        hostnames: [HOST],
        rules: [{ backendRefs: [{ name: 'shop', port: 8080 }] }],
      },
    },
  });
  world.objects.push(
    route('HTTPRoute'),
    route('GRPCRoute'),
    route('TLSRoute'),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'other', namespace: 'shop' },
      ...{
        spec: {
          defaultBackend: { service: { name: 'shop', port: { number: 80 } } },
          rules: [
            {
              host: HOST,
              http: {
                paths: [{ path: '/', backend: { service: { name: 'shop' } } }],
              },
            },
          ],
        },
        status: { loadBalancer: { ingress: [{ ip: '127.0.0.1' }] } },
      },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'ReferenceGrant',
      metadata: { name: 'grant', namespace: 'payments' },
      ...{
        spec: {
          from: [{ ...kinds, namespace: 'shop' }],
          to: [{ group: '', kind: 'Service', name: 'api' }],
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'api', namespace: 'payments' },
      ...{ spec: { ports: [{ port: 80, appProtocol: 'http' }] } },
    },
  );
  const [rule] = world.route.spec!.rules!;
  rule.backendRefs!.push({ name: 'api', namespace: 'payments', port: 80 });
  const certificate = find(world, 'Certificate', 'idp-wildcard-cert');
  certificate.status!.conditions!.push(
    condition('Issuing', { status: 'False', reason: 'Issued' }),
  );
  find(world, 'Gateway', 'idp-gateway').metadata.annotations = {
    'cert-manager.io/ignore-tls-listeners': 'https',
    'cert-manager.io/cluster-issuer': 'idp-demo-ca',
  };
  const service = find(world, 'Service', 'shop');
  service.metadata.labels = { 'backstage.io/kubernetes-id': 'shop' };
  const leaving = world.objects.find(({ kind }) => kind === 'HTTPRoute')!;
  leaving.metadata.deletionTimestamp = world.now;
  world.route.metadata.managedFields = [{ manager: 'a', time: world.now }];
  world.route.status!.parents![0].conditions!.push(
    condition('PartiallyInvalid', { status: 'False' }),
    condition('RouteRulesOverlap', { status: 'False' }),
    condition('BackendsAvailable'),
  );
  const [, https] = find(world, 'Gateway', 'idp-gateway').status!.listeners!;
  https.conditions!.push(
    condition('Conflicted', { status: 'False' }),
    condition('Detached', { status: 'False' }),
    condition('OverlappingTLSConfig', { status: 'False' }),
  );
  return world;
}

/** The route at a listener of the Gateway, and at one of a ListenerSet. */
export const WORLDS = [fullWorld(), fullWorld()];
throughListenerSet(WORLDS[1]);

export type Path = readonly (string | number)[];

/** Every place in a value, itself left out. */
export function places(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, item]) =>
    places(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length > 0 ? [path, ...below] : below;
}

const GONE = Symbol('gone');

export function put(value: unknown, [key, ...rest]: Path, by: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const holder = value as Record<string | number, unknown>;
  if (rest.length > 0) put(holder[key], rest, by);
  else if (by === GONE) delete holder[key];
  else holder[key] = by;
}

/** One value of one object of a world, and what it becomes. */
export interface Mutation {
  object: number;
  path: Path;
  by: unknown;
}

/** The route first. */
export const objectsOf = (world: World) => [world.route, ...world.objects];

/** Values of every type that JSON has, and none. */
export const JUNK: readonly unknown[] = [
  GONE,
  null,
  '',
  'False',
  -1,
  true,
  [],
  ['x', 7, {}],
  {},
  { name: { name: [] }, conditions: 'x', reason: 7 },
];

/** Where the verdicts' own words stand: what a controller or a person may write there. */
const WORDS: readonly unknown[] = [
  ...Object.values(CONDITION_REASONS).flatMap(types =>
    Object.entries(types).flatMap(([type, byStatus]) => [
      type,
      ...Object.values(byStatus).flatMap(reasons => Object.keys(reasons)),
    ]),
  ),
  ...['True', 'False', 'Unknown', 'All', 'Same', 'Selector', 'None'],
  ...['Gateway', 'ListenerSet', 'Service', 'HTTPRoute', 'HTTP', 'HTTPS', 'TLS'],
  ...[
    '*',
    '*.nip.io',
    HOST,
    `a.${HOST}`,
    'https',
    'http',
    'idp-gateway',
    'web',
  ],
  ...['shop', 'payments', 'kube-system', 'idp-wildcard-cert', 'ExternalName'],
  ...['core', 'service', 'UDP'],
  ...['RegularExpression', 'kubernetes.io/h2c', '2026-11-23T11:59:59Z'],
  ...[0, 1, 2, 80, 443, 8080, 30443],
];

const someCondition = (
  ...objects: JudgedObject[]
): fc.Arbitrary<Partial<Condition>> =>
  fc
    .constantFrom(
      ...objects.flatMap(object =>
        Object.entries(CONDITION_REASONS[object]).flatMap(([type, byStatus]) =>
          [
            ...Object.values(byStatus).flatMap(reasons => Object.keys(reasons)),
            'Odd',
          ].map(reason => ({ type, reason })),
        ),
      ),
    )
    .chain(known =>
      fc.record({
        type: fc.constant(known.type),
        reason: fc.constant(known.reason),
        status: fc.constantFrom('True', 'False', 'False', 'Unknown'),
        observedGeneration: fc.constantFrom(0, 1, 1, 1, undefined),
      }),
    );

/** What cert-manager says of a certificate, of a request for one, and of who is to sign it. */
const byCertManager: fc.Arbitrary<Partial<Condition>> = fc.record({
  type: fc.constantFrom('Ready', 'Issuing', 'Issuing', 'Denied'),
  reason: fc.constantFrom(
    'Failed',
    'DoesNotExist',
    'Renewing',
    'ErrInitIssuer',
  ),
  status: fc.constantFrom('True', 'False', 'Unknown'),
  lastTransitionTime: fc.constantFrom(
    '2026-11-23T11:59:00Z',
    '2026-11-20T00:00:00Z',
    'no time',
  ),
});

const SAID: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  Certificate: byCertManager,
  CertificateRequest: byCertManager,
  ClusterIssuer: byCertManager,
  HTTPRoute: someCondition('HTTPRoute'),
  Gateway: someCondition('Gateway', 'Listener'),
  ListenerSet: someCondition('ListenerSet', 'Listener'),
};

/** Every third of them is of what a controller says. */
export function mutation(world: World): fc.Arbitrary<Mutation> {
  const all = objectsOf(world).flatMap((value, object) =>
    places(value).map(path => ({ object, path })),
  );
  const values = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...WORDS) },
    { weight: 1, arbitrary: fc.constantFrom(...JUNK) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  );
  const said = all.flatMap(place => {
    const { kind } = objectsOf(world)[place.object];
    const isCondition = place.path[place.path.length - 2] === 'conditions';
    return isCondition && Object.hasOwn(SAID, kind) ? [{ place, kind }] : [];
  });
  return fc.oneof(
    {
      weight: 2,
      arbitrary: fc
        .constantFrom(...all)
        .chain(place => values.map(by => ({ ...place, by }))),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(...said)
        .chain(({ place, kind }) => SAID[kind].map(by => ({ ...place, by }))),
    },
  );
}

export const someGaps = fc.oneof(
  { weight: 9, arbitrary: fc.constant<SnapshotGap[]>([]) },
  fc
    .constantFrom<SnapshotGap>(
      { kind: 'Gateway', reason: 'Forbidden', message: '' },
      { kind: 'ListenerSet', reason: 'NotServed', message: '' },
      { kind: 'Service', reason: 'Forbidden', message: '' },
      { kind: 'ReferenceGrant', reason: 'Forbidden', message: '' },
      { kind: 'HTTPRoute', reason: 'Unreachable', message: '' },
    )
    .map(gap => [gap]),
);
