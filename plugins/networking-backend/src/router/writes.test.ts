import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  status,
  type FakeApiServer,
  type ScriptedAnswer,
} from '../__testUtils__/fakeApiServer';
import { clusterObjects, service, SUFFIX } from '../__testUtils__/world';

const SHOP = 'component:default/shop';

let server: FakeApiServer;
let backend: TestBackend;

beforeAll(async () => {
  server = await startFakeApiServer();
  backend = await startBackend({ server });
});

afterAll(async () => {
  await backend.stop();
  await server.close();
});

beforeEach(() => {
  server.reset(...clusterObjects());
  backend.audit.length = 0;
});

const sam = () => backend.as('user:default/sam');
const plan = (rest: object = {}) =>
  sam().post('/v1/plans', { entityRef: SHOP, ...rest });
const apply = (rest: object = {}) =>
  sam().post('/v1/exposures', { entityRef: SHOP, ...rest });

describe('a plan', () => {
  it('is a dry run of the exact object, and writes nothing', async () => {
    const { body } = await plan();
    const dryRun = server.requests.find(({ method }) => method === 'PATCH');
    expect(dryRun?.query).toMatchObject({ dryRun: 'All', force: 'false' });
    expect(body.objects).toEqual([dryRun?.body]);
    expect(server.routes()).toEqual([]);
  });

  it('of a request that cannot be carried out is refused, with every finding', async () => {
    const { status: code, body } = await plan({
      hostLabel: 'Not A Label',
      service: { name: 'missing' },
    });
    expect(code).toBe(200);
    expect(body.action).toBe('refused');
    const reasons = body.findings.map(
      ({ reason }: { reason: string }) => reason,
    );
    expect(reasons).toEqual(
      expect.arrayContaining(['HostLabelInvalid', 'ServiceMissing']),
    );
    expect(server.requests.some(({ method }) => method === 'PATCH')).toBe(
      false,
    );
  });

  it('has the digest that an apply needs, until the route changes', async () => {
    const { digest } = (await plan()).body;
    server.put(service('shop-v2', 'shop'));
    const changed = await apply({
      digest,
      service: { name: 'shop-v2', port: 8080 },
    });
    expect(changed.status).toBe(409);
    expect(changed.body.error.findings[0].reason).toBe('PlanChanged');
    expect(changed.body.error.plan.digest).not.toBe(digest);
    expect(server.routes()).toEqual([]);

    const agreed = await apply({
      digest: changed.body.error.plan.digest,
      service: { name: 'shop-v2', port: 8080 },
    });
    expect(agreed.status).toBe(201);
  });
});

const REFUSALS: Record<
  string,
  {
    answer: ScriptedAnswer;
    status: number;
    reason: string;
    says: RegExp;
  }
> = {
  'another field manager owns a field': {
    answer: status(409, 'Conflict', {
      message: 'Apply failed with 1 conflict',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message:
              'conflict with "kubectl-edit" using gateway.networking.k8s.io/v1',
            field: '.spec.rules',
          },
        ],
      },
    }),
    status: 409,
    reason: 'FieldOwnedByOther',
    says: /spec\.rules .* was set by kubectl-edit/,
  },
  'RBAC forbids the verb': {
    answer: status(403, 'Forbidden', {
      message:
        'httproutes "x" is forbidden: User "system:serviceaccount:secret:sa" cannot patch resource "httproutes" in API group',
    }),
    status: 403,
    reason: 'WriteForbidden',
    says: /service account may not patch httproutes in namespace shop .*Bind Role networking-backend/,
  },
  'the token is no good any more': {
    answer: status(401, 'Unauthorized'),
    status: 503,
    reason: 'ClusterUnreachable',
    says: /Nothing was written.*refuses the token.*renew the token of cluster local/,
  },
  'an admission policy refuses': {
    answer: status(403, 'Forbidden', {
      message: 'admission webhook "x" denied the request: secret reasons',
    }),
    status: 409,
    reason: 'AdmissionRefused',
    says: /admission policy or quota/,
  },
  'the Gateway API is not installed': {
    answer: status(404, 'NotFound', { message: 'secret not found' }),
    status: 409,
    reason: 'GatewayApiNotInstalled',
    says: /Gateway API CRDs are not installed/,
  },
  'the namespace was deleted': {
    answer: status(404, 'NotFound', { details: { kind: 'namespaces' } }),
    status: 409,
    reason: 'NamespaceMissing',
    says: /namespace shop does not exist/,
  },
  'the schema refuses a field': {
    answer: status(422, 'Invalid', {
      message: 'secret',
      details: {
        causes: [
          { reason: 'FieldValueInvalid', field: 'spec.rules', message: 'bad' },
        ],
      },
    }),
    status: 409,
    reason: 'ObjectInvalid',
    says: /doesn't accept route/,
  },
  'the API server fails': {
    answer: status(500, 'InternalError', { message: 'secret' }),
    status: 503,
    reason: 'ClusterUnreachable',
    says: /doesn't answer/,
  },
};

describe('what the cluster refuses becomes a sentence:', () => {
  const refuse = (answer: ScriptedAnswer) =>
    server.script(({ method }) => (method === 'PATCH' ? answer : undefined));

  it.each(Object.entries(REFUSALS))(
    '%s (plan)',
    async (_, { answer, reason, says }) => {
      refuse(answer);
      const { status: code, body } = await plan();
      expect(code).toBe(200);
      expect(body.action).toBe('refused');
      const [finding] = body.findings;
      expect(finding.reason).toBe(reason);
      expect(`${finding.message} ${finding.remedy}`).toMatch(says);
      expect(JSON.stringify(body)).not.toContain('secret');
    },
  );

  it.each(Object.entries(REFUSALS))(
    '%s (apply)',
    async (_, { answer, status: expected, reason, says }) => {
      refuse(answer);
      const { status: code, body } = await apply();
      expect(code).toBe(expected);
      expect(body.error.findings[0].reason).toBe(reason);
      expect(body.error.message).toMatch(says);
      expect(JSON.stringify(body)).not.toContain('secret');
    },
  );

  it('names manager and fields beside the sentence', async () => {
    refuse(REFUSALS['another field manager owns a field'].answer);
    const { body } = await apply();
    expect(body.error.findings[0].details).toEqual({
      manager: 'kubectl-edit',
      fields: 'spec.rules',
    });
  });
});

describe('a request that is not valid names the field:', () => {
  const INVALID: Record<string, { body: object; says: RegExp }> = {
    'no entityRef': { body: {}, says: /entityRef/ },
    'a port out of range': {
      body: { entityRef: SHOP, service: { name: 'shop', port: 70_000 } },
      says: /port/,
    },
    'a field that does not exist': {
      body: { entityRef: SHOP, host: 'shop' },
      says: /additional properties|host/,
    },
    'an entity ref without kind': {
      body: { entityRef: 'shop' },
      says: /component:default\/shop/,
    },
  };

  it.each(Object.entries(INVALID))('%s', async (_, { body, says }) => {
    for (const path of ['/v1/plans', '/v1/exposures']) {
      const response = await sam().post(path, body);
      expect(response.status).toBe(400);
      expect(response.body.error.message).toMatch(says);
    }
    expect(server.requests).toEqual([]);
  });

  it('an unknown query parameter', async () => {
    const { status: code } = await sam().get('/v1/exposures?nope=1');
    expect(code).toBe(400);
  });

  it('a cluster that is not configured', async () => {
    const { status: code, body } = await sam().get('/v1/exposures?cluster=x');
    expect(code).toBe(404);
    expect(body.error.message).toContain('local');
  });
});

describe('the audit log', () => {
  it('has a medium event with its outcome for each write', async () => {
    const { body } = await apply();
    const { namespace, name, uid } = body.exposure;
    await sam().delete(`/v1/exposures/local/${namespace}/${name}?uid=${uid}`);
    expect(backend.audit).toEqual([
      {
        eventId: 'exposure-apply',
        severityLevel: 'medium',
        meta: { entityRef: SHOP },
        outcome: 'success',
        outcomeMeta: {
          action: 'create',
          cluster: 'local',
          namespace,
          name,
          host: `shop.${SUFFIX}`,
        },
      },
      {
        eventId: 'exposure-delete',
        severityLevel: 'medium',
        meta: { cluster: 'local', namespace, name, uid },
        outcome: 'success',
        outcomeMeta: { entityRef: SHOP, host: `shop.${SUFFIX}` },
      },
    ]);
  });

  it('has the failure of a write that was refused', async () => {
    await backend
      .as('user:default/pat')
      .post('/v1/exposures', { entityRef: SHOP });
    expect(backend.audit).toEqual([
      expect.objectContaining({
        eventId: 'exposure-apply',
        outcome: 'fail',
        error: expect.objectContaining({ name: 'NotAllowedError' }),
      }),
    ]);
  });

  it('has a low event for each read', async () => {
    await sam().get(`/v1/exposures?entityRef=${SHOP}`);
    await sam().get('/v1/exposures');
    await sam().get('/v1/ca');
    expect(
      backend.audit.map(({ eventId, severityLevel, meta }) => [
        eventId,
        severityLevel ?? 'low',
        meta?.queryType,
      ]),
    ).toEqual([
      ['exposure-fetch', 'low', 'by-entity'],
      ['exposure-fetch', 'low', 'list'],
      ['ca-fetch', 'low', undefined],
    ]);
  });
});

describe('an apply onto a route that is being deleted', () => {
  it('is refused until the route is gone, though it holds exactly what is asked for', async () => {
    const { exposure } = (await apply()).body;
    expect(exposure).toBeDefined();
    const [made] = server.routes();
    server.put({
      ...made,
      metadata: {
        ...made.metadata,
        deletionTimestamp: '2026-11-01T12:00:00Z',
      },
    });
    const refused = await apply();
    expect(refused.status).toBe(409);
    expect(refused.body.error.findings).toMatchObject([
      {
        reason: 'RouteBeingDeleted',
        subject: { kind: 'HTTPRoute', name: made.metadata.name },
      },
    ]);
    server.reset(...clusterObjects());
    expect((await apply()).status).toBe(201);
  });
});
