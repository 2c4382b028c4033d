import type { X509Certificate } from 'node:crypto';
import { id_RSASSA_PSS, RsaSaPssParams } from '@peculiar/asn1-rsa';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_subjectKeyIdentifier,
  SubjectKeyIdentifier,
  type AlgorithmIdentifier,
} from '@peculiar/asn1-x509';

/** What Node's own X.509 does not tell, or not in every version. */
export interface Extensions {
  signatureHash?: string;
  /** Upper-case hex with colons. */
  subjectKeyId?: string;
  authorityKeyId?: string;
  /** How many CAs may stand between this one and a leaf (RFC 5280, section 4.2.1.9). */
  pathLength?: number;
}

/** By the object identifier of the signature's algorithm; those that have a hash of their own are not here. */
const SIGNATURE_HASHES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'MD2',
  '1.2.840.113549.1.1.3': 'MD4',
  '1.2.840.113549.1.1.4': 'MD5',
  '1.2.840.113549.1.1.5': 'SHA-1',
  '1.3.14.3.2.29': 'SHA-1',
  '1.2.840.113549.1.1.11': 'SHA-256',
  '1.2.840.113549.1.1.12': 'SHA-384',
  '1.2.840.113549.1.1.13': 'SHA-512',
  '1.2.840.113549.1.1.14': 'SHA-224',
  '1.2.840.10040.4.3': 'SHA-1',
  '2.16.840.1.101.3.4.3.1': 'SHA-224',
  '2.16.840.1.101.3.4.3.2': 'SHA-256',
  '1.2.840.10045.4.1': 'SHA-1',
  '1.2.840.10045.4.3.1': 'SHA-224',
  '1.2.840.10045.4.3.2': 'SHA-256',
  '1.2.840.10045.4.3.3': 'SHA-384',
  '1.2.840.10045.4.3.4': 'SHA-512',
};

/** Of RSASSA-PSS, whose hash is a parameter (RFC 4055, section 2.1). */
const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};

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
  return {
    signatureHash: attempt(() => hashOf(parsed.signatureAlgorithm)),
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
  };
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function hashOf({
  algorithm,
  parameters,
}: AlgorithmIdentifier): string | undefined {
  if (algorithm !== id_RSASSA_PSS) return SIGNATURE_HASHES[algorithm];
  const { hashAlgorithm } = parameters
    ? AsnConvert.parse(parameters, RsaSaPssParams)
    : new RsaSaPssParams();
  return HASHES[hashAlgorithm.algorithm];
}

function hexOf(bytes: ArrayBuffer | undefined): string | undefined {
  if (!bytes || bytes.byteLength === 0) return undefined;
  const hex = Buffer.from(bytes).toString('hex').toUpperCase();
  return hex.match(/../g)?.join(':');
}
