import type { Listener } from '../gateway-api/types';
import { throughListenerSet } from './__testUtils__/listenerSet';
import { find, HOST, judge, type World } from './__testUtils__/world';

const SUFFIX = '127-0-0-1.nip.io';

const listeners = (world: World) =>
  find(world, 'Gateway', 'idp-gateway').spec!.listeners!;

const ref = (world: World) => world.route.spec!.parentRefs![0];

const hosts =
  (...hostnames: string[]) =>
  (world: World) => {
    world.route.spec!.hostnames = hostnames;
  };

/** Puts a listener beside those of the Gateway. */
const beside = (world: World, rest: Partial<Listener>) => {
  const [, https] = listeners(world);
  listeners(world).push({ ...structuredClone(https), ...rest });
};

type Expected = [host: string, listener?: string, url?: string];

describe('the effective URLs of a route', () => {
  const cases: Record<
    string,
    { change: (world: World) => void; expected: Expected[] }
  > = {
    'are those of its hosts at the listener that it names': {
      change: hosts(HOST, `cart.${SUFFIX}`),
      expected: [
        [HOST, 'https', `https://${HOST}:30443`],
        [`cart.${SUFFIX}`, 'https', `https://cart.${SUFFIX}:30443`],
      ],
    },
    'have no port where the public one is that of the scheme': {
      change: world => {
        world.settings.network.publicHttpsPort = 443;
      },
      expected: [[HOST, 'https', `https://${HOST}`]],
    },
    'are of HTTPS where both listeners serve a host': {
      change: world => {
        delete ref(world).sectionName;
      },
      expected: [[HOST, 'https', `https://${HOST}:30443`]],
    },
    'are of HTTP where only the http listener serves it': {
      change: world => {
        ref(world).sectionName = 'http';
      },
      expected: [[HOST, 'http', `http://${HOST}:30080`]],
    },
    'follow the port of a parent reference': {
      change: world => {
        delete ref(world).sectionName;
        ref(world).port = 30080;
      },
      expected: [[HOST, 'http', `http://${HOST}:30080`]],
    },
    'are written in small letters, whatever the route says': {
      change: hosts(HOST.toUpperCase()),
      expected: [[HOST, 'https', `https://${HOST}:30443`]],
    },
    'of several labels are served by a wildcard listener': {
      change: hosts(`a.b.${SUFFIX}`),
      expected: [[`a.b.${SUFFIX}`, 'https', `https://a.b.${SUFFIX}:30443`]],
    },
    'end at the suffix itself, for which a wildcard does not stand': {
      change: hosts(SUFFIX),
      expected: [[SUFFIX]],
    },
    'are none for a host that no listener serves, beside one that is served': {
      change: hosts(HOST, 'shop.example.com'),
      expected: [
        [HOST, 'https', `https://${HOST}:30443`],
        ['shop.example.com'],
      ],
    },
    'are none for a wildcard, which stands for no single host': {
      change: hosts(`*.${SUFFIX}`),
      expected: [[`*.${SUFFIX}`, 'https']],
    },
    'are one where a wildcard meets a listener for one host': {
      change: world => {
        hosts(`*.${SUFFIX}`)(world);
        listeners(world)[1].hostname = HOST;
      },
      expected: [[HOST, 'https', `https://${HOST}:30443`]],
    },
    'of a route without hostnames are all that its listener serves': {
      change: world => {
        delete world.route.spec!.hostnames;
      },
      expected: [[`*.${SUFFIX}`, 'https']],
    },
    'of a route with an empty list of hostnames are the same': {
      change: hosts(),
      expected: [[`*.${SUFFIX}`, 'https']],
    },
    'of a route and a listener without hostnames are all there are': {
      change: world => {
        delete world.route.spec!.hostnames;
        delete listeners(world)[1].hostname;
      },
      expected: [['*', 'https']],
    },
    'are none where the listener takes other namespaces': {
      change: world => {
        listeners(world)[1].allowedRoutes = { namespaces: { from: 'Same' } };
      },
      expected: [[HOST]],
    },
    'are there where the listener selects the namespace': {
      change: world => {
        const selector = { matchLabels: { team: 'shop' } };
        listeners(world)[1].allowedRoutes = {
          namespaces: { from: 'Selector', selector },
        };
      },
      expected: [[HOST, 'https', `https://${HOST}:30443`]],
    },
    'are none where the listener takes other kinds': {
      change: world => {
        listeners(world)[1].allowedRoutes!.kinds = [{ kind: 'GRPCRoute' }];
      },
      expected: [[HOST]],
    },
    'at another listener of the same port are at its public port': {
      change: world => {
        beside(world, { name: 'web', hostname: '*.example.com' });
        ref(world).sectionName = 'web';
        hosts('shop.example.com')(world);
      },
      expected: [['shop.example.com', 'web', 'https://shop.example.com:30443']],
    },
    'at a listener of a port that nobody told of are not known': {
      change: world => {
        beside(world, { name: 'web', port: 8443 });
        ref(world).sectionName = 'web';
      },
      expected: [[HOST, 'web']],
    },
    'at a listener of a ListenerSet are at the public port of the shared one': {
      change: throughListenerSet,
      expected: [
        [
          'shop.team-shop.example.com',
          'https',
          'https://shop.team-shop.example.com:30443',
        ],
      ],
    },
  };
  it.each(Object.entries(cases))('%s', (_, { change, expected }) => {
    const found = judge(world => {
      change(world);
      world.probe = undefined;
      find(world, 'Gateway', 'idp-gateway').status!.addresses = [
        { type: 'IPAddress', value: '203.0.113.77' },
      ];
    });
    expect(
      found.hosts.map(({ host, listener, url }) =>
        [host, listener, url].filter(part => part !== undefined),
      ),
    ).toEqual(expected);
    expect(JSON.stringify(found)).not.toContain('203.0.113.77');
  });
});
