import {
  createSnapshot,
  resolveSettings,
  type CertificateFacts,
  type EndpointSlice,
  type Gateway,
  type HttpRoute,
  type KubernetesObject,
  type Service,
} from 'backstage-plugin-networking-common';
import {
  accepted,
  clusterObjects,
  endpoints,
  route,
  service,
} from '../../__testUtils__/world';
import { hangsOn } from './hangsOn';

const settings = resolveSettings({ clusters: ['local'] }).byCluster.local;

interface World {
  route: HttpRoute;
  objects: KubernetesObject[];
  certificate: CertificateFacts;
}

function textOf(change: (world: World) => void = () => {}): string {
  const world: World = {
    route: accepted(route('shop')),
    objects: structuredClone(clusterObjects()),
    certificate: {
      secret: { namespace: 'kube-system', name: 'idp-wildcard-cert' },
      certificate: {
        namespace: 'kube-system',
        name: 'idp-wildcard-cert',
        uid: 'uid',
        secretName: 'idp-wildcard-cert',
        dnsNames: [],
        isCa: false,
        conditions: [],
        revision: 1,
      },
    },
  };
  change(world);
  const snapshot = createSnapshot({
    cluster: 'local',
    observedAt: '2026-01-01T00:00:00Z',
    objects: [...world.objects, world.route],
  });
  return hangsOn(world.route, { snapshot, settings }, world.certificate);
}

const find = <T extends KubernetesObject>(
  { objects }: World,
  kind: string,
  namespace: string,
) =>
  objects.find(
    object => object.kind === kind && object.metadata.namespace === namespace,
  ) as T;

const gatewayOf = (world: World) =>
  find<Gateway>(world, 'Gateway', 'kube-system');

describe('an answer hangs on', () => {
  const CHANGES: Record<string, (world: World) => void> = {
    'the endpoints that are ready': world => {
      find<EndpointSlice>(
        world,
        'EndpointSlice',
        'shop',
      ).endpoints![0].conditions = { ready: false };
    },
    'how many endpoints there are': world => {
      find<EndpointSlice>(world, 'EndpointSlice', 'shop').endpoints!.push({});
    },
    'whether the Service is there': world => {
      world.objects = world.objects.filter(
        ({ kind, metadata }) =>
          !(kind === 'Service' && metadata.namespace === 'shop'),
      );
    },
    'which Service of the name it is': world => {
      find<Service>(world, 'Service', 'shop').metadata.uid = 'made again';
    },
    'the ports of the Service': world => {
      find<Service>(world, 'Service', 'shop').spec!.ports = [];
    },
    'what the controller says of the route': ({ route: made }) => {
      made.status!.parents![0].conditions![0].status = 'False';
    },
    'of which version the controller says it': ({ route: made }) => {
      made.status!.parents![0].conditions![0].observedGeneration = 2;
    },
    'what the controller says of a listener': world => {
      gatewayOf(world).status!.listeners![0].conditions![0].status = 'False';
    },
    'the version of the Gateway': world => {
      gatewayOf(world).metadata.generation = 2;
    },
    'whether the Gateway is there': world => {
      world.objects = world.objects.filter(({ kind }) => kind !== 'Gateway');
    },
    'the revision of the certificate': ({ certificate }) => {
      certificate.certificate!.revision = 2;
    },
  };

  it.each(Object.entries(CHANGES))('%s', (_, change) => {
    expect(textOf(change)).not.toBe(textOf());
  });
});

describe('an answer does not hang on', () => {
  const CHANGES: Record<string, (world: World) => void> = {
    'anything where nothing has changed': () => {},
    'when and in which words the controller said it': ({ route: made }) => {
      Object.assign(made.status!.parents![0].conditions![0], {
        lastTransitionTime: '2026-01-02T00:00:00Z',
        message: 'in other words',
      });
    },
    'how many other routes the Gateway has': world => {
      gatewayOf(world).status!.listeners![0].attachedRoutes = 17;
      world.objects.push(accepted(route('other')));
    },
    'Services of others and their endpoints': world => {
      world.objects = world.objects.filter(
        ({ metadata }) => metadata.namespace !== 'payments',
      );
      world.objects.push(service('new', 'shop'), endpoints('new', 'shop'));
    },
    'labels, annotations and the resource version': world => {
      for (const { metadata } of [...world.objects, world.route]) {
        metadata.resourceVersion = '4711';
        metadata.annotations = { any: 'thing' };
      }
    },
  };

  it.each(Object.entries(CHANGES))('%s', (_, change) => {
    expect(textOf(change)).toBe(textOf());
  });
});

it('what is no list or object in the cluster stops nothing', () => {
  const odd = 'text' as never;
  expect(() =>
    textOf(world => {
      world.route.status = { parents: odd };
      gatewayOf(world).status = { conditions: odd, listeners: [odd] };
      find<EndpointSlice>(world, 'EndpointSlice', 'shop').endpoints = odd;
      find<Service>(world, 'Service', 'shop').spec = undefined;
    }),
  ).not.toThrow();
});
