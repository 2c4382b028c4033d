import type { CertificateSummary } from '../types';
import { CLIENT_FAMILIES } from './families';
import type { ClientFamily, KeyKind, Refusal } from './types';

type Key = NonNullable<CertificateSummary['key']>;

/** Of a handshake that was set up. */
export interface Handshake {
  /** OpenSSL's names. */
  protocol?: string;
  cipher?: string;
  /** As in {@link ClientFamily.offer}. */
  group?: string;
}

/** What a key is for: to set up connections, or to sign certificates. */
export type KeyUse = 'leaf' | 'ca';

/** OpenSSL's other names of curves (RFC 8422, section 5.1.1). */
const CURVES: Readonly<Record<string, string>> = {
  prime192v1: 'P-192',
  secp192r1: 'P-192',
  secp224r1: 'P-224',
  prime256v1: 'P-256',
  secp256r1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
};

/** Undefined where it is not known. */
export function keyKind({ algorithm, curve }: Key): KeyKind | undefined {
  if (algorithm === 'other') return undefined;
  if (algorithm !== 'EC') return algorithm;
  return curve === undefined ? undefined : CURVES[curve] ?? curve;
}

/**
 * The signature schemes of TLS 1.3 that a key can make (RFC 8446, section 4.2.3, and RFC 8734); in TLS 1.2 the curve is
 * not part of the scheme, but whoever speaks both never gets that far.
 */
const SCHEMES: Readonly<Record<KeyKind, readonly string[]>> = {
  RSA: ['rsa_pss_rsae_sha256', 'rsa_pss_rsae_sha384', 'rsa_pss_rsae_sha512'],
  'RSA-PSS': ['rsa_pss_pss_sha256', 'rsa_pss_pss_sha384', 'rsa_pss_pss_sha512'],
  'P-256': ['ecdsa_secp256r1_sha256'],
  'P-384': ['ecdsa_secp384r1_sha384'],
  'P-521': ['ecdsa_secp521r1_sha512'],
  brainpoolP256r1: ['ecdsa_brainpoolP256r1tls13_sha256'],
  brainpoolP384r1: ['ecdsa_brainpoolP384r1tls13_sha384'],
  brainpoolP512r1: ['ecdsa_brainpoolP512r1tls13_sha512'],
  Ed25519: ['ed25519'],
  Ed448: ['ed448'],
};

function takesKey(
  { offer, certificates }: ClientFamily,
  key: Key,
  use: KeyUse,
): boolean | undefined {
  const kind = keyKind(key);
  if (kind === undefined) return undefined;
  if (!certificates.keys.includes(kind)) return false;
  const { minRsaBits, maxRsaBits = Infinity } = certificates;
  if (key.algorithm === 'RSA' && key.bits !== undefined) {
    if (key.bits < minRsaBits || key.bits > maxRsaBits) return false;
  }
  return (
    use === 'ca' ||
    (SCHEMES[kind] ?? []).some(one => offer.signatureSchemes.includes(one))
  );
}

/** `SHA-256` of `ECDSA-SHA256`. */
const hasHash = (signature: string, hash: string) =>
  signature.includes(hash.toUpperCase().replace('-', ''));

type Signature = Pick<
  CertificateSummary,
  'signatureAlgorithm' | 'signatureHash'
>;

function takesSignature(
  { certificates: { signatures, hashes } }: ClientFamily,
  { signatureAlgorithm, signatureHash: hash }: Signature,
): boolean | undefined {
  if (signatures && signatureAlgorithm !== undefined) {
    return signatures.includes(signatureAlgorithm);
  }
  if (hash === undefined) return undefined;
  return signatures
    ? signatures.some(one => hasHash(one, hash))
    : hashes?.includes(hash.toUpperCase());
}

const OLD_PROTOCOLS = new Set(['SSLv3', 'TLSv1', 'TLSv1.1']);

function takesHandshake(
  { offer }: ClientFamily,
  { protocol, cipher, group }: Handshake,
): boolean | undefined {
  if (protocol !== undefined && OLD_PROTOCOLS.has(protocol)) return false;
  const parts = [
    cipher === undefined ? undefined : offer.ciphers?.includes(cipher),
    group === undefined ? undefined : offer.groups?.includes(group),
  ];
  if (parts.includes(false)) return false;
  return parts.includes(true) ? true : undefined;
}

function askAll(takes: (family: ClientFamily) => boolean | undefined): Refusal {
  const refuse: ClientFamily[] = [];
  const accept: ClientFamily[] = [];
  for (const family of CLIENT_FAMILIES) {
    const does = takes(family);
    if (does === true) accept.push(family);
    if (does === false) refuse.push(family);
  }
  return { refuse, accept };
}

/** Who refuses a certificate with this key, used so. */
export const refusalOfKey = (key: Key, use: KeyUse): Refusal =>
  askAll(family => takesKey(family, key, use));

/** Who refuses a certificate that is signed so; of a root's signature on itself nobody asks (RFC 5280, section 6.1). */
export const refusalOfSignature = (signature: Signature): Refusal =>
  askAll(family => takesSignature(family, signature));

/** Who would not have set up this handshake. */
export const refusalOfHandshake = (handshake: Handshake): Refusal =>
  askAll(family => takesHandshake(family, handshake));

/**
 * `all`: browsers refuse it, and none is known to take it; `some`: a browser refuses it and another takes it, or programs other
 * than browsers refuse it; `none`: nobody is known to.
 */
export function reachOf({ refuse, accept }: Refusal): 'all' | 'some' | 'none' {
  if (refuse.length === 0) return 'none';
  const isOfBrowsers = refuse.some(({ isBrowser }) => isBrowser);
  return isOfBrowsers && !accept.some(({ isBrowser }) => isBrowser)
    ? 'all'
    : 'some';
}

/** `Chromium and Safari`. */
export function familiesInWords(families: readonly ClientFamily[]): string {
  const names = families.map(({ name }) => name);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}
