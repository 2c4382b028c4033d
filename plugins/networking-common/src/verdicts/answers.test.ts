import { all, find, judge, type World } from './__testUtils__/world';
import type { ProbeFacts, VerdictWord } from './types';

type Http = Partial<NonNullable<ProbeFacts['http']>>;

const answering =
  (status: number, rest: Http = {}) =>
  (world: World) => {
    world.probe!.http = { status, ...rest };
  };

/** An answer that Envoy gives itself: its name in `server`, and no time of an upstream. */
const byEnvoy = (status: number, body = '') =>
  all(onCilium, answering(status, { server: 'envoy', body }));

function onCilium(world: World) {
  world.settings.gateway.controller = 'io.cilium/gateway-controller';
  world.route.status!.parents![0].controllerName =
    'io.cilium/gateway-controller';
}

const responseHeaders = (change: object) => (world: World) => {
  world.route.spec!.rules![0].filters = [
    { type: 'ResponseHeaderModifier', responseHeaderModifier: change },
  ];
};

const conditionOf = (type: string, rest: object) => (world: World) => {
  const { conditions } = world.route.status!.parents![0];
  Object.assign(conditions!.find(one => one.type === type)!, rest);
};

const notProgrammed = (world: World) => {
  const [, https] = find(world, 'Gateway', 'idp-gateway').status!.listeners!;
  const programmed = https.conditions!.find(
    ({ type }) => type === 'Programmed',
  )!;
  programmed.status = 'Unknown';
};

const changedAt = (at: string) => (world: World) => {
  world.probe!.unchangedSince = at;
};

interface Case {
  change: (world: World) => void;
  word: VerdictWord;
  reason: string;
  params?: object;
}

const GROUPS: Record<string, Record<string, Case>> = {
  'of 403': {
    "by Envoy, as a policy has it answer, is the gateway's": {
      change: byEnvoy(403, 'Access denied\r\n'),
      word: 'Broken',
      reason: 'DeniedByPolicy',
      params: {
        path: '/',
        status: 403,
        service: { kind: 'Service', namespace: 'shop', name: 'shop' },
        port: 8080,
      },
    },
    "of the same words from another gateway may be either's": {
      change: answering(403, { server: 'envoy', body: 'Access denied\r\n' }),
      word: 'Degraded',
      reason: 'AnswerAmbiguous',
    },
    "by Envoy in other words may be either's": {
      change: byEnvoy(403, '<h1>Forbidden</h1>'),
      word: 'Degraded',
      reason: 'AnswerAmbiguous',
    },
    "that took an upstream's time is the service's": {
      change: all(
        onCilium,
        answering(403, {
          server: 'envoy',
          body: 'Access denied\r\n',
          fromService: true,
        }),
      ),
      word: 'Degraded',
      reason: 'AnswersClientError',
    },
    "of which no body was read may be either's": {
      change: all(onCilium, answering(403, { server: 'envoy' })),
      word: 'Degraded',
      reason: 'AnswerAmbiguous',
    },
  },
  'of 404': {
    'by Envoy where the cluster says Accepted and Programmed is a proxy that did not take it up':
      {
        change: byEnvoy(404),
        word: 'Broken',
        reason: 'AcceptedNotServed',
        params: { path: '/', controller: 'io.cilium/gateway-controller' },
      },
    "by Envoy of a route that removes what tells its answers may be either's": {
      change: all(
        byEnvoy(404),
        responseHeaders({ remove: ['X-Envoy-Upstream-Service-Time'] }),
      ),
      word: 'Degraded',
      reason: 'AnswerAmbiguous',
    },
    "by Envoy of a route that sets Server may be either's": {
      change: all(
        byEnvoy(404),
        responseHeaders({ set: [{ name: 'Server', value: 'envoy' }] }),
      ),
      word: 'Degraded',
      reason: 'AnswerAmbiguous',
    },
    "by Envoy of a route that sets another header is the gateway's": {
      change: all(
        byEnvoy(404),
        responseHeaders({ add: [{ name: 'X-Team', value: 'shop' }] }),
      ),
      word: 'Broken',
      reason: 'AcceptedNotServed',
    },
    "in the words of Traefik may be either's: every service in Go has them": {
      change: answering(404, { body: '404 page not found\n' }),
      word: 'Degraded',
      reason: 'AnswerAmbiguous',
      params: {
        path: '/',
        status: 404,
        service: { kind: 'Service', namespace: 'shop', name: 'shop' },
        port: 8080,
      },
    },
    "with a body of its own may be either's": {
      change: byEnvoy(404, '{"error":"no such page"}'),
      word: 'Degraded',
      reason: 'AnswerAmbiguous',
    },
    "that took an upstream's time is the service's": {
      change: answering(404, { fromService: true }),
      word: 'Degraded',
      reason: 'AnswersClientError',
      params: {
        path: '/',
        status: 404,
        service: { kind: 'Service', namespace: 'shop', name: 'shop' },
        port: 8080,
      },
    },
  },
  'of 421': {
    "by Envoy is the gateway's": {
      change: byEnvoy(421),
      word: 'Broken',
      reason: 'AnswersMisdirected',
      params: { path: '/', host: 'shop.127-0-0-1.nip.io' },
    },
    "by another may be either's": {
      change: answering(421),
      word: 'Degraded',
      reason: 'AnswerAmbiguous',
    },
  },
  'of 5xx': {
    '500 by Envoy without a body is for a backend that it cannot use': {
      change: byEnvoy(500),
      word: 'Broken',
      reason: 'AnswersBadBackend',
      params: { path: '/' },
    },
    '500 of the service is in its log': {
      change: answering(500, { body: 'stack trace' }),
      word: 'Broken',
      reason: 'AnswersError',
      params: {
        path: '/',
        status: 500,
        service: { kind: 'Service', namespace: 'shop', name: 'shop' },
        port: 8080,
        isServices: false,
      },
    },
    '503 by Envoy without a ready backend says so': {
      change: byEnvoy(503, 'no healthy upstream'),
      word: 'Broken',
      reason: 'AnswersNoReadyBackend',
    },
    '503 by Traefik without a ready backend says so': {
      change: answering(503, { body: 'no available server\n' }),
      word: 'Broken',
      reason: 'AnswersNoReadyBackend',
    },
    '503 by Envoy that cannot connect says so': {
      change: byEnvoy(
        503,
        'upstream connect error or disconnect/reset before headers. reset',
      ),
      word: 'Broken',
      reason: 'AnswersBackendNotReached',
      params: {
        path: '/',
        status: 503,
        service: { kind: 'Service', namespace: 'shop', name: 'shop' },
        port: 8080,
      },
    },
    '502 by Traefik says so': {
      change: answering(502, { body: 'Bad Gateway' }),
      word: 'Broken',
      reason: 'AnswersBackendNotReached',
    },
    '504 says that the service is slow': {
      change: answering(504, { body: 'Gateway Timeout' }),
      word: 'Broken',
      reason: 'AnswersBackendTooSlow',
      params: {
        path: '/',
        status: 504,
        service: { kind: 'Service', namespace: 'shop', name: 'shop' },
        port: 8080,
      },
    },
    '503 of the service itself is in its log': {
      change: answering(503, {
        fromService: true,
        body: 'no healthy upstream',
      }),
      word: 'Broken',
      reason: 'AnswersError',
      params: {
        path: '/',
        status: 503,
        service: { kind: 'Service', namespace: 'shop', name: 'shop' },
        port: 8080,
        isServices: true,
      },
    },
    "503 of which nothing more is known is either's": {
      change: answering(503),
      word: 'Broken',
      reason: 'AnswersError',
      params: {
        path: '/',
        status: 503,
        service: { kind: 'Service', namespace: 'shop', name: 'shop' },
        port: 8080,
        isServices: false,
      },
    },
  },
  'within a moment of a change': {
    'of an error status is pending, and not blamed on the service': {
      change: all(answering(503), changedAt('2026-11-23T11:59:40Z')),
      word: 'Pending',
      reason: 'ChangeBeingTakenUp',
      params: { path: '/', status: 503 },
    },
    'of 404 is pending': {
      change: all(byEnvoy(404), changedAt('2026-11-23T11:59:47Z')),
      word: 'Pending',
      reason: 'ChangeBeingTakenUp',
    },
    'of a good status is good': {
      change: changedAt('2026-11-23T11:59:47Z'),
      word: 'Live',
      reason: 'Answered',
    },
    'ten seconds after it, the answer counts': {
      change: all(answering(503), changedAt('2026-11-23T11:59:38Z')),
      word: 'Broken',
      reason: 'AnswersError',
    },
  },
};

describe('verdict on an answer', () => {
  describe.each(Object.entries(GROUPS))('%s', (_, cases) => {
    it.each(Object.entries(cases))('%s', (__, { change, ...expected }) => {
      const { verdict } = judge(change);
      expect([verdict.word, verdict.finding.reason]).toEqual([
        expected.word,
        expected.reason,
      ]);
      expect(verdict.finding.params ?? {}).toMatchObject(expected.params ?? {});
    });
  });

  it('tells 404 of a route that the controller refuses apart: the gateway knows no such route', () => {
    const { verdict, findings } = judge(
      all(
        answering(404, { body: '404 page not found\n' }),
        conditionOf('Accepted', {
          status: 'False',
          reason: 'NotAllowedByListeners',
        }),
      ),
    );
    expect(verdict.finding.reason).toBe('NotAllowedByListeners');
    const reasons = findings.map(({ reason }) => reason);
    expect(reasons).toContain('AnswersNoRoute');
    expect(reasons).not.toContain('AnswerAmbiguous');
  });

  it('does not say that the cluster calls it served where the listener is not programmed', () => {
    const reasons = judge(all(byEnvoy(404), notProgrammed)).findings.map(
      ({ reason }) => reason,
    );
    expect(reasons).toContain('AnswersNoRoute');
    expect(reasons).not.toContain('AcceptedNotServed');
  });

  it('keeps what was answered behind the sentence, and how many routes the listener has', () => {
    expect(judge(byEnvoy(404)).verdict.finding.details).toMatchObject({
      status: '404',
      path: '/',
      server: 'envoy',
      attachedRoutes: '1',
    });
    expect(
      judge(byEnvoy(403, 'Access denied\r\n')).verdict.finding.details,
    ).toMatchObject({ body: 'Access denied\r\n' });
  });

  it('calls it Broken where Envoy ends a connection of a host that the cluster calls served', () => {
    const ended = (world: World) => {
      delete world.probe!.http;
      delete world.probe!.tls;
      world.probe!.failure = { stage: 'tls', code: 'ECONNRESET', message: '' };
    };
    const { verdict } = judge(all(onCilium, ended));
    expect([verdict.word, verdict.finding.reason]).toEqual([
      'Broken',
      'AcceptedNotServed',
    ]);
    expect(judge(ended).verdict.finding.reason).toBe('TlsHandshakeFailed');
  });
});
