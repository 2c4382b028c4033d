import {
  condition,
  factsOf,
  find,
  healthyWorld,
  HOST,
  judge,
  onAnotherListener,
  remove,
  snapshotOf,
  type World,
} from './__testUtils__/world';
import { evaluateExposure } from './evaluate';
import { hostsToProbe } from './hostsToProbe';

const stops = (change?: (world: World) => void) =>
  judge(change).hosts[0].way.map(({ kind, state }) => `${kind} ${state}`);

const notTrusted = (world: World) => {
  const code = 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';
  Object.assign(world.certificate!, {
    verified: false,
    verificationError: code,
  });
  Object.assign(world.probe!.tls!, {
    verified: false,
    verificationError: code,
  });
};

describe('evaluateExposure', () => {
  it('tells of a route where nothing is wrong', () => {
    expect(judge()).toMatchObject({
      cluster: 'local',
      namespace: 'shop',
      name: 'shop',
      uid: 'uid-shop',
      generation: 1,
      resourceVersion: '7',
      createdAt: '2026-11-23T11:57:00Z',
      managed: true,
      entities: [],
      findings: [],
      verdict: {
        word: 'Live',
        finding: { reason: 'Answered', params: { path: '/', status: 200 } },
      },
      tls: { word: 'Good', coversHost: true },
      hosts: [
        {
          host: HOST,
          url: `https://${HOST}:30443`,
          listener: 'https',
          probe: { address: '127.0.0.1' },
        },
      ],
    });
  });

  it('shows the way of a request, with where it is dialled', () => {
    expect(judge().hosts[0].way).toEqual([
      { kind: 'client', label: 'you', state: 'ok' },
      { kind: 'address', label: '127.0.0.1:30443', state: 'ok' },
      { kind: 'listener', label: 'https', state: 'ok' },
      { kind: 'route', label: 'shop/shop', state: 'ok' },
      { kind: 'service', label: 'shop:8080', state: 'ok' },
      { kind: 'endpoints', label: '2 of 2 ready', state: 'ok' },
    ]);
  });

  describe('marks the stop that decided', () => {
    const cases: Record<
      string,
      { change: (world: World) => void; expected: string[] }
    > = {
      'the address, and claims nothing behind it': {
        change: world => {
          world.probe = {
            ...world.probe!,
            http: undefined,
            tls: undefined,
            failure: { stage: 'connect', code: 'ECONNREFUSED', message: '' },
          };
        },
        expected: [
          'client ok',
          'address failing',
          'listener unknown',
          'route unknown',
          'service unknown',
          'endpoints unknown',
        ],
      },
      'the route, with the stops before it as they are': {
        change: world => {
          world.probe = undefined;
          world.route.status!.parents![0].conditions = [
            condition('Accepted', { status: 'False', reason: 'Odd' }),
          ];
        },
        expected: [
          'client ok',
          'address unknown',
          'listener ok',
          'route failing',
          'service unknown',
          'endpoints unknown',
        ],
      },
      'the endpoints': {
        change: world => {
          world.probe!.http = { status: 503 };
          find(world, 'EndpointSlice', 'shop-1').endpoints = [];
        },
        expected: [
          'client ok',
          'address ok',
          'listener ok',
          'route ok',
          'service ok',
          'endpoints failing',
        ],
      },
      'the Service, where no slices are known': {
        change: world => {
          world.probe!.http = { status: 502 };
          remove(world, 'EndpointSlice');
        },
        expected: [
          'client ok',
          'address ok',
          'listener ok',
          'route ok',
          'service failing',
        ],
      },
      'the listener, as refused, where the host answers those who take its certificate':
        {
          change: notTrusted,
          expected: [
            'client ok',
            'address ok',
            'listener refused',
            'route ok',
            'service ok',
            'endpoints ok',
          ],
        },
      'the listener, where nothing has shown that requests get through': {
        change: world => {
          notTrusted(world);
          world.probe!.http = undefined;
        },
        expected: [
          'client ok',
          'address ok',
          'listener failing',
          'route unknown',
          'service unknown',
          'endpoints unknown',
        ],
      },
      'none while the controller is awaited': {
        change: world => {
          world.probe = undefined;
          world.route.status = undefined;
        },
        expected: [
          'client ok',
          'address unknown',
          'listener ok',
          'route waiting',
          'service ok',
          'endpoints ok',
        ],
      },
      'none of a cluster that does not answer, and claims nothing of any': {
        change: world => {
          world.gaps = [
            { kind: 'HTTPRoute', reason: 'Unreachable', message: '' },
            { kind: 'Service', reason: 'Unreachable', message: '' },
          ];
        },
        expected: [
          'client ok',
          'address unknown',
          'listener unknown',
          'route unknown',
          'service unknown',
          'endpoints unknown',
        ],
      },
    };
    it.each(Object.entries(cases))('%s', (_, { change, expected }) => {
      expect(stops(change)).toEqual(expected);
    });
  });

  it('labels an address of version 6 with brackets, and one that is not known by its port', () => {
    const label = (change: (world: World) => void) =>
      judge(world => {
        world.probe = undefined;
        change(world);
      }).hosts[0].way[1].label;
    expect(
      label(world => {
        world.settings.probe.address = '[2001:db8::1]:8443';
      }),
    ).toBe('[2001:db8::1]:8443');
    expect(
      label(world => {
        world.settings.probe.address = 'none';
      }),
    ).toBe('127.0.0.1:30443');
    expect(
      label(world => {
        world.settings.network.lanIp = undefined;
      }),
    ).toBe('port 30443');
  });

  it('says who else manages a route', () => {
    const { managed, managedBy } = judge(world => {
      world.route.metadata.labels = { 'argocd.argoproj.io/instance': 'shop' };
    });
    expect([managed, managedBy]).toEqual([false, 'Argo CD']);
  });

  it('lists findings of several hosts once, errors first', () => {
    const { findings } = judge(world => {
      world.route.spec!.hostnames = [HOST, 'a.example.com', 'b.example.com'];
      find(world, 'Gateway', 'idp-gateway').status!.conditions = [
        condition('Programmed', {
          status: 'False',
          reason: 'AddressNotAssigned',
        }),
      ];
      Object.assign(world.certificate!.leaf!, {
        fingerprintSha256: 'BB',
        notBefore: '2026-11-14T00:00:00Z',
      });
    });
    expect(findings.map(({ reason }) => reason)).toEqual([
      'HostNotServed',
      'HostNotServed',
      'CertificateNotServedYet',
      'AddressNotAssigned',
    ]);
  });

  it('gives no URL and no port for a host of another https listener', () => {
    const [host] = judge(onAnotherListener).hosts;
    expect(host.listener).toBe('web');
    expect(host.url).toBeUndefined();
    expect(host.way[1].label).toBe('127.0.0.1');
  });

  it('never takes an address of the status', () => {
    const exposure = judge(world => {
      find(world, 'Gateway', 'idp-gateway').status!.addresses = [
        { type: 'IPAddress', value: '203.0.113.77' },
        { type: 'Hostname', value: 'elsewhere.example.net' },
      ];
      world.probe = undefined;
    });
    expect(JSON.stringify(exposure)).not.toMatch(/203\.0\.113|example\.net/);
    expect(exposure.hosts[0].url).toBe(`https://${HOST}:30443`);
  });

  it('changes none of its inputs', () => {
    const world = healthyWorld();
    const before = structuredClone(world);
    evaluateExposure({
      route: world.route,
      snapshot: snapshotOf(world),
      settings: world.settings,
      facts: factsOf(world),
      now: world.now,
      entities: [],
    });
    expect(world).toEqual(before);
  });
});

describe('hostsToProbe', () => {
  const hosts = (change: (world: World) => void = () => {}) => {
    const world = healthyWorld();
    change(world);
    return hostsToProbe(world.route, snapshotOf(world), world.settings);
  };

  it('gives each concrete host of the https listener with the path to ask for', () => {
    expect(hosts()).toEqual([
      {
        host: HOST,
        path: '/',
        listener: {
          kind: 'Gateway',
          namespace: 'kube-system',
          name: 'idp-gateway',
          section: 'https',
        },
      },
    ]);
  });

  const cases: Record<string, (world: World) => void> = {
    'wildcard hosts': world => {
      world.route.spec!.hostnames = ['*.127-0-0-1.nip.io'];
    },
    'hosts that no listener serves': world => {
      world.route.spec!.hostnames = ['shop.example.com'];
    },
    'hosts of the http listener': world => {
      world.route.spec!.parentRefs![0].sectionName = 'http';
    },
    'hosts of another Gateway': world => {
      const theirs = structuredClone(find(world, 'Gateway', 'idp-gateway'));
      theirs.metadata.name = 'theirs';
      world.objects.push(theirs);
      world.route.spec!.parentRefs![0].name = 'theirs';
    },
    'what is no host name': world => {
      world.route.spec!.hostnames = ['a b.127-0-0-1.nip.io'];
    },
    'routes that answer no plain GET': world => {
      world.route.spec!.rules![0].matches = [
        { headers: [{ name: 'x', value: 'y' }] },
      ];
    },
  };
  it.each(Object.entries(cases))('leaves out %s', (_, change) => {
    expect(hosts(change)).toEqual([]);
  });
});
