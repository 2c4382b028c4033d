import type { TlsStatus, Verdict } from 'backstage-plugin-networking-common';
import { secretNameOf } from '../world/tlsWorld';
import { GOOD, said, saysSo, type TlsSuite } from './tlsSupport';

/** An issuer of another group, as those of cert-manager's partners: the tests are its controller, which takes its time. */
const SLOW = { group: 'issuers.example.com', kind: 'Issuer', name: 'slow' };
const HOUR = 3_600_000;
const DEMO_CA = { kind: 'ClusterIssuer', name: 'idp-demo-ca' };

/** Certificates on their way, and those that cannot come to be. */
export const tlsIssuing: TlsSuite = world => {
  const used: string[] = [];
  const at = (label: string) => ({ namespace: world().edge, name: label });
  const order = (label: string, issuerRef: object, name = label) =>
    world().certManager.applyCertificate(at(name), {
      secretName: secretNameOf(label),
      dnsNames: [world().hostOf(label)],
      issuerRef,
    });
  const begin = async (label: string, issuerRef: object) => {
    used.push(label);
    await order(label, issuerRef);
    await world().expose(label);
  };
  /** Says so at the host and for the verdict, about the Certificate. */
  const isBrokenBy =
    (label: string, reason: string) =>
    ({ tls, verdict }: { tls: TlsStatus; verdict: Verdict }) =>
      said(tls) === `Bad ${reason}` &&
      verdict.word === 'Broken' &&
      verdict.finding.reason === reason &&
      verdict.finding.subject.kind === 'Certificate' &&
      verdict.finding.subject.name === label;

  afterAll(async () => {
    const { certManager, conceal } = world();
    for (const label of used) {
      await conceal(label);
      await certManager.removeCertificate(at(label));
      await certManager.removeSecret(at(secretNameOf(label)));
    }
    await certManager.removeCertificate(at('shared-too'));
    for (const name of ['late', 'unready', 'unsolved']) {
      await certManager.removeClusterIssuer(name);
    }
  });

  it('a first issuance is Pending, and then good', async () => {
    await begin('first', SLOW);

    const waiting = await world().readUntil(
      'first',
      'being issued',
      ({ verdict, tls, certificates }) =>
        verdict.word === 'Pending' &&
        tls.finding.reason === 'CertificateNotIssued' &&
        certificates?.[0].facts.certificate?.nextRequest !== undefined,
    );
    expect(waiting.tls.word).toBe('Unknown');
    expect(waiting.tls.finding.message).toMatch(
      /until Certificate kube-system\/first is issued for the first time/,
    );
    expect(waiting.certificates).toMatchObject([
      {
        hosts: [world().hostOf('first')],
        facts: {
          secret: at(secretNameOf('first')),
          certificate: {
            ...at('first'),
            conditions: expect.arrayContaining([
              expect.objectContaining({ type: 'Issuing', status: 'True' }),
            ]),
            nextRequest: { name: 'first-1', revision: 1 },
          },
          issuer: { name: 'slow', type: 'external' },
        },
      },
    ]);

    await order('first', DEMO_CA);
    const seen = await world().readUntil(
      'first',
      'Live and good',
      ({ verdict, tls }) =>
        verdict.word === 'Live' && tls.finding.reason === 'CertificateGood',
    );
    expect(seen.tls).toMatchObject({ word: 'Good', coversHost: true });
    expect(seen.certificates?.[0].facts).toMatchObject({
      certificate: { revision: expect.any(Number) },
      leaf: { serialNumber: seen.tls.certificate?.serialNumber },
      issuer: { name: 'idp-demo-ca', type: 'CA' },
      trust: 'cluster',
      verified: true,
    });
  });

  it('a first issuance that takes longer than the settings allow is Broken, with its age', async () => {
    await begin('overdue', SLOW);
    await world().readUntil(
      'overdue',
      'being issued',
      ({ tls, certificates }) =>
        said(tls) === 'Unknown CertificateNotIssued' &&
        certificates?.[0].facts.certificate?.nextRequest !== undefined,
    );

    await world().certManager.backdateIssuance(at('overdue'), 2 * HOUR);
    const { verdict, findings } = await world().readUntil(
      'overdue',
      'overdue',
      isBrokenBy('overdue', 'IssuanceOverdue'),
    );
    expect(verdict.finding.message).toMatch(/ for 2 hours\b/);
    expect(verdict.finding.remedy).toMatch(/the controller of Issuer .*slow/);
    expect(findings.map(({ reason }) => reason)).not.toContain(
      'CertificateNotIssued',
    );

    await order('overdue', DEMO_CA);
    await world().readUntil('overdue', GOOD, saysSo(GOOD));
  });

  it('a wildcard whose ACME issuer has http01 solvers alone needs dns01, which is told at once and stays the remedy', async () => {
    const label = 'unsolved';
    const { certManager } = world();
    // No controller here speaks ACME, so that nobody asks this server.
    await certManager.applyClusterIssuer(label, {
      acme: {
        server: 'https://127.0.0.1:9/directory',
        privateKeySecretRef: { name: label },
        solvers: [{ http01: { ingress: {} } }],
      },
    });
    const wildcard = world().hostOf(label).replace(label, '*');
    const orderWildcard = (issuerRef: object) =>
      certManager.applyCertificate(at(label), {
        secretName: secretNameOf(label),
        dnsNames: [wildcard],
        issuerRef,
      });
    used.push(label);
    await orderWildcard({ kind: 'ClusterIssuer', name: label });
    await world().expose(label);

    const { verdict, certificates } = await world().readUntil(
      label,
      'without solver',
      exposure =>
        isBrokenBy(label, 'SolverMissing')(exposure) &&
        exposure.certificates?.[0].facts.certificate?.nextRequest !== undefined,
    );
    expect(verdict.finding.remedy).toContain(
      `add a dns01 solver for ${wildcard} to spec.acme.solvers of ClusterIssuer ${label}`,
    );
    expect(certificates?.[0].facts.issuer).toMatchObject({
      type: 'ACME',
      unsolved: [{ name: wildcard, needs: ['dns01'], lack: 'challenge' }],
    });

    await certManager.backdateIssuance(at(label), 2 * HOUR);
    const overdue = await world().readUntil(
      label,
      'overdue',
      isBrokenBy(label, 'IssuanceOverdue'),
    );
    expect(overdue.verdict.finding.remedy).toBe(verdict.finding.remedy);
    expect(overdue.findings).toContainEqual(
      expect.objectContaining({ reason: 'SolverMissing', severity: 'error' }),
    );

    await orderWildcard(DEMO_CA);
    await world().readUntil(label, GOOD, saysSo(GOOD));
  });

  it('an issuer that does not exist is named, and the certificate is good once it does', async () => {
    await begin('late', { kind: 'ClusterIssuer', name: 'late' });

    const { tls, verdict } = await world().readUntil(
      'late',
      'without issuer',
      ({ tls: { finding } }) => finding.reason === 'IssuerMissing',
    );
    expect(tls.word).toBe('Bad');
    expect(verdict.word).toBe('Broken');
    expect(tls.finding).toMatchObject({
      message: expect.stringMatching(
        /ClusterIssuer late, which is to sign Certificate kube-system\/late, does not exist/,
      ),
      remedy: expect.stringContaining('create ClusterIssuer late'),
      subject: { kind: 'ClusterIssuer', name: 'late' },
    });

    await world().certManager.applyClusterIssuer('late', {
      ca: { secretName: 'idp-demo-ca-secret' },
    });
    await world().readUntil('late', GOOD, saysSo(GOOD));
  });

  it('an issuer that is not ready is named with what cert-manager says of it', async () => {
    const { certManager } = world();
    await certManager.applyClusterIssuer('unready', {
      ca: { secretName: 'nowhere' },
    });
    await begin('unready', { kind: 'ClusterIssuer', name: 'unready' });

    const { tls } = await world().readUntil(
      'unready',
      'without a ready issuer',
      ({ tls: { finding } }) => finding.reason === 'IssuerNotReady',
    );
    expect(tls.word).toBe('Bad');
    expect(tls.finding).toMatchObject({
      message: expect.stringMatching(
        /ClusterIssuer unready is not ready.*nowhere/,
      ),
      remedy: expect.stringMatching(
        /name in spec\.ca\.secretName of ClusterIssuer unready a Secret of namespace cert-manager .*such as idp-demo-ca-secret, or put them into a new Secret cert-manager\/nowhere/,
      ),
      subject: { kind: 'ClusterIssuer', name: 'unready' },
    });

    await certManager.applyClusterIssuer('unready', {
      ca: { secretName: 'idp-demo-ca-secret' },
    });
    await world().readUntil('unready', GOOD, saysSo(GOOD));
  });

  it('a renewal through an issuer that is not ready waits for it', async () => {
    const { certManager } = world();
    await certManager.applyClusterIssuer('unready', {
      ca: { secretName: 'nowhere' },
    });
    // Until cert-manager has noticed, it signs with the CA of before.
    await world().readUntil(
      'unready',
      'without a ready issuer',
      saysSo('Degraded IssuerNotReady'),
    );
    await certManager.renew(at('unready'));
    const { tls, certificates } = await world().readUntil(
      'unready',
      'waiting for its issuer',
      ({ tls: { finding } }) => /its renewal.*waits/.test(finding.message),
    );
    expect(tls).toMatchObject({
      word: 'Degraded',
      finding: { reason: 'IssuerNotReady' },
    });
    expect(certificates?.[0].facts.certificate?.conditions).toContainEqual(
      expect.objectContaining({ type: 'Issuing', status: 'True' }),
    );
    const { status } = await certManager.get(at('unready'));

    await certManager.applyClusterIssuer('unready', {
      ca: { secretName: 'idp-demo-ca-secret' },
    });
    await world().readUntil(
      'unready',
      'renewed',
      exposure =>
        saysSo(GOOD)(exposure) &&
        (exposure.certificates?.[0].facts.certificate?.revision ?? 0) >
          (status?.revision ?? 0),
    );
  });

  it('two Certificates for one Secret are both named', async () => {
    await begin('shared', DEMO_CA);
    await world().certManager.issued(at('shared'));
    await order('shared', DEMO_CA, 'shared-too');

    const { tls, certificates } = await world().readUntil(
      'shared',
      'of two managers',
      saysSo('Degraded CertificateOfTwoManagers'),
    );
    expect(tls.finding.message).toMatch(
      /2 Certificates fill Secret kube-system\/shared-tls/,
    );
    expect(tls.finding.remedy).toMatch(
      /delete all but one of: Certificate kube-system\/shared, Certificate kube-system\/shared-too/,
    );
    expect(certificates?.[0].facts.rivals).toEqual([
      { kind: 'Certificate', ...at('shared-too') },
    ]);

    await world().certManager.removeCertificate(at('shared-too'));
    await world().readUntil('shared', GOOD, saysSo(GOOD));
  });
};
