import type { Condition, HttpRoute } from '../gateway-api/types';
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

type Change = (world: World) => void;

const say =
  (type: string, rest: Partial<Condition>): Change =>
  ({ route }) => {
    const [parent] = route.status!.parents!;
    parent.conditions = [
      ...parent.conditions!.filter(one => one.type !== type),
      condition(type, { status: 'False', ...rest }),
    ];
  };

const refused = say('Accepted', { reason: 'NotAllowedByListeners' });

const backends = (world: World) => world.route.spec!.rules![0].backendRefs!;

/** Another route on the same host, as it was made. */
const besideRoute =
  (change: (other: HttpRoute) => void = () => {}): Change =>
  world => {
    const other = structuredClone(world.route);
    other.metadata = {
      ...other.metadata,
      name: 'other',
      uid: 'uid-other',
      creationTimestamp: '2026-11-23T11:58:00Z',
    };
    other.status!.parents![0].conditions = [condition('Accepted')];
    change(other);
    world.objects.push(other);
  };

const besideIngress =
  (ip?: string): Change =>
  world => {
    world.objects.push({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'other', namespace: 'shop' },
      ...{
        spec: { rules: [{ host: HOST }] },
        status: { loadBalancer: { ingress: ip ? [{ ip }] : [] } },
      },
    });
  };

const extensionFilter = (world: World) => {
  world.route.spec!.rules = [
    {
      filters: [
        {
          type: 'ExtensionRef',
          extensionRef: { group: 'example.com', kind: 'Reply', name: 'hello' },
        },
      ],
    },
  ];
};

const unasked: Change = world => {
  world.probe = undefined;
};

describe('an answer of the route as it stands', () => {
  const cases: Record<
    string,
    { change: Change; word: VerdictWord; reason: string; tells?: string[] }
  > = {
    'leaves a refusal by the controller Degraded': {
      change: refused,
      word: 'Degraded',
      reason: 'NotAllowedByListeners',
    },
    'leaves a refusal for a reason that we do not know Degraded': {
      change: say('Accepted', { reason: 'NotToday' }),
      word: 'Degraded',
      reason: 'NotAccepted',
    },
    'leaves a controller that is still deciding Degraded, where it has said no':
      {
        change: say('Accepted', { reason: 'Pending' }),
        word: 'Degraded',
        reason: 'AcceptancePending',
      },
    'leaves a listener that the controller does not use for it Degraded': {
      change: say('Accepted', { reason: 'NoMatchingParent' }),
      word: 'Degraded',
      reason: 'NoMatchingParent',
    },
    'is all there is where the controller has said nothing': {
      change: world => {
        world.route.status = undefined;
      },
      word: 'Live',
      reason: 'Answered',
      tells: ['NoStatusYet'],
    },
    'is all there is where the controller does not know': {
      change: say('Accepted', { status: 'Unknown' }),
      word: 'Live',
      reason: 'Answered',
    },
    'proves a rule that an extension filter answers': {
      change: extensionFilter,
      word: 'Live',
      reason: 'Answered',
      tells: ['AnsweredByExtension'],
    },
    'is asked for where an extension filter answers': {
      change: all(extensionFilter, unasked),
      word: 'Unknown',
      reason: 'AnsweredByExtension',
    },
    'proves a rule that names nothing at all': {
      change: world => {
        world.route.spec!.rules = [{}];
      },
      word: 'Live',
      reason: 'Answered',
      tells: ['NoBackend'],
    },
    'proves the one Service that it can be of, though no endpoint is ready': {
      change: world => {
        find(world, 'EndpointSlice', 'shop-1').endpoints = [];
      },
      word: 'Live',
      reason: 'Answered',
      tells: ['NoReadyEndpoints'],
    },
    'proves the one Service that it can be of, though it is not found': {
      change: world => remove(world, 'Service'),
      word: 'Live',
      reason: 'Answered',
      tells: ['ServiceMissing'],
    },
    'proves none of two Services of one rule': {
      change: world => {
        find(world, 'EndpointSlice', 'shop-1').endpoints = [];
        backends(world).push({ name: 'shop-v2', port: 8080, weight: 1 });
        world.objects.push({
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 'shop-v2', namespace: 'shop' },
          ...{ spec: { ports: [{ port: 8080 }] } },
        });
      },
      word: 'Degraded',
      reason: 'NoReadyEndpoints',
    },
    'proves no Service of another rule': {
      change: world => {
        world.route.spec!.rules!.push({
          matches: [{ path: { type: 'PathPrefix', value: '/api' } }],
          backendRefs: [{ name: 'gone', port: 80 }],
        });
      },
      word: 'Degraded',
      reason: 'ServiceMissing',
    },
    'proves nothing where another route might have given it': {
      change: all(refused, besideRoute()),
      word: 'Broken',
      reason: 'NotAllowedByListeners',
    },
    'proves nothing where a wildcard route might have given it': {
      change: all(
        refused,
        besideRoute(other => {
          other.spec!.hostnames = ['*.127-0-0-1.nip.io'];
        }),
      ),
      word: 'Broken',
      reason: 'NotAllowedByListeners',
    },
    'proves nothing where a route by regular expression might have given it': {
      change: all(
        refused,
        besideRoute(other => {
          other.spec!.rules![0].matches = [
            { path: { type: 'RegularExpression', value: '/.*' } },
          ];
        }),
      ),
      word: 'Broken',
      reason: 'NotAllowedByListeners',
    },
    'proves nothing where an Ingress at an unknown address might have given it':
      {
        change: all(refused, besideIngress()),
        word: 'Broken',
        reason: 'NotAllowedByListeners',
      },
    'stands beside an Ingress at another address': {
      change: all(refused, besideIngress('192.0.2.9')),
      word: 'Degraded',
      reason: 'NotAllowedByListeners',
    },
    'stands beside a route of another path': {
      change: all(
        refused,
        besideRoute(other => {
          other.spec!.rules![0].matches = [
            { path: { type: 'PathPrefix', value: '/api' } },
          ];
        }),
      ),
      word: 'Degraded',
      reason: 'NotAllowedByListeners',
    },
    'stands beside a route that is refused': {
      change: all(
        refused,
        besideRoute(other => {
          other.status!.parents![0].conditions = [
            condition('Accepted', { status: 'False' }),
          ];
        }),
      ),
      word: 'Degraded',
      reason: 'NotAllowedByListeners',
    },
    'stands beside a route of the clear listener': {
      change: all(
        refused,
        besideRoute(other => {
          other.spec!.parentRefs![0].sectionName = 'http';
        }),
      ),
      word: 'Degraded',
      reason: 'NotAllowedByListeners',
    },
    'proves nothing of an earlier generation': {
      change: all(refused, world => {
        world.probe!.route!.generation = 0;
      }),
      word: 'Broken',
      reason: 'NotAllowedByListeners',
    },
    'proves nothing once what it hangs on has changed': {
      change: all(refused, world => {
        world.probe!.unchangedSince = '2026-11-23T11:59:50Z';
      }),
      word: 'Broken',
      reason: 'NotAllowedByListeners',
    },
    'counts at once where the controller has taken up the change': {
      change: world => {
        world.route.metadata.managedFields = [
          { manager: 'a', time: '2026-11-23T11:59:40Z' },
        ];
        find(world, 'EndpointSlice', 'shop-1').endpoints = [];
      },
      word: 'Live',
      reason: 'Answered',
      tells: ['NoReadyEndpoints'],
    },
    'proves nothing within ten seconds of a change': {
      change: all(refused, world => {
        world.route.metadata.managedFields = [
          { manager: 'a', time: '2026-11-23T11:59:40Z' },
        ];
      }),
      word: 'Broken',
      reason: 'NotAllowedByListeners',
    },
    'proves nothing where it is an error': {
      change: all(refused, world => {
        world.probe!.http = { status: 404 };
      }),
      word: 'Broken',
      reason: 'NotAllowedByListeners',
    },
  };
  it.each(Object.entries(cases))(
    '%s',
    (_, { change, word, reason, tells = [] }) => {
      const { verdict, findings } = judge(change);
      expect([verdict.word, verdict.finding.reason]).toEqual([word, reason]);
      expect(findings.map(found => found.reason)).toEqual(
        expect.arrayContaining(tells),
      );
    },
  );

  it('is told beside the word that it contradicts', () => {
    expect(judge(refused).verdict.finding.details).toMatchObject({
      reason: 'NotAllowedByListeners',
      answered: '200 at 2026-11-23T11:59:48Z',
    });
  });

  it('leaves on the way how many pods serve the port', () => {
    const { hosts } = judge(world => {
      find(world, 'EndpointSlice', 'shop-1').endpoints = [
        { conditions: { ready: false } },
      ];
    });
    expect(hosts[0].way.find(({ kind }) => kind === 'endpoints')).toMatchObject(
      { label: '0 of 1 ready', state: 'unknown' },
    );
  });

  it('is not what the way tells of pods without the port', () => {
    const { hosts } = judge(world => {
      const slice = find(world, 'EndpointSlice', 'shop-1');
      slice.ports = [];
      find(world, 'Service', 'shop').spec!.ports![0].targetPort = 'http-web';
    });
    expect(hosts[0].verdict.word).toBe('Live');
    expect(hosts[0].way.map(({ label }) => label)).toContain(
      '0 of 2 pods serve port http-web',
    );
  });
});
