import type { CertificateSummary } from 'backstage-plugin-networking-common';
import fc from 'fast-check';
import {
  alternativeNames,
  commonName,
  derCertificate,
  ecKey,
  ed25519Key,
  ed448Key,
  extension,
  NO_NAME,
  oid,
  pemOf,
  rsaKey,
  rsaPssKey,
  sequence,
  time,
  tlv,
  type DerOptions,
} from '../../__testUtils__/der';
import { isSignedBy, pathUp, verify } from './verify';
import { parseCertificates, summarize } from './x509';

const key = ecKey('prime256v1');

const certificate = (options: Partial<DerOptions> = {}) =>
  derCertificate({ key, ...options });
const pem = (options: Partial<DerOptions> = {}) => pemOf(certificate(options));

/** All that is done with a text; what is said of each certificate in it. */
function take(text: string): CertificateSummary[] {
  const found = parseCertificates(text);
  const now = new Date('2026-06-01T00:00:00Z');
  for (const leaf of found) {
    verify({ leaf, intermediates: found, trusted: found, now });
    pathUp(leaf, found);
    for (const other of found) isSignedBy(leaf, other);
  }
  return found.map(summarize);
}

const ID = Buffer.from('0102030405060708090a0b0c0d0e0f1011121314', 'hex');
const HEX = '01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13:14';

describe('one certificate', () => {
  const CASES: Record<string, [() => string, Partial<CertificateSummary>]> = {
    'RSA with 1024 bits': [
      () => pem({ key: rsaKey(1024) }),
      {
        key: { algorithm: 'RSA', bits: 1024 },
        signatureHash: 'SHA-256',
        signatureAlgorithm: 'SHA256-RSA',
      },
    ],
    'RSA with 2048 bits': [
      () => pem({ key: rsaKey(2048, 'SHA-384') }),
      { key: { algorithm: 'RSA', bits: 2048 }, signatureHash: 'SHA-384' },
    ],
    'RSA with 4096 bits': [
      () => pem({ key: rsaKey(4096, 'SHA-512') }),
      { key: { algorithm: 'RSA', bits: 4096 }, signatureHash: 'SHA-512' },
    ],
    'signed with SHA-1': [
      () => pem({ key: rsaKey(2048, 'SHA-1') }),
      { signatureHash: 'SHA-1' },
    ],
    'signed with ECDSA and SHA-1': [
      () => pem({ key: ecKey('prime256v1', 'SHA-1') }),
      { signatureHash: 'SHA-1' },
    ],
    'signed with MD5': [
      () => pem({ key: rsaKey(2048, 'MD5') }),
      { signatureHash: 'MD5' },
    ],
    'P-256': [
      () => pem(),
      {
        key: { algorithm: 'EC', curve: 'P-256' },
        signatureHash: 'SHA-256',
        signatureAlgorithm: 'ECDSA-SHA256',
      },
    ],
    'P-384': [
      () => pem({ key: ecKey('secp384r1', 'SHA-384') }),
      { key: { algorithm: 'EC', curve: 'P-384' }, signatureHash: 'SHA-384' },
    ],
    'P-521': [
      () => pem({ key: ecKey('secp521r1', 'SHA-512') }),
      { key: { algorithm: 'EC', curve: 'P-521' }, signatureHash: 'SHA-512' },
    ],
    'a curve that browsers do not take': [
      () => pem({ key: ecKey('secp256k1') }),
      { key: { algorithm: 'EC', curve: 'secp256k1' } },
    ],
    'Ed25519, which hashes by itself': [
      () => pem({ key: ed25519Key() }),
      {
        key: { algorithm: 'Ed25519' },
        signatureHash: undefined,
        signatureAlgorithm: 'Ed25519',
      },
    ],
    'with an RSA key that is for RSASSA-PSS alone': [
      () => pem({ key: rsaPssKey(2048), signer: key }),
      { key: { algorithm: 'RSA-PSS', bits: 2048 }, signatureHash: 'SHA-256' },
    ],
    Ed448: [
      () => pem({ key: ed448Key() }),
      {
        key: { algorithm: 'Ed448' },
        signatureHash: undefined,
        signatureAlgorithm: 'Ed448',
      },
    ],
    'with a key of a kind that nobody knows': [
      () =>
        pem({
          key: {
            ...key,
            spki: sequence(
              sequence(oid('1.2.3.4.5')),
              tlv(0x03, Buffer.from([0, 1, 2])),
            ),
          },
          signer: key,
        }),
      { key: { algorithm: 'other' }, signatureHash: 'SHA-256' },
    ],
    'of version 1, which can be no CA': [
      () => pem({ version: 1, subject: commonName('old') }),
      { subject: 'CN=old', isCa: false },
    ],
    'with identifiers of its key and of that which signed it': [
      () =>
        pem({
          extensions: [
            extension('2.5.29.14', tlv(0x04, ID)),
            extension('2.5.29.35', sequence(tlv(0x80, ID))),
          ],
        }),
      { subjectKeyId: HEX, authorityKeyId: HEX },
    ],
    'with an authority that is named otherwise than by its key': [
      () =>
        pem({
          extensions: [
            extension('2.5.29.35', sequence(tlv(0x82, Buffer.from([7])))),
          ],
        }),
      { authorityKeyId: undefined },
    ],
    'with one extension that is broken, which hides no other': [
      () =>
        pem({
          extensions: [
            extension('2.5.29.35', Buffer.from('no DER')),
            extension('2.5.29.14', tlv(0x04, ID)),
          ],
        }),
      { authorityKeyId: undefined, subjectKeyId: HEX },
    ],
    'of a CA': [
      () =>
        pem({
          extensions: [
            extension(
              '2.5.29.19',
              sequence(tlv(0x01, Buffer.from([0xff]))),
              true,
            ),
          ],
        }),
      { isCa: true },
    ],
    'without a subject': [
      () => pem({ subject: NO_NAME, issuer: commonName('ca') }),
      { subject: '', issuer: 'CN=ca' },
    ],
    'with a serial number below zero': [
      () => pem({ serial: [0x80] }),
      { serialNumber: expect.stringMatching(/^-?[0-9A-F]+$/) },
    ],
    'with a serial number of zero': [
      () => pem({ serial: [0] }),
      { serialNumber: expect.stringMatching(/^0*$/) },
    ],
    'with a serial number of 20 bytes': [
      () => pem({ serial: [...ID] }),
      { serialNumber: ID.toString('hex').toUpperCase() },
    ],
    'without an end (RFC 5280, section 4.1.2.5)': [
      () => pem({ notAfter: time(new Date('9999-12-31T23:59:59Z')) }),
      { notAfter: '9999-12-31T23:59:59.000Z' },
    ],
    'from before 1970': [
      () => pem({ notBefore: time(new Date('1951-02-03T04:05:06Z')) }),
      { notBefore: '1951-02-03T04:05:06.000Z' },
    ],
    'from before 1950': [
      () => pem({ notBefore: time(new Date('1923-02-03T04:05:06Z')) }),
      { notBefore: '1923-02-03T04:05:06.000Z' },
    ],
    'for addresses, URIs and mailboxes besides': [
      () =>
        pem({
          extensions: [
            alternativeNames(
              ['ip', [192, 0, 2, 1]],
              ['dns', 'shop.example.org'],
              ['uri', 'spiffe://example.org/DNS:evil.example'],
              ['email', 'a@example.org'],
              ['ip', [...new Uint8Array(16)]],
            ),
          ],
        }),
      { dnsNames: ['shop.example.org'] },
    ],
    'for names that would pass for two': [
      () =>
        pem({
          extensions: [
            alternativeNames(
              ['dns', 'a.example, DNS:evil.example'],
              ['uri', 'http://a", DNS:evil.example, DNS:"b'],
              ['dns', 'good.example'],
              ['dns', 'quo"ted.example'],
            ),
          ],
        }),
      { dnsNames: ['good.example'] },
    ],
    'for a name that ends early, at a NUL': [
      () =>
        pem({
          extensions: [
            alternativeNames(
              ['dns', 'shop.example.org\0.evil.example'],
              ['dns', 'good.example'],
            ),
          ],
        }),
      { dnsNames: ['good.example'] },
    ],
    'for an address of the wrong length': [
      () =>
        pem({
          extensions: [
            alternativeNames(['ip', [1, 2, 3]], ['dns', 'good.example']),
          ],
        }),
      { dnsNames: ['good.example'] },
    ],
    'with alternative names that are broken': [
      () => pem({ extensions: [extension('2.5.29.17', Buffer.from('x'))] }),
      { dnsNames: [] },
    ],
    'with 2,000 names': [
      () =>
        pem({
          extensions: [
            alternativeNames(
              ...Array.from(
                { length: 2_000 },
                (_, index) => ['dns', `host-${index}.example.org`] as const,
              ).map(([kind, name]): ['dns', string] => [kind, name]),
            ),
          ],
        }),
      {
        dnsNames: Array.from(
          { length: 2_000 },
          (_, index) => `host-${index}.example.org`,
        ),
      },
    ],
    'with an extension that is critical and unknown': [
      () => pem({ extensions: [extension('1.2.3.4', tlv(0x05), true)] }),
      { subject: 'CN=test' },
    ],
    'with a subject of several lines': [
      () => pem({ subject: commonName('one\nCN=two') }),
      { subject: expect.stringContaining('one') },
    ],
  };

  it.each(Object.entries(CASES))('%s', (_, [make, expected]) => {
    const [summary, ...others] = take(make());
    expect(others).toEqual([]);
    const told = Object.fromEntries(
      Object.keys(expected).map(name => [
        name,
        summary[name as keyof CertificateSummary],
      ]),
    );
    expect(told).toEqual(expected);
  });

  it.each<[string, Buffer]>([
    ['has no readable end', tlv(0x17, Buffer.from('not a time!!!'))],
    [
      'ends at a time that does not exist',
      tlv(0x17, Buffer.from('261399999999Z')),
    ],
  ])('is none where it %s', (_, notAfter) => {
    expect(take(pem({ notAfter }))).toEqual([]);
  });
});

describe('whatever comes', () => {
  const seeds = [
    certificate(),
    certificate({ key: rsaKey(1024), version: 1 }),
    certificate({
      key: ed25519Key(),
      subject: NO_NAME,
      extensions: [
        extension('2.5.29.14', tlv(0x04, ID)),
        extension('2.5.29.35', sequence(tlv(0x80, ID))),
        extension('2.5.29.19', sequence(tlv(0x01, Buffer.from([0xff])))),
        alternativeNames(['dns', 'a.example'], ['ip', [1, 2, 3, 4]]),
      ],
    }),
  ];

  it('throws for no text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(() => take(text)).not.toThrow();
      }),
    );
  });

  it('throws for no bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), bytes => {
        expect(() => take(pemOf(bytes))).not.toThrow();
      }),
    );
  });

  it('throws for no certificate of which bytes were changed, dropped or added', () => {
    const change = fc.record({
      at: fc.nat(2_000),
      drop: fc.nat(8),
      add: fc.uint8Array({ maxLength: 8 }),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        (seed, changes) => {
          let bytes = Buffer.from(seed);
          for (const { at, drop, add } of changes) {
            const start = at % (bytes.length + 1);
            bytes = Buffer.concat([
              bytes.subarray(0, start),
              add,
              bytes.subarray(start + drop),
            ]);
          }
          const found = take(pemOf(bytes) + pemOf(seed));
          expect(found.length).toBeGreaterThanOrEqual(1);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
