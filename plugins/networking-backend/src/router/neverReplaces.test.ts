import type { HttpRoute } from 'backstage-plugin-networking-common';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import { allExcept, type Policy } from '../__testUtils__/permissions';
import {
  clusterObjects,
  namespace,
  route,
  service,
  SUFFIX,
} from '../__testUtils__/world';

const SHOP = 'component:default/shop';
const V2 = { service: { name: 'shop-v2', port: 8080 } };
const HOST = `shop.${SUFFIX}`;

let server: FakeApiServer;
let backend: TestBackend;
let policy: Policy;

beforeAll(async () => {
  server = await startFakeApiServer();
  backend = await startBackend({ server, policy: check => policy(check) });
});

afterAll(async () => {
  await backend.stop();
  await server.close();
});

const plan = (rest: object = {}) =>
  backend.someone().post('/v1/plans', { entityRef: SHOP, ...rest });
const apply = (rest: object = {}) =>
  backend.someone().post('/v1/exposures', { entityRef: SHOP, ...rest });
const reasons = (findings: { reason: string }[]) =>
  findings.map(({ reason }) => reason);
const served = () =>
  server
    .routes()
    .map(({ spec }: HttpRoute) => spec?.rules?.[0].backendRefs?.[0].name);

let uid: string;

/** Shop is live by its first Service, and has a second one. */
beforeEach(async () => {
  policy = () => true;
  server.reset(...clusterObjects());
  server.put(service('shop-v2', 'shop'));
  ({ uid } = (
    await apply({ service: { name: 'shop', port: 8080 } })
  ).body.exposure);
  backend.audit.length = 0;
});

/** What an apply by the second Service comes to, in these words; `served` is who answers afterwards. */
const CASES: Record<
  string,
  { rest: object; status: number; reasons?: string[]; served?: string[] }
> = {
  'by a caller who says nothing of it': {
    rest: {},
    status: 409,
    reasons: ['LiveTrafficMoves'],
  },
  'by one who says that it replaces nothing': {
    rest: { replace: false },
    status: 409,
    reasons: ['LiveTrafficMoves'],
  },
  'by one who adds': {
    rest: { intent: 'create' },
    status: 409,
    reasons: ['AlreadyExposed'],
  },
  'by one who adds, and would replace': {
    rest: { intent: 'create', replace: true },
    status: 409,
    reasons: ['AlreadyExposed'],
  },
  'by one who changes, and has not confirmed': {
    rest: { intent: 'update' },
    status: 409,
    reasons: ['LiveTrafficMoves'],
  },
  'by one who confirms': {
    rest: { replace: true },
    status: 200,
    served: ['shop-v2'],
  },
  'by one who changes, and confirms': {
    rest: { intent: 'update', replace: true },
    status: 200,
    served: ['shop-v2'],
  },
  'by one who was shown another route': {
    rest: { intent: 'update', uid: 'another', replace: true },
    status: 409,
    reasons: ['RouteReplaced'],
  },
  'by one who changes what is not there': {
    rest: { intent: 'update', hostLabel: 'beta' },
    status: 409,
    reasons: ['ExposureMissing'],
  },
  'by one who adds a label that is free': {
    rest: { intent: 'create', hostLabel: 'beta' },
    status: 201,
    served: ['shop', 'shop-v2'],
  },
};

describe('an apply that names another Service', () => {
  it.each(Object.entries(CASES))('%s', async (_, one) => {
    const { status, body } = await apply({ ...V2, ...one.rest });
    expect(status).toBe(one.status);
    expect(reasons(body.error?.findings ?? [])).toEqual(one.reasons ?? []);
    expect(served().sort()).toEqual(one.served ?? ['shop']);
  });

  it('is taken from one who was shown this very route', async () => {
    const { status } = await apply({
      ...V2,
      intent: 'update',
      uid,
      replace: true,
    });
    expect(status).toBe(200);
  });

  it('tells in the refusal what would happen, what confirms it, and the plan', async () => {
    const { body } = await apply(V2);
    expect(body.error.message).toContain('replace');
    expect(body.error.findings[0]).toMatchObject({
      severity: 'confirm',
      subject: { kind: 'HTTPRoute', field: 'service' },
      params: {
        host: HOST,
        from: [{ kind: 'Service', name: 'shop', port: 8080 }],
        to: [{ kind: 'Service', name: 'shop-v2', port: 8080 }],
      },
    });
    expect(body.error.plan.action).toBe('update');
  });

  it('is told in the audit log with what it asked for', async () => {
    await apply({ ...V2, intent: 'update', replace: true });
    expect(backend.audit[0]).toMatchObject({
      eventId: 'exposure-apply',
      meta: { entityRef: SHOP, intent: 'update', replace: true },
      outcome: 'success',
    });
  });
});

describe('a plan that names another Service', () => {
  it('says loudly who answers now and who will, whatever the request confirms', async () => {
    const shown = await plan({ ...V2, intent: 'update', uid });
    expect(shown.body).toMatchObject({
      action: 'update',
      findings: [{ reason: 'LiveTrafficMoves', severity: 'confirm' }],
    });
    const confirmed = await plan({
      ...V2,
      intent: 'update',
      uid,
      replace: true,
    });
    expect(confirmed.body.findings).toEqual(shown.body.findings);
    expect(confirmed.body.digest).toBe(shown.body.digest);
  });

  it('is what is applied by its digest once it is confirmed, and not before', async () => {
    const { digest } = (await plan({ ...V2, intent: 'update', uid })).body;
    const change = { ...V2, intent: 'update', uid, digest };
    expect((await apply(change)).status).toBe(409);
    expect(served()).toEqual(['shop']);
    expect((await apply({ ...change, replace: true })).status).toBe(200);
    expect(served()).toEqual(['shop-v2']);
  });

  it('confirms nothing but what it showed', async () => {
    const { digest } = (await plan({ ...V2, intent: 'update', uid })).body;
    server.put(service('shop-v3', 'shop'));
    await apply({
      service: { name: 'shop-v3', port: 8080 },
      intent: 'update',
      replace: true,
    });
    const { status, body } = await apply({
      ...V2,
      intent: 'update',
      uid,
      digest,
      replace: true,
    });
    expect(status).toBe(409);
    expect(body.error.findings[0].reason).toBe('PlanChanged');
    expect(served()).toEqual(['shop-v3']);
  });

  it('offers a free label to one who adds, also in the refusal', async () => {
    const { body } = await plan({ ...V2, intent: 'create' });
    expect(body).toMatchObject({
      action: 'refused',
      freeHostLabel: 'shop-v2',
    });
    const refused = await apply({ ...V2, intent: 'create' });
    expect(refused.body.error.plan.freeHostLabel).toBe('shop-v2');
    const { status } = await apply({
      ...V2,
      intent: 'create',
      hostLabel: body.freeHostLabel,
    });
    expect(status).toBe(201);
  });
});

describe('a host that a wildcard of another team answers', () => {
  beforeEach(() => {
    server.put(namespace('payments', 'team-payments'));
    server.put(
      route('everything', { namespace: 'payments', host: `*.${SUFFIX}` }),
    );
  });
  const added = { intent: 'create', hostLabel: 'beta' };

  it('is taken from it only by one who confirms', async () => {
    const refused = await apply({ ...V2, ...added });
    expect(refused.status).toBe(409);
    expect(reasons(refused.body.error.findings)).toEqual([
      'HostShadowsWildcard',
    ]);
    const { status } = await apply({ ...V2, ...added, replace: true });
    expect(status).toBe(201);
  });
});

describe('who may', () => {
  it('add is told what is there, without being allowed to change it', async () => {
    policy = allExcept('networking.exposure.update');
    const { status, body } = await apply({ ...V2, intent: 'create' });
    expect(status).toBe(409);
    expect(reasons(body.error.findings)).toEqual(['AlreadyExposed']);
  });

  it('change is told that there is nothing, without being allowed to add it', async () => {
    policy = allExcept('networking.exposure.create');
    const { status, body } = await apply({
      ...V2,
      intent: 'update',
      hostLabel: 'beta',
    });
    expect(status).toBe(409);
    expect(reasons(body.error.findings)).toEqual(['ExposureMissing']);
  });

  it('only add changes nothing, whatever the request says', async () => {
    policy = allExcept('networking.exposure.update');
    for (const rest of [{}, { intent: 'update' }]) {
      const { status } = await apply({ ...V2, ...rest, replace: true });
      expect(status).toBe(403);
    }
    expect(served()).toEqual(['shop']);
  });

  it('only change adds nothing, whatever the request says', async () => {
    policy = allExcept('networking.exposure.create');
    for (const rest of [{}, { intent: 'create' }]) {
      const { status } = await apply({ ...V2, ...rest, hostLabel: 'beta' });
      expect(status).toBe(403);
    }
    expect(served()).toEqual(['shop']);
  });
});

describe('the Services that an entity may expose', () => {
  it('come with a label that is free for each', async () => {
    const { body } = await backend
      .someone()
      .get(`/v1/services?entityRef=${SHOP}`);
    expect(
      body.services.map(
        ({ name, freeHostLabel }: { name: string; freeHostLabel: string }) => [
          name,
          freeHostLabel,
        ],
      ),
    ).toEqual([
      ['shop', 'shop-2'],
      ['shop-v2', 'shop-v2'],
    ]);
  });
});
