import type {
  Certificate,
  CertificateRequest,
  Gateway,
  KubernetesObject,
  ListenerRef,
} from 'backstage-plugin-networking-common';
import { makeCertificate } from '../../__testUtils__/certificates';
import { issued } from '../../__testUtils__/world';
import {
  createFixture,
  HTTPS,
  revision,
  type Fixture,
} from './__testUtils__/fixture';

let fixture: Fixture;

beforeEach(async () => {
  fixture = await createFixture();
});

describe('a listener', () => {
  it('is followed to each of its certificates', async () => {
    const other = await makeCertificate({
      name: 'other',
      dnsNames: ['other.example.org'],
      issuer: fixture.world.ca,
    });
    const listener = fixture.find<Gateway>('Gateway', 'idp-gateway').spec!
      .listeners![1];
    listener.tls!.certificateRefs = [
      { name: 'idp-wildcard-cert' },
      { name: 'other-cert' },
      { name: 'by-hand' },
    ];
    fixture.objects.push(
      ...issued({
        name: 'other',
        namespace: 'kube-system',
        secretName: 'other-cert',
        issuer: 'idp-demo-ca',
        certificate: other,
        ca: fixture.world.ca,
        dnsNames: ['other.example.org'],
      }),
    );
    const facts = fixture.factsOf();
    expect(facts.map(one => one.leaf?.subject)).toEqual([
      'CN=idp-wildcard',
      'CN=other',
      undefined,
    ]);
    expect(facts[2].unknown).toMatch(/No Certificate fills Secret/);
  });

  it.each<[string, ListenerRef]>([
    ['does not exist', { ...HTTPS, section: 'nope' }],
    ['is of a Gateway that does not exist', { ...HTTPS, name: 'nope' }],
    ['speaks no TLS', { ...HTTPS, section: 'http' }],
  ])('that %s has none', (_, at) => {
    expect(fixture.factsOf({ at })).toEqual([]);
  });

  it('of a ListenerSet is followed in its own namespace', () => {
    const leafObjects = issued({
      name: 'web',
      namespace: 'shop',
      secretName: 'web-cert',
      issuer: 'idp-demo-ca',
      certificate: fixture.world.wildcard,
      ca: fixture.world.ca,
      dnsNames: ['web.example.org'],
    });
    fixture.objects.push(...leafObjects, {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'ListenerSet',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        listeners: [
          {
            name: 'web',
            port: 30443,
            protocol: 'HTTPS',
            tls: { certificateRefs: [{ name: 'web-cert' }] },
          },
        ],
      },
    } as KubernetesObject);
    const at = {
      kind: 'ListenerSet',
      namespace: 'shop',
      name: 'web',
      section: 'web',
    } as const;
    expect(fixture.factsOf({ at })).toMatchObject([
      { secret: { namespace: 'shop', name: 'web-cert' }, verified: true },
    ]);
  });
});

describe('what was kept', () => {
  const LEAF = 'uid-of-idp-wildcard-cert';
  const CA = 'uid-of-idp-demo-ca';

  it('tells of a revision whose request is gone, and since when', () => {
    fixture.drop('CertificateRequest', 'idp-wildcard-cert-1');
    const [facts] = fixture.factsOf({
      kept: { [LEAF]: [revision(1, fixture.world.wildcard, fixture.world.ca)] },
    });
    expect(facts).toMatchObject({
      leaf: { subject: 'CN=idp-wildcard' },
      chain: [{ subject: 'CN=idp-demo-ca' }],
      verified: true,
      keptAt: '2026-03-01T00:00:00.000Z',
    });
    expect(facts.unknown).toBeUndefined();
    expect(facts.certificate?.request).toBeUndefined();
  });

  it('tells of the CA that signs today', () => {
    fixture.drop('CertificateRequest', 'idp-demo-ca-1');
    expect(fixture.factsOf()[0].trust).toBe('issued');
    const [facts] = fixture.factsOf({
      kept: { [CA]: [revision(1, fixture.world.ca, fixture.world.ca)] },
    });
    expect(facts).toMatchObject({ verified: true, trust: 'cluster' });
    expect(facts.keptAt).toBeUndefined();
  });

  it('is never put before what the cluster says', async () => {
    const other = await makeCertificate({
      name: 'other',
      issuer: fixture.world.ca,
    });
    const [facts] = fixture.factsOf({
      kept: { [LEAF]: [revision(1, other, fixture.world.ca)] },
    });
    expect(facts.leaf?.subject).toBe('CN=idp-wildcard');
    expect(facts.keptAt).toBeUndefined();
  });

  it.each<[string, Record<string, number>]>([
    ['another revision', { [LEAF]: 2 }],
    ['another Certificate of that name', { 'uid-of-before': 1 }],
  ])('is not taken for what it is not: of %s', (_, kept) => {
    fixture.drop('CertificateRequest', 'idp-wildcard-cert-1');
    const [facts] = fixture.factsOf({
      kept: Object.fromEntries(
        Object.entries(kept).map(([uid, number]) => [
          uid,
          [revision(number, fixture.world.wildcard, fixture.world.ca)],
        ]),
      ),
    });
    expect(facts.leaf).toBeUndefined();
    expect(facts.unknown).toMatch(/is not kept, so what it holds is not known/);
  });

  it('is not taken where the cluster tells of another end of what the Secret holds', () => {
    fixture.drop('CertificateRequest', 'idp-wildcard-cert-1');
    const certificate = fixture.find<Certificate>(
      'Certificate',
      'idp-wildcard-cert',
    );
    certificate.status!.notAfter = '2031-01-01T00:00:00Z';
    const [facts] = fixture.factsOf({
      kept: { [LEAF]: [revision(1, fixture.world.wildcard, fixture.world.ca)] },
    });
    expect(facts.leaf).toBeUndefined();
    expect(facts.keptAt).toBeUndefined();
    expect(facts.unknown).toMatch(/holds another certificate/);
  });

  it('tells of earlier revisions, newest first, and whether the CA that signs today signed them', async () => {
    const before = await makeCertificate({ name: 'idp-demo-ca', isCa: true });
    const [first, second] = await Promise.all([
      makeCertificate({ name: 'first', issuer: before }),
      makeCertificate({ name: 'second', issuer: fixture.world.ca }),
    ]);
    fixture.find<Certificate>(
      'Certificate',
      'idp-wildcard-cert',
    ).status!.revision = 3;
    fixture.find<CertificateRequest>(
      'CertificateRequest',
      'idp-wildcard-cert-1',
    ).metadata.annotations!['cert-manager.io/certificate-revision'] = '3';
    const [facts] = fixture.factsOf({
      kept: {
        [LEAF]: [
          revision(4, fixture.world.wildcard, fixture.world.ca),
          revision(2, second, fixture.world.ca),
          revision(1, first, before),
        ],
      },
    });
    expect(facts.earlier).toMatchObject([
      { revision: 2, leaf: { subject: 'CN=second' }, verified: true },
      { revision: 1, leaf: { subject: 'CN=first' }, verified: false },
    ]);
    expect(facts.keptAt).toBeUndefined();
  });

  it('tells of earlier revisions whose requests are still in the cluster, without a database', () => {
    const earlier = fixture.find<CertificateRequest>(
      'CertificateRequest',
      'idp-wildcard-cert-1',
    );
    const current = structuredClone(earlier);
    current.metadata.name = 'idp-wildcard-cert-2';
    current.metadata.annotations!['cert-manager.io/certificate-revision'] = '2';
    fixture.objects.push(current);
    fixture.find<Certificate>(
      'Certificate',
      'idp-wildcard-cert',
    ).status!.revision = 2;
    expect(fixture.factsOf()[0].earlier).toMatchObject([
      { revision: 1, leaf: { subject: 'CN=idp-wildcard' } },
    ]);
  });
});
