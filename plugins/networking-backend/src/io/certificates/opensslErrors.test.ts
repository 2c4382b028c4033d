import { judgeCertificate } from 'backstage-plugin-networking-common';
import { OPENSSL_CODES, opensslCode } from './opensslErrors';
import { createFixture, settings } from './__testUtils__/fixture';

/** Of these renewing may help, or they are the host's, or say nothing of the certificate. */
const WITHOUT_A_CAUSE = new Set([
  'SUBJECT_ISSUER_MISMATCH',
  'AKID_SKID_MISMATCH',
  'AKID_ISSUER_SERIAL_MISMATCH',
  'HOSTNAME_MISMATCH',
  'EMAIL_MISMATCH',
  'IP_ADDRESS_MISMATCH',
  'INVALID_CALL',
  'STORE_LOOKUP',
]);

it.each([
  ['permitted subtree violation', 'PERMITTED_VIOLATION'],
  ['CA certificate key too weak', 'CA_KEY_TOO_SMALL'],
  ['error number 4711', undefined],
  ['toString', undefined],
])('%s is %s', (text, code) => {
  expect(opensslCode(text)).toBe(code);
});

it.each(OPENSSL_CODES.filter(code => !WITHOUT_A_CAUSE.has(code)))(
  '%s has a finding and a remedy of its own, which is not to renew alone',
  async code => {
    const fixture = await createFixture();
    const [facts] = fixture.factsOf();
    const { word, finding } = judgeCertificate({
      facts,
      settings,
      now: new Date().toISOString(),
      served: {
        leaf: facts.leaf,
        verified: false,
        verificationError: code,
      },
    });
    expect(word).toBe('Bad');
    expect(finding.reason).not.toBe('CertificateNotTrusted');
    expect(finding.remedy).toMatch(/./);
    expect(finding.remedy).not.toMatch(/^Renew/);
    expect(finding.details).toMatchObject({ code });
  },
);

it.each(['UNSPECIFIED', 'INVALID_CALL', 'STORE_LOOKUP', 'OUT_OF_MEM'])(
  '%s is not renewed away either',
  async code => {
    const [facts] = (await createFixture()).factsOf();
    const { finding } = judgeCertificate({
      facts,
      settings,
      now: new Date().toISOString(),
      served: { leaf: facts.leaf, verified: false, verificationError: code },
    });
    expect(finding).toMatchObject({
      reason: 'CertificateNotTrusted',
      details: { code },
    });
    expect(finding.remedy).not.toMatch(/^Renew/);
  },
);
