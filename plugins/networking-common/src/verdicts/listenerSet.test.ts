import type { Condition, ListenerSet } from '../gateway-api/types';
import { hostsToProbe } from './hostsToProbe';
import { throughListenerSet } from './__testUtils__/listenerSet';
import {
  condition,
  find,
  healthyWorld,
  judge,
  snapshotOf,
  type World,
} from './__testUtils__/world';
import type { VerdictWord } from './types';

const SET_HOST = 'shop.team-shop.example.com';

const set = (world: World): ListenerSet => find(world, 'ListenerSet', 'web');

const put = (
  conditions: Condition[],
  type: string,
  rest: Partial<Condition>,
) => {
  const found = conditions.find(one => one.type === type);
  if (found) Object.assign(found, rest);
  else conditions.push(condition(type, rest));
};

/** What the controller says of the ListenerSet as a whole. */
const say = (type: string, rest: Partial<Condition>) => (world: World) =>
  put(set(world).status!.conditions!, type, rest);

/** What it says of the one listener. */
const sayOfListener =
  (type: string, rest: Partial<Condition>) => (world: World) =>
    put(set(world).status!.listeners![0].conditions!, type, rest);

const no = (reason: string) => ({ status: 'False', reason });

const judgeSet = (...changes: ((world: World) => void)[]) =>
  judge(world => {
    throughListenerSet(world);
    for (const change of changes) change(world);
  });

describe('verdict on a route of a ListenerSet', () => {
  const cases: Record<
    string,
    {
      change?: (world: World) => void;
      word: VerdictWord;
      reason: string;
      params?: object;
    }
  > = {
    'where nothing is wrong is Live': { word: 'Live', reason: 'Answered' },
    'that does not exist is Broken': {
      change: world => {
        world.objects = world.objects.filter(
          ({ kind }) => kind !== 'ListenerSet',
        );
      },
      word: 'Broken',
      reason: 'ListenerSetMissing',
      params: {
        listenerSet: { kind: 'ListenerSet', namespace: 'shop', name: 'web' },
        instead: {
          kind: 'Gateway',
          namespace: 'kube-system',
          name: 'idp-gateway',
        },
      },
    },
    'that cannot be read is Unknown': {
      change: world => {
        world.objects = world.objects.filter(
          ({ kind }) => kind !== 'ListenerSet',
        );
        world.gaps = [
          { kind: 'ListenerSet', reason: 'Forbidden', message: 'no' },
        ];
      },
      word: 'Unknown',
      reason: 'ListenerSetNotKnown',
    },
    'of another Gateway is Unknown': {
      change: world => {
        set(world).spec!.parentRef = { name: 'theirs', namespace: 'infra' };
        world.objects.push({
          apiVersion: 'gateway.networking.k8s.io/v1',
          kind: 'Gateway',
          metadata: { name: 'theirs', namespace: 'infra' },
        });
      },
      word: 'Unknown',
      reason: 'ParentNotOurs',
      params: {
        parent: { kind: 'Gateway', namespace: 'infra', name: 'theirs' },
        own: { kind: 'Gateway', namespace: 'kube-system', name: 'idp-gateway' },
      },
    },
    'of which the Gateway takes no listeners is Broken before the controller says so':
      {
        change: world => {
          delete find(world, 'Gateway', 'idp-gateway').spec!.allowedListeners;
          world.route.status = undefined;
        },
        word: 'Broken',
        reason: 'ListenerSetNotAllowed',
        params: {
          host: 'shop.team-shop.example.com',
          gateway: {
            kind: 'Gateway',
            namespace: 'kube-system',
            name: 'idp-gateway',
          },
          listenerSet: { kind: 'ListenerSet', namespace: 'shop', name: 'web' },
        },
      },
    'that takes routes of its own namespace alone refuses others': {
      change: world => {
        set(world).metadata.namespace = 'web';
        const [ref] = world.route.spec!.parentRefs!;
        ref.namespace = 'web';
        world.route.status = undefined;
      },
      word: 'Broken',
      reason: 'ListenerRefusesRoute',
      params: {
        host: 'shop.team-shop.example.com',
        listener: 'https',
        isKind: false,
        namespace: 'shop',
      },
    },
    'is Pending as long as what was said is of its Gateway alone': {
      change: world => {
        const [parent] = world.route.status!.parents!;
        parent.parentRef = { name: 'idp-gateway', namespace: 'kube-system' };
      },
      word: 'Pending',
      reason: 'NoStatusYet',
    },
    'that no controller has taken up is Pending': {
      change: say('Accepted', { status: 'Unknown', reason: 'Pending' }),
      word: 'Pending',
      reason: 'ListenerSetPending',
      params: {
        listenerSet: { kind: 'ListenerSet', name: 'web', namespace: 'shop' },
        controller: 'traefik.io/gateway-controller',
        forMs: 86_400_000,
        isSeen: false,
      },
    },
    'that changed after the controller looked is Pending': {
      change: world => {
        set(world).metadata.generation = 2;
      },
      word: 'Pending',
      reason: 'ListenerSetStatusStale',
    },
    'whose listeners alone are judged for an earlier generation is Pending': {
      change: world => {
        set(world).metadata.generation = 2;
        say('Accepted', { observedGeneration: 2 })(world);
      },
      word: 'Pending',
      reason: 'ListenerStatusStale',
    },
    'is no older for a change of the Gateway': {
      change: world => {
        find(world, 'Gateway', 'idp-gateway').metadata.generation = 9;
      },
      word: 'Live',
      reason: 'Answered',
    },
    'that the controller does not allow is Broken': {
      change: say('Accepted', no('NotAllowed')),
      word: 'Broken',
      reason: 'ListenerSetNotAllowed',
      params: {
        listenerSet: { kind: 'ListenerSet', name: 'web', namespace: 'shop' },
        gateway: {
          kind: 'Gateway',
          namespace: 'kube-system',
          name: 'idp-gateway',
        },
      },
    },
    'that is not valid is Broken, in the words of the controller': {
      change: say('Accepted', { ...no('Invalid'), message: 'no tls' }),
      word: 'Broken',
      reason: 'ListenerSetInvalid',
      params: {
        listenerSet: { kind: 'ListenerSet', name: 'web', namespace: 'shop' },
        said: 'no tls',
      },
    },
    'of a Gateway that is not accepted is Broken': {
      change: say('Accepted', no('ParentNotAccepted')),
      word: 'Broken',
      reason: 'GatewayNotAccepted',
    },
    'that is refused for an unknown reason is Broken': {
      change: say('Accepted', no('NotToday')),
      word: 'Broken',
      reason: 'ListenerSetNotAccepted',
    },
    'that is not programmed as a whole, its listener being so, is Live': {
      change: say('Programmed', no('ListenersNotValid')),
      word: 'Live',
      reason: 'Answered',
    },
    'that is not programmed, of whose listener nothing is said, is Broken': {
      change: world => {
        say('Programmed', no('ListenersNotValid'))(world);
        set(world).status!.listeners = [];
      },
      word: 'Broken',
      reason: 'ListenerSetInvalid',
    },
    'whose listener conflicts with another is Broken, for its owners to correct':
      {
        change: sayOfListener('Conflicted', {
          status: 'True',
          reason: 'ListenerConflict',
        }),
        word: 'Broken',
        reason: 'ListenerConflicted',
        params: {
          listener: 'https',
          holder: { kind: 'ListenerSet', namespace: 'shop', name: 'web' },
        },
      },
    'whose listener is not programmed is Broken': {
      change: sayOfListener('Programmed', no('Invalid')),
      word: 'Broken',
      reason: 'ListenerNotProgrammed',
      params: {
        listener: 'https',
        holder: { kind: 'ListenerSet', namespace: 'shop', name: 'web' },
      },
    },
    'beside which the Gateway has a fault is Degraded': {
      change: world => {
        find(world, 'Gateway', 'idp-gateway').status!.conditions = [
          condition('Accepted', no('ListenersNotValid')),
        ];
      },
      word: 'Degraded',
      reason: 'GatewayNotAccepted',
    },
  };
  it.each(Object.entries(cases))(
    '%s',
    (_, { change = () => {}, word, reason, params }) => {
      const { verdict } = judgeSet(world => {
        change(world);
        if (word === 'Broken' || word === 'Pending') world.probe = undefined;
      });
      expect([verdict.word, verdict.finding.reason]).toEqual([word, reason]);
      expect(verdict.finding.params ?? {}).toMatchObject(params ?? {});
    },
  );

  it('has the URL of the shared port, and its own listener on the way', () => {
    const [host] = judgeSet().hosts;
    expect(host).toMatchObject({
      host: SET_HOST,
      url: `https://${SET_HOST}:30443`,
      listener: 'https',
    });
    expect(host.way[2].label).toBe('shop/web: https');
  });

  it('has no URL on a port of which the public one is not known', () => {
    const [host] = judgeSet(world => {
      set(world).spec!.listeners![0].port = 8443;
    }).hosts;
    expect(host.url).toBeUndefined();
    expect(host.way[1].label).toBe('127.0.0.1');
  });

  it('is not taken for the listener of the same name in the Gateway: its certificate is its own', () => {
    const { tls } = judgeSet(world => {
      delete world.probe!.tls;
    });
    expect(tls.finding).toMatchObject({
      reason: 'CertificateNotKnown',
      subject: { kind: 'Secret', namespace: 'shop', name: 'web-cert' },
    });
  });

  it('is probed at the shared port', () => {
    const world = healthyWorld();
    throughListenerSet(world);
    expect(
      hostsToProbe(world.route, snapshotOf(world), world.settings),
    ).toEqual([
      expect.objectContaining({
        host: SET_HOST,
        path: '/',
        listener: expect.objectContaining({ kind: 'ListenerSet' }),
      }),
    ]);
  });
});
