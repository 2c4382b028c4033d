import type {
  Certificate,
  CertificateRow,
  CertificatesView,
  KubernetesObject,
} from 'backstage-plugin-networking-common';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  status,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import { rulesReview } from '../__testUtils__/fakeCertificates';
import {
  accepted,
  clusterObjects,
  issued,
  route,
  SUFFIX,
  worldCertificates,
  type WorldCertificates,
} from '../__testUtils__/world';

const ALEX = 'user:default/alex';
const REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews';

let certificates: WorldCertificates;
let server: FakeApiServer;
let backend: TestBackend;

beforeAll(async () => {
  certificates = await worldCertificates();
  server = await startFakeApiServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  server.reset(...clusterObjects(), ...certificates.objects);
  server.put(
    accepted(
      route('shop', { labels: { 'backstage.io/kubernetes-id': 'shop' } }),
    ),
    accepted(
      route('payments', {
        namespace: 'payments',
        labels: { 'backstage.io/kubernetes-id': 'payments' },
      }),
    ),
    accepted(route('nobodys', { namespace: 'kube-system' })),
  );
  // Rights are kept for a minute, and each test has its own.
  backend = await startBackend({
    server,
    policy: ({ user, permission, entityRef }) => {
      if (user === ALEX) return true;
      if (user === 'user:default/kim') {
        return (
          permission !== 'networking.certificate.renew' &&
          entityRef !== 'component:default/payments'
        );
      }
      return permission !== 'networking.platform.read';
    },
  });
});

afterEach(() => backend.stop());

const read = async (user = ALEX, query = ''): Promise<CertificatesView> => {
  const { status: code, body } = await backend
    .as(user)
    .get(`/v1/certificates${query}`);
  expect(body.error).toBeUndefined();
  expect(code).toBe(200);
  return body;
};
const rowOf = (view: CertificatesView, name: string): CertificateRow =>
  view.certificates.find(({ secret }) => secret.name === name)!;
const change = (name: string, by: (certificate: Certificate) => object) => {
  const certificate = server
    .objects()
    .find(
      ({ kind, metadata }) => kind === 'Certificate' && metadata.name === name,
    ) as Certificate;
  server.put({ ...certificate, ...by(certificate) } as KubernetesObject);
};

describe('the certificates', () => {
  it('are those that listeners use and the CAs behind them, with listeners, hosts and entities', async () => {
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
    );
    const view = await read();
    expect(
      view.certificates.map(({ role, secret, listeners }) => ({
        role,
        secret,
        listeners,
      })),
    ).toEqual(
      expect.arrayContaining([
        {
          role: 'served',
          secret: { namespace: 'kube-system', name: 'idp-wildcard-cert' },
          listeners: [
            {
              kind: 'Gateway',
              namespace: 'kube-system',
              name: 'idp-gateway',
              section: 'https',
            },
          ],
        },
        {
          role: 'ca',
          secret: { namespace: 'cert-manager', name: 'idp-demo-ca-secret' },
          listeners: [],
        },
      ]),
    );
    expect(view.certificates).toHaveLength(2);
    for (const name of ['idp-wildcard-cert', 'idp-demo-ca-secret']) {
      expect(
        rowOf(view, name).hosts.map(({ host, entities }) => [host, entities]),
      ).toEqual([
        [`nobodys.${SUFFIX}`, []],
        [`payments.${SUFFIX}`, ['component:default/payments']],
        [`shop.${SUFFIX}`, ['component:default/shop']],
      ]);
    }
    expect(view.permissions).toEqual({ renew: true });
    expect(view.topic).toEqual(expect.any(String));
    expect(view.clusters).toMatchObject([
      { cluster: 'local', reachable: true },
    ]);
  });

  it('are in the order of trouble', async () => {
    server.put(
      ...issued({
        name: 'idp-wildcard-cert',
        namespace: 'kube-system',
        secretName: 'idp-wildcard-cert',
        issuer: 'missing',
        certificate: certificates.wildcard,
        ca: certificates.ca,
        dnsNames: [`*.${SUFFIX}`],
      }),
    );
    const [worst, ...others] = (await read()).certificates;
    expect(worst).toMatchObject({
      secret: { name: 'idp-wildcard-cert' },
      finding: { reason: 'IssuerMissing' },
      renewable: { possible: false, why: expect.stringMatching(/missing/) },
    });
    expect(others.map(({ word }) => word)).not.toContain('Bad');
  });

  it('name only hosts and entities that the caller may read', async () => {
    const view = await read('user:default/kim');
    expect(
      rowOf(view, 'idp-wildcard-cert').hosts.map(({ host }) => host),
    ).toEqual([`nobodys.${SUFFIX}`, `shop.${SUFFIX}`]);
    expect(JSON.stringify(view)).not.toContain('payments');
    expect(view.permissions).toEqual({ renew: false });
  });

  it('are shown to readers of the platform alone', async () => {
    const { status: code, body } = await backend
      .as('user:default/sam')
      .get('/v1/certificates');
    expect(code).toBe(403);
    expect(body.error.message).toMatch(/networking\.platform\.read/);
    expect(backend.audit).toMatchObject([
      { eventId: 'certificates-fetch', outcome: 'fail' },
    ]);
  });

  it('can be read of one cluster, which has to be one', async () => {
    expect((await read(ALEX, '?cluster=local')).certificates).toHaveLength(2);
    const { status: code } = await backend
      .as(ALEX)
      .get('/v1/certificates?cluster=other');
    expect(code).toBe(404);
  });

  it('are shown as they were last known of a cluster that is away', async () => {
    await read();
    server.goDown();
    const view = await read();
    expect(view.clusters).toMatchObject([{ reachable: false }]);
    expect(rowOf(view, 'idp-wildcard-cert').renewable).toEqual({
      possible: false,
      why: 'Cluster local does not answer.',
    });
  });
});

const WITHOUT_RIGHTS =
  /may not get certificates and update certificates\/status in namespace kube-system of cluster local\. Bind Role networking-backend-renewal .*idp-wildcard-cert among its resourceNames/;

const rule = (rest: object) => ({
  verbs: ['get'],
  apiGroups: ['cert-manager.io'],
  resources: ['certificates'],
  resourceNames: ['idp-wildcard-cert'],
  ...rest,
});
const STATUS = { verbs: ['update'], resources: ['certificates/status'] };

const OFFERED = { possible: true };
const REFUSED = {
  possible: false,
  why: expect.stringMatching(WITHOUT_RIGHTS),
};

const RIGHTS: Record<
  string,
  { rules: object[]; incomplete?: boolean; renewable: object }
> = {
  'as the Role grants it': {
    rules: [rule({}), rule(STATUS)],
    renewable: OFFERED,
  },
  'whatever else is granted': {
    rules: [
      rule({ verbs: ['list'], resourceNames: [] }),
      rule({}),
      rule(STATUS),
    ],
    renewable: OFFERED,
  },
  'by wildcards': {
    rules: [
      rule({
        verbs: ['*'],
        apiGroups: ['*'],
        resources: ['*'],
        resourceNames: [],
      }),
    ],
    renewable: OFFERED,
  },
  'by a wildcard for the status of everything': {
    rules: [rule({}), rule({ ...STATUS, resources: ['*/status'] })],
    renewable: OFFERED,
  },
  'where a webhook may grant it': {
    rules: [],
    incomplete: true,
    renewable: OFFERED,
  },
  'but not without update of the status': {
    rules: [rule({})],
    renewable: REFUSED,
  },
  'but not without get': { rules: [rule(STATUS)], renewable: REFUSED },
  'but not for another Certificate': {
    rules: [
      rule({ resourceNames: ['other'] }),
      rule({ ...STATUS, resourceNames: ['other'] }),
    ],
    renewable: REFUSED,
  },
  'but not in another group': {
    rules: [rule({ apiGroups: [''] }), rule({ ...STATUS, apiGroups: [''] })],
    renewable: REFUSED,
  },
};

describe('a renewal is offered', () => {
  it.each(Object.entries(RIGHTS))(
    '%s',
    async (_, { rules, incomplete, renewable }) => {
      server.script(({ path }) =>
        path === REVIEWS ? rulesReview(rules, incomplete) : undefined,
      );
      expect(rowOf(await read(), 'idp-wildcard-cert').renewable).toEqual(
        renewable,
      );
    },
  );

  it('where the API server does not tell what is granted', async () => {
    server.script(({ path }) =>
      path === REVIEWS ? status(500, 'InternalError') : undefined,
    );
    expect(rowOf(await read(), 'idp-wildcard-cert').renewable).toEqual({
      possible: true,
    });
  });

  it('but not while it is under way', async () => {
    change('idp-wildcard-cert', ({ status: before }) => ({
      status: {
        ...before,
        conditions: [
          ...before!.conditions!,
          { type: 'Issuing', status: 'True', reason: 'ManuallyTriggered' },
        ],
      },
    }));
    expect(rowOf(await read(), 'idp-wildcard-cert').renewable).toMatchObject({
      possible: false,
    });
  });

  it('of a CA only where it keeps its key', async () => {
    expect(rowOf(await read(), 'idp-demo-ca-secret').renewable).toEqual({
      possible: false,
      why: expect.stringMatching(/Set spec\.privateKey\.rotationPolicy/),
    });
    change('idp-demo-ca', ({ spec }) => ({
      spec: { ...spec, privateKey: { rotationPolicy: 'Never' } },
    }));
    expect(rowOf(await read(), 'idp-demo-ca-secret').renewable).toEqual({
      possible: true,
    });
  });

  it('at the price of one request for each namespace and minute, and only where somebody may renew', async () => {
    await read('user:default/kim');
    expect(server.requests.filter(({ path }) => path === REVIEWS)).toEqual([]);
    await Promise.all([read(), read(), read()]);
    expect(server.requests.filter(({ path }) => path === REVIEWS)).toHaveLength(
      1,
    );
  });
});

it('what a renewal comes to is told by the certificates alone', async () => {
  const before = rowOf(await read(), 'idp-wildcard-cert');
  const { uid, resourceVersion } = before.facts.certificate!;
  const { status: code, body } = await backend
    .as(ALEX)
    .post('/v1/certificates/local/kube-system/idp-wildcard-cert/renewal', {
      uid,
      resourceVersion,
    });
  expect(code).toBe(202);
  expect(body).toMatchObject({
    revision: 1,
    serialNumber: before.facts.leaf!.serialNumber,
  });
  const under = rowOf(await read(), 'idp-wildcard-cert');
  expect(under.findings.map(({ reason }) => reason)).toContain(
    'CertificateBeingRenewed',
  );
  expect(under.facts.certificate!.revision).toBe(1);

  const again = await worldCertificates();
  server.put(
    ...issued({
      name: 'idp-wildcard-cert',
      namespace: 'kube-system',
      secretName: 'idp-wildcard-cert',
      issuer: 'idp-demo-ca',
      certificate: again.wildcard,
      ca: certificates.ca,
      dnsNames: [`*.${SUFFIX}`],
    }),
  );
  const after = rowOf(await read(), 'idp-wildcard-cert');
  expect(after.facts.leaf!.serialNumber).not.toBe(body.serialNumber);
  expect(after.findings.map(({ reason }) => reason)).not.toContain(
    'CertificateBeingRenewed',
  );
});
