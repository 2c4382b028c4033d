import type {
  Certificate,
  Condition,
  KubernetesObject,
} from 'backstage-plugin-networking-common';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
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
let server: FakeApiServer;
let backend: TestBackend;

beforeAll(async () => {
  certificates = await worldCertificates();
  server = await startFakeApiServer();
  backend = await startBackend({
    server,
    policy: ({ user, permission }) =>
      user === 'user:default/alex' ||
      permission !== 'networking.certificate.renew',
  });
});

afterAll(async () => {
  await backend.stop();
  await server.close();
});

beforeEach(() => {
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

it('of two renewals at the same time one is carried out', async () => {
  const answers = await Promise.all([renew(), renew()]);
  expect(answers.map(({ status: code }) => code).sort()).toEqual([202, 409]);
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
