import type {
  Gateway,
  HttpRoute,
  Ingress,
  KubernetesObject,
} from '../gateway-api/types';
import {
  all,
  condition,
  find,
  HOST,
  judge,
  type World,
} from './__testUtils__/world';
import type { VerdictWord } from './types';

type Change = (world: World) => void;

const add =
  (...objects: object[]): Change =>
  world => {
    world.objects.push(...(objects as KubernetesObject[]));
  };

const meta = (name: string) => ({
  name,
  namespace: 'docs',
  creationTimestamp: '2026-11-01T00:00:00Z',
});

const namespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'docs' },
};

const routeOf = (kind: string, rest: object = {}, spec: object = {}) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind,
  metadata: meta('home'),
  spec: {
    parentRefs: [{ name: 'idp-gateway', namespace: 'kube-system' }],
    hostnames: [HOST],
    rules: [{ backendRefs: [{ name: 'home', port: 80 }] }],
    ...spec,
  },
  ...rest,
});

const listener =
  (name: string, rest: object): Change =>
  world => {
    const { spec, status } = find(world, 'Gateway', 'idp-gateway');
    spec!.listeners!.push({
      name,
      port: 30443,
      allowedRoutes: { namespaces: { from: 'All' } },
      ...rest,
    } as never);
    status!.listeners!.push({ name, conditions: [condition('Programmed')] });
  };

const passthrough = (hostname: string | undefined, port = 30443) =>
  listener('tls', {
    protocol: 'TLS',
    tls: { mode: 'Passthrough' },
    hostname,
    port,
  });

const ingress = (
  rest: { host?: string; ip?: string; defaultBackend?: object } = {},
) => {
  const { host = HOST, ip, defaultBackend } = rest;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: meta('home'),
    spec: {
      ...(defaultBackend ? { defaultBackend } : { rules: [{ host }] }),
    },
    ...(ip && { status: { loadBalancer: { ingress: [{ ip }] } } }),
  } as Ingress;
};

const otherGateway = (ip?: string): Gateway => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'internal', namespace: 'kube-system' },
  spec: {
    gatewayClassName: 'other',
    listeners: [
      {
        name: 'web',
        port: 443,
        protocol: 'HTTPS',
        allowedRoutes: { namespaces: { from: 'All' } },
      },
    ],
  },
  ...(ip && { status: { addresses: [{ value: ip }] } }),
});

const isolating: Change = world => {
  find(world, 'GatewayClass', 'local-traefik').status!.supportedFeatures = [
    'HTTPRoute',
    { name: 'GatewayHTTPListenerIsolation' },
  ];
};

const refused = (kind: string) =>
  routeOf(kind, {
    status: {
      parents: [
        {
          controllerName: 'any/controller',
          parentRef: { name: 'idp-gateway', namespace: 'kube-system' },
          conditions: [condition('Accepted', { status: 'False' })],
        },
      ],
    },
  });

const cases: Record<
  string,
  {
    change: Change;
    word: VerdictWord;
    /** Of the finding about it; undefined: there is none. */
    reason?: string;
    says?: RegExp;
  }
> = {
  'a GRPCRoute of the same listener is undetermined: the API lets only one of the kinds in':
    {
      change: add(namespace, routeOf('GRPCRoute')),
      word: 'Live',
      reason: 'PrecedenceUndetermined',
      says: /^Which requests for shop\S+ go to GRPCRoute docs\/home and which come here is up to the gateway's controller: it took a GRPCRoute and an HTTPRoute for one host, of which the Gateway API lets it take one\.$/,
    },
  'a GRPCRoute with a wildcard is undetermined too: the hostnames meet': {
    change: add(
      namespace,
      routeOf('GRPCRoute', {}, { hostnames: ['*.127-0-0-1.nip.io'] }),
    ),
    word: 'Live',
    reason: 'PrecedenceUndetermined',
  },
  'a GRPCRoute that the controller refused gets nothing': {
    change: add(namespace, refused('GRPCRoute')),
    word: 'Live',
  },
  'a TLSRoute behind a more specific listener of the port takes every connection':
    {
      change: all(passthrough(HOST), add(namespace, routeOf('TLSRoute'))),
      word: 'Broken',
      reason: 'RouteShadowed',
      says: /^Connections for shop\S+ go to TLSRoute docs\/home, whose listener takes them by their server name before HTTP is spoken\.$/,
    },
  'a TLSRoute behind a less specific listener of the port takes none': {
    change: all(passthrough('*.nip.io'), add(namespace, routeOf('TLSRoute'))),
    word: 'Live',
    reason: 'ShadowsAnotherRoute',
    says: /^Connections for shop\S+ come here, and not to TLSRoute docs\/home, whose listener is less specific\.$/,
  },
  'a TLSRoute behind a listener of the same hostname is undetermined': {
    change: all(
      passthrough('*.127-0-0-1.nip.io'),
      add(namespace, routeOf('TLSRoute')),
    ),
    word: 'Live',
    reason: 'PrecedenceUndetermined',
    says: /two listeners of one port have the same hostname\.$/,
  },
  'a TLSRoute of another port takes nothing': {
    change: all(passthrough(HOST, 30444), add(namespace, routeOf('TLSRoute'))),
    word: 'Live',
  },
  'a more specific listener for TLS takes every connection, though no route is behind it':
    {
      change: passthrough(HOST),
      word: 'Broken',
      reason: 'HostTakenByListener',
      says: /^Requests for shop\S+ don't reach this route: listener tls of the same port is more specific and takes them\.$/,
    },
  'a more specific listener for HTTPS may take every request': {
    change: listener('special', { protocol: 'HTTPS', hostname: HOST }),
    word: 'Live',
    reason: 'HostTakenByListener',
    says: /^Requests for shop\S+ may be answered by listener special alone, .* that is up to the gateway's controller\.$/,
  },
  'a more specific listener for HTTPS takes every request where the class keeps listeners apart':
    {
      change: all(
        isolating,
        listener('special', { protocol: 'HTTPS', hostname: HOST }),
      ),
      word: 'Broken',
      reason: 'HostTakenByListener',
      says: /listener special of the same port is more specific and takes them\.$/,
    },
  'a more specific listener takes nothing from a route that is attached to it too':
    {
      change: all(
        isolating,
        listener('special', { protocol: 'HTTPS', hostname: HOST }),
        ({ route }) => {
          route.spec!.parentRefs!.push({
            name: 'idp-gateway',
            namespace: 'kube-system',
            sectionName: 'special',
          });
        },
      ),
      word: 'Live',
    },
  'a less specific listener takes nothing': {
    change: all(
      isolating,
      listener('wider', { protocol: 'HTTPS', hostname: '*.nip.io' }),
    ),
    word: 'Live',
  },
  'an Ingress at an address that is not known claims the host': {
    change: add(ingress()),
    word: 'Live',
    reason: 'HostClaimedElsewhere',
    says: /^Ingress docs\/home claims shop\S+ too; at which address is not known, so which of the two answers is not known either\.$/,
  },
  'an Ingress at another address claims the host': {
    change: add(ingress({ ip: '192.0.2.7' })),
    word: 'Live',
    reason: 'HostClaimedElsewhere',
    says: /at another address; which of the two answers depends on where the name leads\.$/,
  },
  'an Ingress at the same address claims the host': {
    change: add(ingress({ ip: '127.0.0.1' })),
    word: 'Live',
    reason: 'HostClaimedElsewhere',
    says: /at the same address; which of the two answers is up to what listens there\.$/,
  },
  'a wildcard of an Ingress claims a host one label below it': {
    change: add(ingress({ host: '*.127-0-0-1.nip.io' })),
    word: 'Live',
    reason: 'HostClaimedElsewhere',
  },
  'a wildcard of an Ingress claims none further below': {
    change: add(ingress({ host: '*.nip.io' })),
    word: 'Live',
  },
  'an Ingress that takes what nobody else does claims nothing': {
    change: add(ingress({ defaultBackend: { service: { name: 'x' } } })),
    word: 'Live',
  },
  'a route of another gateway claims the host elsewhere': {
    change: add(
      namespace,
      otherGateway('192.0.2.8'),
      routeOf(
        'HTTPRoute',
        {},
        { parentRefs: [{ name: 'internal', namespace: 'kube-system' }] },
      ),
    ),
    word: 'Live',
    reason: 'HostClaimedElsewhere',
    says: /^Another gateway serves shop\S+ too, for docs\/home, at another address;/,
  },
  'a route of no gateway claims nothing': {
    change: add(
      namespace,
      routeOf(
        'HTTPRoute',
        {},
        { parentRefs: [{ name: 'gone', namespace: 'kube-system' }] },
      ),
    ),
    word: 'Live',
  },
};

const REASONS = [
  'RouteShadowed',
  'ShadowsAnotherRoute',
  'PrecedenceUndetermined',
  'HostTakenByListener',
  'HostClaimedElsewhere',
];

describe('of what else claims the host of a route,', () => {
  it.each(Object.entries(cases))('%s', (_, { change, word, reason, says }) => {
    const exposure = judge(change, () => []);
    expect(exposure.verdict.word).toBe(word);
    const found = exposure.findings.filter(one => REASONS.includes(one.reason));
    expect(found.map(one => one.reason)).toEqual(reason ? [reason] : []);
    expect(found[0]?.message ?? '').toMatch(says ?? /^/);
  });

  it.each(Object.entries(cases))(
    'nothing is named to one who may not read it: %s',
    (_, { change, word }) => {
      const exposure = judge(change);
      expect(exposure.verdict.word).toBe(word);
      expect(JSON.stringify(exposure)).not.toMatch(/docs/i);
    },
  );

  it('the listener is judged that the route shares with others, the most specific one', () => {
    const { verdict } = judge(
      all(listener('special', { protocol: 'HTTPS', hostname: HOST }), world => {
        const { spec } = world.route;
        const special = {
          name: 'idp-gateway',
          namespace: 'kube-system',
          sectionName: 'special',
        };
        spec!.parentRefs!.push(special);
        const other = routeOf('HTTPRoute') as unknown as HttpRoute;
        other.spec!.parentRefs = [special];
        world.objects.push(namespace, other);
      }),
    );
    expect(verdict.finding.reason).toBe('RouteShadowed');
  });
});
