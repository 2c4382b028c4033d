import { X509Certificate } from 'node:crypto';
import type { ExposureDetail } from 'backstage-plugin-networking-common';
import { getVerified } from '../world/gateway';
import { waitFor } from '../world/waitFor';
import { ALEX, SAM } from '../world/world';
import { CLUSTER, SHOP } from './support';
import { GOOD, said, saysSo, type TlsSuite } from './tlsSupport';

/**
 * The CA that signs today against what it signed before: the reference platform's CA gets another key with each renewal, and
 * cert-manager issues nothing anew because of it.
 */
export const tlsTrust: TlsSuite = world => {
  const ca = () => ({ namespace: 'cert-manager', name: 'idp-demo-ca' });
  const wildcard = () => ({
    namespace: world().edge,
    name: world().platform.settings.certificates.wildcardCertificate,
  });
  const name = 'trusted';
  const bundle = async () => {
    const { pem, findings } = await world().as(SAM).getCa(CLUSTER);
    const certificates = (
      pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ??
      []
    ).map(text => new X509Certificate(text));
    return { pem, findings, certificates };
  };
  const get = (pem: string) =>
    getVerified({
      address: world().platform.gateway.address,
      port: world().platform.gateway.httpsPort,
      host: world().hostOf('trusted'),
      ca: pem,
    });
  /** The gateway may still be taking up what others changed at it. */
  const answered = (pem: string) =>
    waitFor('the gateway to answer 200', async () => {
      const { status } = await get(pem);
      if (status === 200) return true;
      throw new Error(`It answers ${status}`);
    });
  const liveAndGood = ({ verdict, tls }: ExposureDetail) =>
    verdict.word === 'Live' && said(tls) === GOOD;
  let route: string;
  const rotate = (rotationPolicy: 'Always' | 'Never') =>
    world().admin.patch(
      '/apis/cert-manager.io/v1/namespaces/cert-manager/certificates/idp-demo-ca',
      'merge',
      { spec: { privateKey: { rotationPolicy } } },
    );

  beforeAll(async () => {
    const { exposure } = await world()
      .as(SAM)
      .apply({
        entityRef: SHOP,
        service: { name: 'shop', port: 8080 },
        hostLabel: name,
      });
    route = exposure.name;
  });
  afterAll(async () => {
    await rotate('Never');
    const exposure = await world().read(route);
    await world().as(SAM).remove({
      cluster: CLUSTER,
      namespace: 'shop',
      name: route,
      uid: exposure.uid,
    });
  });

  it('a CA with a new key: what it signed before is refused, which key it is of, and both CAs are offered', async () => {
    const { certManager } = world();
    await world().readUntil(route, 'Live and good', liveAndGood);
    const before = await bundle();
    expect(before.certificates).toHaveLength(1);

    const { status } = await certManager.get(ca());
    await rotate('Always');
    await certManager.renew(ca());
    await certManager.issued(ca(), status?.revision);

    const { tls, verdict } = await world().readUntil(
      route,
      'of the CA of before',
      saysSo('Bad CertificateOfOldCaKey'),
    );
    expect(verdict.word).toBe('Broken');
    expect(tls.finding).toMatchObject({
      message: expect.stringMatching(
        /signed by a CA key that is no longer in use/,
      ),
      remedy: expect.stringMatching(
        /renew Certificate kube-system\/idp-wildcard-cert/i,
      ),
    });
    const after = await waitFor('both CAs to be offered', async () => {
      const offered = await bundle();
      return offered.certificates.length === 2 ? offered : undefined;
    });
    const { certificates, permissions } = await world()
      .as(ALEX)
      .getCertificates(CLUSTER);
    expect(permissions.renew).toBe(true);
    // What is in trouble comes first, with who breaks by it and what can be done.
    expect(certificates[0]).toMatchObject({
      role: 'served',
      word: 'Bad',
      finding: { reason: 'CertificateOfOldCaKey' },
      facts: { certificate: wildcard(), verified: false },
      hosts: expect.arrayContaining([
        expect.objectContaining({
          host: world().hostOf(name),
          entities: [SHOP],
        }),
      ]),
      renewable: { possible: true },
    });
    expect(
      certificates.find(
        ({ role, facts }) =>
          role === 'ca' && facts.certificate?.name === ca().name,
      ),
    ).toMatchObject({
      hosts: expect.arrayContaining([
        expect.objectContaining({ host: world().hostOf(name) }),
      ]),
      renewable: {
        possible: false,
        why: expect.stringContaining('key'),
      },
    });

    // First the one that verifies what is served, as a client finds.
    expect(after.certificates[0].fingerprint256).toBe(
      before.certificates[0].fingerprint256,
    );
    expect(after.findings).not.toEqual([]);
    expect(await answered(String(after.certificates[0]))).toBe(true);
    await expect(get(String(after.certificates[1]))).rejects.toThrow(
      /certificate/,
    );
  });

  it('is good again after Renew, for a client that trusts the CA of today alone', async () => {
    const { certManager } = world();
    const { metadata, status } = await certManager.get(wildcard());
    await world()
      .as(ALEX)
      .renew({
        cluster: CLUSTER,
        ...wildcard(),
        uid: metadata.uid!,
        resourceVersion: metadata.resourceVersion,
      });
    await certManager.issued(wildcard(), status?.revision);
    const { tls } = await world().readUntil(
      route,
      'Live and good',
      liveAndGood,
    );
    // Its progress, until what is issued is what is served.
    await waitFor('the new serial to be served', async () => {
      const { certificates } = await world().as(ALEX).getCertificates(CLUSTER);
      const row = certificates.find(
        ({ facts }) => facts.certificate?.name === wildcard().name,
      );
      return row?.word === 'Good' &&
        (row.facts.certificate?.revision ?? 0) > (status?.revision ?? 0) &&
        row.served[0]?.leaf.serialNumber === row.facts.leaf?.serialNumber
        ? true
        : undefined;
    });

    const offered = await waitFor('one CA to be offered', async () => {
      const seen = await bundle();
      return seen.certificates.length === 1 ? seen : undefined;
    });
    expect(offered.findings).toEqual([]);
    expect(tls.trustedBy?.fingerprintSha256).toBe(
      offered.certificates[0].fingerprint256,
    );
    expect(await answered(offered.pem)).toBe(true);
  });

  it('an issuer that leads to no CA any more: what it signed verifies by the CA that signed it, which is offered', async () => {
    const { certManager } = world();
    const before = await bundle();
    await certManager.applyClusterIssuer(ca().name, {
      ca: { secretName: 'nowhere' },
    });
    try {
      const { tls, verdict, hosts, certificates } = await world().readUntil(
        route,
        'without a ready issuer, and asked with the CA that signed it',
        exposure =>
          saysSo('Degraded IssuerNotReady')(exposure) &&
          exposure.hosts[0].probe?.tls?.verified === true,
      );
      expect(verdict.word).toBe('Degraded');
      expect(tls.trustedBy?.fingerprintSha256).toBe(
        before.certificates[0].fingerprint256,
      );
      expect(hosts[0].probe?.http?.status).toBe(200);
      expect(certificates?.[0].facts).toMatchObject({
        trust: 'issued',
        verified: true,
        ca: ca(),
        unknown: expect.stringMatching(/nowhere/),
      });

      const after = await bundle();
      expect(after.pem).toBe(before.pem);
      expect(after.findings).toMatchObject([
        { reason: 'CaNotFollowed', severity: 'info' },
      ]);
      expect(await answered(after.pem)).toBe(true);
      const { certificates: rows } = await world()
        .as(ALEX)
        .getCertificates(CLUSTER);
      expect(
        rows.find(({ facts }) => facts.certificate?.name === ca().name),
      ).toMatchObject({ role: 'ca' });
    } finally {
      await certManager.applyClusterIssuer(ca().name, {
        ca: { secretName: 'idp-demo-ca-secret' },
      });
    }
    await world().readUntil(route, 'Live and good', liveAndGood);
  });
};
