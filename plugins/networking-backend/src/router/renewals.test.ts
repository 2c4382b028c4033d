import type {
  Certificate,
  CertificatesView,
  Condition,
  KubernetesObject,
} from 'backstage-plugin-networking-common';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  status,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import { sharedDatabase } from '../__testUtils__/sharedDatabase';
import {
  clusterObjects,
  issued,
  worldCertificates,
  type WorldCertificates,
} from '../__testUtils__/world';

const WILDCARD = 'kube-system/idp-wildcard-cert';
const UID = 'uid-of-idp-wildcard-cert';
const CA = { namespace: 'cert-manager', name: 'idp-demo-ca' };

let certificates: WorldCertificates;
let database: ReturnType<typeof sharedDatabase>;
let server: FakeApiServer;
let backend: TestBackend;

beforeAll(async () => {
  certificates = await worldCertificates();
  server = await startFakeApiServer();
  database = sharedDatabase();
  backend = await startBackend({
    server,
    features: [database.feature],
    policy: ({ user, permission }) =>
      user === 'user:default/alex' ||
      permission !== 'networking.certificate.renew',
  });
});

afterAll(async () => {
  await backend.stop();
  await server.close();
  await database.destroy();
});

beforeEach(async () => {
  await database.knex('renewals').delete();
  server.reset(...clusterObjects(), ...certificates.objects);
  backend.audit.length = 0;
});

const pathOf = (certificate: string) =>
  `/v1/certificates/local/${certificate}/renewal`;
const renew = (certificate = WILDCARD, body: object = { uid: UID }) =>
  backend.as('user:default/alex').post(pathOf(certificate), body);
const find = (name: string) =>
  server
    .objects()
    .find(
      (object): object is Certificate =>
        object.kind === 'Certificate' && object.metadata.name === name,
    )!;
const change = (name: string, by: (certificate: Certificate) => object) => {
  const certificate = find(name);
  server.put({ ...certificate, ...by(certificate) } as KubernetesObject);
};
const lastAudit = () => backend.audit[backend.audit.length - 1];

describe('a renewal', () => {
  it('sets the condition Issuing as cmctl renew does, and leaves all else of the status as it is', async () => {
    change('idp-wildcard-cert', ({ status: before }) => ({
      status: {
        ...before,
        renewalTime: '2026-12-01T00:00:00Z',
        ofALaterVersion: { kept: true },
      },
    }));
    const before = find('idp-wildcard-cert');
    const { status: code, body } = await renew(WILDCARD, {
      uid: UID,
      resourceVersion: before.metadata.resourceVersion,
    });
    expect(code).toBe(202);
    expect(body).toEqual({
      cluster: 'local',
      namespace: 'kube-system',
      name: 'idp-wildcard-cert',
      uid: UID,
      revision: 1,
      serialNumber: expect.stringMatching(/^[0-9A-F]+$/),
      requestedAt: expect.stringMatching(/^[0-9-]{10}T[0-9:]{8}Z$/),
    });
    expect(find('idp-wildcard-cert').status).toEqual({
      ...before.status,
      conditions: [
        ...before.status!.conditions!,
        {
          type: 'Issuing',
          status: 'True',
          reason: 'ManuallyTriggered',
          message: 'Certificate re-issuance manually triggered',
          observedGeneration: 1,
          lastTransitionTime: body.requestedAt,
        },
      ],
    });
    expect(server.writes()).toEqual([
      expect.objectContaining({
        method: 'PUT',
        path: '/apis/cert-manager.io/v1/namespaces/kube-system/certificates/idp-wildcard-cert/status',
        query: { fieldManager: 'backstage-networking' },
        body: expect.objectContaining({
          metadata: expect.objectContaining({
            uid: UID,
            resourceVersion: before.metadata.resourceVersion,
          }),
        }),
      }),
    ]);
  });

  it('takes the place of a condition that ended', async () => {
    const ended: Condition = {
      type: 'Issuing',
      status: 'False',
      reason: 'Failed',
      message: 'The order failed.',
      lastTransitionTime: '2026-11-01T00:00:00Z',
    };
    change('idp-wildcard-cert', ({ status: before }) => ({
      status: {
        ...before,
        conditions: [ended, ...before!.conditions!],
      },
    }));
    const { body } = await renew();
    const [issuing, ready] = find('idp-wildcard-cert').status!.conditions!;
    expect(issuing).toMatchObject({
      type: 'Issuing',
      status: 'True',
      lastTransitionTime: body.requestedAt,
    });
    expect(ready).toMatchObject({ type: 'Ready', status: 'True' });
  });

  it('is audited, with who asked for what', async () => {
    await renew();
    expect(lastAudit()).toMatchObject({
      eventId: 'certificate-renew',
      severityLevel: 'medium',
      meta: {
        cluster: 'local',
        namespace: 'kube-system',
        name: 'idp-wildcard-cert',
        uid: UID,
      },
      outcome: 'success',
      outcomeMeta: { role: 'served', revision: 1 },
    });
  });

  it('is given of a CA that keeps its key', async () => {
    change(CA.name, ({ spec }) => ({
      spec: { ...spec, privateKey: { rotationPolicy: 'Never' } },
    }));
    const { status: code } = await renew(`${CA.namespace}/${CA.name}`, {
      uid: `uid-of-${CA.name}`,
    });
    expect(code).toBe(202);
    expect(lastAudit().outcomeMeta).toMatchObject({ role: 'ca' });
  });
});

interface Refusal {
  certificate?: string;
  body?: object;
  arrange?: () => void;
  as?: string;
  code: number;
  says: RegExp[];
}

const issuing = (rest: Partial<Condition>): Condition => ({
  type: 'Issuing',
  status: 'True',
  ...rest,
});

const REFUSALS: Record<string, Refusal> = {
  'of someone without the permission': {
    as: 'user:default/sam',
    code: 403,
    says: [/needs permission networking\.certificate\.renew/],
  },
  'of a Certificate that has been made anew': {
    body: { uid: 'uid-of-another' },
    code: 409,
    says: [/another uid/, /Look at Certificate kube-system\/idp-wildcard-cert/],
  },
  'of a Certificate that has changed since it was shown': {
    body: { uid: UID, resourceVersion: '1' },
    code: 409,
    says: [/has changed since it was shown/],
  },
  'while it is being issued, saying since when': {
    arrange: () =>
      change('idp-wildcard-cert', ({ status: before }) => ({
        status: {
          ...before,
          conditions: [issuing({ lastTransitionTime: '2026-11-25T18:30:05Z' })],
        },
      })),
    code: 409,
    says: [/is being issued already, since 2026-11-25 18:30 UTC/],
  },
  'of a Certificate that is being deleted': {
    arrange: () =>
      change('idp-wildcard-cert', ({ metadata }) => ({
        metadata: { ...metadata, deletionTimestamp: '2026-11-25T18:30:05Z' },
      })),
    code: 409,
    says: [/is being deleted/],
  },
  'of a CA that would get another key': {
    certificate: `${CA.namespace}/${CA.name}`,
    body: { uid: `uid-of-${CA.name}` },
    code: 409,
    says: [
      /clients would then refuse every certificate that it has signed/,
      /Set spec\.privateKey\.rotationPolicy of Certificate cert-manager\/idp-demo-ca to Never/,
    ],
  },
  'of a Certificate that no listener uses': {
    arrange: () =>
      server.put(
        ...issued({
          name: 'other',
          namespace: 'shop',
          secretName: 'other',
          issuer: 'idp-demo-ca',
          certificate: certificates.wildcard,
          ca: certificates.ca,
          dnsNames: ['other.example.org'],
        }),
      ),
    certificate: 'shop/other',
    body: { uid: 'uid-of-other' },
    code: 404,
    says: [/No listener of cluster local uses a Certificate shop\/other/],
  },
  'of a Certificate that does not exist': {
    certificate: 'shop/missing',
    code: 404,
    says: [/No listener of cluster local uses a Certificate shop\/missing/],
  },
  'without the uid of what was shown': {
    body: {},
    code: 400,
    says: [/uid/],
  },
  'while the cluster is away': {
    arrange: () => server.goDown(),
    code: 503,
    says: [/Cluster local does not answer/],
  },
};

describe('a renewal is refused, and nothing written,', () => {
  it.each(Object.entries(REFUSALS))('%s', async (_, refusal) => {
    refusal.arrange?.();
    const { status: code, body } = await backend
      .as(refusal.as ?? 'user:default/alex')
      .post(
        pathOf(refusal.certificate ?? WILDCARD),
        refusal.body ?? { uid: UID },
      );
    expect(code).toBe(refusal.code);
    for (const text of refusal.says) expect(body.error.message).toMatch(text);
    expect(server.writes()).toEqual([]);
    expect(backend.audit.map(({ outcome }) => outcome)).toEqual(
      // What is no request at all is none that failed either.
      code === 400 ? [] : ['fail'],
    );
  });
});

describe('a second renewal within a minute', () => {
  /** As cert-manager ends an issuance. */
  const issue = () =>
    change('idp-wildcard-cert', ({ status: before }) => ({
      status: {
        ...before,
        revision: 2,
        conditions: before!.conditions!.filter(
          ({ type }) => type !== 'Issuing',
        ),
      },
    }));
  const ofWildcard = async () => {
    const { body } = await backend
      .as('user:default/alex')
      .get('/v1/certificates');
    return (body as CertificatesView).certificates.find(
      ({ facts }) => facts.certificate?.uid === UID,
    )!.renewable;
  };

  it('is refused with when to ask again, and not with who asked', async () => {
    expect((await renew()).status).toBe(202);
    issue();
    const { status: code, body, headers } = await renew();
    expect(code).toBe(429);
    const [finding] = body.error.findings;
    expect(finding).toMatchObject({
      reason: 'RenewedLately',
      severity: 'blocking',
      subject: {
        kind: 'Certificate',
        cluster: 'local',
        namespace: 'kube-system',
        name: 'idp-wildcard-cert',
      },
    });
    expect(headers['retry-after']).toBe(finding.details.againInSeconds);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(JSON.stringify(body)).not.toContain('alex');
    expect(server.writes()).toHaveLength(1);
    expect(lastAudit().outcome).toBe('fail');
  });

  it('is refused by another replica too', async () => {
    const other = await startBackend({
      server,
      features: [database.feature],
      policy: () => true,
    });
    try {
      await renew();
      issue();
      const { status: code } = await other
        .someone()
        .post(pathOf(WILDCARD), { uid: UID });
      expect(code).toBe(429);
      expect(server.writes()).toHaveLength(1);
    } finally {
      await other.stop();
    }
  });

  it('is told to nobody who may not renew', async () => {
    await renew();
    issue();
    const { status: code } = await backend
      .as('user:default/sam')
      .post(pathOf(WILDCARD), { uid: UID });
    expect(code).toBe(403);
  });

  it('is offered by the page from when on it is taken', async () => {
    expect(await ofWildcard()).toEqual({ possible: true });
    await renew();
    issue();
    const renewable = await ofWildcard();
    expect(renewable).toEqual({ possible: true, from: expect.any(String) });
    const { body } = await backend
      .as('user:default/sam')
      .get('/v1/certificates');
    expect(JSON.stringify(body)).not.toContain('"from":');
  });

  it('is carried out where the first came to nothing', async () => {
    server.script(({ method }) =>
      method === 'PUT' ? status(409, 'Conflict') : undefined,
    );
    expect((await renew()).status).toBe(409);
    server.script(() => undefined);
    expect((await renew()).status).toBe(202);
  });

  it('is not carried out while nobody can tell whether there was a first', async () => {
    await database.knex.schema.renameTable('renewals', 'renewals_away');
    try {
      const { status: code, body } = await renew();
      expect(code).toBe(503);
      expect(body.error.findings).toMatchObject([
        { reason: 'DatabaseFailed', severity: 'blocking' },
      ]);
      expect(server.writes()).toEqual([]);
      expect(await ofWildcard()).toEqual({ possible: true });
    } finally {
      await database.knex.schema.renameTable('renewals_away', 'renewals');
    }
  });

  it('is carried out of another certificate', async () => {
    await renew();
    change(CA.name, ({ spec }) => ({
      spec: { ...spec, privateKey: { rotationPolicy: 'Never' } },
    }));
    const { status: code } = await renew(`${CA.namespace}/${CA.name}`, {
      uid: `uid-of-${CA.name}`,
    });
    expect(code).toBe(202);
  });
});

it('of many renewals at the same time, over two replicas, one is carried out', async () => {
  const other = await startBackend({
    server,
    features: [database.feature],
    policy: () => true,
  });
  try {
    const answers = await Promise.all(
      [backend, other, backend, other].map(replica =>
        replica.as('user:default/alex').post(pathOf(WILDCARD), { uid: UID }),
      ),
    );
    const codes = answers.map(({ status: code }) => code).sort();
    expect(codes[0]).toBe(202);
    // What finds it being issued already says that.
    for (const code of codes.slice(1)) expect([409, 429]).toContain(code);
    expect(server.writes()).toHaveLength(1);
  } finally {
    await other.stop();
  }
});

describe('where permissions are disabled', () => {
  const start = (allowWithoutPermissions: boolean) =>
    startBackend({
      server,
      permissionsEnabled: false,
      networking: { allowWithoutPermissions },
    });

  it.each([
    [403, false],
    [202, true],
  ])(
    'a renewal is answered %s with allowWithoutPermissions %s',
    async (code, allowed) => {
      const other = await start(allowed);
      try {
        const { status: answered } = await other
          .as('user:default/alex')
          .post(pathOf(WILDCARD), { uid: UID });
        expect(answered).toBe(code);
      } finally {
        await other.stop();
      }
    },
  );
});
