import { X509Certificate } from 'node:crypto';
import type { CertificateSummary } from 'backstage-plugin-networking-common';

const PEM_BLOCK =
  /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * The certificates in a text, in order. Anything else in it, a private key
 * included, is passed over; a block that is no certificate is left out.
 */
export function parseCertificates(pem: string): X509Certificate[] {
  return (pem.match(PEM_BLOCK) ?? []).flatMap(block => parseBlock(block) ?? []);
}

/** Every read of every tab asks for the same few. */
const MAX_PARSED = 100;
const parsed = new Map<string, X509Certificate>();

function parseBlock(block: string): X509Certificate | undefined {
  const known = parsed.get(block);
  if (known) return known;
  try {
    const certificate = new X509Certificate(block);
    parsed.set(block, certificate);
    if (parsed.size > MAX_PARSED) parsed.delete(parsed.keys().next().value!);
    return certificate;
  } catch {
    return undefined;
  }
}

export function summarize(certificate: X509Certificate): CertificateSummary {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    dnsNames: dnsNamesOf(certificate),
    serialNumber: certificate.serialNumber,
    notBefore: new Date(certificate.validFrom).toISOString(),
    notAfter: new Date(certificate.validTo).toISOString(),
    fingerprintSha256: certificate.fingerprint256,
    isCa: certificate.ca,
  };
}

/** Node writes one attribute a line; a certificate may have no subject at all. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').filter(Boolean).join(', ');
}

/**
 * Node quotes an alternative name that holds a comma or a quote as a JSON string,
 * so that it cannot pass for two names.
 */
function dnsNamesOf(certificate: X509Certificate): string[] {
  const names = certificate.subjectAltName ?? '';
  return (names.match(/(?:[^,"]|"(?:\\.|[^"\\])*")+/g) ?? [])
    .map(name => name.trim())
    .filter(name => name.startsWith('DNS:') && !name.includes('"'))
    .map(name => name.slice('DNS:'.length));
}

/** What two certificates are to each other never changes; how long they are valid is judged anew each time. */
const signatures = new WeakMap<
  X509Certificate,
  WeakMap<X509Certificate, boolean>
>();

/** Was `certificate` signed with the key of `signer`, which may sign? */
export function isSignedBy(
  certificate: X509Certificate,
  signer: X509Certificate,
): boolean {
  const bySigner = signatures.get(certificate) ?? new WeakMap();
  signatures.set(certificate, bySigner);
  const known = bySigner.get(signer);
  if (known !== undefined) return known;
  const signed =
    certificate.checkIssued(signer) && certificate.verify(signer.publicKey);
  bySigner.set(signer, signed);
  return signed;
}

/**
 * Does a leaf verify against one trusted certificate? Undefined: it does.
 * Otherwise OpenSSL's name for the reason, as a TLS client would report it. A
 * leaf that is itself trusted, as a self-signed one, needs no CA.
 */
export function verificationErrorOf(options: {
  leaf: X509Certificate;
  intermediates: readonly X509Certificate[];
  trusted: X509Certificate;
  now: Date;
}): string | undefined {
  const { leaf, intermediates, trusted, now } = options;
  const path = [leaf];
  const isTrusted = leaf.fingerprint256 === trusted.fingerprint256;
  while (!isTrusted && !isSignedBy(path[path.length - 1], trusted)) {
    const last = path[path.length - 1];
    const next = intermediates.find(
      candidate => !path.includes(candidate) && isSignedBy(last, candidate),
    );
    if (!next) return 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';
    path.push(next);
  }
  if (!isTrusted) path.push(trusted);
  if (path.slice(1).some(certificate => !certificate.ca)) return 'INVALID_CA';
  for (const certificate of path) {
    if (now < new Date(certificate.validFrom)) return 'CERT_NOT_YET_VALID';
    if (now > new Date(certificate.validTo)) return 'CERT_HAS_EXPIRED';
  }
  return undefined;
}
