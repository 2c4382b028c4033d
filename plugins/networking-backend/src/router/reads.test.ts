import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import { makeCertificate } from '../__testUtils__/certificates';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import {
  accepted,
  clusterObjects,
  route,
  worldCertificates,
  type WorldCertificates,
} from '../__testUtils__/world';

const SHOP = 'component:default/shop';

let certificates: WorldCertificates;
let server: FakeApiServer;
let gateway: Server;
let backend: TestBackend;
let answer: number;
let hosts: string[];
/** How much later it is than the machine's time. */
let laterMs = 0;

beforeAll(async () => {
  certificates = await worldCertificates();
  gateway = createServer(certificates.wildcard, (request, response) => {
    hosts.push(String(request.headers.host));
    response.writeHead(answer);
    response.end('shop v1 says hello');
  });
  await new Promise<void>(resolve =>
    gateway.listen(0, '127.0.0.1', () => resolve()),
  );
  const now = () => new Date(Date.now() + laterMs);
  server = await startFakeApiServer([], now);
  backend = await startBackend({
    server,
    now,
    networking: {
      network: { lanIp: '127.0.0.1' },
      probe: {
        address: `127.0.0.1:${(gateway.address() as AddressInfo).port}`,
      },
    },
  });
});

afterAll(async () => {
  await backend.stop();
  await server.close();
  gateway.closeAllConnections();
  await new Promise(resolve => gateway.close(resolve));
});

beforeEach(() => {
  answer = 200;
  hosts = [];
  server.reset(...clusterObjects(), ...certificates.objects);
});

const sam = () => backend.as('user:default/sam');
const alex = () => backend.as('user:default/alex');

/** Exposes the shop, as a controller that has accepted it says. */
async function exposeShop() {
  const { body } = await sam().post('/v1/exposures', { entityRef: SHOP });
  const [live] = server.routes();
  if (live) server.put(accepted(live));
  return body.exposure as { namespace: string; name: string };
}

const exposureAddress = ({
  namespace,
  name,
}: {
  namespace: string;
  name: string;
}) => ({ namespace, name });

const tab = async () => {
  const { body } = await sam().get(`/v1/exposures?entityRef=${SHOP}`);
  return body;
};

describe('the exposures of an entity', () => {
  it('are Live with good TLS where the probe proves it', async () => {
    await exposeShop();
    const { exposures } = await tab();
    expect(exposures).toHaveLength(1);
    expect(exposures[0]).toMatchObject({
      verdict: { word: 'Live' },
      tls: {
        word: 'Good',
        coversHost: true,
        issuer: { name: 'idp-demo-ca' },
        trustedBy: { subject: 'CN=idp-demo-ca' },
      },
      hosts: [{ probe: { http: { status: 200 }, tls: { verified: true } } }],
    });
    expect(hosts).toHaveLength(1);
  });

  const ANSWERS: Record<string, { code: number; word: string }> = {
    'asks for a sign-in': { code: 401, word: 'Live' },
    'redirects, which is not followed': { code: 302, word: 'Live' },
    'fails in the service': { code: 503, word: 'Broken' },
    'is not found': { code: 404, word: 'Degraded' },
  };

  it.each(Object.entries(ANSWERS))(
    'are judged by the answer: it %s',
    async (_, { code, word }) => {
      answer = code;
      await exposeShop();
      await tab();
      // The gateway has had the time to take the change up.
      laterMs += 11_000;
      const { exposures } = await tab();
      expect(exposures[0].verdict.word).toBe(word);
    },
  );

  it('are not Live before the controller has judged this generation', async () => {
    await sam().post('/v1/exposures', { entityRef: SHOP });
    const { exposures } = await tab();
    expect(exposures[0].verdict.word).not.toBe('Live');
  });

  it('are in the list as the probes of the last minute found them', async () => {
    await exposeShop();
    const list = async (query: string) => {
      const { body } = await sam().get(`/v1/exposures${query}`);
      return body.items.map(
        (item: { verdict: { word: string } }) => item.verdict.word,
      );
    };
    expect(await list('')).toEqual(['Unknown']);
    expect(await list('?verdict=Live')).toEqual([]);
    await tab();
    hosts = [];
    expect(await list('')).toEqual(['Live']);
    expect(await list('?verdict=Live')).toEqual(['Live']);
    expect(hosts).toEqual([]);
  });

  it('are shown with their age where the cluster does not answer', async () => {
    await exposeShop();
    await tab();
    server.goDown();
    hosts = [];
    const { exposures, clusters } = await tab();
    expect(clusters[0]).toMatchObject({
      reachable: false,
      findings: [{ reason: 'ClusterUnreachable' }],
    });
    expect(exposures[0].verdict.word).toBe('Unknown');
    expect(hosts).toEqual([]);
  });

  it('warn of a claim from a namespace that is not the entity’s', async () => {
    server.put(
      route('claims', {
        namespace: 'payments',
        annotations: { 'idp.networking/entity-ref': SHOP },
      }),
    );
    const { exposures } = await tab();
    expect(exposures[0].findings).toContainEqual(
      expect.objectContaining({ reason: 'ClaimedFromForeignNamespace' }),
    );
  });

  it('have beside them the routes that are not judged, being of another kind', async () => {
    const { spec } = route('api', { host: 'api.127-0-0-1.nip.io' });
    const grpc = (name: string, namespace: string) => ({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GRPCRoute',
      metadata: { name, namespace },
      spec: {
        ...spec,
        rules: [{ backendRefs: [{ name: namespace, port: 8080 }] }],
      },
    });
    const { notJudged: before } = await tab();
    server.put(grpc('api', 'shop'), grpc('theirs', 'payments'));
    const { exposures, notJudged } = await tab();
    expect([before, exposures]).toEqual([undefined, []]);
    expect(notJudged).toMatchObject([
      {
        reason: 'RouteKindNotJudged',
        message: expect.stringMatching(
          /^GRPCRoute shop\/api takes requests for api\.127-0-0-1\.nip\.io\./,
        ),
      },
    ]);
  });

  it('say what the caller may do', async () => {
    const { body } = await backend
      .as('user:default/pat')
      .get(`/v1/exposures?entityRef=${SHOP}`);
    expect(body.permissions).toEqual({
      create: false,
      update: false,
      delete: false,
    });
  });
});

describe('a check of an exposure now', () => {
  const check = (
    { namespace, name }: { namespace: string; name: string },
    caller = sam(),
  ) => caller.post(`/v1/exposures/local/${namespace}/${name}/probe`, {});

  it('asks its hosts, and not again within the minute, and says from when on', async () => {
    const exposure = await exposeShop();
    const first = await check(exposure);
    const host = 'shop.127-0-0-1.nip.io';
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({
      asked: [host],
      exposure: { verdict: { word: 'Live' } },
    });
    expect(hosts).toHaveLength(1);
    const second = await check(exposure);
    expect(second.body).toMatchObject({
      asked: [],
      exposure: {
        verdict: { word: 'Live' },
        hosts: [{ probe: first.body.exposure.hosts[0].probe }],
      },
    });
    expect(hosts).toHaveLength(1);
    const at = Date.parse(first.body.exposure.hosts[0].probe.at);
    const wait = Date.parse(second.body.againAt) - at;
    expect(wait).toBeGreaterThan(50_000);
    expect(wait).toBeLessThanOrEqual(60_000);
  });

  it('is audited, with how many hosts were asked', async () => {
    const exposure = await exposeShop();
    backend.audit.length = 0;
    await check(exposure);
    expect(backend.audit).toMatchObject([
      {
        eventId: 'exposure-probe',
        severityLevel: 'low',
        meta: { cluster: 'local', ...exposureAddress(exposure) },
        outcome: 'success',
        outcomeMeta: { asked: 1 },
      },
    ]);
  });

  it('is none of a route that does not exist', async () => {
    const { status, body } = await check({ namespace: 'shop', name: 'gone' });
    expect([status, body.error.name]).toEqual([404, 'NotFoundError']);
    expect(hosts).toEqual([]);
  });

  it('dials nothing where the cluster does not answer', async () => {
    const exposure = await exposeShop();
    server.goDown();
    const { status, body } = await check(exposure);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      asked: [],
      exposure: { verdict: { word: 'Unknown' } },
    });
    expect(hosts).toEqual([]);
  });
});

describe('one exposure', () => {
  it('has its manifest as it stands, without field ownership', async () => {
    const { namespace, name } = await exposeShop();
    const { body } = await sam().get(
      `/v1/exposures/local/${namespace}/${name}`,
    );
    expect(body.verdict.word).toBe('Live');
    expect(body.manifest.metadata).toMatchObject({ name, namespace });
    expect(body.manifest.metadata.managedFields).toBeUndefined();
    expect(body.yaml).toContain(`name: ${name}`);
  });
});

describe('the Services that an entity may expose', () => {
  it('are listed with ports, and what stands against a write', async () => {
    const { body } = await sam().get(`/v1/services?entityRef=${SHOP}`);
    expect(body).toMatchObject({
      services: [
        {
          namespace: 'shop',
          name: 'shop',
          ports: [{ port: 8080 }],
          freeHostLabel: 'shop',
        },
      ],
      clusters: [
        {
          cluster: 'local',
          dnsSuffix: '127-0-0-1.nip.io',
          publicHttpsPort: 443,
        },
      ],
    });
    expect(body.clusters[0].blocked).toBeUndefined();

    server.remove('Gateway', 'kube-system', 'idp-gateway');
    const without = await sam().get(`/v1/services?entityRef=${SHOP}`);
    expect(without.body.clusters[0].blocked.reason).toBe('GatewayMissing');
  });
});

describe('the platform', () => {
  it('has a line for each part and the number of exposures', async () => {
    await exposeShop();
    const { status: code, body } = await alex().get('/v1/platform');
    expect(code).toBe(200);
    const [cluster] = body.clusters;
    expect(cluster).toMatchObject({ cluster: 'local', exposureCount: 1 });
    const parts = cluster.parts.map(({ part }: { part: string }) => part);
    expect(parts).toEqual(
      expect.arrayContaining(['gatewayclass', 'gateway', 'listener', 'issuer']),
    );
  });

  it('says how well each kind is known', async () => {
    await exposeShop();
    const { body } = await alex().get('/v1/platform');
    expect(body.clusters[0].kinds).toContainEqual({
      kind: 'HTTPRoute',
      status: 'synced',
      objects: 1,
      since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
  });
});

describe('a kind that the cluster does not serve', () => {
  it('is a fact of the platform and nothing that a tab has to say, until it appears', async () => {
    await alex().get('/v1/platform');
    server.intercept(({ path }, outgoing) => {
      if (!path.endsWith('/tlsroutes')) return false;
      outgoing.writeHead(404).end('{}');
      return true;
    });
    server.cut();
    const facts = async (): Promise<string[]> =>
      (await alex().get('/v1/platform')).body.clusters[0].findings.map(
        ({ reason }: { reason: string }) => reason,
      );
    while (!(await facts()).includes('KindsNotServed'));
    expect(await facts()).toEqual(['KindsNotServed']);
    expect((await tab()).clusters[0].findings).toEqual([]);

    server.intercept(undefined);
    while ((await facts()).includes('KindsNotServed'));
    expect(await facts()).toEqual([]);
  });
});

describe('the settings', () => {
  it('are in force with where each comes from', async () => {
    const { body } = await alex().get('/v1/settings');
    expect(body.entries).toContainEqual(
      expect.objectContaining({
        key: 'network.dns_suffix',
        cluster: 'local',
        value: '127-0-0-1.nip.io',
        provenance: { source: 'computed', location: 'network.lan_ip' },
      }),
    );
  });
});

describe('the CA', () => {
  it('is PEM with its fingerprint, for anyone who is signed in', async () => {
    const { body, headers, text } = await sam()
      .get('/v1/ca')
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(Buffer.from(chunk)));
        response.on('end', () => done(null, Buffer.concat(chunks).toString()));
      });
    expect(String(body ?? text).trim()).toBe(certificates.ca.cert.trim());
    expect(headers['content-type']).toContain('application/x-pem-file');
    expect(headers['x-networking-ca-fingerprint-sha256']).toMatch(
      /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/,
    );
    expect(
      JSON.parse(
        Buffer.from(
          headers['x-networking-ca-findings'],
          'base64url',
        ).toString(),
      ),
    ).toEqual([]);
  });

  it('is both where another signs today, with the finding', async () => {
    const signingCa = await makeCertificate({
      name: 'idp-demo-ca',
      isCa: true,
    });
    const replaced = await worldCertificates({ signingCa });
    server.put(...replaced.objects);
    const { headers } = await sam().get('/v1/ca');
    expect(
      headers['x-networking-ca-fingerprint-sha256'].split(','),
    ).toHaveLength(2);
    const findings = JSON.parse(
      Buffer.from(headers['x-networking-ca-findings'], 'base64url').toString(),
    );
    const renew = 'renew Certificate kube-system/idp-wildcard-cert.';
    expect(findings).toEqual([
      expect.objectContaining({
        reason: 'CaReplaced',
        remedy: `Ask the platform's admins to ${renew}`,
      }),
    ]);
    const { body } = await alex()
      .get('/v1/ca')
      .set('Accept', 'application/json');
    expect(body.findings).toEqual([
      expect.objectContaining({ remedy: `R${renew.slice(1)}` }),
    ]);
  });

  it('is JSON for those who ask for that, and says which of two signs today', async () => {
    const signingCa = await makeCertificate({
      name: 'idp-demo-ca',
      isCa: true,
    });
    const replaced = await worldCertificates({ signingCa });
    server.put(...replaced.objects);
    const { body } = await sam()
      .get('/v1/ca')
      .set('Accept', 'application/json');
    expect(body.certificates).toEqual([
      expect.objectContaining({
        certificate: expect.objectContaining({
          subject: 'CN=idp-demo-ca',
          isCa: true,
          fingerprintSha256: body.fingerprintsSha256[0],
        }),
        verifiesServed: true,
        signsToday: false,
      }),
      expect.objectContaining({ verifiesServed: false, signsToday: true }),
    ]);
    expect(
      body.certificates.map(({ pem }: { pem: string }) => pem).join(''),
    ).toBe(body.pem);
  });
});

describe('the contract', () => {
  it('is served, with every operation', async () => {
    const { status: code, body } = await sam().get('/openapi.json');
    expect(code).toBe(200);
    expect(Object.keys(body.paths)).toContain('/api/networking/v1/exposures');
    const operations = Object.values(
      body.paths as Record<string, Record<string, { operationId?: string }>>,
    ).flatMap(path =>
      Object.values(path).flatMap(({ operationId }) => operationId ?? []),
    );
    expect(operations.sort()).toEqual([
      'ApplyExposure',
      'CreatePlan',
      'DeleteExposure',
      'ListServices',
      'ProbeExposure',
      'ReadCa',
      'ReadCertificates',
      'ReadExposure',
      'ReadExposures',
      'ReadHosts',
      'ReadIssuanceHistory',
      'ReadPlatform',
      'ReadSettings',
      'RenewCertificate',
    ]);
  });
});
