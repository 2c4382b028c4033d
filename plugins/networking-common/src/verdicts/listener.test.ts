import type { Condition } from '../gateway-api/types';
import { condition, find, judge, type World } from './__testUtils__/world';
import type { VerdictWord } from './types';

const gateway = (world: World) => find(world, 'Gateway', 'idp-gateway');

/** Replaces one condition of the https listener. */
const say =
  (type: string, rest: Partial<Condition>) =>
  (world: World): void => {
    const listener = gateway(world).status!.listeners![1];
    listener.conditions = [
      ...listener.conditions!.filter(one => one.type !== type),
      { ...condition(type), ...rest },
    ];
  };

const sayOfGateway =
  (type: string, reason: string) =>
  (world: World): void => {
    const { status } = gateway(world);
    status!.conditions = [
      ...status!.conditions!.filter(one => one.type !== type),
      condition(type, { status: 'False', reason }),
    ];
  };

describe('verdict on a listener', () => {
  const cases: Record<
    string,
    { change: (world: World) => void; word: VerdictWord; reason: string }
  > = {
    'without any status is Pending': {
      change: world => {
        gateway(world).status = {};
      },
      word: 'Pending',
      reason: 'ListenerNoStatus',
    },
    'whose Gateway changed after the controller looked is Pending': {
      change: world => {
        gateway(world).metadata.generation = 2;
      },
      word: 'Pending',
      reason: 'ListenerStatusStale',
    },
    'in conflict with another is Broken': {
      change: say('Conflicted', { status: 'True' }),
      word: 'Broken',
      reason: 'ListenerConflicted',
    },
    'of which nothing but the conflict is known is Broken': {
      change: world => {
        gateway(world).status!.listeners![1].conditions = [
          condition('Conflicted'),
        ];
      },
      word: 'Broken',
      reason: 'ListenerConflicted',
    },
    'that is not accepted is Broken': {
      change: world => {
        gateway(world).status!.listeners![1].conditions = [
          condition('Accepted', {
            status: 'False',
            reason: 'Odd',
          }),
        ];
      },
      word: 'Broken',
      reason: 'ListenerNotAccepted',
    },
    'whose certificate cannot be used is Broken': {
      change: say('ResolvedRefs', {
        status: 'False',
        reason: 'InvalidCertificateRef',
      }),
      word: 'Broken',
      reason: 'ListenerCertificateUnusable',
    },
    'that is not programmed is Broken': {
      change: say('Programmed', { status: 'False', reason: 'Invalid' }),
      word: 'Broken',
      reason: 'ListenerNotProgrammed',
    },
    'that is being programmed is Pending': {
      change: say('Programmed', { status: 'False', reason: 'Pending' }),
      word: 'Pending',
      reason: 'ListenerPending',
    },
    'of a Gateway with a fault elsewhere is Degraded': {
      change: sayOfGateway('Accepted', 'ListenersNotValid'),
      word: 'Degraded',
      reason: 'GatewayNotAccepted',
    },
    'of a Gateway that is not programmed, itself unprogrammed, is Broken': {
      change: world => {
        sayOfGateway('Programmed', 'NoResources')(world);
        say('Programmed', { status: 'False', reason: 'AddressNotAssigned' })(
          world,
        );
      },
      word: 'Broken',
      reason: 'GatewayNotProgrammed',
    },
    'whose certificate overlaps with another is Degraded': {
      change: say('OverlappingTLSConfig', { status: 'True' }),
      word: 'Degraded',
      reason: 'OverlappingTLSConfig',
    },
    'that refuses other kinds of routes is of no concern': {
      change: say('ResolvedRefs', {
        status: 'False',
        reason: 'InvalidRouteKinds',
      }),
      word: 'Live',
      reason: 'Answered',
    },
  };
  it.each(Object.entries(cases))('%s', (_, { change, word, reason }) => {
    const { verdict } = judge(change);
    expect([verdict.word, verdict.finding.reason]).toEqual([word, reason]);
  });

  it.each([
    ['of the Gateway', sayOfGateway('Programmed', 'AddressNotAssigned')],
    [
      'of the listener',
      say('Programmed', { status: 'False', reason: 'AddressNotAssigned' }),
    ],
  ])(
    'takes a missing address %s for advice where a probe is answered',
    (_, change) => {
      const { verdict, findings } = judge(change);
      expect(verdict.word).toBe('Live');
      expect(findings).toMatchObject([
        { reason: 'AddressNotAssigned', severity: 'info' },
      ]);
    },
  );
});
