import type { KubernetesObject } from 'backstage-plugin-networking-common';
import { secretNameOf } from '../world/tlsWorld';
import { GOOD, said, saysSo, type TlsSuite } from './tlsSupport';

const FIRST_CERTIFICATE =
  /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/;

/** A chain of root, intermediate and leaf, each signed by the real cert-manager. */
export const tlsChains: TlsSuite = world => {
  const label = 'chained';
  const middle = 'chained-ca';
  const at = () => ({ namespace: world().edge, name: label });
  const ca = { namespace: 'cert-manager', name: middle };
  const secretPath = () =>
    `/api/v1/namespaces/${world().edge}/secrets/${secretNameOf(label)}`;

  /** What is put into a Secret by hand is often the leaf alone. */
  const leaveOutIntermediate = async () => {
    type Secret = KubernetesObject & { data: Record<string, string> };
    const { admin } = world();
    const { data } = await admin.get<Secret>(secretPath());
    const [leaf] =
      FIRST_CERTIFICATE.exec(
        Buffer.from(data['tls.crt'], 'base64').toString('utf8'),
      ) ?? [];
    await admin.patch(secretPath(), 'merge', {
      data: { 'tls.crt': Buffer.from(leaf!).toString('base64') },
    });
  };

  beforeAll(async () => {
    const { certManager, hostOf, expose } = world();
    await certManager.applyCertificate(ca, {
      secretName: middle,
      commonName: middle,
      isCA: true,
      duration: '8760h',
      issuerRef: { kind: 'ClusterIssuer', name: 'idp-demo-ca' },
    });
    await certManager.issued(ca);
    await certManager.applyClusterIssuer(middle, {
      ca: { secretName: middle },
    });
    await certManager.applyCertificate(at(), {
      secretName: secretNameOf(label),
      dnsNames: [hostOf(label)],
      issuerRef: { kind: 'ClusterIssuer', name: middle },
    });
    await certManager.issued(at());
    await leaveOutIntermediate();
    await expose(label);
  });
  afterAll(async () => {
    const { certManager, conceal } = world();
    await conceal(label);
    await certManager.removeCertificate(at());
    await certManager.removeSecret({
      ...at(),
      name: secretNameOf(label),
    });
    await certManager.removeClusterIssuer(middle);
    await certManager.removeCertificate(ca);
    await certManager.removeSecret(ca);
  });

  it('lacks the intermediate where somebody left it out of the Secret, and nothing else', async () => {
    const seen = await world().readUntil(
      label,
      'incomplete by what a probe saw',
      saysSo('Bad CertificateChainIncomplete'),
    );

    expect(seen.hosts[0].probe?.tls).toMatchObject({
      verified: false,
      chain: [{ issuer: `CN=${middle}` }],
    });
    expect(seen.verdict).toMatchObject({
      word: 'Broken',
      finding: { reason: 'CertificateChainIncomplete' },
    });
  });

  it('is good once cert-manager has written it anew, with the intermediate', async () => {
    await world().certManager.renew(at());

    const seen = await world().readUntil(
      label,
      'good, and verified by a probe',
      ({ tls, hosts }) =>
        said(tls) === GOOD && hosts[0].probe?.tls?.verified === true,
    );

    expect(seen.hosts[0].probe?.tls?.chain).toHaveLength(2);
    expect(seen.verdict.word).toBe('Live');
  });
};
