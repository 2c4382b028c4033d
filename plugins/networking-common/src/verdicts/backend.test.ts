import { all, find, judge, remove, type World } from './__testUtils__/world';
import type { VerdictWord } from './types';

const unproved = (world: World) => {
  world.probe = undefined;
};

const answered = (status: number) => (world: World) => {
  world.probe!.http = { status };
};

/** The same world, run by a controller of which nothing special is known. */
const ofEnvoy = (world: World) => {
  world.settings.gateway.controller = 'gateway.envoyproxy.io/controller';
  for (const parent of world.route.status!.parents!) {
    parent.controllerName = world.settings.gateway.controller;
  }
};

const backends = (world: World) => world.route.spec!.rules![0].backendRefs!;

const slice = (world: World) => find(world, 'EndpointSlice', 'shop-1');

const external = (world: World) => {
  const service = find(world, 'Service', 'shop');
  service.spec = { type: 'ExternalName', externalName: 'db.example.com' };
  remove(world, 'EndpointSlice');
};

const noneReady = (world: World) => {
  slice(world).endpoints = [{ conditions: { ready: false } }];
};

describe('verdict on backends', () => {
  const cases: Record<
    string,
    {
      change: (world: World) => void;
      word: VerdictWord;
      reason: string;
      params?: object;
    }
  > = {
    'none at all is Broken': {
      change: all(answered(500), world => {
        world.route.spec!.rules = [{}];
      }),
      word: 'Broken',
      reason: 'NoBackend',
    },
    'all of weight 0 is Broken': {
      change: all(unproved, world => {
        backends(world)[0].weight = 0;
      }),
      word: 'Broken',
      reason: 'NoBackend',
      params: { isFor: 'weights' },
    },
    'Services that cannot be read is Unknown': {
      change: all(unproved, world => {
        remove(world, 'Service');
        world.gaps = [{ kind: 'Service', reason: 'Forbidden', message: 'no' }];
      }),
      word: 'Unknown',
      reason: 'ServicesNotKnown',
    },
    'Services that cannot be read is Live by an answer': {
      change: world => {
        remove(world, 'Service');
        world.gaps = [{ kind: 'Service', reason: 'Forbidden', message: 'no' }];
      },
      word: 'Live',
      reason: 'Answered',
    },
    'a Service that does not exist is Broken': {
      change: all(unproved, world => remove(world, 'Service')),
      word: 'Broken',
      reason: 'ServiceMissing',
      params: {
        effect: { on: 'all', status: '500' },
        service: { kind: 'Service', namespace: 'shop', name: 'shop' },
      },
    },
    'a port that the Service does not have is Broken': {
      change: all(unproved, world => {
        backends(world)[0].port = 9090;
      }),
      word: 'Broken',
      reason: 'ServicePortMissing',
      params: { port: 9090, ports: [8080] },
    },
    'a Service whose slices are empty is Broken, with its selector': {
      change: all(unproved, world => {
        slice(world).endpoints = [];
      }),
      word: 'Broken',
      reason: 'NoReadyEndpoints',
      params: {
        effect: { on: 'all', status: '502 or 503' },
        selector: 'app=shop',
        arePods: false,
      },
    },
    'a Service of which no endpoint is ready is Broken': {
      change: all(answered(503), noneReady),
      word: 'Broken',
      reason: 'NoReadyEndpoints',
    },
    'no ready endpoint is told with the status that the gateway gave': {
      change: all(answered(502), noneReady),
      word: 'Broken',
      reason: 'NoReadyEndpoints',
      params: { effect: { on: 'all', status: '502' }, arePods: true },
    },
    'no ready endpoint, and yet an answer, is Live by the answer': {
      change: noneReady,
      word: 'Live',
      reason: 'Answered',
    },
    'one of two Services missing is Degraded': {
      change: world => {
        backends(world).push({ name: 'shop-v2', port: 8080, weight: 10 });
      },
      word: 'Degraded',
      reason: 'ServiceMissing',
      params: {
        effect: { on: 'some', status: '500' },
        service: { name: 'shop-v2' },
      },
    },
    'a missing Service that gets no requests is of no concern': {
      change: world => {
        backends(world).push({ name: 'shop-v2', port: 8080, weight: 0 });
      },
      word: 'Live',
      reason: 'Answered',
    },
    'a Service without any slice is not judged by them': {
      change: world => remove(world, 'EndpointSlice'),
      word: 'Live',
      reason: 'Answered',
    },
    'a Service without any slice, and without an answer, is Broken': {
      change: all(unproved, world => remove(world, 'EndpointSlice')),
      word: 'Broken',
      reason: 'NoReadyEndpoints',
      params: { effect: { on: 'all', status: '502 or 503' } },
    },
    'a Service whose slices cannot be read is not judged by them': {
      change: all(unproved, world => {
        remove(world, 'EndpointSlice');
        world.gaps = [
          { kind: 'EndpointSlice', reason: 'Forbidden', message: 'no' },
        ];
      }),
      word: 'Unknown',
      reason: 'NotProbed',
    },
    'a Service that stands for a name outside is Degraded where it gives an error':
      {
        change: all(answered(404), external),
        word: 'Degraded',
        reason: 'ServiceExternalName',
        params: { status: '500', target: 'db.example.com' },
      },
    'a Service that stands for a name outside, and answers, is of no concern': {
      change: external,
      word: 'Live',
      reason: 'Answered',
    },
    'a headless Service is a Service like any other': {
      change: world => {
        find(world, 'Service', 'shop').spec!.clusterIP = 'None';
      },
      word: 'Live',
      reason: 'Answered',
    },
    'a backend of another kind is not judged': {
      change: world => {
        backends(world)[0] = {
          group: 'multicluster.x-k8s.io',
          kind: 'ServiceImport',
          name: 'shop',
          port: 8080,
        };
      },
      word: 'Live',
      reason: 'Answered',
    },
    'an HTTPS port spoken to in clear is Degraded': {
      change: all(answered(404), ofEnvoy, world => {
        find(world, 'Service', 'shop').spec!.ports![0].name = 'https';
        slice(world).ports![0].name = 'https';
      }),
      word: 'Degraded',
      reason: 'BackendProtocolHttps',
      params: { spoken: 'http', port: 8080 },
    },
    'an HTTPS port to which Traefik speaks HTTPS, untrusted, is Degraded': {
      change: all(answered(404), world => {
        find(world, 'Service', 'shop').spec!.ports![0].appProtocol =
          'kubernetes.io/wss';
      }),
      word: 'Degraded',
      reason: 'BackendProtocolHttps',
      params: { spoken: 'https', port: 8080 },
    },
    'an HTTPS port that answers plain HTTP is of no concern': {
      change: world => {
        find(world, 'Service', 'shop').spec!.ports![0].appProtocol = 'https';
      },
      word: 'Live',
      reason: 'Answered',
    },
  };
  it.each(Object.entries(cases))(
    '%s',
    (_, { change, word, reason, params }) => {
      const { verdict } = judge(change);
      expect([verdict.word, verdict.finding.reason]).toEqual([word, reason]);
      expect(verdict.finding.params ?? {}).toMatchObject(params ?? {});
    },
  );

  it('calls no Service missing where Services cannot be read', () => {
    const { findings } = judge(world => {
      remove(world, 'Service');
      world.gaps = [{ kind: 'Service', reason: 'Forbidden', message: 'no' }];
    });
    expect(findings.map(({ reason }) => reason)).toEqual(['ServicesNotKnown']);
  });

  it('counts an endpoint that says nothing about itself as ready', () => {
    expect(judge().services).toEqual([
      {
        namespace: 'shop',
        name: 'shop',
        port: 8080,
        weight: 1,
        ready: 2,
        total: 2,
      },
    ]);
  });

  it('tells where Cilium may not speak HTTP/2 to a port that asks for it', () => {
    const { verdict, findings } = judge(world => {
      find(world, 'Service', 'shop').spec!.ports![0].appProtocol =
        'kubernetes.io/h2c';
      world.settings.gateway.controller = 'io.cilium/gateway-controller';
      world.route.status!.parents![0].controllerName =
        'io.cilium/gateway-controller';
    });
    expect(verdict.word).toBe('Live');
    expect(findings).toMatchObject([
      { reason: 'BackendProtocolNotSpoken', severity: 'info' },
    ]);
  });
});
