import type { HttpRoute } from '../gateway-api/types';
import {
  gatewayOf,
  listenerOf,
  serviceOf,
  SUFFIX,
} from './__testUtils__/fixtures';
import {
  HOST,
  ID,
  own,
  plan,
  without,
  type PlanCase,
} from './__testUtils__/planning';
import { completePlan } from './completePlan';
import type { Destination, ServedAt } from './hostReasons';
import { unconfirmedFindings } from './liveTraffic';

type Rules = NonNullable<HttpRoute['spec']>['rules'];

const to = (name: string, port = 8080, rest = {}) => ({ name, port, ...rest });
const live = (rules: Rules, spec: Partial<HttpRoute['spec']> = {}) => {
  const route = own();
  return { ...route, spec: { ...route.spec, ...spec, rules } };
};
const OLD = 'old.example';
const twoHosts = gatewayOf(
  listenerOf(),
  listenerOf({ name: 'other', hostname: OLD }),
);
const parent = (sectionName: string) => ({
  name: 'idp-gateway',
  namespace: 'kube-system',
  sectionName,
});

const inShort = (from: Destination | ServedAt) => {
  if ('listener' in from) {
    const { host, listener, parent: of } = from;
    return `${host} at ${listener} of ${of.kind} ${of.namespace}/${of.name}`;
  }
  if (from.to === 'redirect') return `redirect to ${from.host}`;
  const { kind, namespace, name, port } = from;
  const path = namespace === undefined ? name : `${namespace}/${name}`;
  return `${kind} ${path}:${port}`;
};

/** What takes live requests from where they go, as `reason from`. */
const CASES: Record<string, [PlanCase, string[]]> = {
  'the Service and port that get them now': [
    { add: [live([{ backendRefs: [to('shop')] }])] },
    [],
  ],
  'them, written out with group, kind and namespace': [
    {
      add: [
        live([
          {
            backendRefs: [
              { group: '', kind: 'Service', namespace: 'shop', ...to('shop') },
            ],
          },
        ]),
      ],
    },
    [],
  ],
  'them, for some paths only': [
    {
      add: [
        live([
          {
            matches: [{ path: { type: 'PathPrefix', value: '/api' } }],
            backendRefs: [to('shop')],
          },
        ]),
      ],
    },
    [],
  ],
  'another Service': [
    { add: [live([{ backendRefs: [to('shop-v2')] }])] },
    ['LiveTrafficMoves Service shop-v2:8080'],
  ],
  'another port': [
    { add: [live([{ backendRefs: [to('shop', 9090)] }])] },
    ['LiveTrafficMoves Service shop:9090'],
  ],
  'a Service of that name in another namespace': [
    {
      add: [
        live([{ backendRefs: [to('shop', 8080, { namespace: 'payments' })] }]),
      ],
    },
    ['LiveTrafficMoves Service payments/shop:8080'],
  ],
  'another kind of that name': [
    { add: [live([{ backendRefs: [to('shop', 8080, { kind: 'Backend' })] }])] },
    ['LiveTrafficMoves Backend shop:8080'],
  ],
  'a Service that gets a share of them': [
    {
      add: [
        live([
          {
            backendRefs: [
              to('shop', 8080, { weight: 9 }),
              to('shop-v2', 8080, { weight: 1 }),
            ],
          },
        ]),
      ],
    },
    ['LiveTrafficMoves Service shop:8080 Service shop-v2:8080'],
  ],
  'a Service of weight 0, which gets none': [
    {
      add: [
        live([
          { backendRefs: [to('shop'), to('shop-v2', 8080, { weight: 0 })] },
        ]),
      ],
    },
    [],
  ],
  'a Service that gets those of one path': [
    {
      add: [
        live([
          {
            matches: [{ path: { type: 'PathPrefix', value: '/api' } }],
            backendRefs: [to('api')],
          },
          { backendRefs: [to('shop')] },
        ]),
      ],
    },
    ['LiveTrafficMoves Service api:8080 Service shop:8080'],
  ],
  'a redirect': [
    {
      add: [
        live([
          {
            filters: [
              {
                type: 'RequestRedirect',
                requestRedirect: { hostname: 'new.example' },
              },
            ],
          },
        ]),
      ],
    },
    ['LiveTrafficMoves redirect to new.example'],
  ],
  'a route of the name that the plugin did not make, taken over': [
    {
      request: { takeOwnership: true },
      add: [
        Object.assign(own(undefined, { labels: {} }), {
          spec: live([{ backendRefs: [to('x')] }]).spec,
        }),
      ],
    },
    ['LiveTrafficMoves Service x:8080'],
  ],
  'a route without rules': [{ add: [live([])] }, []],
  'a route for another host that nothing serves any more': [
    { add: [live([{ backendRefs: [to('x')] }], { hostnames: [OLD] })] },
    [],
  ],
  'a route for another host that is served': [
    {
      objects: [
        ...without('Gateway', 'idp-gateway'),
        twoHosts,
        live([{ backendRefs: [to('shop')] }], {
          hostnames: [OLD],
          parentRefs: [parent('other')],
        }),
      ],
    },
    [`LiveTrafficStops ${OLD} at other of Gateway kube-system/idp-gateway`],
  ],
  'a range of hosts, of which this one goes to another Service': [
    {
      add: [live([{ backendRefs: [to('x')] }], { hostnames: [`*.${SUFFIX}`] })],
    },
    [
      'LiveTrafficMoves Service x:8080',
      `LiveTrafficStops *.${SUFFIX} at https of Gateway kube-system/idp-gateway`,
    ],
  ],
  'a second host beside': [
    {
      objects: [
        ...without('Gateway', 'idp-gateway'),
        twoHosts,
        live([{ backendRefs: [to('shop')] }], {
          hostnames: [HOST, OLD],
          parentRefs: [parent('https'), parent('other')],
        }),
      ],
    },
    [`LiveTrafficStops ${OLD} at other of Gateway kube-system/idp-gateway`],
  ],
  'a second listener': [
    {
      add: [
        live([{ backendRefs: [to('shop')] }], {
          parentRefs: [parent('https'), parent('http')],
        }),
      ],
    },
    [
      `LiveTrafficStops shop.${SUFFIX} at http of Gateway kube-system/idp-gateway`,
    ],
  ],
};

describe('what a change takes live requests from', () => {
  it.each(Object.entries(CASES))('%s', (_, [one, expected]) => {
    const { findings } = plan(one);
    expect(
      findings.map(({ reason, severity, params, subject }) => {
        expect([severity, subject.kind]).toEqual(['confirm', 'HTTPRoute']);
        const { from } = params as { from: (Destination | ServedAt)[] };
        return [reason, ...from.map(inShort)].join(' ');
      }),
    ).toEqual(expected);
  });

  it('names who gets them from then on', () => {
    const [one] = CASES['another Service'];
    expect(plan(one).findings[0].params).toEqual({
      host: HOST,
      url: `https://${HOST}`,
      from: [{ to: 'backend', kind: 'Service', name: 'shop-v2', port: 8080 }],
      to: [{ to: 'backend', kind: 'Service', name: 'shop', port: 8080 }],
    });
  });

  it('is not asked about where the write is refused anyway', () => {
    const { findings } = plan({
      request: { intent: 'create' },
      add: [live([{ backendRefs: [to('shop-v2')] }])],
    });
    expect(findings.map(({ reason }) => reason)).toEqual(['AlreadyExposed']);
  });
});

describe('unconfirmedFindings', () => {
  const changed = (request: PlanCase['request'] = {}) =>
    completePlan(
      plan({
        request: { service: { name: 'shop-v2' }, ...request },
        add: [
          live([{ backendRefs: [to('shop')] }]),
          serviceOf('shop/shop-v2', { [ID]: 'shop' }),
        ],
      }),
      {},
    );
  const reasons = (found: ReturnType<typeof changed>) =>
    unconfirmedFindings(found).map(({ reason }) => reason);

  it('are those to confirm, unless the request says replace', () => {
    expect(changed().action).toBe('update');
    expect(reasons(changed())).toEqual(['LiveTrafficMoves']);
    expect(reasons(changed({ replace: false }))).toEqual(['LiveTrafficMoves']);
    expect(reasons(changed({ replace: true }))).toEqual([]);
  });

  it('are none where nothing changes', () => {
    expect(reasons({ ...changed(), action: 'unchanged' })).toEqual([]);
  });

  it('belong to the digest, which is the same once they are confirmed', () => {
    expect(changed({ replace: true }).digest).toBe(changed().digest);
    const other = changed();
    const draft = plan({});
    const finding = other.findings[0];
    const digestWith = (params: object) =>
      completePlan(draft, { findings: [{ ...finding, params }] }).digest;
    expect(digestWith({ from: 'a' })).not.toBe(digestWith({ from: 'b' }));
  });
});
