import {
  createSnapshot,
  resolveSettings,
  type EntityFacts,
  type HttpRoute,
  type KubernetesObject,
} from 'backstage-plugin-networking-common';
import { VirtualClock } from '../../cache/__testUtils__/virtualClock';
import { createChangeSignals } from './changeSignals';
import { Topics } from './topics';

const settings = resolveSettings({
  clusters: ['local'],
  appConfig: { network: { lanIp: '192.0.2.1' } },
}).byCluster.local;

const facts = (name: string): EntityFacts => ({
  ref: `component:default/${name}`,
  kind: 'Component',
  namespace: 'default',
  name,
  owners: [],
  kubernetesId: name,
});

const route = (name: string, host = `${name}.example.org`): HttpRoute => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: {
    name,
    namespace: 'x',
    labels: { 'backstage.io/kubernetes-id': name },
  },
  spec: {
    hostnames: [host],
    rules: [{ backendRefs: [{ name, port: 80 }] }],
  },
});

const other = (kind: string, name: string, labels = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'x', labels },
});

function setUp() {
  const clock = new VirtualClock();
  const topics = new Topics({ key: Buffer.alloc(32, 1), now: clock.now });
  const signals: string[][] = [];
  const objects: KubernetesObject[] = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } },
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: 'others',
        annotations: { 'idp.networking/owners': 'team-others' },
      },
    },
    route('shop'),
    route('docs'),
    route('rival', 'shop.example.org'),
  ];
  const changes = createChangeSignals({
    topics,
    clock,
    read: async () => ({
      settings,
      snapshot: createSnapshot({
        cluster: 'local',
        observedAt: '2026-01-01T00:00:00Z',
        objects,
      }),
    }),
    publish: async told => {
      signals.push(told.filter(topic => topic !== topics.ofHosts));
    },
    onError: error => {
      throw error;
    },
  });
  const tell = (
    kind: 'HTTPRoute' | 'Service' | 'EndpointSlice' | 'Gateway' | 'Namespace',
    ...changed: KubernetesObject[]
  ) =>
    changes.changed({
      type: 'objects',
      cluster: 'local',
      kind,
      objects: changed,
    });
  return {
    clock,
    topics,
    signals,
    changes,
    tell,
    shop: topics.handOut(facts('shop')),
    docs: topics.handOut(facts('docs')),
  };
}

describe('a change is told', () => {
  const CASES: Record<string, (world: ReturnType<typeof setUp>) => string[]> = {
    'of a route, to readers of its entity': ({ tell, docs }) => {
      tell('HTTPRoute', route('docs'));
      return [docs];
    },
    'of a route that shares a host, to readers of the other entity': ({
      tell,
      shop,
    }) => {
      tell('HTTPRoute', route('rival', 'shop.example.org'));
      return [shop];
    },
    'of a route that is gone or belonged to them before': ({ tell, docs }) => {
      tell('HTTPRoute', {
        ...route('docs'),
        metadata: { ...route('docs').metadata, name: 'gone' },
      });
      return [docs];
    },
    'of endpoints, to readers of the entity whose route sends to them': ({
      tell,
      shop,
    }) => {
      tell(
        'EndpointSlice',
        other('EndpointSlice', 'any', { 'kubernetes.io/service-name': 'shop' }),
      );
      return [shop];
    },
    'of a Service of theirs': ({ tell, docs }) => {
      tell(
        'Service',
        other('Service', 'new', { 'backstage.io/kubernetes-id': 'docs' }),
      );
      return [docs];
    },
    'of how a host answers, to readers of the entities whose routes claim it':
      ({ changes, shop }) => {
        changes.changedHost('local', 'shop.example.org');
        changes.changedHost('local', 'nobodys.example.org');
        return [shop];
      },
    'of how very many hosts answer at once, to all': ({
      changes,
      shop,
      docs,
    }) => {
      for (let index = 0; index < 201; index++) {
        changes.changedHost('local', `host-${index}.example.org`);
      }
      return [shop, docs];
    },
    'of the gateway, to all': ({ tell, shop, docs }) => {
      tell('Gateway', other('Gateway', 'idp-gateway'));
      return [shop, docs];
    },
    'of a Namespace, to all: its grants say which routes belong to whom': ({
      tell,
      shop,
      docs,
    }) => {
      tell('Namespace', other('Namespace', 'x'));
      return [shop, docs];
    },
    'of very many routes at once, to all': ({ tell, shop, docs }) => {
      tell(
        'HTTPRoute',
        ...Array.from({ length: 201 }, (_, index) => route(`new-${index}`)),
      );
      return [shop, docs];
    },
    'of settings, to all': ({ changes, shop, docs }) => {
      changes.changedSettings();
      return [shop, docs];
    },
    'of a cluster that goes away, to all': ({ changes, shop, docs }) => {
      changes.changed({ type: 'health', cluster: 'local' });
      return [shop, docs];
    },
  };

  it.each(Object.entries(CASES))('%s', async (_, act) => {
    const world = setUp();
    const expected = act(world);
    await world.clock.advance(100);
    expect(world.signals).toEqual([expected]);
  });

  it.each([
    ['with the id of an entity', { 'backstage.io/kubernetes-id': 'docs' }],
    ['that names no entity', {}],
  ])(
    'to nobody, of a Service %s in a namespace that is granted to others',
    async (_, labels) => {
      const { clock, signals, tell, topics } = setUp();
      topics.handOut({
        ...facts('nosy'),
        kubernetesId: undefined,
        kubernetesNamespace: 'others',
        labelSelector: '!absent',
      });
      const theirs = other('Service', 'new', labels);
      theirs.metadata.namespace = 'others';
      tell('Service', theirs);
      await clock.advance(100);
      expect(signals).toEqual([[]]);
    },
  );

  it('with others of the same second, in one signal', async () => {
    const { clock, signals, tell, docs } = setUp();
    for (let count = 0; count < 50; count++) {
      tell('HTTPRoute', route('docs'));
      await clock.advance(100);
    }
    expect(signals.length).toBeGreaterThan(3);
    expect(signals.length).toBeLessThan(7);
    expect(new Set(signals.flat())).toEqual(new Set([docs]));
  });

  it('to nobody whose last read is long ago', async () => {
    const { clock, signals, tell } = setUp();
    await clock.advance(301_000);
    tell('Gateway', other('Gateway', 'idp-gateway'));
    await clock.advance(100);
    expect(signals).toEqual([[]]);
  });

  it('not after the end', async () => {
    const { clock, signals, tell, changes } = setUp();
    tell('Gateway', other('Gateway', 'idp-gateway'));
    changes.close();
    await clock.advance(5_000);
    expect(signals).toEqual([]);
  });
});

describe('a topic', () => {
  it('is the same for each replica, and says nothing of what it is about', () => {
    const key = Buffer.alloc(32, 7);
    const [a, b] = [0, 1].map(() => new Topics({ key, now: () => 0 }));
    const topic = a.handOut(facts('shop'));
    expect(b.handOut(facts('shop'))).toBe(topic);
    expect(topic).toMatch(/^[\w-]{43}$/);
    expect(topic).not.toContain('shop');
    const foreign = new Topics({ key: Buffer.alloc(32, 8), now: () => 0 });
    expect(foreign.handOut(facts('shop'))).not.toBe(topic);
  });
});
