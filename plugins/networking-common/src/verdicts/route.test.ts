import {
  all,
  condition,
  find,
  HOST,
  judge,
  remove,
  type World,
} from './__testUtils__/world';
import type { VerdictWord } from './types';

interface Case {
  change: (world: World) => void;
  word: VerdictWord;
  reason: string;
  params?: object;
}

const status = (world: World) => world.route.status!.parents![0];

/** The route has been changed, and its controller never says which generation it judged. */
const untold = (world: World) => {
  world.route.metadata.generation = 2;
  for (const one of status(world).conditions!) delete one.observedGeneration;
};

const addParent = (world: World, sectionName: string) =>
  world.route.spec!.parentRefs!.push({
    name: 'idp-gateway',
    namespace: 'kube-system',
    sectionName,
  });

describe('verdict on a route', () => {
  const cases: Record<string, Case> = {
    'in a cluster that does not answer is Unknown': {
      change: world => {
        world.gaps = [
          { kind: 'HTTPRoute', reason: 'Unreachable', message: 'ECONNREFUSED' },
        ];
      },
      word: 'Unknown',
      reason: 'ClusterUnreachable',
      params: { cluster: 'local', forMs: 0 },
    },
    'that is being deleted is Pending': {
      change: world => {
        world.route.metadata.deletionTimestamp = '2026-11-23T11:59:00Z';
      },
      word: 'Pending',
      reason: 'BeingDeleted',
      params: { forMs: 60000 },
    },
    'that names no Gateway is Broken': {
      change: world => {
        world.route.spec!.parentRefs = [];
      },
      word: 'Broken',
      reason: 'ParentMissing',
      params: {},
    },
    'of another Gateway is Unknown, and said to be so': {
      change: world => {
        world.objects.push({
          apiVersion: 'gateway.networking.k8s.io/v1',
          kind: 'Gateway',
          metadata: { name: 'theirs', namespace: 'infra' },
        });
        world.route.spec!.parentRefs = [{ name: 'theirs', namespace: 'infra' }];
      },
      word: 'Unknown',
      reason: 'ParentNotOurs',
      params: {
        parent: { kind: 'Gateway', namespace: 'infra', name: 'theirs' },
        own: { kind: 'Gateway', namespace: 'kube-system', name: 'idp-gateway' },
      },
    },
    'of a Service (a mesh) is Unknown': {
      change: world => {
        world.route.spec!.parentRefs = [
          { group: '', kind: 'Service', name: 'shop' },
        ];
      },
      word: 'Unknown',
      reason: 'ParentUnsupported',
    },
    'of a Gateway that does not exist is Broken, whosever it would be': {
      change: world => {
        world.route.spec!.parentRefs = [{ name: 'gone', namespace: 'infra' }];
      },
      word: 'Broken',
      reason: 'GatewayMissing',
      params: {
        gateway: { kind: 'Gateway', namespace: 'infra', name: 'gone' },
        instead: {
          kind: 'Gateway',
          namespace: 'kube-system',
          name: 'idp-gateway',
        },
      },
    },
    'whose Gateway does not exist is Broken': {
      change: world => remove(world, 'Gateway'),
      word: 'Broken',
      reason: 'GatewayMissing',
      params: {
        gateway: {
          kind: 'Gateway',
          namespace: 'kube-system',
          name: 'idp-gateway',
        },
      },
    },
    'whose Gateway cannot be read is Unknown': {
      change: world => {
        remove(world, 'Gateway');
        world.gaps = [{ kind: 'Gateway', reason: 'Forbidden', message: 'no' }];
      },
      word: 'Unknown',
      reason: 'GatewayNotKnown',
    },
    'that asks for a listener which is not there is Broken': {
      change: world => {
        world.route.spec!.parentRefs![0].sectionName = 'tls';
      },
      word: 'Broken',
      reason: 'ListenerMissing',
      params: {
        holder: {
          kind: 'Gateway',
          namespace: 'kube-system',
          name: 'idp-gateway',
        },
        listener: 'tls',
        others: ['https', 'http'],
      },
    },
    'with one host that no listener serves is Broken for that host': {
      change: world => {
        world.route.spec!.hostnames = [HOST, 'shop.example.com'];
      },
      word: 'Broken',
      reason: 'HostNotServed',
      params: { host: 'shop.example.com', served: ['*.127-0-0-1.nip.io'] },
    },
    'from a namespace that the listener refuses is Broken before the controller says so':
      {
        change: world => {
          world.route.status = undefined;
          find(
            world,
            'Gateway',
            'idp-gateway',
          ).spec!.listeners![1].allowedRoutes = {
            namespaces: { from: 'Same' },
          };
        },
        word: 'Broken',
        reason: 'ListenerRefusesRoute',
        params: {
          host: 'shop.127-0-0-1.nip.io',
          listener: 'https',
          isKind: false,
          namespace: 'shop',
        },
      },
    'that nobody has looked at is Pending, with since when': {
      change: world => {
        world.route.status = undefined;
        world.probe = undefined;
      },
      word: 'Pending',
      reason: 'NoStatusYet',
      params: {
        of: 'route',
        controller: 'traefik.io/gateway-controller',
        forMs: 180000,
        isUsual: false,
      },
    },
    'that was made a moment ago is Pending, without a word of alarm': {
      change: world => {
        world.route.status = undefined;
        world.probe = undefined;
        world.route.metadata.creationTimestamp = '2026-11-23T11:59:58Z';
      },
      word: 'Pending',
      reason: 'NoStatusYet',
      params: {
        of: 'route',
        controller: 'traefik.io/gateway-controller',
        forMs: 2000,
        isUsual: true,
      },
    },
    'that only another controller has looked at is Pending': {
      change: world => {
        status(world).controllerName = 'example.com/other';
        world.probe = undefined;
      },
      word: 'Pending',
      reason: 'NoStatusYet',
    },
    'with leftovers of a parent that it no longer has is Pending': {
      change: world => {
        status(world).parentRef!.sectionName = 'http';
        world.probe = undefined;
      },
      word: 'Pending',
      reason: 'NoStatusYet',
    },
    'that changed after the controller looked is Pending, with since when': {
      change: world => {
        world.route.metadata.generation = 2;
        world.route.metadata.managedFields = [
          { manager: 'a', time: '2026-11-23T11:58:00Z' },
          {
            manager: 'b',
            subresource: 'status',
            time: '2026-11-23T11:59:59Z',
          },
        ];
      },
      word: 'Pending',
      reason: 'StatusStale',
      params: { controller: 'traefik.io/gateway-controller', forMs: 120000 },
    },
    'that changed a moment ago, under a controller that names no generation, is Pending':
      {
        change: all(untold, world => {
          world.route.metadata.managedFields = [
            { manager: 'a', time: '2026-11-23T11:59:55Z' },
          ];
        }),
        word: 'Pending',
        reason: 'StatusStale',
      },
    'that changed, under a controller that names no generation, is not waited for':
      { change: untold, word: 'Unknown', reason: 'ProbeOlder' },
    'that changed, under a controller that names no generation, is Live by its answer':
      {
        change: all(untold, world => {
          world.probe!.route!.generation = 2;
        }),
        word: 'Live',
        reason: 'Answered',
      },
    'that changed and was refused, under a controller that names no generation, is Broken':
      {
        change: all(untold, world => {
          status(world).conditions![0].status = 'False';
          status(world).conditions![0].reason = 'UnsupportedValue';
          world.probe = undefined;
        }),
        word: 'Broken',
        reason: 'UnsupportedValue',
      },
    'that changed is Pending even beside an answer, where its controller tells an earlier generation':
      {
        change: world => {
          world.route.metadata.generation = 2;
          world.probe!.route!.generation = 2;
        },
        word: 'Pending',
        reason: 'StatusStale',
      },
    'that answers under an older suffix is Degraded, with old and new': {
      change: world => {
        world.settings.network.dnsSuffix = '10-0-0-9.nip.io';
      },
      word: 'Degraded',
      reason: 'DnsSuffixChanged',
      params: { host: 'shop.127-0-0-1.nip.io', wanted: 'shop.10-0-0-9.nip.io' },
    },
    'without a section name is Degraded, because it also answers in clear': {
      change: world => {
        delete world.route.spec!.parentRefs![0].sectionName;
        delete status(world).parentRef!.sectionName;
      },
      word: 'Degraded',
      reason: 'AlsoReachableInClear',
      params: {
        url: 'http://shop.127-0-0-1.nip.io:30080',
        listener: 'http',
        instead: { listener: 'https' },
      },
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

  it('leaves a host to the other Gateway that serves it', () => {
    const { hosts } = judge(world => {
      const theirs = structuredClone(find(world, 'Gateway', 'idp-gateway'));
      theirs.metadata = { name: 'theirs', namespace: 'infra' };
      theirs.spec!.listeners![1].hostname = '*.example.com';
      world.objects.push(theirs);
      world.route.spec!.hostnames = [HOST, 'shop.example.com'];
      world.route.spec!.parentRefs!.push({
        name: 'theirs',
        namespace: 'infra',
      });
    });
    expect(
      hosts.map(({ host, verdict: { word, finding } }) => [
        host,
        word,
        finding.reason,
      ]),
    ).toEqual([
      [HOST, 'Live', 'Answered'],
      ['shop.example.com', 'Unknown', 'ParentNotOurs'],
    ]);
  });

  it.each<[string, (world: World) => void]>([
    ['has no such listener', world => addParent(world, 'gone')],
    [
      'is refused by the controller',
      world => {
        addParent(world, 'http');
        world.route.status!.parents!.push({
          ...status(world),
          parentRef: world.route.spec!.parentRefs![1],
          conditions: [condition('Accepted', { status: 'False' })],
        });
      },
    ],
  ])(
    'says of a second parent which %s that no requests come from there',
    (_, change) => {
      const { hosts, findings } = judge(change);
      expect(hosts[0].verdict.word).not.toBe('Broken');
      expect(findings).toContainEqual(
        expect.objectContaining({
          reason: 'OtherParentRefuses',
          severity: 'info',
          message: expect.stringMatching(
            /^The route also names Gateway kube-system\/idp-gateway, (gone|http), and gets no requests from there\.$/,
          ),
        }),
      );
    },
  );

  it('says of a parent in the status that the route no longer names that it is left over', () => {
    const { verdict, findings } = judge(world => {
      const { parents } = world.route.status!;
      parents!.push({
        controllerName: 'example.com/old',
        parentRef: { name: 'old-gateway', sectionName: 'web' },
        conditions: [
          condition('Accepted', {
            status: 'False',
            reason: 'NoMatchingParent',
          }),
        ],
      });
    });
    expect(verdict.word).toBe('Live');
    expect(findings).toMatchObject([
      {
        reason: 'ParentLeftOver',
        severity: 'info',
        details: {
          parents: 'Gateway old-gateway, listener web, by example.com/old',
        },
      },
    ]);
  });

  it('takes the word of its own controller, where two speak of one parent', () => {
    const { verdict, findings } = judge(world => {
      const { parents } = world.route.status!;
      parents!.unshift({
        ...structuredClone(parents![0]),
        controllerName: 'example.com/other',
        conditions: [condition('Accepted', { status: 'False' })],
      });
    });
    expect(verdict.word).toBe('Live');
    expect(findings).toEqual([]);
  });

  it('trusts a controller that names no generation as long as there was only one', () => {
    const { verdict } = judge(world => {
      for (const one of status(world).conditions!) {
        delete one.observedGeneration;
      }
    });
    expect(verdict.word).toBe('Live');
  });

  it('judges one host by itself where another is dead', () => {
    const { hosts } = judge(world => {
      world.route.spec!.hostnames = [HOST, 'shop.example.com'];
    });
    expect(hosts.map(({ host, verdict }) => [host, verdict.word])).toEqual([
      [HOST, 'Live'],
      ['shop.example.com', 'Broken'],
    ]);
    expect(hosts[1].url).toBeUndefined();
  });

  it('does not call a redirect to HTTPS reachable in clear', () => {
    const { findings } = judge(world => {
      delete world.route.spec!.parentRefs![0].sectionName;
      delete status(world).parentRef!.sectionName;
      world.route.spec!.rules = [
        {
          filters: [
            {
              type: 'RequestRedirect',
              requestRedirect: { scheme: 'https', statusCode: 301 },
            },
          ],
        },
      ];
    });
    expect(findings.map(({ reason }) => reason)).not.toContain(
      'AlsoReachableInClear',
    );
  });
});
