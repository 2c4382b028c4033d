import { secretNameOf } from '../world/tlsWorld';
import { saysSo, type TlsSuite } from './tlsSupport';

interface KeyCase {
  label: string;
  privateKey: { algorithm: string; size?: number };
  says: string;
  verdict: string;
  /** The gateway refuses what Chromium offers, and serves others. */
  isRefused: boolean;
  served: object;
}

/** Each completes "a Certificate that asks for …". */
const CASES: Record<string, KeyCase> = {
  'Ed25519 is Bad, and Broken in a browser': {
    label: 'edwards',
    privateKey: { algorithm: 'Ed25519' },
    says: 'Bad CertificateKeyRefused',
    verdict: 'Broken',
    isRefused: true,
    served: { algorithm: 'Ed25519' },
  },
  'P-521 is Degraded': {
    label: 'large',
    privateKey: { algorithm: 'ECDSA', size: 521 },
    says: 'Degraded CertificateKeyRefused',
    verdict: 'Degraded',
    isRefused: true,
    served: { algorithm: 'EC', curve: 'P-521' },
  },
  'P-384 is Good': {
    label: 'medium',
    privateKey: { algorithm: 'ECDSA', size: 384 },
    says: 'Good CertificateGood',
    verdict: 'Live',
    isRefused: false,
    served: { algorithm: 'EC', curve: 'P-384' },
  },
};

/** What browsers are refused at the real gateway, with keys that cert-manager makes. */
export const tlsClients: TlsSuite = world => {
  const at = (name: string) => ({ namespace: world().edge, name });

  afterAll(async () => {
    const { certManager, conceal } = world();
    for (const { label } of Object.values(CASES)) {
      await conceal(label);
      await certManager.removeCertificate(at(label));
      await certManager.removeSecret(at(secretNameOf(label)));
    }
  });

  it.each(Object.entries(CASES))('that asks for %s', async (_, each) => {
    const { label, privateKey, says, isRefused, served } = each;
    await world().certManager.applyCertificate(at(label), {
      secretName: secretNameOf(label),
      dnsNames: [world().hostOf(label)],
      issuerRef: { kind: 'ClusterIssuer', name: 'idp-demo-ca' },
      privateKey,
    });
    const host = await world().expose(label);

    const seen = await world().readUntil(
      label,
      `${says}, and answered`,
      exposure => {
        const { probe } = exposure.hosts[0];
        return (
          saysSo(says)(exposure) &&
          exposure.verdict.word === each.verdict &&
          probe?.http?.status === 200 &&
          probe.tls?.verified === true
        );
      },
    );

    expect(seen.hosts[0]).toMatchObject({
      host,
      probe: { tls: { leaf: { key: served } } },
    });
    const { refused } = seen.hosts[0].probe!.tls!;
    expect(refused?.offer).toBe(isRefused ? 'chromium' : undefined);
  });
};
