import fc from 'fast-check';
import { attachments } from './attachments';
import { createSnapshot, type SnapshotGap } from './snapshot';
import type {
  Gateway,
  HttpRoute,
  KubernetesObject,
  Listener,
  Namespace,
  ParentReference,
} from './types';

const https: Listener = {
  name: 'https',
  hostname: '*.x.io',
  port: 443,
  protocol: 'HTTPS',
  allowedRoutes: { namespaces: { from: 'All' } },
};
const http: Listener = { ...https, name: 'http', port: 80, protocol: 'HTTP' };

const gateway = (...listeners: Listener[]): Gateway => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'gw', namespace: 'infra' },
  spec: { listeners },
});
const shop: Namespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels: { exposed: 'yes' } },
};
const route = (
  parentRef: Partial<ParentReference> = {},
  hostnames?: string[],
): HttpRoute => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'r', namespace: 'shop' },
  spec: {
    parentRefs: [{ name: 'gw', namespace: 'infra', ...parentRef }],
    hostnames,
  },
});
const snapshotOf = (objects: KubernetesObject[], gaps: SnapshotGap[] = []) =>
  createSnapshot({
    cluster: 'local',
    observedAt: '2030-01-01T00:00:00Z',
    objects,
    gaps,
  });

interface Case {
  route: HttpRoute;
  objects: KubernetesObject[];
  gaps?: SnapshotGap[];
  expected: [listener: string | undefined, outcome: string[] | string][];
}

const selector = (value: string): Listener => ({
  ...https,
  allowedRoutes: {
    namespaces: {
      from: 'Selector',
      selector: { matchLabels: { exposed: value } },
    },
  },
});

const CASES: Record<string, Case> = {
  'a section name chooses one listener': {
    route: route({ sectionName: 'https' }, ['a.x.io']),
    objects: [gateway(http, https)],
    expected: [['https', ['a.x.io']]],
  },
  'without section name a route attaches to every listener, clear text too': {
    route: route({}, ['a.x.io']),
    objects: [gateway(http, https)],
    expected: [
      ['http', ['a.x.io']],
      ['https', ['a.x.io']],
    ],
  },
  'a port chooses as well': {
    route: route({ port: 80 }, ['a.x.io']),
    objects: [gateway(http, https)],
    expected: [['http', ['a.x.io']]],
  },
  'a host outside the listener is dead while another lives': {
    route: route({ sectionName: 'https' }, ['a.x.io', 'a.y.io', 'x.io']),
    objects: [gateway(https)],
    expected: [['https', ['a.x.io']]],
  },
  'no host in common refuses the route': {
    route: route({ sectionName: 'https' }, ['a.y.io']),
    objects: [gateway(https)],
    expected: [['https', 'NoMatchingListenerHostname']],
  },
  'a route without hostnames takes all of the listener': {
    route: route({ sectionName: 'https' }),
    objects: [gateway(https)],
    expected: [['https', ['*.x.io']]],
  },
  'neither with hostnames is every host': {
    route: route(),
    objects: [gateway({ ...https, hostname: undefined })],
    expected: [['https', ['*']]],
  },
  'an unknown section': {
    route: route({ sectionName: 'tls' }),
    objects: [gateway(https)],
    expected: [[undefined, 'ListenerMissing']],
  },
  'a missing gateway': {
    route: route(),
    objects: [],
    expected: [[undefined, 'GatewayMissing']],
  },
  'a gateway that could not be read': {
    route: route(),
    objects: [],
    gaps: [{ kind: 'Gateway', reason: 'Forbidden', message: 'no' }],
    expected: [[undefined, 'NotKnown']],
  },
  'a parent that is no gateway': {
    route: route({ group: '', kind: 'Service' }),
    objects: [gateway(https)],
    expected: [[undefined, 'ParentUnsupported']],
  },
  'only the own namespace unless the listener says otherwise': {
    route: route(),
    objects: [gateway({ ...https, allowedRoutes: undefined })],
    expected: [['https', 'ListenerRefusesNamespace']],
  },
  'a selector that takes the namespace': {
    route: route({}, ['a.x.io']),
    objects: [gateway(selector('yes')), shop],
    expected: [['https', ['a.x.io']]],
  },
  'a selector that does not': {
    route: route(),
    objects: [gateway(selector('no')), shop],
    expected: [['https', 'ListenerRefusesNamespace']],
  },
  'a selector over a namespace that does not exist': {
    route: route(),
    objects: [gateway(selector('yes'))],
    expected: [['https', 'ListenerRefusesNamespace']],
  },
  'a selector over namespaces that could not be read': {
    route: route(),
    objects: [gateway(selector('yes'))],
    gaps: [{ kind: 'Namespace', reason: 'Forbidden', message: 'no' }],
    expected: [['https', 'NotKnown']],
  },
  'None takes no namespace': {
    route: route(),
    objects: [
      gateway({ ...https, allowedRoutes: { namespaces: { from: 'None' } } }),
    ],
    expected: [['https', 'ListenerRefusesNamespace']],
  },
  'kinds without HTTPRoute': {
    route: route(),
    objects: [
      gateway({
        ...https,
        allowedRoutes: {
          namespaces: { from: 'All' },
          kinds: [{ kind: 'GRPCRoute' }],
        },
      }),
    ],
    expected: [['https', 'ListenerRefusesKind']],
  },
  'a protocol that HTTPRoutes cannot use': {
    route: route(),
    objects: [gateway({ ...https, protocol: 'TLS' })],
    expected: [['https', 'ListenerRefusesKind']],
  },
};

describe('attachments', () => {
  it.each(Object.entries(CASES))(
    '%s',
    (_, { objects, gaps, expected, ...one }) => {
      const found = attachments(one.route, snapshotOf(objects, gaps));
      expect(
        found.map(({ listener, hosts, refusal }) => [
          listener?.name,
          refusal?.reason ?? hosts,
        ]),
      ).toEqual(expected);
    },
  );

  it('finds an answer for whatever JSON the objects hold', () => {
    const listener = fc.oneof(
      fc.jsonValue(),
      fc.record({
        name: fc.constantFrom<unknown>('https', 7, null),
        hostname: fc.jsonValue(),
        protocol: fc.constantFrom('HTTP', 'HTTPS'),
        allowedRoutes: fc.oneof(
          fc.jsonValue(),
          fc.record({ namespaces: fc.jsonValue(), kinds: fc.jsonValue() }),
        ),
      }),
    );
    const spec = fc.oneof(
      fc.jsonValue(),
      fc.record({
        parentRefs: fc.oneof(
          fc.jsonValue(),
          fc.array(
            fc.record({
              name: fc.constantFrom<unknown>('gw', {}, null),
              namespace: fc.constantFrom<unknown>('infra', 3),
              sectionName: fc.jsonValue(),
            }),
          ),
        ),
        hostnames: fc.jsonValue(),
      }),
    );
    fc.assert(
      fc.property(fc.array(listener), spec, (listeners, routeSpec) => {
        const snapshot = snapshotOf([
          { ...gateway(), spec: { listeners } } as KubernetesObject,
        ]);
        const one = { ...route(), spec: routeSpec } as HttpRoute;
        for (const { hosts, refusal } of attachments(one, snapshot)) {
          expect(hosts.length > 0).toBe(refusal === undefined);
        }
      }),
    );
  });
});
