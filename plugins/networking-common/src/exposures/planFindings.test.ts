import {
  gatewayOf,
  listenerOf,
  namespaceOf,
  routeOf,
  serviceOf,
  SUFFIX,
} from './__testUtils__/fixtures';
import {
  ENTITY_REF,
  HOST,
  ID,
  NAME,
  own,
  plan,
  ports,
  without,
  type PlanCase,
} from './__testUtils__/planning';

const beingDeleted = (route: ReturnType<typeof own>) => ({
  ...route,
  metadata: { ...route.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
});

const CHECKING: Record<string, [PlanCase, string[]]> = {
  'two ports': [
    { objects: ports({ port: 80, name: 'http' }, { port: 90 }) },
    ['PortAmbiguous'],
  ],
  'one TCP port beside another': [
    { objects: ports({ port: 80 }, { port: 53, protocol: 'UDP' }) },
    [],
  ],
  'a port that does not exist': [
    { request: { service: { port: 81 } } },
    ['PortMissing'],
  ],
  'a port that is not TCP': [
    {
      request: { service: { port: 53 } },
      objects: ports({ port: 80 }, { port: 53, protocol: 'UDP' }),
    },
    ['PortNotTcp'],
  ],
  'no port that is TCP': [
    { objects: ports({ port: 53, protocol: 'UDP' }) },
    ['PortNotTcp'],
  ],
  'no port': [{ objects: ports() }, ['PortMissing']],
  'port 443': [
    { objects: ports({ port: 443 }) },
    ['BackendProtocolHttps:warning'],
  ],
  'a port named https': [
    { objects: ports({ port: 8443, name: 'https-web' }) },
    ['BackendProtocolHttps:warning'],
  ],
  'port 443 that says it is http': [
    { objects: ports({ port: 443, name: 'https', appProtocol: 'http' }) },
    [],
  ],
  'port 443 named http': [{ objects: ports({ port: 443, name: 'http' }) }, []],

  'a host label that is none': [
    { request: { hostLabel: 'My Shop' } },
    ['HostLabelInvalid'],
  ],
  'a host label with an address': [
    { request: { hostLabel: 'pr-10-0-0-5' } },
    ['HostEmbedsAddress'],
  ],
  'a reserved host label': [
    { settings: { gateway: { reservedHosts: ['shop'] } } },
    ['HostReserved'],
  ],
  'a host label that browsers show as another': [
    { request: { hostLabel: 'xn--80ak6aa92e' } },
    ['HostLooksLikeAnother'],
  ],
  'such a label where the admins allow it': [
    {
      request: { hostLabel: 'xn--80ak6aa92e' },
      settings: { gateway: { allowLookalikes: true } },
    },
    [],
  ],
  'a host that is too long': [
    {
      request: { hostLabel: 'a'.repeat(63) },
      settings: { network: { dnsSuffix: `${'b.'.repeat(95)}io` } },
      objects: [
        ...without('Gateway', 'idp-gateway'),
        gatewayOf(listenerOf({ hostname: undefined })),
      ],
    },
    ['HostTooLong'],
  ],
  'several things at once are all told': [
    {
      request: { namespace: 'payments', hostLabel: 'No' },
      objects: without('Gateway', 'idp-gateway'),
    },
    ['NamespaceNotGranted', 'HostLabelInvalid', 'GatewayMissing'],
  ],

  'a host that another route has': [
    { add: [routeOf('payments/x', [HOST])] },
    ['HostTaken'],
  ],
  'a host that another route has in capitals, among others': [
    { add: [routeOf('payments/x', ['a.io', HOST.toUpperCase()])] },
    ['HostTaken'],
  ],
  'a host that the entity itself has from another namespace': [
    { add: [own(`old/${NAME}`)] },
    ['HostTaken'],
  ],
  'a host of which the route is found under the derived name': [
    { add: [own()] },
    [],
  ],
  'the own route while the namespace is open': [
    {
      add: [
        own(),
        namespaceOf('shop2', 'team-shop'),
        serviceOf('shop2/shop', { [ID]: 'shop' }),
      ],
    },
    ['NamespaceAmbiguous'],
  ],
  'a wildcard route on the same listener': [
    { add: [routeOf('infra/all', [`*.${SUFFIX}`])] },
    ['HostShadowsWildcard:confirm'],
  ],
  'a route without hostnames on the same listener': [
    { add: [routeOf('infra/all', undefined, { sectionName: 'https' })] },
    ['HostShadowsWildcard:confirm'],
  ],
  'a catch-all of the platform on the same listener': [
    {
      add: [
        routeOf('kube-system/all', [`*.${SUFFIX}`], { sectionName: 'https' }),
      ],
    },
    ['HostShadowsWildcard:info'],
  ],
  'a wildcard route that the own route has gone before all along': [
    { add: [own(), routeOf('infra/all', [`*.${SUFFIX}`])] },
    [],
  ],
  'a wildcard route that the own route has gone before for some paths': [
    {
      add: [
        Object.assign(own(), {
          spec: {
            ...own().spec,
            rules: [
              {
                matches: [{ path: { type: 'PathPrefix', value: '/api' } }],
                backendRefs: [{ name: 'shop', port: 8080 }],
              },
            ],
          },
        }),
        routeOf('infra/all', [`*.${SUFFIX}`]),
      ],
    },
    ['HostShadowsWildcard:confirm'],
  ],
  'a wildcard route beside the own route on another listener': [
    {
      add: [
        own(undefined, { sectionName: 'http' }),
        routeOf('infra/all', [`*.${SUFFIX}`], { sectionName: 'https' }),
      ],
    },
    ['HostShadowsWildcard:confirm', 'LiveTrafficStops:confirm'],
  ],
  'the redirect on the other listener': [
    {
      add: [
        routeOf('kube-system/redirect', [`*.${SUFFIX}`], {
          sectionName: 'http',
        }),
      ],
    },
    [],
  ],

  'the derived name belongs to another entity': [
    {
      add: [
        own(undefined, {
          annotations: { [ENTITY_REF]: 'component:default/other' },
        }),
      ],
    },
    ['RouteOfAnotherEntity'],
  ],
  'and is not given up to who takes over': [
    {
      request: { takeOwnership: true },
      add: [
        own(undefined, {
          annotations: { [ENTITY_REF]: 'component:default/other' },
        }),
      ],
    },
    ['RouteOfAnotherEntity'],
  ],
  'the derived name belongs to Argo CD, and is not given up either': [
    {
      request: { takeOwnership: true },
      add: [
        own(undefined, { labels: { 'argocd.argoproj.io/instance': 'shop' } }),
      ],
    },
    ['RouteManagedElsewhere'],
  ],
  'the derived name is a route that the plugin did not make': [
    { add: [own(undefined, { labels: {} })] },
    ['RouteManagedElsewhere'],
  ],
  'the derived name is a route of the entity that is being deleted': [
    { add: [beingDeleted(own())] },
    ['RouteBeingDeleted'],
  ],
  'which taking over does not keep': [
    {
      request: { takeOwnership: true },
      add: [beingDeleted(own(undefined, { labels: {} }))],
    },
    ['RouteBeingDeleted'],
  ],
  'which may be taken over': [
    { request: { takeOwnership: true }, add: [own(undefined, { labels: {} })] },
    [],
  ],

  'no DNS suffix': [
    { settings: { network: { dnsSuffix: undefined } } },
    ['DnsSuffixUnknown'],
  ],
  'a suffix that the listener does not serve': [
    { settings: { network: { dnsSuffix: '10-0-0-9.nip.io' } } },
    ['DnsSuffixMismatch'],
  ],
  'a listener that serves more than the suffix': [
    {
      objects: [
        ...without('Gateway', 'idp-gateway'),
        gatewayOf(listenerOf({ hostname: '*.nip.io' })),
      ],
    },
    [],
  ],
  'no gateway': [
    { objects: without('Gateway', 'idp-gateway') },
    ['GatewayMissing'],
  ],
  'no such listener': [
    { settings: { gateway: { httpsSection: 'websecure' } } },
    ['ListenerMissing'],
  ],
  'a listener in clear text': [
    { settings: { gateway: { httpsSection: 'http' } } },
    ['ListenerMissing'],
  ],
  'a listener that does not take routes from the namespace': [
    {
      objects: [
        ...without('Gateway', 'idp-gateway'),
        gatewayOf(listenerOf({ allowedRoutes: undefined })),
      ],
    },
    ['ListenerRefusesNamespace'],
  ],
};

describe('planExposure finds', () => {
  it.each(Object.entries(CHECKING))('%s', (_, [one, expected]) => {
    const { findings } = plan(one);
    expect(
      findings.map(({ reason, severity }) =>
        severity === 'blocking' ? reason : `${reason}:${severity}`,
      ),
    ).toEqual(expected);
  });

  it('and says of each the field, the object and what to do, in sentences', () => {
    for (const [one] of Object.values(CHECKING)) {
      for (const finding of plan(one).findings) {
        expect(finding.message).toMatch(/^[^!]+\.$/);
        expect(finding.message).not.toMatch(
          /undefined|null|''|please|\[object/i,
        );
        expect(finding.subject.field).toMatch(/^\w/);
        expect(finding.subject.kind).toMatch(/^\w/);
        const remedy = finding.severity === 'info' ? 'None.' : finding.remedy;
        expect(remedy).toMatch(/^[A-Z][^!]+\.$/);
        expect(remedy).not.toMatch(/undefined|null|''|please/i);
      }
    }
  });
});
