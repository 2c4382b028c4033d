import type { KubernetesObject, Service } from '../gateway-api/types';
import type { EntityFacts } from './entityFacts';
import { namespaceGrants } from './grants';
import { exposableServices, serviceRefusal } from './services';
import {
  entityOf,
  namespaceOf,
  serviceOf,
  settingsOf,
  snapshotOf,
} from './__testUtils__/fixtures';

const ID = { 'backstage.io/kubernetes-id': 'shop' };

describe('namespaceGrants', () => {
  it('joins annotation and setting as full refs', () => {
    const settings = settingsOf({
      grants: { shop: ['Team-B', 'group:retail/c'], other: ['team-d'] },
    });
    const namespace = namespaceOf('shop', ' team-a, group:default/Team-B ,, ');
    expect(namespaceGrants(namespace, settings)).toEqual([
      'group:default/team-a',
      'group:default/team-b',
      'group:retail/c',
    ]);
  });

  it('grants nothing for a namespace that does not exist or says nothing', () => {
    expect(namespaceGrants(undefined, settingsOf())).toEqual([]);
    expect(namespaceGrants(namespaceOf('shop'), settingsOf())).toEqual([]);
    expect(namespaceGrants(namespaceOf('constructor'), settingsOf())).toEqual(
      [],
    );
  });

  it('reads no wildcard and no text that is no ref', () => {
    expect(
      namespaceGrants(namespaceOf('shop', '*, a b:c:d, :'), settingsOf()),
    ).not.toContain('group:default/team-shop');
  });
});

interface Case {
  service: Service;
  entity?: EntityFacts;
  objects?: KubernetesObject[];
  grants?: Record<string, string[]>;
  expected: string | undefined;
}

const granted = namespaceOf('shop', 'team-shop');
const foreign = namespaceOf('payments', 'team-payments');
const selecting = (namespace: string, labelSelector: string) =>
  entityOf({
    kubernetesId: undefined,
    kubernetesNamespace: namespace,
    labelSelector,
  });

const CASES: Record<string, Case> = {
  'a Service with the id, in a granted namespace': {
    service: serviceOf('shop/shop', ID),
    expected: undefined,
  },
  'a Service that the selector selects in the namespace of the entity': {
    service: serviceOf('shop/shop', { app: 'shop' }),
    entity: selecting('shop', 'app=shop'),
    expected: undefined,
  },
  'a grant by setting': {
    service: serviceOf('payments/shop', ID),
    grants: { payments: ['team-shop'] },
    expected: undefined,
  },
  'no grant': {
    service: serviceOf('payments/shop', ID),
    expected: 'NamespaceNotGranted',
  },
  'an edited namespace annotation and a selector that selects a foreign Service':
    {
      service: serviceOf('payments/payments', { app: 'payments' }),
      entity: selecting('payments', 'app=payments'),
      expected: 'NamespaceNotGranted',
    },
  'a foreign id': {
    service: serviceOf('payments/payments', {
      'backstage.io/kubernetes-id': 'payments',
    }),
    entity: entityOf({ kubernetesId: 'payments' }),
    expected: 'NamespaceNotGranted',
  },
  'an entity without owners': {
    service: serviceOf('shop/shop', ID),
    entity: entityOf({ owners: [] }),
    expected: 'NamespaceNotGranted',
  },
  'a namespace that does not exist': {
    service: serviceOf('gone/shop', ID),
    expected: 'NamespaceMissing',
  },
  'a namespace that is being deleted': {
    service: serviceOf('shop/shop', ID),
    objects: [
      { ...granted, status: { phase: 'Terminating' } } as KubernetesObject,
    ],
    expected: 'NamespaceMissing',
  },
  'a granted namespace that is not the one of the entity': {
    service: serviceOf('shop/shop', ID),
    entity: entityOf({ kubernetesNamespace: 'shop-staging' }),
    expected: 'ServiceNotOfEntity',
  },
  'a Service of someone else in a granted namespace': {
    service: serviceOf('shop/cart', { 'backstage.io/kubernetes-id': 'cart' }),
    expected: 'ServiceNotOfEntity',
  },
  'a Service without labels': {
    service: serviceOf('shop/cart'),
    expected: 'ServiceNotOfEntity',
  },
  'kube-system, granted or not': {
    service: serviceOf('kube-system/shop', ID),
    objects: [namespaceOf('kube-system', 'team-shop')],
    expected: 'NamespaceReserved',
  },
  ExternalName: {
    service: serviceOf('shop/shop', ID, {
      type: 'ExternalName',
      externalName: 'example.com',
    }),
    expected: 'ServiceExternalName',
  },
  headless: {
    service: serviceOf('shop/shop', ID, { clusterIP: 'None' }),
    expected: 'ServiceHeadless',
  },
  'a foreign ExternalName is refused without saying what it is': {
    service: serviceOf('payments/shop', ID, { type: 'ExternalName' }),
    expected: 'NamespaceNotGranted',
  },
};

describe('serviceRefusal', () => {
  it.each(Object.entries(CASES))('%s', (_, one) => {
    const { service, entity = entityOf(), grants, expected } = one;
    const objects = one.objects ?? [granted, foreign];
    const refusal = serviceRefusal(
      service,
      entity,
      snapshotOf([...objects, service]),
      settingsOf({ grants }),
    );
    expect(refusal?.reason).toBe(expected);
  });

  it("refuses the gateway's namespace, wherever it is", () => {
    const refusal = serviceRefusal(
      serviceOf('edge/shop', ID),
      entityOf(),
      snapshotOf([namespaceOf('edge', 'team-shop')]),
      settingsOf({ gateway: { namespace: 'edge' } }),
    );
    expect(refusal?.reason).toBe('NamespaceReserved');
  });

  it('says that namespaces cannot be read rather than that there are none', () => {
    const refusal = serviceRefusal(
      serviceOf('shop/shop', ID),
      entityOf(),
      snapshotOf([], {
        gaps: [{ kind: 'Namespace', reason: 'Forbidden', message: 'no' }],
      }),
      settingsOf(),
    );
    expect(refusal?.reason).toBe('ClusterForbidden');
  });
});

describe('every refusal', () => {
  const refusals = Object.values(CASES)
    .filter(({ expected }) => expected !== undefined)
    .map(({ service, entity = entityOf(), objects = [granted, foreign] }) =>
      serviceRefusal(
        service,
        entity,
        snapshotOf([...objects, service]),
        settingsOf(),
      ),
    );

  it('blocks, and names cluster, field and remedy', () => {
    expect(refusals.length).toBeGreaterThan(10);
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({
        severity: 'blocking',
        remedy: expect.stringMatching(/\.$/),
        subject: { field: expect.any(String), cluster: 'local' },
      });
    }
  });
});

describe('exposableServices', () => {
  const list = (entity: EntityFacts, ...services: Service[]) =>
    exposableServices(
      entity,
      snapshotOf([granted, foreign, namespaceOf('free'), ...services]),
      settingsOf(),
    ).map(({ namespace, name, refusal }) => [
      `${namespace}/${name}`,
      refusal?.reason,
    ]);

  it('lists what may be exposed, by name, and what of it may not with the reason', () => {
    expect(
      list(
        entityOf(),
        serviceOf('shop/b', ID),
        serviceOf('shop/a', ID, { clusterIP: 'None' }),
        serviceOf('shop/other'),
        serviceOf('free/labelled', ID),
        serviceOf('free/other'),
      ),
    ).toEqual([
      ['free/labelled', 'NamespaceNotGranted'],
      ['shop/a', 'ServiceHeadless'],
      ['shop/b', undefined],
    ]);
  });

  it('names nothing of a namespace that is granted to others, whatever its labels', () => {
    expect(list(entityOf(), serviceOf('payments/labelled', ID))).toEqual([]);
  });

  it('shows a selector nothing of a namespace that does not grant its owners', () => {
    expect(
      list(
        selecting('payments', 'app'),
        serviceOf('payments/payments', { app: 'payments' }),
      ),
    ).toEqual([]);
  });

  it('lists TCP ports only', () => {
    const service = serviceOf('shop/shop', ID, {
      ports: [
        { port: 80, name: 'http', protocol: 'TCP', appProtocol: 'http' },
        { port: 53, protocol: 'UDP' },
        { port: 90 },
      ],
    });
    const [found] = exposableServices(
      entityOf(),
      snapshotOf([granted, service]),
      settingsOf(),
    );
    expect(found.ports).toEqual([
      { port: 80, name: 'http', appProtocol: 'http' },
      { port: 90 },
    ]);
  });
});
