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

const nameForeignSecret = (world: World) => {
  const [ref] = gateway(world).spec!.listeners![1].tls!.certificateRefs!;
  ref.namespace = 'certs';
};

describe('verdict on a listener', () => {
  const cases: Record<
    string,
    {
      change: (world: World) => void;
      word: VerdictWord;
      reason: string;
      /** The controller says nothing of it, or the host cannot be probed. */
      isOurReading?: true;
    }
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
    'of a protocol that the gateway does not speak is Broken': {
      change: world => {
        const { spec, status } = gateway(world);
        spec!.listeners![1].protocol = 'example.com/odd';
        status!.listeners![1].conditions = [
          condition('Accepted', {
            status: 'False',
            reason: 'UnsupportedProtocol',
          }),
        ];
      },
      word: 'Broken',
      reason: 'ListenerProtocolUnsupported',
      isOurReading: true,
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
    'whose certificate has yet to be issued for the first time is Pending': {
      change: world => {
        say('ResolvedRefs', {
          status: 'False',
          reason: 'InvalidCertificateRef',
        })(world);
        say('Programmed', { status: 'False', reason: 'Invalid' })(world);
        world.certificate = { unknown: 'It has not been issued yet.' };
        find(world, 'Certificate', 'idp-wildcard-cert').status = {
          conditions: [
            { type: 'Ready', status: 'False', reason: 'DoesNotExist' },
          ],
        };
      },
      word: 'Pending',
      reason: 'CertificateNotIssued',
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
    'that waits for a Gateway which is refused is Broken': {
      change: world => {
        sayOfGateway('Accepted', 'NoResources')(world);
        say('Programmed', { status: 'False', reason: 'Pending' })(world);
      },
      word: 'Broken',
      reason: 'GatewayNotAccepted',
    },
    'that the controller has put out of use is Broken': {
      change: say('Detached', { status: 'True', reason: 'PortUnavailable' }),
      word: 'Broken',
      reason: 'ListenerDetached',
    },
    'that claims a port with another protocol is Broken': {
      change: say('Conflicted', { status: 'True', reason: 'ProtocolConflict' }),
      word: 'Broken',
      reason: 'ListenerProtocolConflict',
    },
    'that is not accepted for want of its certificate is Broken for that': {
      change: world => {
        say('Accepted', { status: 'False', reason: 'Invalid' })(world);
        say('ResolvedRefs', {
          status: 'False',
          reason: 'InvalidCertificateRef',
        })(world);
      },
      word: 'Broken',
      reason: 'ListenerCertificateUnusable',
    },
    'whose Secret lies in a namespace that does not allow it is Broken before the controller says so':
      {
        change: world => {
          nameForeignSecret(world);
          say('ResolvedRefs', { status: 'Unknown' })(world);
        },
        word: 'Broken',
        reason: 'CertificateRefNotPermitted',
        isOurReading: true,
      },
    'whose Secret lies in a namespace that no longer allows it is Degraded': {
      change: nameForeignSecret,
      word: 'Degraded',
      reason: 'CertificateRefNotPermitted',
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
    const { verdict } = judge(world => {
      change(world);
      if (word !== 'Live' && word !== 'Degraded') world.probe = undefined;
    });
    expect([verdict.word, verdict.finding.reason]).toEqual([word, reason]);
  });

  it.each(
    Object.entries(cases).filter(
      ([, { word, isOurReading }]) => word === 'Broken' && !isOurReading,
    ),
  )(
    '%s, and Degraded beside an answer that no other route can have given',
    (_, { change, reason }) => {
      const { verdict } = judge(change);
      expect([verdict.word, verdict.finding.reason]).toEqual([
        'Degraded',
        reason,
      ]);
      expect(verdict.finding.details).toHaveProperty('answered');
    },
  );

  it('is told with the grant to ask for, where its Secret lies in a foreign namespace', () => {
    const { findings } = judge(nameForeignSecret);
    const found = findings.find(
      ({ reason }) => reason === 'CertificateRefNotPermitted',
    );
    expect(found).toMatchObject({
      params: {
        from: { kind: 'Gateway', namespace: 'kube-system' },
        to: { kind: 'Secret', namespace: 'certs', name: 'idp-wildcard-cert' },
      },
      actor: { is: 'owner', of: { kind: 'Namespace', name: 'certs' } },
    });
    expect(found?.details?.grant).toContain('kind: Secret');
  });

  it('shows conditions of unknown type without judging them', () => {
    const { verdict, findings } = judge(
      say('example.com/Happy', { status: 'False', reason: 'NotToday' }),
    );
    expect(verdict.word).toBe('Live');
    expect(findings).toMatchObject([
      {
        reason: 'ConditionNotJudged',
        severity: 'info',
        details: { 'example.com/Happy': 'False NotToday' },
      },
    ]);
  });

  it.each([
    ['of the Gateway', sayOfGateway('Programmed', 'AddressNotAssigned')],
    [
      'of the listener',
      say('Programmed', { status: 'False', reason: 'AddressNotAssigned' }),
    ],
    [
      'of the Gateway, for which its listeners wait (Cilium)',
      (world: World) => {
        sayOfGateway('Programmed', 'AddressNotAssigned')(world);
        say('Programmed', { status: 'False', reason: 'Pending' })(world);
      },
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
