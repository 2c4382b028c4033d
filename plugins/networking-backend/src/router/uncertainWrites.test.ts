import type { HttpRoute } from 'backstage-plugin-networking-common';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  status,
  type FakeApiServer,
  isWrite,
  type ScriptedAnswer,
} from '../__testUtils__/fakeApiServer';
import { clusterObjects, route, service, SUFFIX } from '../__testUtils__/world';

const SHOP = 'component:default/shop';

let server: FakeApiServer;
let backend: TestBackend;

beforeAll(async () => {
  server = await startFakeApiServer();
  backend = await startBackend({ server, policy: () => true });
});

afterAll(async () => {
  await backend.stop();
  await server.close();
});

beforeEach(() => {
  server.reset(...clusterObjects());
  backend.audit.length = 0;
});

const apply = (rest: object = {}) =>
  backend.someone().post('/v1/exposures', { entityRef: SHOP, ...rest });
const lastAudit = () => backend.audit[backend.audit.length - 1];

/** What these tests look at in an answer. */
interface Answer {
  status: number;
  body: {
    error?: { message: string; findings: { reason: string }[] };
  };
}

const FAILURE = status(500, 'InternalError', { message: 'secret' });
const HANG_UP: ScriptedAnswer = { status: 0, hangUp: true };
const OF_A_PROXY: ScriptedAnswer = { status: 200, body: { page: 'hello' } };

/** Answers writes with this, and lists that come after one with `after`. */
function script(answer: ScriptedAnswer, after?: ScriptedAnswer): void {
  let isWritten = false;
  server.script(request => {
    if (isWrite(request)) {
      isWritten = true;
      return answer;
    }
    return isWritten ? after : undefined;
  });
}

const LOST: Record<string, ScriptedAnswer> = {
  'the API server answers 500': FAILURE,
  'the connection is reset': HANG_UP,
  'something in between answers': OF_A_PROXY,
};

describe('where a write may have been carried out although it failed,', () => {
  it.each(Object.entries(LOST))(
    'an apply that was is a success: %s',
    async (_, answer) => {
      script({ ...answer, carryOut: true });
      const { status: code, body } = await apply();
      expect(code).toBe(201);
      expect(body.exposure.uid).toBe(server.routes()[0].metadata.uid);
      expect(lastAudit()).toMatchObject({
        outcome: 'success',
        outcomeMeta: { action: 'create', write: 'confirmed' },
      });
    },
  );

  const outcomeOf = ({ status: code, body }: Answer) => ({
    status: code,
    reason: body.error?.findings[0].reason,
    message: body.error?.message,
    text: JSON.stringify(body),
    audit: lastAudit(),
  });
  const unknown = (done: string) => ({
    status: 503,
    reason: 'WriteOutcomeUnknown',
    message: expect.stringMatching(
      `not known whether route .* was ${done}.* before trying again`,
    ),
    text: expect.not.stringMatching(/othing was written|secret/),
    audit: expect.objectContaining({
      outcome: 'fail',
      outcomeMeta: expect.objectContaining({ write: 'unknown' }),
      error: expect.objectContaining({ name: 'ServiceUnavailableError' }),
    }),
  });

  it.each(Object.entries(LOST))(
    'an apply that is not seen in the cluster is not known: %s',
    async (_, answer) => {
      script(answer);
      expect(outcomeOf(await apply())).toEqual(unknown('written'));
    },
  );

  it('an apply is not known where the cluster does not tell', async () => {
    script({ ...HANG_UP, carryOut: true }, FAILURE);
    expect(outcomeOf(await apply())).toEqual(unknown('written'));
  });

  it('an update that is not seen in the cluster is not known', async () => {
    await apply();
    server.put(service('shop-v2', 'shop'));
    script(FAILURE);
    expect(
      outcomeOf(
        await apply({
          service: { name: 'shop-v2', port: 8080 },
          replace: true,
        }),
      ),
    ).toEqual(unknown('written'));
  });

  it('an update that somebody else overwrote is not known', async () => {
    await apply();
    server.put(service('shop-v2', 'shop'));
    server.script(request => {
      if (!isWrite(request)) return undefined;
      const [live] = server.routes();
      const overwritten: HttpRoute = {
        ...live,
        spec: { ...live.spec, hostnames: ['x.example'] },
      };
      server.put(overwritten);
      return FAILURE;
    });
    expect(
      outcomeOf(
        await apply({
          service: { name: 'shop-v2', port: 8080 },
          replace: true,
        }),
      ),
    ).toEqual(unknown('written'));
  });

  it('the route is read again once', async () => {
    script(FAILURE);
    await apply();
    const write = server.requests.findIndex(isWrite);
    expect(
      server.requests
        .slice(write + 1)
        .map(({ method, path }) => [method, path]),
    ).toEqual([['GET', '/apis/gateway.networking.k8s.io/v1/httproutes']]);
  });

  const remove = async (answer: ScriptedAnswer, after?: ScriptedAnswer) => {
    const { namespace, name, uid } = (await apply()).body.exposure;
    script(answer, after);
    return backend
      .someone()
      .delete(`/v1/exposures/local/${namespace}/${name}?uid=${uid}`);
  };
  const DELETES = Object.entries(LOST).filter(
    ([, answer]) => answer !== OF_A_PROXY,
  );

  it.each(DELETES)('a removal that was is a success: %s', async (_, answer) => {
    const { status: code } = await remove({ ...answer, carryOut: true });
    expect(code).toBe(204);
    expect(lastAudit()).toMatchObject({
      outcome: 'success',
      outcomeMeta: { entityRef: SHOP, write: 'confirmed' },
    });
  });

  it.each(DELETES)(
    'a removal after which the route is there is not known: %s',
    async (_, answer) => {
      expect(outcomeOf(await remove(answer))).toEqual(unknown('removed'));
    },
  );

  it('a removal is not known where the cluster does not tell', async () => {
    expect(
      outcomeOf(await remove({ ...FAILURE, carryOut: true }, HANG_UP)),
    ).toEqual(unknown('removed'));
  });
});

describe('a cluster with too many requests', () => {
  it('wrote nothing, and is to be asked again', async () => {
    script(status(429, 'TooManyRequests', { message: 'secret' }));
    const { status: code, body } = await apply();
    expect(code).toBe(503);
    expect(body.error.findings[0].reason).toBe('ClusterBusy');
    expect(body.error.message).toMatch(/Nothing was written.*Try again/);
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(server.routes()).toEqual([]);
  });

  it('refuses a plan with the same sentence', async () => {
    server.script(({ method }) =>
      method === 'PATCH' ? status(429, 'TooManyRequests') : undefined,
    );
    const { body } = await backend
      .someone()
      .post('/v1/plans', { entityRef: SHOP });
    expect(body).toMatchObject({
      action: 'refused',
      findings: [{ reason: 'ClusterBusy' }],
    });
  });
});

describe('what fails after the write makes no failure of it:', () => {
  const writtenWithWarning = {
    status: 201,
    body: {
      exposure: {
        uid: expect.any(String),
        hosts: [{ host: `shop.${SUFFIX}` }],
        entities: [{ entityRef: SHOP, reason: 'annotation' }],
        findings: expect.arrayContaining([
          expect.objectContaining({
            reason: 'NotJudgedAfterWrite',
            severity: 'warning',
          }),
        ]),
      },
    },
  };

  it('the cluster does not answer any more', async () => {
    let isWritten = false;
    server.fallSilent();
    server.script(request => {
      if (isWritten) return FAILURE;
      isWritten = isWrite(request);
      return undefined;
    });
    expect(await apply()).toMatchObject(writtenWithWarning);
    expect(lastAudit()).toMatchObject({
      eventId: 'exposure-apply',
      outcome: 'success',
    });
  });

  it('the permission service fails while other claims are checked', async () => {
    server.script(request => {
      if (isWrite(request)) {
        server.put(route('squatter', { host: `shop.${SUFFIX}` }));
        backend.permissions.authorizeConditional.mockRejectedValueOnce(
          new Error('down'),
        );
      }
      return undefined;
    });
    expect(await apply()).toMatchObject(writtenWithWarning);
    expect(lastAudit()).toMatchObject({
      eventId: 'exposure-apply',
      outcome: 'success',
    });
  });
});
