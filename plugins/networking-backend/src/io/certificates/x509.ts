import { X509Certificate } from 'node:crypto';
import type { CertificateSummary } from 'backstage-plugin-networking-common';
import { LRUCache } from 'lru-cache';
import { extensionsOf } from './extensions';

/** Base64 has no hyphen, so that a block without an end does not swallow the one after it. */
const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * The certificates in a text, in order. Anything else in it, a private key
 * included, is passed over; a block that is no certificate, or whose validity
 * cannot be read, is left out. Never throws.
 */
export function parseCertificates(pem: string): X509Certificate[] {
  return (pem.match(PEM_BLOCK) ?? []).flatMap(block => parseBlock(block) ?? []);
}

function parseOnce(block: string): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(block);
    const { notBefore, notAfter } = validityOf(certificate);
    const isReadable = !Number.isNaN(notBefore + notAfter);
    return isReadable ? certificate : undefined;
  } catch {
    return undefined;
  }
}

/** Leaf and CA of 2,500 chains, some kB each; those that nobody asked for the longest make room. */
const MAX_PARSED = 5_000;
/** Ten times an ordinary one: what is larger is parsed anew each time. */
const MAX_REMEMBERED_LENGTH = 16 * 1024;
const parsed = new LRUCache<string, { certificate?: X509Certificate }>({
  max: MAX_PARSED,
  memoMethod: block => ({ certificate: parseOnce(block) }),
});

function parseBlock(block: string): X509Certificate | undefined {
  return block.length > MAX_REMEMBERED_LENGTH
    ? parseOnce(block)
    : parsed.memo(block).certificate;
}

/**
 * Of a time that OpenSSL cannot read Node makes any date at all, by what happens to lie in memory; its text says that it
 * cannot be read. Node 20 tells texts alone.
 */
function millisecondsOf(text: string, date: Date | undefined): number {
  const read = new Date(text).getTime();
  return Number.isNaN(read) ? read : date?.getTime() ?? read;
}

/** Milliseconds since the epoch; NaN for what cannot be read. */
export function validityOf({
  validFrom,
  validFromDate,
  validTo,
  validToDate,
}: Pick<
  X509Certificate,
  'validFrom' | 'validFromDate' | 'validTo' | 'validToDate'
>): {
  notBefore: number;
  notAfter: number;
} {
  return {
    notBefore: millisecondsOf(validFrom, validFromDate),
    notAfter: millisecondsOf(validTo, validToDate),
  };
}

/** A server sends what it likes: what is no time is an empty text. */
const timeOf = (milliseconds: number) =>
  Number.isNaN(milliseconds) ? '' : new Date(milliseconds).toISOString();

const defined = <T extends object>(values: T): T =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as T;

const summaries = new WeakMap<X509Certificate, CertificateSummary>();

/** What people compare. Never throws for what {@link parseCertificates} gives; what cannot be read is left out. */
export function summarize(certificate: X509Certificate): CertificateSummary {
  const known = summaries.get(certificate);
  if (known) return known;
  const { notBefore, notAfter } = validityOf(certificate);
  const {
    subjectAttributes: _,
    constraintsError: _error,
    ...told
  } = extensionsOf(certificate);
  const summary: CertificateSummary = {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    dnsNames: dnsNamesOf(certificate),
    serialNumber: certificate.serialNumber,
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    fingerprintSha256: certificate.fingerprint256,
    isCa: certificate.ca,
    key: keyOf(certificate),
    ...defined(told),
  };
  summaries.set(certificate, summary);
  return summary;
}

const KEY_TYPES: Readonly<
  Record<string, NonNullable<CertificateSummary['key']>['algorithm']>
> = {
  rsa: 'RSA',
  'rsa-pss': 'RSA-PSS',
  ec: 'EC',
  ed25519: 'Ed25519',
  ed448: 'Ed448',
  dsa: 'DSA',
};

/** NIST's names of what OpenSSL calls otherwise (RFC 8422, section 5.1.1). */
const CURVES: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
};

function keyOf(certificate: X509Certificate): CertificateSummary['key'] {
  try {
    const { asymmetricKeyType = '', asymmetricKeyDetails } =
      certificate.publicKey;
    const { modulusLength: bits, namedCurve } = asymmetricKeyDetails ?? {};
    const curve = namedCurve && (CURVES[namedCurve] ?? namedCurve);
    return {
      algorithm: KEY_TYPES[asymmetricKeyType] ?? 'other',
      ...(bits !== undefined && { bits }),
      ...(curve !== undefined && { curve }),
    };
  } catch {
    // A key of a kind that OpenSSL does not know.
    return { algorithm: 'other' };
  }
}

/** Node writes one attribute a line; a certificate may have no subject at all. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').filter(Boolean).join(', ');
}

/**
 * Node quotes an alternative name that holds a comma, a quote or a NUL as a JSON
 * string, so that it cannot pass for two names or for another.
 */
function dnsNamesOf(certificate: X509Certificate): string[] {
  const names = certificate.subjectAltName ?? '';
  return (names.match(/(?:[^,"]|"(?:\\.|[^"\\])*")+/g) ?? [])
    .map(name => name.trim())
    .filter(name => name.startsWith('DNS:') && !name.includes('"'))
    .map(name => name.slice('DNS:'.length));
}
