import { X509Certificate } from 'node:crypto';
import { certManagerOf } from '../world/certManager';
import { getVerified } from '../world/gateway';
import { waitFor } from '../world/waitFor';
import { PAT, SAM } from '../world/world';
import { CLUSTER, removeRoutes, SHOP, type Suite } from './support';

const HOUR_MS = 3_600_000;
/** The durations that the settings name are whole hours. */
const hours = (duration: string) => Number(/^(\d+)h/.exec(duration)?.[1]);

/** The CA: served to everyone, without a key, and in force longer than what it signs. */
export const certificates: Suite = world => {
  const shopHost = () => world().hostOf('shop');
  const settings = () => world().platform.settings.certificates;
  const ca = () => ({
    namespace: settings().clusterResourceNamespace,
    name: settings().caCertificate,
  });
  const wildcard = () => ({
    namespace: world().platform.settings.gateway.namespace,
    name: settings().wildcardCertificate,
  });

  afterEach(() => removeRoutes(world().admin));

  it('gives any signed-in person the CA as PEM with its fingerprint, and no key', async () => {
    const bundle = await world().as(PAT).getCa(CLUSTER);
    const certificate = new X509Certificate(bundle.pem);
    expect(certificate.ca).toBe(true);
    expect(bundle.fingerprintsSha256).toEqual([certificate.fingerprint256]);
    expect(bundle.findings).toEqual([]);
    expect(bundle.pem).not.toContain('PRIVATE');
  });

  it('lets the CA outlive what it signs, also on the last day before its renewal', async () => {
    const certManager = certManagerOf(world().admin);
    const signer = new X509Certificate(
      (await world().as(SAM).getCa(CLUSTER)).pem,
    );
    await certManager.issued(wildcard());
    const issued = (await certManager.requests(wildcard())).find(
      ({ status }) => status?.certificate,
    );
    const leaf = new X509Certificate(
      Buffer.from(issued!.status!.certificate!, 'base64').toString(),
    );
    expect(leaf.verify(signer.publicKey)).toBe(true);
    expect(Date.parse(signer.validTo)).toBeGreaterThan(
      Date.parse(leaf.validTo),
    );
    const { caRenewBefore, duration, caDuration } = settings();
    expect(hours(caRenewBefore)).toBeGreaterThan(hours(duration));
    // X.509 times have no fractions of a second.
    expect(
      Math.round(
        (Date.parse(signer.validTo) - Date.parse(signer.validFrom)) / HOUR_MS,
      ),
    ).toBe(hours(caDuration));
  });

  it('keeps the key of the CA on renewal: what it signed before still verifies', async () => {
    const { admin, platform } = world();
    const api = world().as(SAM);
    const certManager = certManagerOf(admin);
    const before = new X509Certificate((await api.getCa(CLUSTER)).pem);
    const { status } = await certManager.get(ca());
    await certManager.renew(ca());
    await certManager.issued(ca(), status?.revision);

    const bundle = await waitFor('the API to serve the new CA', async () => {
      const seen = await api.getCa(CLUSTER);
      return new X509Certificate(seen.pem).serialNumber !== before.serialNumber
        ? seen
        : undefined;
    });
    const after = new X509Certificate(bundle.pem);
    expect(after.publicKey.equals(before.publicKey)).toBe(true);

    await api.apply({
      entityRef: SHOP,
      service: { name: 'shop', port: 8080 },
    });
    await waitFor('the gateway to answer under the new CA', async () => {
      const answer = await getVerified({
        address: platform.gateway.address,
        port: platform.gateway.httpsPort,
        host: shopHost(),
        ca: bundle.pem,
      });
      return answer.status === 200 ? true : undefined;
    });
  });
};
