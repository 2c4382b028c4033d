import { gatewayOf, namespaceOf, serviceOf } from './__testUtils__/fixtures';
import { ID, plan, without, type PlanCase } from './__testUtils__/planning';

/** Reasons in order, a severity other than blocking behind a colon. */
const RESOLVING: Record<string, [PlanCase, string[]]> = {
  'a component with one Service needs nothing said': [{}, []],
  'everything may be said': [
    {
      request: {
        cluster: 'local',
        namespace: 'shop',
        service: { name: 'shop', port: 8080 },
        hostLabel: 'front',
      },
    },
    [],
  ],
  'empty texts of a form are nothing said': [
    {
      request: {
        cluster: '',
        namespace: '',
        service: { name: '' },
        hostLabel: '',
      },
    },
    [],
  ],

  'an entity without an owner group': [
    { entity: { owners: [] } },
    ['EntityNotExposable'],
  ],
  'an entity that nothing ties to a cluster': [
    { entity: { kubernetesId: undefined } },
    ['EntityNotExposable'],
  ],
  'an entity with a broken selector': [
    {
      entity: {
        kubernetesId: undefined,
        kubernetesNamespace: 'shop',
        labelSelector: 'app in (',
      },
    },
    ['EntityNotExposable'],
  ],
  'an entity with a selector but no namespace': [
    { entity: { kubernetesId: undefined, labelSelector: 'app=shop' } },
    ['EntityNotExposable'],
  ],

  'a cluster that is not configured': [
    { request: { cluster: 'moon' } },
    ['ClusterUnknown'],
  ],
  'a cluster named like a property of every object': [
    { request: { cluster: 'constructor' } },
    ['ClusterUnknown'],
  ],
  'a cluster that does not answer': [
    {
      gaps: [
        { kind: 'Service', reason: 'Unreachable', message: 'ECONNREFUSED' },
      ],
    },
    ['ClusterUnreachable'],
  ],
  'a cluster that refuses the token': [
    {
      gaps: [
        {
          kind: 'Service',
          reason: 'Unreachable',
          message: '401',
          unauthorized: true,
        },
      ],
    },
    ['ClusterUnreachable'],
  ],
  'a cluster whose routes may not be read': [
    {
      gaps: [{ kind: 'HTTPRoute', reason: 'Forbidden', message: 'forbidden' }],
    },
    ['ClusterForbidden'],
  ],
  'a cluster without Gateway API': [
    { gaps: [{ kind: 'Gateway', reason: 'NotServed', message: '404' }] },
    ['KindNotServed'],
  ],
  'a gap that no write needs': [
    { gaps: [{ kind: 'Certificate', reason: 'NotServed', message: '404' }] },
    [],
  ],

  'a foreign namespace by field': [
    { request: { namespace: 'payments', service: { name: 'payments' } } },
    ['NamespaceNotGranted'],
  ],
  'a foreign namespace by field, with a Service that is not there': [
    { request: { namespace: 'payments', service: { name: 'nope' } } },
    ['NamespaceNotGranted'],
  ],
  'a foreign namespace by an edited annotation': [
    { entity: { kubernetesNamespace: 'payments' } },
    ['NamespaceNotGranted'],
  ],
  'a foreign namespace by selector': [
    {
      entity: {
        kubernetesId: undefined,
        kubernetesNamespace: 'payments',
        labelSelector: 'app=payments',
      },
    },
    ['NamespaceNotGranted'],
  ],
  'a foreign id': [
    { entity: { kubernetesId: 'payments' } },
    ['ServiceMissing'],
  ],
  'a granted namespace beside the one that the entity names': [
    {
      request: { namespace: 'shop' },
      entity: { kubernetesNamespace: 'shop2' },
      add: [namespaceOf('shop2', 'team-shop')],
    },
    ['ServiceNotOfEntity'],
  ],
  'the namespace of the gateway': [
    { request: { namespace: 'kube-system' } },
    ['NamespaceReserved'],
  ],
  'a namespace that does not exist': [
    { request: { namespace: 'shpo' } },
    ['NamespaceMissing'],
  ],
  'no namespace that grants anything': [
    { objects: [gatewayOf(), namespaceOf('shop')] },
    ['NamespaceNotGranted'],
  ],
  'Services in two granted namespaces': [
    {
      add: [
        namespaceOf('shop2', 'team-shop'),
        serviceOf('shop2/shop', { [ID]: 'shop' }),
      ],
    },
    ['NamespaceAmbiguous'],
  ],
  'two namespaces, of which the annotation chooses one': [
    {
      entity: { kubernetesNamespace: 'shop' },
      add: [
        namespaceOf('shop2', 'team-shop'),
        serviceOf('shop2/shop', { [ID]: 'shop' }),
      ],
    },
    [],
  ],
  'two namespaces, of which the Service name chooses one': [
    {
      request: { service: { name: 'front' } },
      add: [
        namespaceOf('shop2', 'team-shop'),
        serviceOf('shop2/front', { [ID]: 'shop' }),
      ],
    },
    [],
  ],

  'a Service that does not exist': [
    { request: { namespace: 'shop', service: { name: 'shpo' } } },
    ['ServiceMissing'],
  ],
  'no Service at all': [
    { objects: without('Service', 'shop') },
    ['ServiceMissing'],
  ],
  'no Service in the namespace of the entity': [
    {
      objects: without('Service', 'shop'),
      entity: { kubernetesNamespace: 'shop' },
    },
    ['ServiceMissing'],
  ],
  'two Services': [
    { add: [serviceOf('shop/shop-v2', { [ID]: 'shop' })] },
    ['ServiceAmbiguous'],
  ],
  'a Service of another component in the same namespace': [
    {
      request: { namespace: 'shop', service: { name: 'cart' } },
      add: [serviceOf('shop/cart', { [ID]: 'cart' })],
    },
    ['ServiceNotOfEntity'],
  ],
  'only a Service that cannot be exposed': [
    {
      objects: [
        ...without('Service', 'shop'),
        serviceOf('shop/shop', { [ID]: 'shop' }, { clusterIP: 'None' }),
      ],
    },
    ['ServiceHeadless'],
  ],
  'an ExternalName by name': [
    {
      request: { namespace: 'shop', service: { name: 'out' } },
      add: [serviceOf('shop/out', { [ID]: 'shop' }, { type: 'ExternalName' })],
    },
    ['ServiceExternalName'],
  ],
};

describe('planExposure finds out what is meant, or says of', () => {
  it.each(Object.entries(RESOLVING))('%s', (_, [one, expected]) => {
    const { findings } = plan(one);
    expect(
      findings.map(({ reason, severity }) =>
        severity === 'blocking' ? reason : `${reason}:${severity}`,
      ),
    ).toEqual(expected);
  });

  it('and says of each the field, the object and what to do, in sentences', () => {
    for (const [one] of Object.values(RESOLVING)) {
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
