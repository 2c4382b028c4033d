import fc from 'fast-check';
import { attachments } from './attachments';
import { createSnapshot, type SnapshotGap } from './snapshot';
import type {
  Gateway,
  HttpRoute,
  KubernetesObject,
  Listener,
  ListenerSet,
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
/** Of namespace `shop`, for the Gateway of namespace `infra`. */
const listenerSet = (spec: ListenerSet['spec'] = {}): ListenerSet => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'ListenerSet',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    parentRef: { name: 'gw', namespace: 'infra' },
    listeners: [{ ...https, hostname: '*.shop.io', allowedRoutes: undefined }],
    ...spec,
  },
});
const allowing = (from: string, value = 'yes'): Gateway => {
  const one = gateway(https);
  const selector = { matchLabels: { exposed: value } };
  one.spec!.allowedListeners = { namespaces: { from, selector } };
  return one;
};
const throughSet = (hostnames = ['a.shop.io'], ref = {}) =>
  route(
    { kind: 'ListenerSet', name: 'web', namespace: undefined, ...ref },
    hostnames,
  );
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
  'kinds with HTTPRoute on a protocol that cannot carry one': {
    route: route(),
    objects: [
      gateway({
        ...https,
        protocol: 'TCP',
        allowedRoutes: {
          namespaces: { from: 'All' },
          kinds: [{ kind: 'HTTPRoute' }],
        },
      }),
    ],
    expected: [['https', 'ListenerRefusesKind']],
  },
  'kinds with HTTPRoute on a protocol of the implementation': {
    route: route({}, ['a.x.io']),
    objects: [
      gateway({
        ...https,
        protocol: 'example.com/quic',
        allowedRoutes: {
          namespaces: { from: 'All' },
          kinds: [{ kind: 'HTTPRoute' }],
        },
      }),
    ],
    expected: [['https', ['a.x.io']]],
  },
  'a GRPCRoute attaches as an HTTPRoute does': {
    route: { ...route({}, ['a.x.io']), kind: 'GRPCRoute' },
    objects: [gateway(http, https)],
    expected: [
      ['http', ['a.x.io']],
      ['https', ['a.x.io']],
    ],
  },
  'a TLSRoute attaches to listeners of protocol TLS alone': {
    route: { ...route({}, ['a.x.io']), kind: 'TLSRoute' },
    objects: [gateway(https, { ...https, name: 'tls', protocol: 'TLS' })],
    expected: [
      ['https', 'ListenerRefusesKind'],
      ['tls', ['a.x.io']],
    ],
  },
  'a ListenerSet of which the Gateway takes listeners': {
    route: throughSet(),
    objects: [allowing('All'), listenerSet()],
    expected: [['https', ['a.shop.io']]],
  },
  'the Gateway itself, named beside its ListenerSets, with its own listeners alone':
    {
      route: route({}, ['a.x.io', 'a.shop.io']),
      objects: [allowing('All'), listenerSet()],
      expected: [['https', ['a.x.io']]],
    },
  'a Gateway takes no listeners of others unless it says so': {
    route: throughSet(),
    objects: [gateway(https), listenerSet()],
    expected: [[undefined, 'ListenerSetRefused']],
  },
  'a Gateway that takes listeners of its own namespace alone': {
    route: throughSet(),
    objects: [allowing('Same'), listenerSet()],
    expected: [[undefined, 'ListenerSetRefused']],
  },
  'a Gateway that selects the namespace of the ListenerSet': {
    route: throughSet(),
    objects: [allowing('Selector'), listenerSet(), shop],
    expected: [['https', ['a.shop.io']]],
  },
  'a Gateway that selects others': {
    route: throughSet(),
    objects: [allowing('Selector', 'no'), listenerSet(), shop],
    expected: [[undefined, 'ListenerSetRefused']],
  },
  'a Gateway that selects by labels which could not be read': {
    route: throughSet(),
    objects: [allowing('Selector'), listenerSet()],
    gaps: [{ kind: 'Namespace', reason: 'Forbidden', message: 'no' }],
    expected: [[undefined, 'NotKnown']],
  },
  'the namespace Same is that of the ListenerSet': {
    route: throughSet(['a.shop.io'], { namespace: 'infra' }),
    objects: [
      allowing('Same'),
      {
        ...listenerSet(),
        metadata: { name: 'web', namespace: 'infra' },
      } as ListenerSet,
    ],
    expected: [['https', 'ListenerRefusesNamespace']],
  },
  'a section name chooses among the listeners of a ListenerSet': {
    route: throughSet(['a.shop.io'], { sectionName: 'other' }),
    objects: [
      allowing('All'),
      listenerSet({
        listeners: [https, { ...https, name: 'other', hostname: 'a.shop.io' }],
      }),
    ],
    expected: [['other', ['a.shop.io']]],
  },
  'a section that the ListenerSet does not have': {
    route: throughSet(['a.shop.io'], { sectionName: 'gone' }),
    objects: [allowing('All'), listenerSet()],
    expected: [[undefined, 'ListenerMissing']],
  },
  'a missing ListenerSet': {
    route: throughSet(),
    objects: [allowing('All')],
    expected: [[undefined, 'ListenerSetMissing']],
  },
  'a ListenerSet that could not be read': {
    route: throughSet(),
    objects: [allowing('All')],
    gaps: [{ kind: 'ListenerSet', reason: 'Forbidden', message: 'no' }],
    expected: [[undefined, 'NotKnown']],
  },
  'a ListenerSet of a missing Gateway': {
    route: throughSet(),
    objects: [listenerSet()],
    expected: [[undefined, 'GatewayMissing']],
  },
  'a ListenerSet of something that is no Gateway': {
    route: throughSet(),
    objects: [listenerSet({ parentRef: { kind: 'Mesh', name: 'gw' } })],
    expected: [[undefined, 'ParentUnsupported']],
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
