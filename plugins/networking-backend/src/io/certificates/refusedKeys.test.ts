import { judgeCertificate } from 'backstage-plugin-networking-common';
import type { TestCertificate } from '../../__testUtils__/certificates';
import {
  alternativeNames,
  commonName,
  derCertificate,
  ecKey,
  ed25519Key,
  extension,
  pemOf,
  rsaKey,
  rsaPssKey,
  sequence,
  time,
  tlv,
  type DerKey,
} from '../../__testUtils__/der';
import { createFixture, settings } from './__testUtils__/fixture';

const DAY_MS = 86_400_000;
const dates = () => ({
  notBefore: time(new Date(Date.now() - DAY_MS)),
  notAfter: time(new Date(Date.now() + 200 * DAY_MS)),
});
const IS_CA = extension('2.5.29.19', sequence(tlv(0x01, Buffer.from([0xff]))));

/** What is said of a leaf with one key, signed by a CA with another that the settings give. */
async function said(key: DerKey, ca: DerKey) {
  const subject = commonName('clients ca');
  const caPem = pemOf(
    derCertificate({ key: ca, subject, extensions: [IS_CA], ...dates() }),
  );
  const cert = pemOf(
    derCertificate({
      key,
      signer: ca,
      issuer: subject,
      subject: commonName('leaf'),
      extensions: [alternativeNames(['dns', '*.127-0-0-1.nip.io'])],
      ...dates(),
    }),
  );
  const fixture = await createFixture();
  fixture.issueBy({ vault: {} }, { cert } as TestCertificate);
  const [facts] = fixture.factsOf({ caPem });
  const { word, finding } = judgeCertificate({
    facts,
    settings,
    now: new Date().toISOString(),
  });
  return { verified: facts.verified, word, reason: finding.reason };
}

describe('a certificate that verifies', () => {
  const CASES: Record<
    string,
    { key: () => DerKey; ca?: () => DerKey; word: string; reason: string }
  > = {
    'with P-384 is good': {
      key: () => ecKey('P-384'),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'with P-521 is degraded': {
      key: () => ecKey('P-521'),
      word: 'Degraded',
      reason: 'CertificateKeyRefused',
    },
    'with Ed25519 is bad': {
      key: ed25519Key,
      word: 'Bad',
      reason: 'CertificateKeyRefused',
    },
    'with a key for RSASSA-PSS alone is bad': {
      key: () => rsaPssKey(2048),
      word: 'Bad',
      reason: 'CertificateKeyRefused',
    },
    'on the curve secp256k1 is bad': {
      key: () => ecKey('secp256k1'),
      word: 'Bad',
      reason: 'CertificateKeyRefused',
    },
    'with P-224 is bad': {
      key: () => ecKey('secp224r1'),
      word: 'Bad',
      reason: 'CertificateKeyRefused',
    },
    'with RSA, of a CA with Ed25519, is bad': {
      key: () => rsaKey(2048),
      ca: ed25519Key,
      word: 'Bad',
      reason: 'CertificateKeyRefused',
    },
    'with RSA, of a CA with P-521, is good': {
      key: () => rsaKey(2048),
      ca: () => ecKey('P-521', 'SHA-512'),
      word: 'Good',
      reason: 'CertificateGood',
    },
  };

  it.each(Object.entries(CASES))(
    '%s',
    async (_, { key, ca = () => rsaKey(2048), word, reason }) => {
      expect(await said(key(), ca())).toEqual({
        verified: true,
        word,
        reason,
      });
    },
  );
});
