import { parse } from 'yaml';
import { grantFor } from '../gateway-api/referenceGrants';
import { condition, find, judge, type World } from './__testUtils__/world';
import type { VerdictWord } from './types';

/** The Service of the route, and what is behind it, in a namespace of its own. */
const abroad = (world: World) => {
  world.route.spec!.rules![0].backendRefs![0].namespace = 'payments';
  find(world, 'Service', 'shop').metadata.namespace = 'payments';
  find(world, 'EndpointSlice', 'shop-1').metadata.namespace = 'payments';
};

const granted = (world: World) =>
  world.objects.push(
    grantFor({
      from: {
        group: 'gateway.networking.k8s.io',
        kind: 'HTTPRoute',
        namespace: 'shop',
      },
      to: { group: '', kind: 'Service', namespace: 'payments', name: 'shop' },
    }),
  );

const unreadable = (world: World) => {
  world.gaps = [{ kind: 'ReferenceGrant', reason: 'Forbidden', message: 'no' }];
};

const unproved = (world: World) => {
  world.probe = undefined;
};

const unjudged = (world: World) => {
  world.route.status = undefined;
};

const says = (status: string, reason: string) => (world: World) => {
  world.route.status!.parents![0].conditions = [
    condition('Accepted'),
    condition('ResolvedRefs', { status, reason }),
  ];
};

describe('a Service of another namespace', () => {
  const cases: Record<
    string,
    {
      changes: ((world: World) => void)[];
      word: VerdictWord;
      reason: string;
      params?: object;
    }
  > = {
    'that a grant allows is Live': {
      changes: [granted],
      word: 'Live',
      reason: 'Answered',
    },
    'that no grant allows is Broken before a controller says so': {
      changes: [unproved, unjudged],
      word: 'Broken',
      reason: 'ReferenceGrantMissing',
      params: {
        on: 'all',
        isUsed: false,
        status: '500',
        backend: { kind: 'Service', namespace: 'payments', name: 'shop' },
        fromNamespace: 'shop',
      },
    },
    'that the controller refuses is Broken': {
      changes: [unproved, says('False', 'RefNotPermitted')],
      word: 'Broken',
      reason: 'RefNotPermitted',
    },
    'that no grant allows, where the controller once found it allowed, is Degraded':
      {
        changes: [],
        word: 'Degraded',
        reason: 'ReferenceGrantMissing',
        params: { on: 'all', isUsed: true, status: '500' },
      },
    'whose grants cannot be read is not known before a controller says so': {
      changes: [unproved, unreadable, says('Unknown', 'Pending')],
      word: 'Pending',
      reason: 'NoStatusYet',
    },
    'whose grants cannot be read is what the controller says': {
      changes: [unreadable],
      word: 'Live',
      reason: 'Answered',
    },
    'that gets no requests is of no concern': {
      changes: [
        world => {
          const { backendRefs } = world.route.spec!.rules![0];
          backendRefs!.push({ name: 'own', port: 8080, weight: 1 });
          backendRefs![0].weight = 0;
          const own = structuredClone(find(world, 'Service', 'shop'));
          own.metadata = { name: 'own', namespace: 'shop' };
          world.objects.push(own);
        },
      ],
      word: 'Live',
      reason: 'Answered',
    },
  };
  it.each(Object.entries(cases))(
    '%s',
    (_, { changes, word, reason, params }) => {
      const { verdict } = judge(world => {
        abroad(world);
        for (const change of changes) change(world);
      });
      expect([verdict.word, verdict.finding.reason]).toEqual([word, reason]);
      expect(verdict.finding.params ?? {}).toMatchObject(params ?? {});
    },
  );

  it('is said not to be known where grants cannot be read and no controller has spoken', () => {
    const { findings } = judge(world => {
      abroad(world);
      unproved(world);
      unjudged(world);
      unreadable(world);
    });
    expect(findings).toContainEqual(
      expect.objectContaining({ reason: 'ReferenceGrantNotKnown' }),
    );
  });

  it('is told with whom to ask', () => {
    const { finding } = judge(world => {
      abroad(world);
      unproved(world);
      unjudged(world);
    }).verdict;
    expect(finding.actor).toEqual({
      is: 'owner',
      of: { kind: 'Namespace', name: 'payments' },
    });
  });

  it.each<[string, (world: World) => void]>([
    ['as the snapshot tells it', unjudged],
    ['as the controller tells it', says('False', 'RefNotPermitted')],
  ])('is told with the grant to ask for, %s', (_, change) => {
    const { finding } = judge(world => {
      abroad(world);
      unproved(world);
      change(world);
    }).verdict;
    expect(parse(finding.details!.grant)).toMatchObject({
      kind: 'ReferenceGrant',
      metadata: { namespace: 'payments' },
      spec: {
        from: [
          {
            group: 'gateway.networking.k8s.io',
            kind: 'HTTPRoute',
            namespace: 'shop',
          },
        ],
        to: [{ group: '', kind: 'Service', name: 'shop' }],
      },
    });
  });
});
