import type {
  ClusterSettings,
  HttpRoute,
  HttpRouteRule,
  KubernetesObject,
  ParentReference,
} from 'backstage-plugin-networking-common';
import type { GatewayName } from './world';

/** What differs from a healthy route of namespace shop. */
interface Difference {
  namespace?: string;
  parent?: Partial<ParentReference>;
  /** Beside the one that each route has. */
  hosts?: string[];
  /** Instead of the one that each route has. */
  host?: string;
  rules?: HttpRouteRule[];
}

/** What a controller writes, and what a person reads for it. */
export interface Judged {
  /** `Accepted=False Reason` of what it does not call good, `good`, or `nothing`. */
  writes: string;
  /** Word and reason of the verdict. */
  reads: string;
  /** What the verdict's message says. */
  says?: RegExp;
}

type RouteCase = { route: Difference } & (
  | { both: Judged }
  | Record<GatewayName, Judged>
);

const to = (
  name: string,
  port = 8080,
  rest: { namespace?: string; group?: string; kind?: string } = {},
) => ({ backendRefs: [{ name, port, ...rest }] });

const toShopWith = (filter: { type: string; [field: string]: unknown }) => [
  { ...to('shop'), filters: [filter] },
];

const GOOD = 'good';

/** Nobody asks on Cilium's side, where nothing would answer, and nobody has asked on Traefik's. */
const NOT_PROVED = {
  cilium: {
    writes: GOOD,
    reads: 'Unknown ProbeOff',
    says: /^Accepted, not yet proved: .* nobody asks/,
  },
  traefik: {
    writes: GOOD,
    reads: 'Unknown NotProbed',
    says: /^Accepted, not yet proved: .* hasn't been checked recently/,
  },
};

const both = (writes: string, reads: string, says?: RegExp) => ({
  both: { writes, reads, says },
});

/** Completes "a route that …". */
export const ROUTE_CASES: Record<string, RouteCase> = {
  'is healthy': { route: {}, ...NOT_PROVED },
  'names a Gateway that does not exist': {
    route: { parent: { name: 'no-such-gateway' } },
    ...both('nothing', 'Broken GatewayMissing', /no-such-gateway does not/),
  },
  'names a listener that does not exist': {
    route: { parent: { sectionName: 'web' } },
    ...both(
      'Accepted=False NoMatchingParent',
      'Broken ListenerMissing',
      /no listener web/,
    ),
  },
  'names a port that no listener has': {
    route: { parent: { port: 9999 } },
    ...both(
      'Accepted=False NoMatchingParent',
      'Broken ListenerMissing',
      /on port 9999/,
    ),
  },
  'lies in a namespace that the listener does not allow': {
    route: { namespace: 'payments', rules: [to('payments')] },
    ...both(
      'Accepted=False NotAllowedByListeners',
      'Broken NotAllowedByListeners',
      /doesn't take routes from namespace payments/,
    ),
  },
  'has a host that no listener serves': {
    route: { host: 'shop.example.com' },
    ...both(
      'Accepted=False NoMatchingListenerHostname',
      'Broken NoMatchingListenerHostname',
      /^Requests for shop\.example\.com get 404/,
    ),
  },
  'has one host that is served and one that is not': {
    route: { hosts: ['shop.example.com'] },
    ...both(GOOD, 'Broken HostNotServed', /shop\.example\.com get 404/),
  },
  'names a Service that does not exist': {
    route: { rules: [to('shop-v9')] },
    ...both(
      'ResolvedRefs=False BackendNotFound',
      'Broken BackendNotFound',
      /^Requests get 500: Service shop\/shop-v9 does not exist/,
    ),
  },
  'names a port that its Service does not have': {
    route: { rules: [to('shop', 8081)] },
    ...both(
      'ResolvedRefs=False BackendNotFound',
      'Broken BackendNotFound',
      /Service shop\/shop has no port 8081/,
    ),
  },
  'names a Service of another namespace without a ReferenceGrant': {
    route: { rules: [to('payments', 8080, { namespace: 'payments' })] },
    ...both('ResolvedRefs=False RefNotPermitted', 'Broken RefNotPermitted'),
  },
  'names a Service of another namespace that has granted it': {
    route: { rules: [to('docs', 8080, { namespace: 'docs' })] },
    ...NOT_PROVED,
  },
  'sends requests to a kind that neither knows': {
    route: {
      rules: [to('bucket', 8080, { group: 'example.com', kind: 'Bucket' })],
    },
    ...both('ResolvedRefs=False InvalidKind', 'Broken InvalidKind'),
  },
  'sends requests to a Service that nothing runs behind': {
    route: { rules: [to('shop-idle')] },
    ...both(GOOD, 'Broken NoReadyEndpoints', /shop-idle has no ready/),
  },
  'sends requests to a port of a protocol that only Traefik minds': {
    route: { rules: [to('shop-odd')] },
    cilium: NOT_PROVED.cilium,
    traefik: {
      writes: 'ResolvedRefs=False UnsupportedProtocol',
      reads: 'Broken UnsupportedProtocol',
    },
  },
  'matches by a regular expression that is none, which only Cilium minds': {
    route: {
      rules: [
        {
          ...to('shop'),
          matches: [{ path: { type: 'RegularExpression', value: '/(' } }],
        },
      ],
    },
    cilium: {
      writes: 'Accepted=False UnsupportedValue',
      reads: 'Broken UnsupportedValue',
    },
    traefik: { writes: GOOD, reads: 'Unknown ProbeNotPossible' },
  },
  'sets the header Host, which only Cilium minds': {
    route: {
      rules: toShopWith({
        type: 'RequestHeaderModifier',
        requestHeaderModifier: { set: [{ name: 'Host', value: 'shop' }] },
      }),
    },
    cilium: {
      writes: 'Accepted=False UnsupportedValue',
      reads: 'Broken UnsupportedValue',
    },
    traefik: NOT_PROVED.traefik,
  },
  'mirrors requests to a Service that does not exist, which only Cilium minds':
    {
      route: {
        rules: toShopWith({
          type: 'RequestMirror',
          requestMirror: { backendRef: { name: 'shop-v9', port: 8080 } },
        }),
      },
      cilium: {
        writes: 'ResolvedRefs=False BackendNotFound',
        reads: 'Unknown ProbeOff',
      },
      traefik: NOT_PROVED.traefik,
    },
  // Both leave such a route out of their configuration: a verdict that called it Live for its status would be wrong.
  'asks for an extension that neither knows, of which neither says a word': {
    route: {
      rules: toShopWith({
        type: 'ExtensionRef',
        extensionRef: { group: 'example.com', kind: 'Limit', name: 'shop' },
      }),
    },
    ...NOT_PROVED,
  },
};

export const expectationOf = (routeCase: RouteCase, gateway: GatewayName) =>
  'both' in routeCase ? routeCase.both : routeCase[gateway];

/** The route of a case at one of the Gateways; the place of the case in the table makes its name. */
export function routeOf(
  sentence: string,
  gateway: GatewayName,
  { gateway: ours, network }: ClusterSettings,
): HttpRoute {
  const index = Object.keys(ROUTE_CASES).indexOf(sentence);
  const name = `case-${index}-${gateway}`;
  const { namespace, parent, host, hosts, rules } = ROUTE_CASES[sentence].route;
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, namespace: namespace ?? 'shop' },
    spec: {
      parentRefs: [
        {
          name: ours.name,
          namespace: ours.namespace,
          sectionName: ours.httpsSection,
          ...parent,
        },
      ],
      hostnames: [host ?? `${name}.${network.dnsSuffix}`, ...(hosts ?? [])],
      rules: rules ?? [to('shop')],
    },
  };
}

const service = (name: string, appProtocol: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { ports: [{ name: 'http', port: 8080, appProtocol }] },
});

/** What the routes refer to beside the demo services. */
export const REFERRED: KubernetesObject[] = [
  service('shop-odd', 'example.com/odd'),
  service('shop-idle', 'http'),
  {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: 'shop-odd',
      namespace: 'shop',
      labels: { 'kubernetes.io/service-name': 'shop-odd' },
    },
    addressType: 'IPv4',
    // Kept for documentation (RFC 5737): nothing dials it.
    endpoints: [{ addresses: ['192.0.2.20'], conditions: { ready: true } }],
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
  } as KubernetesObject,
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'ReferenceGrant',
    metadata: { name: 'shop', namespace: 'docs' },
    spec: {
      from: [
        {
          group: 'gateway.networking.k8s.io',
          kind: 'HTTPRoute',
          namespace: 'shop',
        },
      ],
      to: [{ group: '', kind: 'Service', name: 'docs' }],
    },
  } as KubernetesObject,
];
