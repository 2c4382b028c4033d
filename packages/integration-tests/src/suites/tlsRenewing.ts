import { waitFor } from '../world/waitFor';
import { secretNameOf } from '../world/tlsWorld';
import { GOOD, saysSo, SHORT_LIFE, type TlsSuite } from './tlsSupport';

/** Renewals that come to their end, and that do not. */
export const tlsRenewing: TlsSuite = world => {
  describe('that the gateway has not heard of', () => {
    const label = 'held';
    const at = () => ({ namespace: world().edge, name: label });

    afterAll(async () => {
      world().gatewayApi.heal();
      await world().conceal(label);
      await world().certManager.removeCertificate(at());
    });

    it('is told apart: renewed, and the old one still served', async () => {
      const { certManager, gatewayApi } = world();
      await certManager.applyCertificate(at(), {
        secretName: secretNameOf(label),
        dnsNames: [world().hostOf(label)],
        issuerRef: { kind: 'ClusterIssuer', name: 'idp-demo-ca' },
        revisionHistoryLimit: 3,
        ...SHORT_LIFE,
      });
      const first = await certManager.issued(at());
      await world().expose(label);
      const before = await world().readUntil(label, GOOD, saysSo(GOOD));

      gatewayApi.hold();
      await certManager.renew(at());
      await certManager.issued(at(), first.status?.revision);

      expect(await world().servedSerial(world().hostOf(label))).toBe(
        before.tls.certificate?.serialNumber,
      );
      const held = await world().readUntil(
        label,
        'served as before',
        saysSo('Degraded CertificateNotServedYet'),
      );
      const { finding, certificate, issued } = held.tls;
      expect(certificate?.serialNumber).toBe(
        before.tls.certificate?.serialNumber,
      );
      expect(issued?.serialNumber).toMatch(/^[0-9A-F]+$/);
      expect(issued?.serialNumber).not.toBe(certificate?.serialNumber);
      expect(finding.message).toMatch(/still serves/);
      expect(finding.remedy).toBeTruthy();

      gatewayApi.heal();
      await waitFor('the gateway to serve the new one', async () =>
        (await world().servedSerial(world().hostOf(label))) ===
        issued?.serialNumber
          ? true
          : undefined,
      );
      const after = await world().readUntil(label, GOOD, saysSo(GOOD));
      expect(after.tls.certificate?.serialNumber).toBe(issued?.serialNumber);
      expect(after.tls.issued).toBeUndefined();
    });
  });
};
