import type {
  IssuanceHistory,
  KubernetesObject,
} from 'backstage-plugin-networking-common';
import { ROUTES } from '../world/admin';
import { certManagerOf } from '../world/certManager';
import { waitFor } from '../world/waitFor';
import { ALEX, SAM } from '../world/world';
import { CLUSTER, refusal, removeRoutes, SHOP, type Suite } from './support';

const NAMESPACE = 'shop';
const ACME = `/apis/acme.cert-manager.io/v1/namespaces/${NAMESPACE}`;
const TOKEN = 'LoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0';
const KEY = `${TOKEN}.9jg46WB3rR_AHD-EBXdN7cBkH1WOu0tA3M9fm21mqTI`;
const ISSUERS = { broken: 'history-broken', acme: 'history-acme' };
const NAMES = ['history-issued', 'history-broken', 'history-ordered'];

/** What cert-manager really reports, of Certificates behind the listeners of a Gateway that no controller takes. */
export const histories: Suite = world => {
  const gateway = `${ROUTES}/namespaces/${NAMESPACE}/gateways/histories`;
  const at = (name: string) => ({ namespace: NAMESPACE, name });
  const order = (name: string, issuer: string) =>
    certManagerOf(world().admin).applyCertificate(at(name), {
      secretName: name,
      dnsNames: [`${name}.example.com`],
      issuerRef: { kind: 'ClusterIssuer', name: issuer },
    });
  const read = (name: string) =>
    world()
      .as(ALEX)
      .getIssuanceHistory({ cluster: CLUSTER, ...at(name) });
  const readUntil = (
    what: string,
    name: string,
    found: (history: IssuanceHistory) => boolean,
  ) =>
    waitFor(`the history of ${name} to tell of ${what}`, async () => {
      const history = await read(name);
      if (found(history)) return history;
      throw new Error(JSON.stringify(history));
    });

  beforeAll(() =>
    world().admin.apply(
      gateway,
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'Gateway',
        metadata: at('histories'),
        spec: {
          gatewayClassName: 'nobodys',
          listeners: NAMES.map((name, index) => ({
            name,
            port: 8443 + index,
            protocol: 'HTTPS',
            hostname: `${name}.example.com`,
            tls: { mode: 'Terminate', certificateRefs: [{ name }] },
          })),
        },
      },
      { fieldManager: 'test' },
    ),
  );

  afterAll(async () => {
    const { admin, platform } = world();
    const certManager = certManagerOf(admin);
    await removeRoutes(admin);
    await admin.remove(gateway);
    for (const name of NAMES) {
      await certManager.removeCertificate(at(name));
      await certManager.removeSecret(at(name));
    }
    for (const name of Object.values(ISSUERS)) {
      await certManager.removeClusterIssuer(name);
    }
    await certManager.removeSecret({
      namespace: platform.settings.certificates.clusterResourceNamespace,
      name: ISSUERS.acme,
    });
  });

  it('has the Events of an issuance that went well', async () => {
    await order('history-issued', 'idp-demo-ca');
    const { events, orders, unknown } = await readUntil(
      'the issuance',
      'history-issued',
      history =>
        history.events.some(({ message }) =>
          message.includes('successfully issued'),
        ) &&
        history.events.some(({ reason }) => reason === 'CertificateIssued'),
    );
    expect(unknown).toEqual([]);
    expect(orders).toEqual([]);
    expect(events).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          about: { kind: 'Certificate', ...at('history-issued') },
          type: 'Normal',
          reason: 'Issuing',
          count: expect.any(Number),
          reportedBy: 'cert-manager-certificates-issuing',
        }),
        expect.objectContaining({
          about: {
            kind: 'CertificateRequest',
            namespace: NAMESPACE,
            // Of a later revision where cert-manager issued once more by itself.
            name: expect.stringMatching(/^history-issued-\d+$/),
          },
          reason: 'CertificateIssued',
        }),
      ]),
    );
    expect(events.map(({ lastAt }) => lastAt)).toEqual(
      events.map(({ lastAt }) => lastAt).sort((a, b) => (a < b ? 1 : -1)),
    );
    expect(events.filter(({ about }) => about.kind === 'Secret')).toEqual([]);
  });

  it('has the Warning of a ClusterIssuer that cannot sign', async () => {
    await certManagerOf(world().admin).applyClusterIssuer(ISSUERS.broken, {
      ca: { secretName: 'nowhere' },
    });
    await order('history-broken', ISSUERS.broken);
    const { events } = await readUntil(
      'the issuer',
      'history-broken',
      history => history.events.some(({ type }) => type === 'Warning'),
    );
    expect(events).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          about: { kind: 'ClusterIssuer', name: ISSUERS.broken },
          type: 'Warning',
          message: expect.stringContaining('nowhere'),
        }),
      ]),
    );
  });

  it('has the Order of an ACME issuer and its Challenge, without token and key', async () => {
    const { admin } = world();
    const certManager = certManagerOf(admin);
    await certManager.applyClusterIssuer(ISSUERS.acme, {
      // Nothing listens there, so that what the tests write of Order and Challenge stays as it is.
      acme: {
        server: 'https://127.0.0.1:1/directory',
        privateKeySecretRef: { name: ISSUERS.acme },
        solvers: [{ http01: { ingress: {} } }],
      },
    });
    await order('history-ordered', ISSUERS.acme);
    const request = await waitFor('the request', async () => {
      const [newest] = await certManager.requests(at('history-ordered'));
      return newest;
    });
    const issuerRef = { kind: 'ClusterIssuer', name: ISSUERS.acme };
    const make = async (
      plural: string,
      object: object,
      owner: KubernetesObject,
      status: object,
    ) => {
      const { apiVersion, kind, metadata } = owner;
      const made = await admin.create<KubernetesObject>(`${ACME}/${plural}`, {
        apiVersion: 'acme.cert-manager.io/v1',
        ...object,
        metadata: {
          ...at('history-ordered-1'),
          ownerReferences: [
            { apiVersion, kind, name: metadata.name, uid: metadata.uid! },
          ],
        },
      } as KubernetesObject);
      await admin.patch(
        `${ACME}/${plural}/${made.metadata.name}/status`,
        'merge',
        { status },
      );
      return made;
    };
    const made = await make(
      'orders',
      {
        kind: 'Order',
        spec: {
          request: Buffer.from('no request').toString('base64'),
          dnsNames: ['history-ordered.example.com'],
          issuerRef,
        },
      },
      {
        ...request,
        apiVersion: 'cert-manager.io/v1',
        kind: 'CertificateRequest',
      },
      { state: 'invalid', reason: `The answer was not ${KEY}` },
    );
    await make(
      'challenges',
      {
        kind: 'Challenge',
        spec: {
          authorizationURL: 'https://127.0.0.1:1/authorization',
          url: 'https://127.0.0.1:1/challenge',
          dnsName: 'history-ordered.example.com',
          type: 'HTTP-01',
          wildcard: false,
          solver: { http01: { ingress: {} } },
          issuerRef,
          token: TOKEN,
          key: KEY,
        },
      },
      made,
      {
        state: 'invalid',
        presented: false,
        processing: false,
        reason: `http://history-ordered.example.com/.well-known/acme-challenge/${TOKEN} was answered 404`,
      },
    );

    const history = await readUntil(
      'the Challenge',
      'history-ordered',
      ({ orders }) => orders[0]?.challenges[0]?.state === 'invalid',
    );
    expect(history.unknown).toEqual([]);
    expect(history.orders).toEqual([
      {
        name: 'history-ordered-1',
        createdAt: expect.any(String),
        state: 'invalid',
        reason: 'The answer was not …',
        challenges: [
          {
            dnsName: 'history-ordered.example.com',
            type: 'HTTP-01',
            wildcard: false,
            state: 'invalid',
            presented: false,
            processing: false,
            reason:
              'http://history-ordered.example.com/.well-known/acme-challenge/… was answered 404',
          },
        ],
      },
    ]);
    expect(JSON.stringify(history)).not.toContain(TOKEN);
  });

  it('is for the owner of an exposure that the certificate serves, and of no other', async () => {
    const { platform, audit } = world();
    const sam = world().as(SAM);
    const wildcard = {
      cluster: CLUSTER,
      namespace: platform.settings.gateway.namespace,
      name: platform.settings.certificates.wildcardCertificate,
    };
    await sam.apply({
      entityRef: SHOP,
      service: { name: 'shop', port: 8080 },
      hostLabel: 'shop',
    });
    expect((await sam.getIssuanceHistory(wildcard)).unknown).toEqual([]);
    const { result, events } = await audit.during(() =>
      refusal(
        sam.getIssuanceHistory({ cluster: CLUSTER, ...at('history-issued') }),
      ),
    );
    expect(result).toMatchObject({ status: 404, name: 'NotFoundError' });
    expect(
      events.filter(({ objectRef }) => objectRef?.resource === 'events'),
    ).toEqual([]);
  });
};
