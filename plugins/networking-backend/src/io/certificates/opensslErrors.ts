/**
 * OpenSSL's names without `X509_V_ERR_`, by the text of `X509_verify_cert_error_string` (crypto/x509/x509_txt.c, 1.1.1 to 3.5),
 * of those for which Node has no code of its own (ncrypto, `X509Pointer::ErrorCode`) and says UNSPECIFIED.
 */
const CODES: Readonly<Record<string, string>> = {
  'subject issuer mismatch': 'SUBJECT_ISSUER_MISMATCH',
  'authority and subject key identifier mismatch': 'AKID_SKID_MISMATCH',
  'authority and issuer serial number mismatch': 'AKID_ISSUER_SERIAL_MISMATCH',
  "issuer certificate doesn't have a public key": 'NO_ISSUER_PUBLIC_KEY',
  'key usage does not include certificate signing': 'KEYUSAGE_NO_CERTSIGN',
  'unable to get CRL issuer certificate': 'UNABLE_TO_GET_CRL_ISSUER',
  'unhandled critical extension': 'UNHANDLED_CRITICAL_EXTENSION',
  'key usage does not include CRL signing': 'KEYUSAGE_NO_CRL_SIGN',
  'unhandled critical CRL extension': 'UNHANDLED_CRITICAL_CRL_EXTENSION',
  'invalid non-CA certificate (has CA markings)': 'INVALID_NON_CA',
  'proxy path length constraint exceeded': 'PROXY_PATH_LENGTH_EXCEEDED',
  'key usage does not include digital signature':
    'KEYUSAGE_NO_DIGITAL_SIGNATURE',
  'proxy certificates not allowed, please set the appropriate flag':
    'PROXY_CERTIFICATES_NOT_ALLOWED',
  'proxy subject name violation': 'PROXY_SUBJECT_NAME_VIOLATION',
  'invalid or inconsistent certificate extension': 'INVALID_EXTENSION',
  'invalid or inconsistent certificate policy extension':
    'INVALID_POLICY_EXTENSION',
  'no explicit policy': 'NO_EXPLICIT_POLICY',
  'different CRL scope': 'DIFFERENT_CRL_SCOPE',
  'unsupported extension feature': 'UNSUPPORTED_EXTENSION_FEATURE',
  "RFC 3779 resource not subset of parent's resources": 'UNNESTED_RESOURCE',
  'permitted subtree violation': 'PERMITTED_VIOLATION',
  'excluded subtree violation': 'EXCLUDED_VIOLATION',
  'name constraints minimum and maximum not supported': 'SUBTREE_MINMAX',
  'application verification failure': 'APPLICATION_VERIFICATION',
  'unsupported name constraint type': 'UNSUPPORTED_CONSTRAINT_TYPE',
  'unsupported or invalid name constraint syntax':
    'UNSUPPORTED_CONSTRAINT_SYNTAX',
  'unsupported or invalid name syntax': 'UNSUPPORTED_NAME_SYNTAX',
  'CRL path validation error': 'CRL_PATH_VALIDATION_ERROR',
  'path loop': 'PATH_LOOP',
  'Path Loop': 'PATH_LOOP',
  'Suite B: certificate version invalid': 'SUITE_B_INVALID_VERSION',
  'Suite B: invalid public key algorithm': 'SUITE_B_INVALID_ALGORITHM',
  'Suite B: invalid ECC curve': 'SUITE_B_INVALID_CURVE',
  'Suite B: invalid signature algorithm': 'SUITE_B_INVALID_SIGNATURE_ALGORITHM',
  'Suite B: curve not allowed for this LOS': 'SUITE_B_LOS_NOT_ALLOWED',
  'Suite B: cannot sign P-384 with P-256':
    'SUITE_B_CANNOT_SIGN_P_384_WITH_P_256',
  'hostname mismatch': 'HOSTNAME_MISMATCH',
  'Hostname mismatch': 'HOSTNAME_MISMATCH',
  'email address mismatch': 'EMAIL_MISMATCH',
  'Email address mismatch': 'EMAIL_MISMATCH',
  'IP address mismatch': 'IP_ADDRESS_MISMATCH',
  'no matching DANE TLSA records': 'DANE_NO_MATCH',
  'No matching DANE TLSA records': 'DANE_NO_MATCH',
  'EE certificate key too weak': 'EE_KEY_TOO_SMALL',
  'CA certificate key too weak': 'CA_KEY_TOO_SMALL',
  'CA signature digest algorithm too weak': 'CA_MD_TOO_WEAK',
  'invalid certificate verification context': 'INVALID_CALL',
  'issuer certificate lookup error': 'STORE_LOOKUP',
  'Issuer certificate lookup error': 'STORE_LOOKUP',
  'Certificate Transparency required, but no valid SCTs found': 'NO_VALID_SCTS',
  'OCSP verification needed': 'OCSP_VERIFY_NEEDED',
  'OCSP verification failed': 'OCSP_VERIFY_FAILED',
  'OCSP unknown cert': 'OCSP_CERT_UNKNOWN',
  'Cannot find certificate signature algorithm':
    'UNSUPPORTED_SIGNATURE_ALGORITHM',
  'subject signature algorithm and issuer public key algorithm mismatch':
    'SIGNATURE_ALGORITHM_MISMATCH',
  'cert info signature and signature algorithm mismatch':
    'SIGNATURE_ALGORITHM_INCONSISTENCY',
  'cert info siganature and signature algorithm mismatch':
    'SIGNATURE_ALGORITHM_INCONSISTENCY',
  'invalid CA certificate': 'INVALID_CA',
  'Path length invalid for non-CA cert': 'PATHLEN_INVALID_FOR_NON_CA',
  'Path length given without key usage keyCertSign':
    'PATHLEN_WITHOUT_KU_KEY_CERT_SIGN',
  'Key usage keyCertSign invalid for non-CA cert':
    'KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA',
  'Issuer name empty': 'ISSUER_NAME_EMPTY',
  'Subject name empty': 'SUBJECT_NAME_EMPTY',
  'Missing Authority Key Identifier': 'MISSING_AUTHORITY_KEY_IDENTIFIER',
  'Missing Subject Key Identifier': 'MISSING_SUBJECT_KEY_IDENTIFIER',
  'Empty Subject Alternative Name extension': 'EMPTY_SUBJECT_ALT_NAME',
  'Subject empty and Subject Alt Name extension not critical':
    'EMPTY_SUBJECT_SAN_NOT_CRITICAL',
  'Basic Constraints of CA cert not marked critical': 'CA_BCONS_NOT_CRITICAL',
  'Authority Key Identifier marked critical':
    'AUTHORITY_KEY_IDENTIFIER_CRITICAL',
  'Subject Key Identifier marked critical': 'SUBJECT_KEY_IDENTIFIER_CRITICAL',
  'CA cert does not include key usage extension': 'CA_CERT_MISSING_KEY_USAGE',
  'Using cert extension requires at least X509v3':
    'EXTENSIONS_REQUIRE_VERSION_3',
  'Certificate public key has explicit ECC parameters':
    'EC_KEY_EXPLICIT_PARAMS',
  'Raw public key untrusted, no trusted keys configured': 'RPK_UNTRUSTED',
};

/** All that have a code here. */
export const OPENSSL_CODES: readonly string[] = [
  ...new Set(Object.values(CODES)),
];

/** OpenSSL's name for a text of {@link https://docs.openssl.org/3.5/man3/X509_STORE_CTX_get_error/}; undefined for others. */
export const opensslCode = (text: string): string | undefined =>
  Object.hasOwn(CODES, text) ? CODES[text] : undefined;
