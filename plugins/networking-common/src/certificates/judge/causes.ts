import { VERDICT_REASONS as REASON } from '../../findings/reasons';

/** What OpenSSL has against a certificate, and what helps; `title` stands for the certificate. */
export interface Cause {
  reason: string;
  /** Completes "Browsers refuse this certificate: …". */
  because: string;
  /** An imperative that begins small. */
  remedy: (title: string) => string;
}

const anotherCa = (which: string) => (title: string) =>
  `have ${title} signed by a CA ${which}`;

const MALFORMED: Cause = {
  reason: REASON.certificateMalformed,
  because: 'it, or a CA above it, breaks the rules for certificates (RFC 5280)',
  remedy: title =>
    `have the one that "openssl verify -x509_strict" names made anew by a program that follows RFC 5280, ${title} or the CA that signed it`,
};

const CRL: Cause = {
  reason: REASON.revocationNotKnown,
  because:
    'the machine that asked checks revocation, and could not learn whether it is revoked',
  remedy: () =>
    'give the machine that Backstage runs on a current list of what the CA has revoked',
};

const DISTRUSTED: Cause = {
  reason: REASON.certificateDistrusted,
  because:
    'the settings of the machine that asked distrust it, or a CA above it, for servers',
  remedy: title =>
    `change what the trust store of the machine that Backstage runs on says of the CA that signed ${title}`,
};

const CONSTRAINTS: Cause = {
  reason: REASON.caConstraintsUnusable,
  because:
    'a CA above it limits the names that it may sign in a way that clients do not know',
  remedy: anotherCa(
    'whose name constraints are DNS names and IP addresses alone',
  ),
};

const NAME: Cause = {
  reason: REASON.caMayNotSignName,
  because:
    'a CA above it may not sign one of its names. Another one of the same CA is refused, too',
  remedy: anotherCa('that may sign all of its names'),
};

const CA_KEY: Cause = {
  reason: REASON.caKeyUnusable,
  because: 'clients cannot use the key of a CA above it',
  remedy: anotherCa('with a key of ECDSA P-256 or RSA with 2048 bits'),
};

const PATH: Cause = {
  reason: REASON.caPathTooLong,
  because:
    'a CA above it may have fewer CAs below it than it has. Another one of the same CA is refused, too',
  remedy: anotherCa('that stands nearer to the root'),
};

const NO_CA: Cause = {
  reason: REASON.signerIsNoCa,
  because: 'what signed it is no CA, or may not sign it',
  remedy: title => `have ${title} signed by a certificate with isCA: true`,
};

const LEAF_USE: Cause = {
  reason: REASON.certificateNotForServers,
  because: 'it says that it is not for servers',
  remedy: title => `add "server auth" to spec.usages of ${title}`,
};

const SUITE_B: Cause = {
  reason: REASON.certificateDistrusted,
  because:
    'the machine that asked takes keys and signatures of Suite B alone, and it or a CA above it has others',
  remedy: () =>
    'turn Suite B off in the OpenSSL configuration of the machine that Backstage runs on',
};

const each = (cause: Cause, ...codes: string[]) =>
  codes.map(code => [code, cause] as const);

/**
 * By OpenSSL's names without `X509_V_ERR_` (openssl/x509_vfy.h, 3.5). Not here: signatures that do not fit, chains that lead
 * nowhere, dates and names of hosts, of which more is known than OpenSSL says.
 */
export const CAUSES: ReadonlyMap<string, Cause> = new Map([
  ...each(NAME, 'PERMITTED_VIOLATION', 'EXCLUDED_VIOLATION'),
  ...each(
    CONSTRAINTS,
    'SUBTREE_MINMAX',
    'UNSUPPORTED_CONSTRAINT_TYPE',
    'UNSUPPORTED_CONSTRAINT_SYNTAX',
    'UNSUPPORTED_NAME_SYNTAX',
  ),
  ...each(PATH, 'PATH_LENGTH_EXCEEDED', 'CERT_CHAIN_TOO_LONG', 'PATH_LOOP'),
  ...each(NO_CA, 'INVALID_CA'),
  ...each(
    {
      reason: REASON.caMayNotSign,
      because: 'the key of a CA above it may not sign certificates',
      remedy: anotherCa('that may sign certificates'),
    },
    'KEYUSAGE_NO_CERTSIGN',
  ),
  ...each(LEAF_USE, 'INVALID_PURPOSE'),
  ...each(
    {
      ...LEAF_USE,
      because: 'its key is not for connections',
      remedy: title => `add "digital signature" to spec.usages of ${title}`,
    },
    'KEYUSAGE_NO_DIGITAL_SIGNATURE',
  ),
  ...each(
    {
      reason: REASON.certificateExtensionUnknown,
      because:
        'it, or a CA above it, holds a critical extension that they do not know',
      remedy: title =>
        `have the issuer of ${title} leave that extension away, or not call it critical, then renew it`,
    },
    'UNHANDLED_CRITICAL_EXTENSION',
  ),
  ...each(
    {
      reason: REASON.certificatePolicyNotMet,
      because:
        'a CA above it asks for certificate policies that the chain does not have',
      remedy: anotherCa('that asks for no policies, or that gives them'),
    },
    'NO_EXPLICIT_POLICY',
    'INVALID_POLICY_EXTENSION',
  ),
  ...each(
    {
      reason: REASON.certificateKeyTooWeak,
      because: 'its key is too weak',
      remedy: title =>
        `set privateKey of ${title} to ECDSA with 256 bits or RSA with 2048, and have it issued with a new key`,
    },
    'EE_KEY_TOO_SMALL',
  ),
  ...each(
    { ...CA_KEY, because: 'the key of a CA above it is too weak' },
    'CA_KEY_TOO_SMALL',
  ),
  ...each(
    CA_KEY,
    'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
    'NO_ISSUER_PUBLIC_KEY',
    'EC_KEY_EXPLICIT_PARAMS',
  ),
  ...each(
    {
      reason: REASON.caSignatureTooWeak,
      because: 'a CA above it is signed over a hash that can be forged',
      remedy: anotherCa('that is signed with SHA-256'),
    },
    'CA_MD_TOO_WEAK',
  ),
  ...each(
    {
      reason: REASON.certificateRevoked,
      because: 'it, or a CA above it, was revoked',
      remedy: title =>
        `find out why the CA has revoked it, then have ${title} issued anew`,
    },
    'CERT_REVOKED',
  ),
  ...each(
    CRL,
    'UNABLE_TO_GET_CRL',
    'UNABLE_TO_GET_CRL_ISSUER',
    'UNABLE_TO_DECRYPT_CRL_SIGNATURE',
    'CRL_SIGNATURE_FAILURE',
    'CRL_NOT_YET_VALID',
    'CRL_HAS_EXPIRED',
    'ERROR_IN_CRL_LAST_UPDATE_FIELD',
    'ERROR_IN_CRL_NEXT_UPDATE_FIELD',
    'KEYUSAGE_NO_CRL_SIGN',
    'UNHANDLED_CRITICAL_CRL_EXTENSION',
    'DIFFERENT_CRL_SCOPE',
    'CRL_PATH_VALIDATION_ERROR',
    'OCSP_VERIFY_NEEDED',
    'OCSP_VERIFY_FAILED',
    'OCSP_CERT_UNKNOWN',
  ),
  ...each(
    DISTRUSTED,
    'CERT_UNTRUSTED',
    'CERT_REJECTED',
    'APPLICATION_VERIFICATION',
    'NO_VALID_SCTS',
    'DANE_NO_MATCH',
    'RPK_UNTRUSTED',
  ),
  ...each(
    SUITE_B,
    'SUITE_B_INVALID_VERSION',
    'SUITE_B_INVALID_ALGORITHM',
    'SUITE_B_INVALID_CURVE',
    'SUITE_B_INVALID_SIGNATURE_ALGORITHM',
    'SUITE_B_LOS_NOT_ALLOWED',
    'SUITE_B_CANNOT_SIGN_P_384_WITH_P_256',
  ),
  ...each(
    MALFORMED,
    'INVALID_NON_CA',
    'INVALID_EXTENSION',
    'UNNESTED_RESOURCE',
    'UNSUPPORTED_EXTENSION_FEATURE',
    'ERROR_IN_CERT_NOT_BEFORE_FIELD',
    'ERROR_IN_CERT_NOT_AFTER_FIELD',
    'UNSUPPORTED_SIGNATURE_ALGORITHM',
    'SIGNATURE_ALGORITHM_MISMATCH',
    'SIGNATURE_ALGORITHM_INCONSISTENCY',
    'PROXY_PATH_LENGTH_EXCEEDED',
    'PROXY_CERTIFICATES_NOT_ALLOWED',
    'PROXY_SUBJECT_NAME_VIOLATION',
    'PATHLEN_INVALID_FOR_NON_CA',
    'PATHLEN_WITHOUT_KU_KEY_CERT_SIGN',
    'KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA',
    'ISSUER_NAME_EMPTY',
    'SUBJECT_NAME_EMPTY',
    'MISSING_AUTHORITY_KEY_IDENTIFIER',
    'MISSING_SUBJECT_KEY_IDENTIFIER',
    'EMPTY_SUBJECT_ALT_NAME',
    'EMPTY_SUBJECT_SAN_NOT_CRITICAL',
    'CA_BCONS_NOT_CRITICAL',
    'AUTHORITY_KEY_IDENTIFIER_CRITICAL',
    'SUBJECT_KEY_IDENTIFIER_CRITICAL',
    'CA_CERT_MISSING_KEY_USAGE',
    'EXTENSIONS_REQUIRE_VERSION_3',
  ),
]);

/** OpenSSL's names for what the dates tell better. */
export const OF_TIME: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
]);

/** OpenSSL's and Node's names for a certificate of another host, which say nothing of trust. */
export const OF_NAME: ReadonlySet<string> = new Set([
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'EMAIL_MISMATCH',
  'IP_ADDRESS_MISMATCH',
]);

/** OpenSSL's names for a signature that does not fit a key, which say nothing of the reason. @public */
export const OF_SIGNATURE: ReadonlySet<string> = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_SIGNATURE_FAILURE',
  'SUBJECT_ISSUER_MISMATCH',
  'AKID_SKID_MISMATCH',
  'AKID_ISSUER_SERIAL_MISMATCH',
]);

/** OpenSSL's names for a way up that ends before it comes to a CA which is trusted. */
export const OF_GAP: ReadonlySet<string> = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);
