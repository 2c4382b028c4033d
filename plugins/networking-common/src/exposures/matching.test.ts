import fc from 'fast-check';
import { createSnapshot } from '../gateway-api/snapshot';
import type { HttpRoute, KubernetesObject } from '../gateway-api/types';
import type { EntityFacts } from './entityFacts';
import {
  claimFinding,
  matchRouteToEntity,
  ROUTE_KINDS,
  routesOfEntity,
} from './matching';
import type { MatchReason } from './types';
import {
  entityOf,
  namespaceOf,
  routeOf,
  serviceOf,
  settingsOf,
  snapshotOf,
} from './__testUtils__/fixtures';

const ID = 'backstage.io/kubernetes-id';
const ENTITY_REF = 'idp.networking/entity-ref';
const claim = (ref: string) => ({ annotations: { [ENTITY_REF]: ref } });
const bySelector = entityOf({
  kubernetesId: undefined,
  kubernetesNamespace: 'shop',
  labelSelector: 'app=shop',
});

interface Case {
  route: HttpRoute;
  entity?: EntityFacts;
  objects?: KubernetesObject[];
  expected: MatchReason | undefined;
}

const CASES: Record<string, Case> = {
  'nothing ties them': { route: routeOf('shop/r', []), expected: undefined },
  'the annotation names the entity': {
    route: routeOf('shop/r', [], claim('component:default/shop')),
    expected: 'annotation',
  },
  'the annotation names it in short, in other case': {
    route: routeOf('shop/r', [], claim('Shop')),
    expected: 'annotation',
  },
  'an annotation that names another entity outweighs every other tie': {
    route: routeOf('shop/r', [], {
      ...claim('component:default/other'),
      labels: { [ID]: 'shop' },
    }),
    expected: undefined,
  },
  'an annotation that is no ref names nobody': {
    route: routeOf('shop/r', [], { ...claim(':::'), labels: { [ID]: 'shop' } }),
    expected: 'kubernetes-id',
  },
  'the label is the id of the entity': {
    route: routeOf('elsewhere/r', [], { labels: { [ID]: 'shop' } }),
    expected: 'kubernetes-id',
  },
  'another id': {
    route: routeOf('shop/r', [], { labels: { [ID]: 'shop2' } }),
    expected: undefined,
  },
  'the selector in the namespace of the entity': {
    route: routeOf('shop/r', [], { labels: { app: 'shop' } }),
    entity: bySelector,
    expected: 'label-selector',
  },
  'the selector elsewhere': {
    route: routeOf('payments/r', [], { labels: { app: 'shop' } }),
    entity: bySelector,
    expected: undefined,
  },
  'a selector without namespace selects nothing': {
    route: routeOf('shop/r', [], { labels: { app: 'shop' } }),
    entity: { ...bySelector, kubernetesNamespace: undefined },
    expected: undefined,
  },
  'a selector that is none selects nothing': {
    route: routeOf('shop/r', [], { labels: { app: 'shop' } }),
    entity: { ...bySelector, labelSelector: 'app=' + '-' },
    expected: undefined,
  },
  'a Service behind it has the id': {
    route: routeOf('shop/r', [], { service: 'shop:8080' }),
    objects: [serviceOf('shop/shop', { [ID]: 'shop' })],
    expected: 'service',
  },
  'a Service behind it is selected': {
    route: routeOf('shop/r', [], { service: 'shop:8080' }),
    entity: bySelector,
    objects: [serviceOf('shop/shop', { app: 'shop' })],
    expected: 'service',
  },
  'a Service of that name in another namespace is not behind it': {
    route: routeOf('shop/r', [], { service: 'shop:8080' }),
    objects: [serviceOf('payments/shop', { [ID]: 'shop' })],
    expected: undefined,
  },
  'the label goes before the Service': {
    route: routeOf('shop/r', [], {
      labels: { [ID]: 'shop' },
      service: 'shop:8080',
    }),
    objects: [serviceOf('shop/shop', { [ID]: 'shop' })],
    expected: 'kubernetes-id',
  },
};

describe('matchRouteToEntity', () => {
  it.each(Object.entries(CASES))('%s', (_, one) => {
    const { route, entity = entityOf(), objects = [], expected } = one;
    const namespaces = ['shop', 'elsewhere', 'payments'].map(name =>
      namespaceOf(name),
    );
    const snapshot = snapshotOf([...namespaces, ...objects]);
    expect(matchRouteToEntity(route, entity, snapshot, settingsOf())).toBe(
      expected,
    );
  });

  it('decides for whatever JSON a route holds', () => {
    const junk = fc.oneof(
      fc.jsonValue(),
      fc.record({
        rules: fc.oneof(
          fc.jsonValue(),
          fc.array(
            fc.record({
              backendRefs: fc.oneof(
                fc.jsonValue(),
                fc.array(fc.record({ name: fc.jsonValue() })),
              ),
            }),
          ),
        ),
      }),
    );
    fc.assert(
      fc.property(
        junk,
        fc.jsonValue(),
        fc.jsonValue(),
        (spec, labels, notes) => {
          const route = {
            ...routeOf('shop/r', []),
            spec,
            metadata: { name: 'r', labels, annotations: notes },
          } as HttpRoute;
          const snapshot = snapshotOf([serviceOf('shop/shop'), route]);
          const decide = () => [
            matchRouteToEntity(route, bySelector, snapshot, settingsOf()),
            claimFinding(route, bySelector, snapshot, settingsOf()),
          ];
          expect(decide).not.toThrow();
        },
      ),
    );
  });
});

/** An entity whose owner writes what they like: somebody's id, and a selector of everything, into any namespace. */
const reachingInto = (namespace: string) => ({
  'kubernetes-id': entityOf({ kubernetesId: 'theirs' }),
  'label-selector': entityOf({
    kubernetesId: undefined,
    kubernetesNamespace: namespace,
    labelSelector: '!absent',
  }),
});

const REACH: Record<
  string,
  {
    namespace: string;
    objects?: KubernetesObject[];
    settings?: Parameters<typeof settingsOf>[0];
    /** By what an entity reaches into it. */
    reached: (keyof ReturnType<typeof reachingInto>)[];
  }
> = {
  'a namespace that is granted to nobody': {
    namespace: 'free',
    objects: [namespaceOf('free')],
    reached: ['kubernetes-id', 'label-selector'],
  },
  'a namespace that is granted to an owner of the entity': {
    namespace: 'mine',
    objects: [namespaceOf('mine', 'team-other, team-shop')],
    reached: ['kubernetes-id', 'label-selector'],
  },
  'a namespace that an admin granted to an owner of the entity': {
    namespace: 'mine',
    objects: [namespaceOf('mine')],
    settings: { grants: { mine: ['team-shop'] } },
    reached: ['kubernetes-id', 'label-selector'],
  },
  'a namespace that is granted to others': {
    namespace: 'payments',
    objects: [namespaceOf('payments', 'team-payments')],
    reached: [],
  },
  'a namespace that an admin granted to others': {
    namespace: 'payments',
    objects: [namespaceOf('payments')],
    settings: { grants: { payments: ['team-payments'] } },
    reached: [],
  },
  'a namespace whose annotation grants nobody': {
    namespace: 'closed',
    objects: [namespaceOf('closed', '')],
    reached: [],
  },
  'a namespace whose annotation is no list of groups': {
    namespace: 'closed',
    objects: [namespaceOf('closed', '*, a b:c:d')],
    reached: [],
  },
  'a namespace of Kubernetes that is granted to nobody': {
    namespace: 'kube-system',
    objects: [namespaceOf('kube-system')],
    settings: { gateway: { namespace: 'gateways' } },
    reached: ['kubernetes-id'],
  },
  'a namespace of Kubernetes that is granted to the owner': {
    namespace: 'kube-system',
    objects: [namespaceOf('kube-system', 'team-shop')],
    settings: { gateway: { namespace: 'gateways' } },
    reached: ['kubernetes-id'],
  },
  'the namespace of the gateway': {
    namespace: 'gateways',
    objects: [namespaceOf('gateways')],
    settings: { gateway: { namespace: 'gateways' } },
    reached: ['kubernetes-id'],
  },
  'the namespace of the gateway, granted to others': {
    namespace: 'gateways',
    objects: [namespaceOf('gateways', 'team-platform')],
    settings: { gateway: { namespace: 'gateways' } },
    reached: [],
  },
  'a namespace that is not known, or not yet': {
    namespace: 'unknown',
    reached: [],
  },
};

describe('what may belong to an entity by an id or a selector that its owner writes as they like:', () => {
  const rows = Object.entries(REACH).flatMap(([sentence, one]) =>
    (['kubernetes-id', 'label-selector'] as const).map(
      by => [`${sentence}, by ${by}`, by, one] as const,
    ),
  );
  it.each(rows)('%s', (_, by, one) => {
    const { namespace, objects = [], settings, reached } = one;
    const isReached = reached.includes(by);
    const labels: Record<string, string> =
      by === 'kubernetes-id' ? { [ID]: 'theirs' } : {};
    const backend = serviceOf(`${namespace}/backend`, labels);
    const snapshot = snapshotOf([...objects, backend]);
    const entity = reachingInto(namespace)[by];
    const match = (route: HttpRoute) =>
      matchRouteToEntity(route, entity, snapshot, settingsOf(settings));
    expect(match(routeOf(`${namespace}/r`, [], { labels }))).toBe(
      isReached ? by : undefined,
    );
    // By a Service behind the route alone, too.
    const hidden = { labels: { absent: '' }, service: 'backend:80' };
    expect(match(routeOf(`${namespace}/r`, [], hidden))).toBe(
      isReached ? 'service' : undefined,
    );
  });

  const ACROSS: Record<string, { route: string; service: string }> = {
    'a route of a namespace of others whose Service lies in one of nobody': {
      route: 'payments',
      service: 'free',
    },
    'a route of a namespace of nobody whose Service lies in one of others': {
      route: 'free',
      service: 'payments',
    },
    'a route of a namespace of others whose Service lies in one of the owner': {
      route: 'payments',
      service: 'mine',
    },
  };

  it.each(Object.entries(ACROSS))('%s', (_, { route: from, service }) => {
    const route = routeOf(`${from}/r`, []);
    route.spec!.rules = [
      { backendRefs: [{ name: 'backend', namespace: service, port: 80 }] },
    ];
    const snapshot = snapshotOf([
      namespaceOf('payments', 'team-payments'),
      namespaceOf('mine', 'team-shop'),
      namespaceOf('free'),
      serviceOf(`${service}/backend`, { [ID]: 'theirs' }),
    ]);
    for (const entity of Object.values(reachingInto(service))) {
      expect(
        matchRouteToEntity(route, entity, snapshot, settingsOf()),
      ).toBeUndefined();
    }
  });
});

describe('claimFinding', () => {
  const objects = [
    namespaceOf('shop', 'team-shop'),
    namespaceOf('evil', 'team-evil'),
  ];
  const judge = (route: HttpRoute, entity = entityOf()) =>
    claimFinding(route, entity, snapshotOf(objects), settingsOf());

  it('accepts a claim from a namespace that grants an owner', () => {
    expect(judge(routeOf('shop/r', [], claim('shop')))).toBeUndefined();
  });

  it('accepts a claim from the namespace that the entity names', () => {
    const entity = entityOf({ kubernetesNamespace: 'evil' });
    expect(judge(routeOf('evil/r', [], claim('shop')), entity)).toBeUndefined();
  });

  it('finds a claim from another namespace', () => {
    expect(judge(routeOf('evil/r', [], claim('shop')))).toMatchObject({
      reason: 'ClaimedFromForeignNamespace',
      severity: 'warning',
      subject: { kind: 'HTTPRoute', name: 'r', namespace: 'evil' },
    });
  });

  it('has nothing to say about a route that claims nothing or something else', () => {
    expect(judge(routeOf('evil/r', []))).toBeUndefined();
    expect(judge(routeOf('evil/r', [], claim('other')))).toBeUndefined();
  });
});

describe('the routes of an entity', () => {
  const NAMES = ['shop', 'docs', 'beta'];
  const id = fc.constantFrom(undefined, ...NAMES);
  const labelsOf = (value: string | undefined) =>
    value === undefined
      ? {}
      : { 'backstage.io/kubernetes-id': value, app: value };
  const object = fc.record({
    kind: fc.constantFrom(
      'HTTPRoute',
      'GRPCRoute',
      'TLSRoute',
      'Ingress',
      'Service',
    ),
    namespace: fc.constantFrom(...NAMES),
    name: fc.constantFrom(...NAMES),
    id,
    claim: fc.constantFrom(undefined, 'component:default/shop', 'Docs'),
    backend: fc.constantFrom(...NAMES),
    backendNamespace: id,
  });

  const grant = fc.constantFrom(undefined, 'team-shop', 'team-docs', '');

  it('are those that a look at every route finds, of every kind', () => {
    const settings = settingsOf();
    fc.assert(
      fc.property(
        fc.array(object, { maxLength: 15 }),
        fc.record({
          ref: fc.constantFrom(
            'component:default/shop',
            'component:default/docs',
          ),
          kubernetesId: id,
          kubernetesNamespace: id,
          labelSelector: fc.constantFrom(undefined, 'app=shop', 'app'),
        }),
        fc.tuple(grant, grant, grant),
        (specs, facts, grants) => {
          const snapshot = createSnapshot({
            cluster: 'local',
            observedAt: '2026-01-01T00:00:00Z',
            objects: [
              ...NAMES.map((name, index) => namespaceOf(name, grants[index])),
              ...(specs.map(spec => {
                const service = { name: spec.backend };
                return {
                  apiVersion: 'v1',
                  kind: spec.kind,
                  metadata: {
                    name: spec.name,
                    namespace: spec.namespace,
                    labels: labelsOf(spec.id),
                    ...(spec.claim && {
                      annotations: { 'idp.networking/entity-ref': spec.claim },
                    }),
                  },
                  spec: {
                    rules: [
                      spec.kind === 'Ingress'
                        ? { http: { paths: [{ backend: { service } }] } }
                        : {
                            backendRefs: [
                              { ...service, namespace: spec.backendNamespace },
                            ],
                          },
                    ],
                  },
                };
              }) as KubernetesObject[]),
            ],
          });
          const entity = {
            kind: 'Component',
            namespace: 'default',
            name: 'x',
            owners: ['group:default/team-shop'],
            ...facts,
          };
          const expected = ROUTE_KINDS.flatMap(kind =>
            snapshot.list(kind).flatMap(route => {
              const reason = matchRouteToEntity(
                route,
                entity,
                snapshot,
                settings,
              );
              return reason ? [{ route, reason }] : [];
            }),
          );
          const found = routesOfEntity(entity, snapshot, settings);
          expect(new Set(found.map(({ route }) => route)).size).toBe(
            found.length,
          );
          expect(found).toEqual(expect.arrayContaining(expected));
          expect(found).toHaveLength(expected.length);
        },
      ),
      { numRuns: 400 },
    );
  });
});
