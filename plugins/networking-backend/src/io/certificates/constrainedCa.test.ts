import type { ServedCertificate } from 'backstage-plugin-networking-common';
import {
  makeCertificate,
  type TestCertificate,
} from '../../__testUtils__/certificates';
import { nameConstraints } from '../../__testUtils__/nameConstraints';
import { createFixture, type Fixture } from './__testUtils__/fixture';
import { judgedIn, seen, signInCluster } from './__testUtils__/judged';

const HOST = '*.127-0-0-1.nip.io';
const dnsNames = [HOST, '127-0-0-1.nip.io'];

let fixture: Fixture;
let constrained: TestCertificate;
let outside: TestCertificate;

beforeAll(async () => {
  constrained = await makeCertificate({
    name: 'constrained',
    isCa: true,
    extensions: [nameConstraints({ permitted: ['dns:example.com'] })],
  });
  outside = await makeCertificate({ name: 'x', dnsNames, issuer: constrained });
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

describe('a CA that may not sign the name', () => {
  const INNER = 'PERMITTED_VIOLATION';

  it('makes it bad without a probe, and renewing is not advised', () => {
    signedInClusterBy(constrained, [outside]);
    const found = judged();
    expect(found).toMatchObject({
      word: 'Bad',
      reason: 'CaMayNotSignName',
      details: { name: `DNS:${HOST}`, permitted: 'DNS:example.com' },
      facts: { verified: false, verificationError: INNER },
    });
    expect(found.remedy).toMatch(/spec\.nameConstraints of Certificate/);
    expect(found.reasons).not.toContain('CertificateNotTrusted');
  });

  it('makes it bad with one', () => {
    signedInClusterBy(constrained, [outside]);
    expect(judged({}, seen([outside], INNER))).toMatchObject({
      word: 'Bad',
      reason: 'CaMayNotSignName',
    });
  });

  it('makes it bad where the settings tell of it, and where somebody filled the Secret', () => {
    fixture.issueBy({ vault: {} }, outside);
    expect(judged({ caPem: constrained.cert }).reason).toBe('CaMayNotSignName');
    fixture.drop('Certificate', 'idp-wildcard-cert');
    expect(
      judged({ caPem: constrained.cert }, seen([outside], INNER)).reason,
    ).toBe('CaMayNotSignName');
  });

  it('makes it bad where nobody knows the CA, and it was served', () => {
    fixture.drop('Certificate', 'idp-wildcard-cert');
    expect(judged({}, seen([outside, constrained], INNER))).toMatchObject({
      word: 'Bad',
      reason: 'CaMayNotSignName',
    });
  });

  it('is none where the same CA without limits is given beside what was issued', async () => {
    const free = await makeCertificate({
      name: 'constrained',
      isCa: true,
      keys: constrained.keys,
    });
    fixture.issueBy({ vault: {} }, outside, constrained);
    expect(judged({ caPem: free.cert }).word).toBe('Good');
  });

  it('makes it bad where it stands above an intermediate', async () => {
    const between = await makeCertificate({
      name: 'between',
      isCa: true,
      issuer: constrained,
    });
    const one = await makeCertificate({ name: 'x', dnsNames, issuer: between });
    signedInClusterBy(between, [one, between], constrained);
    expect(judged()).toMatchObject({
      word: 'Bad',
      reason: 'CaMayNotSignName',
      details: { certificate: 'CN=constrained' },
    });
  });

  it('is none where another way up holds', async () => {
    const free = await makeCertificate({
      name: 'constrained',
      isCa: true,
      keys: constrained.keys,
    });
    fixture.issueBy({ vault: {} }, outside);
    expect(judged({ caPem: constrained.cert + free.cert }).word).toBe('Good');
  });
});
