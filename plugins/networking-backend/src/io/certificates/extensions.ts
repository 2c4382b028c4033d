import type { X509Certificate } from 'node:crypto';
import { id_RSASSA_PSS, RsaSaPssParams } from '@peculiar/asn1-rsa';
import { AsnConvert, type OctetString } from '@peculiar/asn1-schema';
import {
  anyExtendedKeyUsage,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_certificatePolicies,
  id_ce_cRLDistributionPoints,
  id_ce_inhibitAnyPolicy,
  id_ce_nameConstraints,
  id_ce_policyConstraints,
  id_ce_policyMappings,
  id_ce_subjectAltName,
  id_pe_authorityInfoAccess,
  id_ce_subjectKeyIdentifier,
  id_kp_clientAuth,
  id_kp_codeSigning,
  id_kp_emailProtection,
  id_kp_OCSPSigning,
  id_kp_serverAuth,
  id_kp_timeStamping,
  KeyUsage,
  SubjectKeyIdentifier,
  type AlgorithmIdentifier,
} from '@peculiar/asn1-x509';
import type { NameConstraints } from 'backstage-plugin-networking-common';
import {
  attributesOf,
  caIssuersOf,
  hasDistances,
  nameConstraintsOf,
  otherNamesOf,
} from './names';

/** What Node's own X.509 does not tell, or not in every version. */
export interface Extensions {
  signatureHash?: string;
  signatureAlgorithm?: string;
  keyUsages?: string[];
  extendedKeyUsages?: string[];
  /** Upper-case hex with colons. */
  subjectKeyId?: string;
  authorityKeyId?: string;
  /** How many CAs may stand between this one and a leaf (RFC 5280, section 4.2.1.9). */
  pathLength?: number;
  /** As in `CertificateSummary`. */
  otherNames?: string[];
  nameConstraints?: NameConstraints;
  /** OpenSSL's name for what is wrong with the extension itself; not told. */
  constraintsError?: string;
  unknownCritical?: string[];
  caIssuers?: string[];
  /** Of the subject, to be held against name constraints; not told. */
  subjectAttributes?: string[];
}

/** Critical extensions that OpenSSL (crypto/x509/v3_purp.c) and Chromium know. */
const KNOWN: ReadonlySet<string> = new Set([
  id_ce_subjectKeyIdentifier,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  id_ce_basicConstraints,
  id_ce_nameConstraints,
  id_ce_cRLDistributionPoints,
  id_ce_certificatePolicies,
  id_ce_policyMappings,
  id_ce_authorityKeyIdentifier,
  id_ce_policyConstraints,
  id_ce_extKeyUsage,
  id_ce_inhibitAnyPolicy,
]);

/**
 * Hash and name, by the object identifier of the signature's algorithm: as Go's `x509.SignatureAlgorithm` writes it, and those
 * that Go does not know in the same way. RSASSA-PSS, whose hash is a parameter, is not here.
 */
const SIGNATURES: Readonly<Record<string, { hash?: string; name: string }>> = {
  '1.2.840.113549.1.1.2': { hash: 'MD2', name: 'MD2-RSA' },
  '1.2.840.113549.1.1.3': { hash: 'MD4', name: 'MD4-RSA' },
  '1.2.840.113549.1.1.4': { hash: 'MD5', name: 'MD5-RSA' },
  '1.2.840.113549.1.1.5': { hash: 'SHA-1', name: 'SHA1-RSA' },
  '1.3.14.3.2.29': { hash: 'SHA-1', name: 'SHA1-RSA' },
  '1.2.840.113549.1.1.11': { hash: 'SHA-256', name: 'SHA256-RSA' },
  '1.2.840.113549.1.1.12': { hash: 'SHA-384', name: 'SHA384-RSA' },
  '1.2.840.113549.1.1.13': { hash: 'SHA-512', name: 'SHA512-RSA' },
  '1.2.840.113549.1.1.14': { hash: 'SHA-224', name: 'SHA224-RSA' },
  '1.2.840.10040.4.3': { hash: 'SHA-1', name: 'DSA-SHA1' },
  '2.16.840.1.101.3.4.3.1': { hash: 'SHA-224', name: 'DSA-SHA224' },
  '2.16.840.1.101.3.4.3.2': { hash: 'SHA-256', name: 'DSA-SHA256' },
  '1.2.840.10045.4.1': { hash: 'SHA-1', name: 'ECDSA-SHA1' },
  '1.2.840.10045.4.3.1': { hash: 'SHA-224', name: 'ECDSA-SHA224' },
  '1.2.840.10045.4.3.2': { hash: 'SHA-256', name: 'ECDSA-SHA256' },
  '1.2.840.10045.4.3.3': { hash: 'SHA-384', name: 'ECDSA-SHA384' },
  '1.2.840.10045.4.3.4': { hash: 'SHA-512', name: 'ECDSA-SHA512' },
  // RFC 8410, section 3: without a hash of their own.
  '1.3.101.112': { name: 'Ed25519' },
  '1.3.101.113': { name: 'Ed448' },
};

/** Of RSASSA-PSS, whose hash is a parameter (RFC 4055, section 2.1). */
const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};

/** Of RSASSA-PSS, as Go writes it; Go knows no others. */
const PSS_NAMES: Readonly<Record<string, string>> = {
  'SHA-256': 'SHA256-RSAPSS',
  'SHA-384': 'SHA384-RSAPSS',
  'SHA-512': 'SHA512-RSAPSS',
};

/** In the order of their bits (RFC 5280, section 4.2.1.3). */
const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

/** RFC 5280, section 4.2.1.12. */
const PURPOSES: Readonly<Record<string, string>> = {
  [anyExtendedKeyUsage]: 'anyExtendedKeyUsage',
  [id_kp_serverAuth]: 'serverAuth',
  [id_kp_clientAuth]: 'clientAuth',
  [id_kp_codeSigning]: 'codeSigning',
  [id_kp_emailProtection]: 'emailProtection',
  [id_kp_timeStamping]: 'timeStamping',
  [id_kp_OCSPSigning]: 'OCSPSigning',
};

const MAX_PURPOSES = 50;

const someOf = (list: string[] | undefined) =>
  list && list.length > 0 ? list : undefined;

const known = new WeakMap<X509Certificate, Extensions>();

/** Never throws: what cannot be read is left out, and hides nothing else. */
export function extensionsOf(certificate: X509Certificate): Extensions {
  const found = known.get(certificate) ?? read(certificate);
  known.set(certificate, found);
  return found;
}

function read({ raw }: X509Certificate): Extensions {
  const parsed = attempt(() => AsnConvert.parse(raw, Certificate));
  if (!parsed) return {};
  const valueOf = (id: string) =>
    parsed.tbsCertificate.extensions?.find(({ extnID }) => extnID === id)
      ?.extnValue;
  const subject = valueOf(id_ce_subjectKeyIdentifier);
  const authority = valueOf(id_ce_authorityKeyIdentifier);
  const constraints = valueOf(id_ce_basicConstraints);
  const usage = valueOf(id_ce_keyUsage);
  const purposes = valueOf(id_ce_extKeyUsage);
  const bytesOf = (id: string) => {
    const value = valueOf(id);
    return value && Buffer.from(value.buffer);
  };
  const names = bytesOf(id_ce_subjectAltName);
  const limits = bytesOf(id_ce_nameConstraints);
  const access = bytesOf(id_pe_authorityInfoAccess);
  const critical = (parsed.tbsCertificate.extensions ?? [])
    .filter(one => one.critical && !KNOWN.has(one.extnID))
    .map(({ extnID }) => extnID)
    .slice(0, MAX_PURPOSES);
  return {
    ...attempt(() => signatureOf(parsed.signatureAlgorithm)),
    keyUsages: attempt(() => usage && keyUsagesOf(usage)),
    extendedKeyUsages: attempt(() => purposes && purposesOf(purposes)),
    subjectKeyId: attempt(() =>
      hexOf(subject && AsnConvert.parse(subject, SubjectKeyIdentifier).buffer),
    ),
    authorityKeyId: attempt(() =>
      hexOf(
        authority &&
          AsnConvert.parse(authority, AuthorityKeyIdentifier).keyIdentifier
            ?.buffer,
      ),
    ),
    pathLength: attempt(
      () =>
        constraints &&
        AsnConvert.parse(constraints, BasicConstraints).pathLenConstraint,
    ),
    otherNames: attempt(() => someOf(names && otherNamesOf(names))),
    nameConstraints: attempt(() => limits && nameConstraintsOf(limits)),
    constraintsError: limits && constraintsErrorOf(limits),
    unknownCritical: someOf(critical),
    caIssuers: attempt(() => someOf(access && caIssuersOf(access))),
    subjectAttributes: attempt(() =>
      attributesOf(
        Buffer.from(AsnConvert.serialize(parsed.tbsCertificate.subject)),
      ),
    ),
  };
}

function constraintsErrorOf(value: Buffer): string | undefined {
  const isReadable = attempt(() => nameConstraintsOf(value)) !== undefined;
  if (!isReadable) return 'UNSUPPORTED_CONSTRAINT_SYNTAX';
  return attempt(() => hasDistances(value)) ? 'SUBTREE_MINMAX' : undefined;
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function signatureOf({
  algorithm,
  parameters,
}: AlgorithmIdentifier): Pick<
  Extensions,
  'signatureHash' | 'signatureAlgorithm'
> {
  if (algorithm !== id_RSASSA_PSS) {
    const { hash, name } = SIGNATURES[algorithm] ?? {};
    return { signatureHash: hash, signatureAlgorithm: name };
  }
  const { hashAlgorithm } = parameters
    ? AsnConvert.parse(parameters, RsaSaPssParams)
    : new RsaSaPssParams();
  const hash = HASHES[hashAlgorithm.algorithm];
  return { signatureHash: hash, signatureAlgorithm: PSS_NAMES[hash] };
}

function keyUsagesOf(value: OctetString): string[] {
  const bits = AsnConvert.parse(value, KeyUsage).toNumber();
  // eslint-disable-next-line no-bitwise -- a string of bits
  return KEY_USAGES.filter((_, bit) => (bits & (1 << bit)) !== 0);
}

/** A server sends what it likes: of very many, those that have a name are told. */
function purposesOf(value: OctetString): string[] {
  const purposes = [...new Set(AsnConvert.parse(value, ExtendedKeyUsage))];
  return purposes
    .filter(one => purposes.length <= MAX_PURPOSES || one in PURPOSES)
    .map(one => PURPOSES[one] ?? one);
}

function hexOf(bytes: ArrayBuffer | undefined): string | undefined {
  if (!bytes || bytes.byteLength === 0) return undefined;
  const hex = Buffer.from(bytes).toString('hex').toUpperCase();
  return hex.match(/../g)?.join(':');
}
