import type { Condition } from '../gateway-api/types';
import { condition, find, judge } from './__testUtils__/world';
import type { VerdictWord } from './types';

describe('what the controller says of the route', () => {
  const echoes: Record<
    string,
    {
      reason: string;
      listener?: Partial<Condition>[];
      gateway?: Partial<Condition>;
      word: VerdictWord;
      decides: string;
    }
  > = {
    'comes after the certificate that the listener cannot use': {
      reason: 'NoReadyListeners',
      listener: [
        {
          type: 'ResolvedRefs',
          status: 'False',
          reason: 'InvalidCertificateRef',
        },
        { type: 'Programmed', status: 'False', reason: 'Invalid' },
      ],
      word: 'Broken',
      decides: 'ListenerCertificateUnusable',
    },
    'comes after a listener in conflict': {
      reason: 'InvalidListener',
      listener: [
        { type: 'Conflicted', status: 'True', reason: 'HostnameConflict' },
      ],
      word: 'Broken',
      decides: 'ListenerConflicted',
    },
    'comes after a listener that is being set up': {
      reason: 'NoReadyListeners',
      listener: [{ type: 'Programmed', status: 'False', reason: 'Pending' }],
      word: 'Pending',
      decides: 'ListenerPending',
    },
    'comes after a Gateway that is not programmed': {
      reason: 'GatewayNotProgrammed',
      listener: [{ type: 'Programmed', status: 'False', reason: 'Invalid' }],
      gateway: { type: 'Programmed', status: 'False', reason: 'Invalid' },
      word: 'Broken',
      decides: 'GatewayNotProgrammed',
    },
    'comes after the listener, where we do not know the reason': {
      reason: 'NotToday',
      listener: [
        { type: 'Accepted', status: 'False', reason: 'PortUnavailable' },
      ],
      word: 'Broken',
      decides: 'ListenerPortUnavailable',
    },
    'comes first where it is about the route': {
      reason: 'UnsupportedValue',
      listener: [
        { type: 'Accepted', status: 'False', reason: 'PortUnavailable' },
      ],
      word: 'Broken',
      decides: 'UnsupportedValue',
    },
    'decides where nothing else explains it, about the Gateway': {
      reason: 'NoReadyListeners',
      word: 'Broken',
      decides: 'ListenerNotReady',
    },
    'decides, about the Gateway, where the listener itself is set up': {
      reason: 'GatewayNotProgrammed',
      gateway: { type: 'Programmed', status: 'False', reason: 'Invalid' },
      word: 'Broken',
      decides: 'GatewayNotProgrammed',
    },
    'decides where nothing else explains it and we do not know the reason': {
      reason: 'NotToday',
      word: 'Broken',
      decides: 'NotAccepted',
    },
    'decides where the listener is only ambiguous': {
      reason: 'NotToday',
      listener: [
        {
          type: 'OverlappingTLSConfig',
          status: 'True',
          reason: 'OverlappingHostnames',
        },
      ],
      word: 'Broken',
      decides: 'NotAccepted',
    },
    'names the listener before a Gateway that only repeats it': {
      reason: 'NoReadyListeners',
      listener: [{ type: 'Programmed', status: 'False', reason: 'Invalid' }],
      gateway: {
        type: 'Programmed',
        status: 'False',
        reason: 'ListenersNotValid',
      },
      word: 'Broken',
      decides: 'ListenerNotProgrammed',
    },
  };
  it.each(Object.entries(echoes))(
    '%s',
    (_, { reason, listener = [], gateway, word, decides }) => {
      const { verdict, findings } = judge(world => {
        world.probe = undefined;
        const put = (list: Condition[], rest: Partial<Condition>) => {
          const other = list.filter(({ type }) => type !== rest.type);
          return [...other, condition(rest.type!, rest)];
        };
        const [parent] = world.route.status!.parents!;
        parent.conditions = put(parent.conditions!, {
          type: 'Accepted',
          status: 'False',
          reason,
        });
        const { status } = find(world, 'Gateway', 'idp-gateway');
        const [, https] = status!.listeners!;
        for (const one of listener) {
          https.conditions = put(https.conditions!, one);
        }
        if (gateway) status!.conditions = put(status!.conditions!, gateway);
      });
      expect([verdict.word, verdict.finding.reason]).toEqual([word, decides]);
      // An echo whose cause is told is not told beside it.
      const isOwn = verdict.finding.subject.kind === 'HTTPRoute';
      expect(
        findings.filter(
          ({ severity, subject }) =>
            severity === 'error' && subject.kind === 'HTTPRoute',
        ),
      ).toHaveLength(isOwn ? 1 : 0);
    },
  );
});

describe('a 404 of the gateway for a route that its controller refuses', () => {
  const refused = (isProgrammed: boolean) =>
    judge(world => {
      world.probe!.http = { status: 404 };
      const [parent] = world.route.status!.parents!;
      parent.conditions = [
        condition('Accepted', { status: 'False', reason: 'NotToday' }),
      ];
      if (isProgrammed) return;
      const { listeners } = find(world, 'Gateway', 'idp-gateway').status!;
      listeners![1].conditions = [
        condition('Accepted', { status: 'False', reason: 'PortUnavailable' }),
      ];
    });

  it('is explained by the listener, where that has a fault of its own', () => {
    const { verdict, findings } = refused(false);
    expect(verdict.finding.reason).toBe('ListenerPortUnavailable');
    expect(findings.map(({ reason }) => reason)).not.toContain(
      'AnswersNoRoute',
    );
  });

  it('is told where nothing else is known', () => {
    const { findings } = refused(true);
    expect(findings.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['NotAccepted', 'AnswersNoRoute']),
    );
  });
});
