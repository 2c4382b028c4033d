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

/** The http listener names no host, and neither does the route, but for what a further change does. */
const anyHost =
  (further: (world: World) => void = () => {}) =>
  (world: World) => {
    delete world.route.spec!.hostnames;
    delete listeners(world)[0].hostname;
    ref(world).sectionName = 'http';
    further(world);
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
    'of a route and a listener without hostnames are the address of the settings, in clear':
      {
        change: anyHost(),
        expected: [['*', 'http', 'http://127.0.0.1:30080']],
      },
    'of an empty list of hostnames at such a listener are the same': {
      change: anyHost(hosts()),
      expected: [['*', 'http', 'http://127.0.0.1:30080']],
    },
    "are an address without the port that is the scheme's own": {
      change: anyHost(world => {
        world.settings.network.publicHttpsPort = 443;
      }),
      expected: [['*', 'http', 'http://127.0.0.1']],
    },
    'are an address of IPv6 in brackets': {
      change: anyHost(world => {
        world.settings.network.lanIp = '2001:db8::7';
      }),
      expected: [['*', 'http', 'http://[2001:db8::7]:30080']],
    },
    'are none where the address of the settings is not known': {
      change: anyHost(world => {
        delete world.settings.network.lanIp;
      }),
      expected: [['*', 'http']],
    },
    'are none at an address where the port of the listener is not known': {
      change: anyHost(world => {
        listeners(world)[0].port = 8888;
        beside(world, { name: 'http2', protocol: 'HTTP', port: 9999 });
        delete listeners(world)[2].hostname;
        ref(world).sectionName = 'http2';
      }),
      expected: [['*', 'http2']],
    },
    'of any host are in clear where both listeners serve it': {
      change: anyHost(world => {
        delete listeners(world)[1].hostname;
        delete ref(world).sectionName;
      }),
      expected: [['*', 'https', 'http://127.0.0.1:30080']],
    },
    'are those of its hosts at a listener without a hostname': {
      change: anyHost(hosts('shop.example.com')),
      expected: [['shop.example.com', 'http', 'http://shop.example.com:30080']],
    },
    'are none for a route without hostnames at a listener with a wildcard': {
      change: anyHost(world => {
        listeners(world)[0].hostname = `*.${SUFFIX}`;
      }),
      expected: [[`*.${SUFFIX}`, 'http']],
    },
    'are one for a route without hostnames at a listener for one host': {
      change: anyHost(world => {
        listeners(world)[0].hostname = HOST;
      }),
      expected: [[HOST, 'http', `http://${HOST}:30080`]],
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
    // It is shown as the cluster's word of a route without any host, and used nowhere.
    const { findings, ...used } = found;
    expect(JSON.stringify(used)).not.toContain('203.0.113.77');
    expect(
      findings
        .filter(({ details }) => JSON.stringify(details ?? {}).includes('203.'))
        .map(({ reason }) => reason),
    ).toEqual(found.hosts.some(({ host }) => host === '*') ? ['AnyHost'] : []);
    expect(
      JSON.stringify(findings.map(finding => ({ ...finding, details: {} }))),
    ).not.toContain('203.0.113.77');
  });
});

/** The controller has accepted the route at the parent that it names, and runs each listener. */
const acceptedAsIs = (world: World) => {
  world.route.status!.parents![0].parentRef = { ...ref(world) };
  const { status } = find(world, 'Gateway', 'idp-gateway');
  const [{ conditions }] = status!.listeners!;
  status!.listeners = listeners(world).map(({ name }) => ({
    name,
    conditions,
  }));
};

describe('what is said of a route without any host', () => {
  const cases: Record<
    string,
    { change: (world: World) => void; url?: string; params: object }
  > = {
    'in clear: that the address of the settings is its URL': {
      change: anyHost(),
      url: 'http://127.0.0.1:30080',
      params: { isEncrypted: false },
    },
    'without an address in the settings: that there is none': {
      change: anyHost(world => {
        delete world.settings.network.lanIp;
      }),
      params: { why: 'addressUnknown' },
    },
    'at a port that nobody told of: that there is none': {
      change: anyHost(world => {
        beside(world, { name: 'web', protocol: 'HTTP', port: 9999 });
        delete listeners(world)[2].hostname;
        ref(world).sectionName = 'web';
      }),
      params: { why: 'portUnknown', clear: 'web', instead: 'https' },
    },
    'over HTTPS alone: that it needs a name': {
      change: world => {
        delete world.route.spec!.hostnames;
        delete listeners(world)[1].hostname;
      },
      params: { why: 'needsName' },
    },
  };
  it.each(Object.entries(cases))('%s', (_, { change, url, params }) => {
    const {
      hosts: [host],
      findings,
    } = judge(world => {
      change(world);
      acceptedAsIs(world);
      world.probe = undefined;
    });
    expect(host.url).toBe(url);
    expect(host.dns).toBeUndefined();
    expect(host.verdict.word).toBe('Unknown');
    expect(host.verdict.finding.reason).toBe('ProbeNotPossible');
    expect(findings.find(({ reason }) => reason === 'AnyHost')).toMatchObject({
      severity: 'info',
      subject: { kind: 'HTTPRoute', field: 'spec.hostnames' },
      params,
      details: { 'status.addresses, as the cluster says': '127.0.0.1' },
    });
  });

  it('is nothing where no listener of the gateway serves it', () => {
    const {
      hosts: [host],
      findings,
    } = judge(
      anyHost(world => {
        ref(world).sectionName = 'gone';
        world.probe = undefined;
      }),
    );
    expect(host.url).toBeUndefined();
    expect(findings.map(({ reason }) => reason)).not.toContain('AnyHost');
  });

  it('shows the port of the URL on the way to a host in clear', () => {
    const {
      hosts: [host],
    } = judge(world => {
      ref(world).sectionName = 'http';
      world.probe = undefined;
    });
    expect(host.way.find(({ kind }) => kind === 'address')?.label).toBe(
      '127.0.0.1:30080',
    );
  });
});
