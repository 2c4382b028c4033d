import type { SnapshotGap } from '../gateway-api/snapshot';
import type { KubernetesObject } from '../gateway-api/types';
import type { EntityFacts } from './entityFacts';
import { cutOffFindings, cutOffRoutes, namespaceNotice } from './cutOff';
import {
  entityOf,
  namespaceOf,
  routeOf,
  serviceOf,
  settingsOf,
  snapshotOf,
} from './__testUtils__/fixtures';

const ID = 'backstage.io/kubernetes-id';
const REF = 'idp.networking/entity-ref';
const shop = entityOf();
const labelled = { labels: { [ID]: 'shop' } };

const forbidden: SnapshotGap[] = [
  { kind: 'Namespace', reason: 'Forbidden', message: 'no' },
];

/** A route whose only Service lies in another namespace. */
function across(path: string, service: string) {
  const [namespace, name] = service.split('/');
  const route = routeOf(path, []);
  route.spec!.rules = [{ backendRefs: [{ name, namespace, port: 80 }] }];
  return route;
}

interface Case {
  objects: KubernetesObject[];
  entities?: EntityFacts[];
  gaps?: SnapshotGap[];
  /** Namespaces that are named, each with the routes in the details. */
  expected: Record<string, Record<string, string>>;
}

const CASES: Record<string, Case> = {
  'a route with the id, in a namespace that is granted to others': {
    objects: [
      namespaceOf('payments', 'team-payments'),
      routeOf('payments/r', [], labelled),
    ],
    expected: { payments: { 'HTTPRoute r': shop.ref } },
  },
  'a route whose Service has the id there': {
    objects: [
      namespaceOf('payments', 'team-payments'),
      serviceOf('payments/web', { [ID]: 'shop' }),
      routeOf('payments/r', [], { service: 'web:80' }),
    ],
    expected: { payments: { 'HTTPRoute r': shop.ref } },
  },
  'a route in a namespace of nobody: it is the namespace of its Service that bars':
    {
      objects: [
        namespaceOf('free'),
        namespaceOf('payments', 'team-payments'),
        serviceOf('payments/web', { [ID]: 'shop' }),
        across('free/r', 'payments/web'),
      ],
      expected: { payments: { 'HTTPRoute free/r': shop.ref } },
    },
  'a route and its Service in two namespaces of others': {
    objects: [
      namespaceOf('edge', 'team-edge'),
      namespaceOf('payments', 'team-payments'),
      serviceOf('payments/web', { [ID]: 'shop' }),
      across('edge/r', 'payments/web'),
    ],
    expected: {
      edge: { 'HTTPRoute r': shop.ref },
      payments: { 'HTTPRoute edge/r': shop.ref },
    },
  },
  'two entities that name the id': {
    objects: [
      namespaceOf('payments', 'team-payments'),
      routeOf('payments/r', [], labelled),
    ],
    entities: [shop, entityOf({ ref: 'component:default/twin' })],
    expected: {
      payments: { 'HTTPRoute r': `${shop.ref}, component:default/twin` },
    },
  },
  'nothing of a namespace that is granted to an owner': {
    objects: [
      namespaceOf('shop', 'team-shop'),
      routeOf('shop/r', [], labelled),
    ],
    expected: {},
  },
  'nothing of a namespace of nobody': {
    objects: [namespaceOf('free'), routeOf('free/r', [], labelled)],
    expected: {},
  },
  'nothing that the annotation gives, or gives to somebody else': {
    objects: [
      namespaceOf('payments', 'team-payments'),
      routeOf('payments/a', [], {
        ...labelled,
        annotations: { [REF]: shop.ref },
      }),
      routeOf('payments/b', [], {
        ...labelled,
        annotations: { [REF]: 'component:default/other' },
      }),
    ],
    expected: {},
  },
  'nothing that only a selector would have reached': {
    objects: [
      namespaceOf('payments', 'team-payments'),
      routeOf('payments/r', [], { labels: { app: 'shop' } }),
    ],
    entities: [
      entityOf({
        kubernetesId: undefined,
        kubernetesNamespace: 'payments',
        labelSelector: 'app=shop',
      }),
    ],
    expected: {},
  },
  'nothing of a namespace that is so new that it is not known yet': {
    objects: [routeOf('new/r', [], labelled)],
    expected: {},
  },
};

describe('what an id does not reach is told to those who run the platform:', () => {
  it.each(Object.entries(CASES))('%s', (_, one) => {
    const { objects, entities = [shop], gaps, expected } = one;
    const snapshot = snapshotOf(objects, { gaps });
    const found = cutOffFindings(
      cutOffRoutes(entities, snapshot, settingsOf()),
      snapshot,
      () => false,
    );
    expect(
      Object.fromEntries(found.map(f => [f.subject.name, f.details])),
    ).toEqual(expected);
    for (const { reason, severity, remedy } of found) {
      expect([reason, severity]).toEqual(['IdNotGranted', 'warning']);
      expect(remedy).toContain(`${REF}: ${shop.ref}`);
      expect(remedy).toContain(shop.owners[0]);
    }
  });

  it('a route of somebody is no warning, and comes after those of nobody', () => {
    const owned = routeOf('payments/a', [], labelled);
    const lost = routeOf('payments/b', [], labelled);
    const judge = (...routes: KubernetesObject[]) => {
      const snapshot = snapshotOf([
        namespaceOf('payments', 'team-payments'),
        ...routes,
      ]);
      const cutOff = cutOffRoutes([shop], snapshot, settingsOf());
      return cutOffFindings(cutOff, snapshot, route => route === owned)[0];
    };
    expect(judge(owned).severity).toBe('info');
    const both = judge(owned, lost);
    expect(both.severity).toBe('warning');
    expect(Object.keys(both.details ?? {})).toEqual([
      'HTTPRoute b',
      'HTTPRoute a',
    ]);
  });

  it('an entity without owners is never told to be granted', () => {
    const snapshot = snapshotOf([
      namespaceOf('payments', 'team-payments'),
      routeOf('payments/r', [], labelled),
    ]);
    const cutOff = cutOffRoutes(
      [entityOf({ owners: [] })],
      snapshot,
      settingsOf(),
    );
    const [found] = cutOffFindings(cutOff, snapshot, () => false);
    expect(found.remedy).not.toContain('idp.networking/owners');
  });

  it('once, where Namespaces cannot be read, and blames no namespace', () => {
    const snapshot = snapshotOf(
      ['a', 'b'].map(name => routeOf(`${name}/r`, [], labelled)),
      { gaps: forbidden },
    );
    const cutOff = cutOffRoutes([shop], snapshot, settingsOf());
    expect(cutOffFindings(cutOff, snapshot, () => false)).toMatchObject([
      { reason: 'GrantsNotKnown', subject: { kind: 'Cluster', name: 'local' } },
    ]);
  });

  it('within bounds, however many routes carry the id', () => {
    const snapshot = snapshotOf([
      namespaceOf('payments', 'team-payments'),
      ...Array.from({ length: 300 }, (_, index) =>
        routeOf(`payments/r${index}`, [], labelled),
      ),
    ]);
    const cutOff = cutOffRoutes([shop], snapshot, settingsOf());
    const [found] = cutOffFindings(cutOff, snapshot, () => false);
    expect(cutOff).toHaveLength(300);
    expect(Object.keys(found.details ?? {})).toHaveLength(50);
    expect(found.message).toContain('297 more');
  });
});

describe('what the readers of an entity are told of the namespace that it names:', () => {
  const named = entityOf({ kubernetesNamespace: 'payments' });
  const others = namespaceOf('payments', 'team-payments');
  const NOTICES: Record<
    string,
    {
      entity?: EntityFacts;
      objects?: KubernetesObject[];
      gaps?: SnapshotGap[];
      expected: string[];
    }
  > = {
    'it is granted to others': {
      objects: [others],
      expected: ['NamespaceNotGranted'],
    },
    'the same, whatever lies there': {
      objects: [others, routeOf('payments/r', [], labelled)],
      expected: ['NamespaceNotGranted'],
    },
    'it grants nobody, by an annotation that is empty': {
      objects: [namespaceOf('payments', '')],
      expected: ['NamespaceNotGranted'],
    },
    'it is granted to an owner': {
      objects: [namespaceOf('payments', 'team-shop')],
      expected: [],
    },
    'it is granted to nobody': {
      objects: [namespaceOf('payments')],
      expected: [],
    },
    'it does not exist': { expected: [] },
    'the entity names none': {
      entity: shop,
      objects: [others],
      expected: [],
    },
    'the entity has neither id nor selector': {
      entity: { ...named, kubernetesId: undefined },
      objects: [others],
      expected: [],
    },
    'Namespaces cannot be read': {
      gaps: forbidden,
      expected: ['GrantsNotKnown'],
    },
    'Namespaces cannot be read, and the entity names none': {
      entity: shop,
      gaps: forbidden,
      expected: ['GrantsNotKnown'],
    },
    'the cluster is away, which its state tells': {
      gaps: [{ kind: 'Namespace', reason: 'Unreachable', message: '' }],
      expected: [],
    },
  };

  it.each(Object.entries(NOTICES))('%s', (_, one) => {
    const { entity = named, objects = [], gaps, expected } = one;
    expect(
      namespaceNotice(entity, snapshotOf(objects, { gaps }), settingsOf()).map(
        ({ reason }) => reason,
      ),
    ).toEqual(expected);
  });
});
