import type { ServedCertificate } from 'backstage-plugin-networking-common';
import {
  makeCertificate,
  type TestCertificate,
} from '../../__testUtils__/certificates';
import { caIssuers } from '../../__testUtils__/nameConstraints';
import { createFixture, type Fixture } from './__testUtils__/fixture';
import {
  base64,
  judgedIn,
  requestIn,
  seen,
  signInCluster,
} from './__testUtils__/judged';

const dnsNames = ['*.127-0-0-1.nip.io', '127-0-0-1.nip.io'];

let fixture: Fixture;
let root: TestCertificate;
let intermediate: TestCertificate;
let leaf: TestCertificate;

beforeAll(async () => {
  root = await makeCertificate({ name: 'root', isCa: true });
  intermediate = await makeCertificate({
    name: 'intermediate',
    isCa: true,
    issuer: root,
  });
  leaf = await makeCertificate({ name: 'x', dnsNames, issuer: intermediate });
});

beforeEach(async () => {
  fixture = await createFixture();
});

const judged = (
  options?: Parameters<Fixture['factsOf']>[0],
  served?: ServedCertificate,
) => judgedIn(fixture, options, served);
const signedInClusterBy = (
  ca: TestCertificate,
  chain: TestCertificate[],
  above?: TestCertificate,
) => signInCluster(fixture, ca, chain, above);

const MISSING = 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';

describe('where the CA is an intermediate', () => {
  it('is not plainly good while the root is not known', () => {
    signedInClusterBy(intermediate, [leaf, intermediate]);
    const { facts, word, reason, remedy, details } = judged();
    expect(facts).toMatchObject({ verified: true, trust: 'cluster' });
    expect(facts.root).toBeUndefined();
    expect({ word, reason }).toEqual({
      word: 'Degraded',
      reason: 'CaRootNotKnown',
    });
    expect(remedy).toMatch(/the CA root in \[certificates\] ca_pem/);
    expect(details).toMatchObject({ missing: 'CN=root' });
  });

  it('is not plainly good either where the settings give no more than that', () => {
    fixture.issueBy({ vault: {} }, leaf, intermediate);
    expect(judged({ caPem: intermediate.cert })).toMatchObject({
      word: 'Degraded',
      reason: 'CaRootNotKnown',
    });
  });

  it.each<[string, () => Parameters<Fixture['factsOf']>[0]]>([
    ['the settings', () => ({ caPem: root.cert })],
    [
      'the settings, beside the intermediate',
      () => ({ caPem: intermediate.cert + root.cert }),
    ],
    ['this system', () => ({ roots: [root] })],
  ])('is good where %s tell of the root', (_, options) => {
    signedInClusterBy(intermediate, [leaf, intermediate]);
    const { facts, word } = judged(options());
    expect(facts).toMatchObject({
      verified: true,
      signer: { subject: 'CN=intermediate' },
      root: { subject: 'CN=root' },
    });
    expect(word).toBe('Good');
  });

  it('is good where the root came with the certificate of the CA', () => {
    signedInClusterBy(intermediate, [leaf, intermediate], root);
    expect(judged()).toMatchObject({
      word: 'Good',
      facts: { root: { subject: 'CN=root' } },
    });
  });

  it('is good where the root came with the certificate itself', () => {
    signedInClusterBy(intermediate, [leaf, intermediate, root]);
    expect(judged().word).toBe('Good');
  });

  it('is good where a root of the same name and key stands for one that was cross-signed', async () => {
    const older = await makeCertificate({ name: 'older', isCa: true });
    const crossed = await makeCertificate({
      name: 'root',
      isCa: true,
      issuer: older,
      keys: root.keys,
    });
    fixture.issueBy({ vault: {} }, leaf, intermediate);
    expect(judged({ caPem: crossed.cert, roots: [root] })).toMatchObject({
      word: 'Good',
      facts: { verified: true },
    });
    expect(judged({ caPem: crossed.cert }).reason).toBe('CaRootNotKnown');
  });

  it('takes no root that has ended', async () => {
    const ended = await makeCertificate({
      name: 'root',
      isCa: true,
      keys: root.keys,
      notAfter: new Date(Date.now() - 60_000),
    });
    signedInClusterBy(intermediate, [leaf, intermediate]);
    expect(judged({ caPem: ended.cert }).reason).toBe('CaRootNotKnown');
  });

  it('knows no root of another key', async () => {
    const other = await makeCertificate({ name: 'root', isCa: true });
    signedInClusterBy(intermediate, [leaf, intermediate]);
    expect(judged({ caPem: other.cert }).reason).toBe('CaRootNotKnown');
  });

  it('is bad still where the intermediate has another key since', async () => {
    const next = await makeCertificate({ name: 'intermediate', isCa: true });
    signedInClusterBy(next, [leaf, intermediate]);
    expect(judged()).toMatchObject({
      word: 'Bad',
      reason: 'CertificateOfOldCaKey',
    });
  });

  it('is good with an intermediate of before, where clients are given the root above both', async () => {
    const next = await makeCertificate({
      name: 'intermediate',
      isCa: true,
      issuer: root,
    });
    signedInClusterBy(next, [leaf, intermediate]);
    expect(judged({ caPem: root.cert }).word).toBe('Good');
  });
});

describe('a leaf without its intermediate', () => {
  const issuers: Record<string, [Record<string, unknown>, RegExp]> = {
    Vault: [{ vault: {} }, /^Set in Vault the chain of the PKI mount/],
    Venafi: [{ venafi: {} }, /give the certificate of the CA intermediate/],
    'a CA by hand': [
      { ca: { secretName: 'by-hand' } },
      /into tls\.crt of the Secret in which ClusterIssuer idp-demo-ca/,
    ],
    ACME: [{ acme: {} }, /ACME server of ClusterIssuer idp-demo-ca/],
  };
  it.each(Object.entries(issuers))(
    'is told as such for %s, and not renewed alone',
    (_, [spec, remedy]) => {
      fixture.issueBy(spec, leaf);
      const found = judged({ caPem: root.cert });
      expect(found).toMatchObject({
        word: 'Bad',
        reason: 'CertificateChainIncomplete',
        details: { missing: 'CN=intermediate' },
        facts: { verified: false },
      });
      expect(found.remedy).toMatch(remedy);
      expect(judged({ caPem: root.cert }, seen([leaf], MISSING))).toMatchObject(
        { word: 'Bad', reason: 'CertificateChainIncomplete' },
      );
    },
  );

  it('is told as such for ACME where its root is one of this system', () => {
    fixture.issueBy({ acme: {} }, leaf);
    expect(judged({ roots: [root] })).toMatchObject({
      word: 'Bad',
      reason: 'CertificateChainIncomplete',
    });
  });

  it('is another thing than a CA that nobody knows, for ACME', async () => {
    const unknown = await makeCertificate({ name: 'staging', isCa: true });
    const below = await makeCertificate({
      name: 'R1',
      isCa: true,
      issuer: unknown,
    });
    const one = await makeCertificate({ name: 'x', dnsNames, issuer: below });
    fixture.issueBy({ acme: {} }, one, below);
    expect(judged({ roots: [root] })).toMatchObject({
      word: 'Bad',
      reason: 'CertificateNotTrusted',
    });
  });

  it('is told as such where the CA that signs today is that intermediate', () => {
    signedInClusterBy(intermediate, [leaf]);
    const found = judged({ caPem: root.cert });
    expect(found).toMatchObject({
      word: 'Bad',
      reason: 'CertificateChainIncomplete',
    });
    expect(found.remedy).toMatch(/then renew Certificate/);
  });

  it('is told as such where ca.crt alone holds the intermediate', () => {
    fixture.issueBy({ vault: {} }, leaf);
    requestIn(fixture, 'idp-wildcard-cert-1').status!.ca = base64(intermediate);
    expect(judged({ caPem: root.cert })).toMatchObject({
      word: 'Bad',
      reason: 'CertificateChainIncomplete',
    });
  });

  it('is mended by hand where somebody filled the Secret', () => {
    fixture.drop('Certificate', 'idp-wildcard-cert');
    const found = judged({ caPem: root.cert }, seen([leaf], MISSING));
    expect(found).toMatchObject({
      word: 'Bad',
      reason: 'CertificateChainIncomplete',
    });
    expect(found.remedy).toBe(
      'Append the certificate of the CA intermediate to tls.crt in Secret kube-system/idp-wildcard-cert.',
    );
  });

  it('by hand is not known while no root is', () => {
    fixture.drop('Certificate', 'idp-wildcard-cert');
    expect(judged({}, seen([leaf], MISSING))).toMatchObject({
      word: 'Unknown',
      reason: 'CertificateTrustNotKnown',
      details: { missing: 'CN=intermediate' },
    });
  });

  it('is told as such where it is the upper one of two, which may be a root as well', async () => {
    const lower = await makeCertificate({
      name: 'lower',
      isCa: true,
      issuer: intermediate,
    });
    const one = await makeCertificate({ name: 'x', dnsNames, issuer: lower });
    fixture.issueBy({ vault: {} }, one, lower);
    const found = judged({ caPem: root.cert });
    expect(found).toMatchObject({
      word: 'Bad',
      reason: 'CertificateChainIncomplete',
      details: { missing: 'CN=intermediate' },
    });
    expect(found.remedy).toMatch(
      /^Give the certificate of the CA intermediate/,
    );
  });

  it('is none where it leads to a root that nobody was told of', async () => {
    const other = await makeCertificate({ name: 'other', isCa: true });
    const one = await makeCertificate({ name: 'x', dnsNames, issuer: other });
    fixture.issueBy({ vault: {} }, one, other);
    const found = judged({ caPem: root.cert });
    expect(found).toMatchObject({
      word: 'Bad',
      reason: 'CertificateNotTrusted',
    });
    expect(found.remedy).toMatch(/the CA other in \[certificates\] ca_pem/);
  });

  it('is none where the root of the settings has another key since', async () => {
    const next = await makeCertificate({ name: 'root', isCa: true });
    fixture.issueBy({ vault: {} }, leaf, intermediate);
    expect(judged({ caPem: next.cert })).toMatchObject({
      word: 'Bad',
      reason: 'CertificateOfOldCaKey',
    });
  });

  it('says where some browsers fetch it', async () => {
    const url = 'http://ca.example.org/int.crt';
    const one = await makeCertificate({
      name: 'x',
      dnsNames,
      issuer: intermediate,
      extensions: [caIssuers(url)],
    });
    fixture.issueBy({ vault: {} }, one);
    expect(judged({ caPem: root.cert }).details).toMatchObject({
      caIssuers: url,
    });
  });

  it('is none where another CA that is known here signed it', async () => {
    const other = await makeCertificate({ name: 'other', isCa: true });
    const one = await makeCertificate({ name: 'x', dnsNames, issuer: other });
    signedInClusterBy(root, [one]);
    const found = judged();
    expect(found).toMatchObject({
      word: 'Bad',
      reason: 'CertificateNotTrusted',
    });
    expect(found.remedy).toMatch(/^Renew Certificate/);
  });
});
