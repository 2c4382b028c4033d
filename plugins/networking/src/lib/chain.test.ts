import type { CertificateSummary } from 'backstage-plugin-networking-common';
import { chainOf } from './chain';

const NOW = Date.parse('2026-11-25T12:00:00Z');

const certificate = (
  name: string,
  issuer: string,
  more: Partial<CertificateSummary> = {},
): CertificateSummary => ({
  subject: `CN=${name}`,
  issuer: `CN=${issuer}`,
  dnsNames: [],
  serialNumber: name,
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2027-01-01T00:00:00Z',
  fingerprintSha256: `${name} ${more.subjectKeyId ?? ''}`,
  isCa: true,
  ...more,
});

const leaf = certificate('leaf', 'ca', { isCa: false, authorityKeyId: 'K1' });
const ca = certificate('ca', 'ca', {
  subjectKeyId: 'K1',
  authorityKeyId: 'K1',
});
const newCa = certificate('ca', 'ca', {
  subjectKeyId: 'K2',
  authorityKeyId: 'K2',
});
const UNTRUSTED = 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';

const drawn = (input: Parameters<typeof chainOf>[0]) =>
  chainOf(input, NOW).flatMap(
    ({ certificate: { serialNumber }, role, signed }) =>
      [`${serialNumber} (${role})`, signed].filter(Boolean),
  );

it.each([
  {
    what: 'a leaf and the CA that signs today',
    input: { chain: [leaf, ca], signer: ca, verified: true },
    links: ['leaf (leaf)', 'yes', 'ca (signer)'],
  },
  {
    what: 'a CA that was not sent along',
    input: { chain: [leaf], signer: ca, verified: true },
    links: ['leaf (leaf)', 'yes', 'ca (signer)'],
  },
  {
    what: 'an intermediate',
    input: {
      chain: [
        certificate('leaf', 'middle', { isCa: false }),
        certificate('middle', 'ca'),
      ],
      signer: ca,
      verified: true,
    },
    links: [
      'leaf (leaf)',
      'yes',
      'middle (intermediate)',
      'yes',
      'ca (signer)',
    ],
  },
  {
    what: 'a CA that was re-keyed: the break is between the two CAs',
    input: {
      chain: [leaf, ca],
      signer: newCa,
      verified: false,
      verificationError: UNTRUSTED,
    },
    links: ['leaf (leaf)', 'yes', 'ca (ca)', 'otherKey', 'ca (signer)'],
  },
  {
    what: 'a leaf of another key, with nothing between',
    input: {
      chain: [leaf],
      signer: newCa,
      verified: false,
      verificationError: UNTRUSTED,
    },
    links: ['leaf (leaf)', 'no', 'ca (signer)'],
  },
  {
    what: 'a chain that does not verify though its names fit: the last link breaks',
    input: {
      chain: [certificate('leaf', 'ca', { isCa: false })],
      signer: ca,
      verified: false,
      verificationError: UNTRUSTED,
    },
    links: ['leaf (leaf)', 'no', 'ca (signer)'],
  },
  {
    what: 'a missing intermediate',
    input: {
      chain: [certificate('leaf', 'middle', { isCa: false })],
      signer: ca,
      verified: false,
      verificationError: UNTRUSTED,
    },
    links: ['leaf (leaf)', 'no', 'ca (signer)'],
  },
  {
    what: 'an expired leaf: no link is broken',
    input: {
      chain: [{ ...leaf, notAfter: '2026-11-01T00:00:00Z' }, ca],
      signer: ca,
      verified: false,
      verificationError: 'CERT_HAS_EXPIRED',
    },
    links: ['leaf (leaf)', 'yes', 'ca (signer)'],
  },
  {
    what: 'a CA of which it is not known whether it still signs',
    input: {
      chain: [leaf],
      signer: ca,
      trust: 'issued' as const,
      verified: true,
    },
    links: ['leaf (leaf)', 'yes', 'ca (ca)'],
  },
  {
    what: 'what could not be verified since no CA is known: no link is broken',
    input: {
      chain: [certificate('leaf', 'ca', { isCa: false }), ca],
      verified: false,
      verificationError: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    },
    links: ['leaf (leaf)', 'unknown', 'ca (ca)'],
  },
  {
    what: 'the root above a CA that is an intermediate',
    input: {
      chain: [leaf, certificate('ca', 'root', { subjectKeyId: 'K1' })],
      signer: certificate('ca', 'root', { subjectKeyId: 'K1' }),
      root: certificate('root', 'root'),
      trust: 'cluster' as const,
      verified: true,
    },
    links: ['leaf (leaf)', 'yes', 'ca (signer)', 'yes', 'root (ca)'],
  },
  {
    what: 'a missing intermediate that signs today: the break is below the root',
    input: {
      chain: [leaf],
      signer: certificate('ca', 'root', { subjectKeyId: 'K1' }),
      root: certificate('root', 'root'),
      trust: 'cluster' as const,
      verified: false,
      verificationError: UNTRUSTED,
    },
    links: ['leaf (leaf)', 'no', 'root (ca)'],
  },
  {
    what: 'a name that the CA may not sign: no link is broken',
    input: {
      chain: [leaf, ca],
      signer: ca,
      trust: 'cluster' as const,
      verified: false,
      verificationError: 'PERMITTED_VIOLATION',
    },
    links: ['leaf (leaf)', 'yes', 'ca (signer)'],
  },
  {
    what: 'what nobody has verified',
    input: { chain: [certificate('leaf', 'ca', { isCa: false })], signer: ca },
    links: ['leaf (leaf)', 'unknown', 'ca (signer)'],
  },
  {
    what: 'a self-signed certificate alone',
    input: { chain: [ca], signer: ca, verified: true },
    links: ['ca (leaf)'],
  },
  { what: 'nothing', input: { chain: [] }, links: [] },
])('draws $what', ({ input, links }) => {
  expect(drawn(input)).toEqual(links);
});

it('marks what clients refuse for its dates', () => {
  expect(
    chainOf(
      {
        chain: [
          { ...leaf, notBefore: '2026-12-01T00:00:00Z' },
          { ...ca, notAfter: '2026-11-01T00:00:00Z' },
        ],
      },
      NOW,
    ).map(({ date }) => date),
  ).toEqual(['notYetValid', 'expired']);
});
