import { outcome } from '../../findings/outcome';
import { VERDICT_REASONS as REASON } from '../../findings/reasons';
import { caNamed } from '../names';
import type { CertificateStatus, CertificateSummary } from '../types';
import { refused } from './effects';
import { isSame } from './input';
import { isSelfSigned, pathOf } from './path';
import type { CertificateCheck, CertificateInput } from './types';

/** NIST SP 800-131A: shorter EC keys give less than 112 bits of security. */
const MIN_EC_BITS = 224;
/** Shorter RSA keys are refused by browsers and by OpenSSL at any security level but 0. */
const MIN_RSA_BITS = 1024;

/** Hashes for which collisions are made at will or at a price: no browser takes a signature over them. */
const BROKEN_HASHES = new Set(['MD2', 'MD4', 'MD5', 'SHA-1', 'SHA1']);

/** `P-192`, `secp192r1`, `prime192v1`, `sect163k1`: the size is in the name. */
function curveBits(curve: string | undefined): number | undefined {
  const digits = /(\d{2,3})/.exec(curve ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Too weak for whom, and what it is. */
function weakKey(
  { key }: CertificateSummary,
  minRsaBits: number,
): { what: string; isRefused: boolean } | undefined {
  switch (key?.algorithm) {
    case 'RSA':
      return key.bits !== undefined &&
        key.bits < Math.max(minRsaBits, MIN_RSA_BITS)
        ? {
            what: `an RSA key of ${key.bits} bits`,
            isRefused: key.bits < MIN_RSA_BITS,
          }
        : undefined;
    case 'EC': {
      const bits = curveBits(key.curve) ?? key.bits;
      return bits !== undefined && bits < MIN_EC_BITS
        ? { what: `an EC key of ${bits} bits`, isRefused: true }
        : undefined;
    }
    case 'DSA':
      return { what: 'a DSA key', isRefused: true };
    default:
      return undefined;
  }
}

function whose(one: CertificateSummary, { leaf, role }: CertificateInput) {
  if (one !== leaf) return `${caNamed(one.subject)} above it`;
  return role === 'ca' ? 'this CA' : 'it';
}

const STRONG = 'ECDSA with 256 bits or RSA with 2048';

/** A key that is to be kept cert-manager replaces only where it is gone: it fails to renew with one that does not fit the spec. */
const withStrongKey = ({
  namespace,
  name,
  secretName,
  rotationPolicy,
}: CertificateStatus) =>
  `set privateKey of Certificate ${namespace}/${name} to ${STRONG}, then ${
    rotationPolicy === 'Never'
      ? `delete Secret ${namespace}/${secretName}, for which cert-manager makes a new key`
      : 'renew it'
  }`;

/** What helps against a weak key; one of a CA has signed with it what has to be renewed, too. */
function strongerKey(
  { facts, leaf, title }: CertificateInput,
  weak: CertificateSummary,
): string {
  const { certificate, ca, secret } = facts;
  if (weak !== leaf) {
    return ca && isSame(weak, facts.signer)
      ? `${withStrongKey(ca)}, and renew ${title}`
      : `have the CA of ${title} replaced by one with a key of ${STRONG}`;
  }
  return certificate
    ? withStrongKey(certificate)
    : `put a certificate with a key of ${STRONG} into Secret ${secret.namespace}/${secret.name}`;
}

export const hasStrongKey: CertificateCheck = input => {
  const { settings, subject, todo } = input;
  const { minRsaBits } = settings.certificates;
  const weak = pathOf(input).flatMap(one => {
    const found = weakKey(one, minRsaBits);
    return found ? [{ one, ...found }] : [];
  });
  const worst = weak.find(({ isRefused }) => isRefused) ?? weak[0];
  if (!worst) return undefined;
  const { one, what, isRefused } = worst;
  const has = `${whose(one, input)} has ${what}, which is too weak`;
  return outcome(isRefused ? 'Broken' : 'Degraded', 'listener', {
    reason: REASON.certificateKeyTooWeak,
    message: isRefused
      ? `${refused(input)}: ${has}.`
      : `Some clients refuse it, and others will: ${has}.`,
    remedy: todo(strongerKey(input, one)),
    subject,
    details: {
      certificate: one.subject,
      fingerprintSha256: one.fingerprintSha256,
    },
  });
};

/** The signature of a root on itself proves nothing and is not looked at (RFC 5280, section 6.1). */
export const hasStrongSignature: CertificateCheck = input => {
  const { subject, title, todo } = input;
  const weak = pathOf(input).find(
    one =>
      !isSelfSigned(one) &&
      BROKEN_HASHES.has(one.signatureHash?.toUpperCase() ?? ''),
  );
  if (!weak) return undefined;
  return outcome('Broken', 'listener', {
    reason: REASON.certificateSignatureTooWeak,
    message: `${refused(input)}: ${whose(weak, input)} is signed over ${
      weak.signatureHash
    }, which can be forged.`,
    remedy: todo(
      `have the issuer of ${title} sign with SHA-256, then renew it`,
    ),
    subject,
    details: {
      certificate: weak.subject,
      fingerprintSha256: weak.fingerprintSha256,
    },
  });
};
