import type { ExposureDetail } from 'backstage-plugin-networking-common';
import { handMade } from '../world/handMade';
import { secretNameOf } from '../world/tlsWorld';
import { waitFor } from '../world/waitFor';
import { GOOD, saysSo, SHORT_LIFE, type TlsSuite } from './tlsSupport';

const DEMO_CA = { kind: 'ClusterIssuer', name: 'idp-demo-ca' };

/** Of what is served. It need not be the first: cert-manager may issue once more where its caches are behind. */
const revisionOf = (certificates: ExposureDetail['certificates']) =>
  certificates![0].facts.certificate!.revision!;

/** Renewals that come to their end, and that do not. */
export const tlsRenewing: TlsSuite = world => {
  const at = (name: string) => ({ namespace: world().edge, name });

  describe('that the gateway has not heard of', () => {
    afterAll(async () => {
      world().gatewayApi.heal();
      await world().conceal('held');
      await world().certManager.removeCertificate(at('held'));
    });

    it('is told apart: renewed, and the old one still served', async () => {
      const { certManager, gatewayApi, servedSerial } = world();
      const host = world().hostOf('held');
      await certManager.applyCertificate(at('held'), {
        secretName: secretNameOf('held'),
        dnsNames: [host],
        issuerRef: DEMO_CA,
        revisionHistoryLimit: 3,
        ...SHORT_LIFE,
      });
      await certManager.issued(at('held'));
      await world().expose('held');
      const { tls: before, certificates } = await world().readUntil(
        'held',
        GOOD,
        saysSo(GOOD),
      );
      const first = revisionOf(certificates);

      gatewayApi.hold();
      await certManager.renew(at('held'));
      await certManager.issued(at('held'), first);
      expect(await servedSerial(host)).toBe(before.certificate?.serialNumber);

      const { tls } = await world().readUntil(
        'held',
        'served as before',
        saysSo('Degraded CertificateNotServedYet'),
      );
      expect(tls.certificate?.serialNumber).toBe(
        before.certificate?.serialNumber,
      );
      expect(tls.issued?.serialNumber).toMatch(/^[0-9A-F]+$/);
      expect(tls.issued?.serialNumber).not.toBe(tls.certificate?.serialNumber);
      expect(tls.finding).toMatchObject({
        message: expect.stringMatching(
          new RegExp(
            `still serves revision ${first} of Certificate kube-system/held, .*although it was renewed`,
          ),
        ),
        remedy: expect.stringContaining(
          'find out why the gateway does not serve what is in Secret kube-system/',
        ),
        details: {
          servedSerial: tls.certificate?.serialNumber,
          issuedSerial: tls.issued?.serialNumber,
        },
      });

      gatewayApi.heal();
      await waitFor('the gateway to serve the new one', async () =>
        (await servedSerial(host)) === tls.issued?.serialNumber
          ? true
          : undefined,
      );
      const { tls: after } = await world().readUntil(
        'held',
        GOOD,
        saysSo(GOOD),
      );
      expect(after.certificate?.serialNumber).toBe(tls.issued?.serialNumber);
      expect(after.issued).toBeUndefined();
    });
  });

  describe('that fails', () => {
    const CA = { namespace: 'cert-manager', name: 'breaking' };
    let revision: number;

    beforeAll(async () => {
      const { certManager } = world();
      await certManager.applyCertificate(CA, {
        secretName: CA.name,
        commonName: CA.name,
        isCA: true,
        duration: '8760h',
        issuerRef: { kind: 'ClusterIssuer', name: 'self-signed-issuer' },
        privateKey: { rotationPolicy: 'Never' },
      });
      await certManager.applyClusterIssuer('breaking', {
        ca: { secretName: CA.name },
      });
      await certManager.applyCertificate(at('fails'), {
        secretName: secretNameOf('fails'),
        dnsNames: [world().hostOf('fails')],
        issuerRef: { kind: 'ClusterIssuer', name: 'breaking' },
        // What cert-manager does by default: the request of what is served is the first to go.
        revisionHistoryLimit: 1,
      });
      await certManager.issued(at('fails'));
      await world().expose('fails');
    });
    afterAll(async () => {
      const { certManager } = world();
      await world().conceal('fails');
      await certManager.removeCertificate(at('fails'));
      await certManager.removeCertificate(CA);
      await certManager.removeSecret(CA);
      await certManager.removeClusterIssuer('breaking');
    });

    it("says so, with cert-manager's reason and the next attempt, and goes on telling what is served", async () => {
      const { certManager } = world();
      const { tls: before, certificates } = await world().readUntil(
        'fails',
        GOOD,
        saysSo(GOOD),
      );
      expect(certificates?.[0].facts.keptAt).toBeUndefined();
      revision = revisionOf(certificates);
      await world().kept(at('fails'));

      // Somebody restores the CA's Secret by hand, half of it from elsewhere.
      await certManager.removeCertificate(CA);
      const pair = { name: CA.name, isCa: true };
      const [one, other] = [await handMade(pair), await handMade(pair)];
      await certManager.applySecret(CA, { cert: one.cert, key: other.key });
      await certManager.renew(at('fails'));
      const failed = await certManager.failed(at('fails'));
      await waitFor('the request of what is served to be dropped', async () =>
        (
          await certManager.requests(at('fails'))
        ).some(({ metadata }) => metadata.name.endsWith(`-${revision}`))
          ? undefined
          : true,
      );

      const { tls } = await world().readUntil(
        'fails',
        'failing',
        exposure =>
          exposure.tls.finding.reason === 'IssuanceFails' ||
          exposure.findings.some(({ reason }) => reason === 'IssuanceFails'),
      );
      const exposure = await world().read('fails');
      const finding = exposure.findings.find(
        ({ reason }) => reason === 'IssuanceFails',
      );
      const next = new Date(
        Date.parse(failed.status!.lastFailureTime!) + 3_600_000,
      ).toISOString();
      expect(finding).toMatchObject({
        message: expect.stringMatching(
          /renewing Certificate kube-system\/fails has failed 1 time\..*doesn't match parent's PublicKey.*tries again in/,
        ),
        remedy: expect.stringContaining('Certificate kube-system/fails'),
        details: {
          attempts: '1',
          lastFailure: failed.status!.lastFailureTime,
          nextAttempt: next,
        },
      });
      expect(tls.certificate?.serialNumber).toBe(
        before.certificate?.serialNumber,
      );
    });

    it('keeps what was known of it after its request is gone, also over a restart of the backend, and says since when', async () => {
      const { certManager } = world();
      const before = await world().read('fails');
      await world().restartBackend(() =>
        certManager.removeRequests(at('fails')),
      );
      const after = await world().readUntil(
        'fails',
        'kept',
        ({ certificates }) => Boolean(certificates?.[0].facts.keptAt),
      );
      const [{ facts }] = after.certificates!;
      expect(facts.leaf?.serialNumber).toBe(
        before.tls.certificate?.serialNumber,
      );
      expect(Date.parse(facts.keptAt!)).toBeLessThanOrEqual(Date.now());
      expect(facts.certificate).toMatchObject({
        revision,
        failedIssuanceAttempts: 1,
      });
      expect(after.findings.map(({ reason }) => reason)).toContain(
        'IssuanceFails',
      );
    });
  });
};
