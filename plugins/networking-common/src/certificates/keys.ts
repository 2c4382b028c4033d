import type { CertificateStatus, CertificateSummary } from './types';

type Key = NonNullable<CertificateSummary['key']>;

/**
 * The key that a Certificate asks for, with cert-manager's defaults (`CertificatePrivateKey`): RSA with 2048 bits, ECDSA with 256.
 */
export function keyAsked({
  privateKey,
}: Pick<CertificateStatus, 'privateKey'>): Key {
  const { algorithm = 'RSA', size } = privateKey ?? {};
  switch (algorithm) {
    case 'RSA':
      return { algorithm: 'RSA', bits: size || 2048 };
    case 'ECDSA':
      return { algorithm: 'EC', curve: `P-${size || 256}` };
    case 'Ed25519':
      return { algorithm: 'Ed25519' };
    default:
      return { algorithm: 'other' };
  }
}

/** NIST SP 800-131A: shorter EC keys give less than 112 bits of security. */
const MIN_EC_BITS = 224;

/** `P-192`, `secp192r1`, `prime192v1`, `sect163k1`: the size is in the name. */
function curveBits(curve: string | undefined): number | undefined {
  const digits = /(\d{2,3})/.exec(curve ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function ecKeyInWords(bits: number | undefined, curve: string | undefined) {
  const size = curveBits(curve) ?? bits;
  if (size !== undefined && (curve === undefined || size < MIN_EC_BITS)) {
    return `an EC key of ${size} bits`;
  }
  return `an EC key on ${
    curve === undefined ? 'a curve without a name' : `curve ${curve}`
  }`;
}

/** `an RSA key of 2048 bits`, `an EC key on curve P-521`. */
export function keyInWords({ algorithm, bits, curve }: Key): string {
  switch (algorithm) {
    case 'RSA':
    case 'RSA-PSS':
      return `an ${algorithm} key${
        bits === undefined ? '' : ` of ${bits} bits`
      }`;
    case 'EC':
      return ecKeyInWords(bits, curve);
    case 'DSA':
      return 'a DSA key';
    case 'other':
      return 'a key of another kind';
    default:
      return `an ${algorithm} key`;
  }
}

/** Too weak whoever takes it: DSA, and elliptic curves of less than 224 bits. */
export function isWeakKey({ algorithm, bits, curve }: Key): boolean {
  if (algorithm === 'DSA') return true;
  const size = algorithm === 'EC' ? curveBits(curve) ?? bits : undefined;
  return size !== undefined && size < MIN_EC_BITS;
}
