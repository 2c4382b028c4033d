import type { ClientFamily } from './types';

const TLS13_CIPHERS = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
];

const ECDHE_AEAD_CIPHERS = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
];

const ECDHE_RSA_CBC_CIPHERS = ['ECDHE-RSA-AES128-SHA', 'ECDHE-RSA-AES256-SHA'];
const ECDHE_ECDSA_CBC_CIPHERS = [
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-ECDSA-AES256-SHA',
];

/** Key exchange by RSA alone, without forward secrecy. */
const RSA_CIPHERS = [
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-SHA',
  'AES256-SHA',
];

const RSA_SCHEMES = [
  'rsa_pss_rsae_sha256',
  'rsa_pkcs1_sha256',
  'rsa_pss_rsae_sha384',
  'rsa_pkcs1_sha384',
  'rsa_pss_rsae_sha512',
  'rsa_pkcs1_sha512',
];
const PSS_KEY_SCHEMES = [
  'rsa_pss_pss_sha256',
  'rsa_pss_pss_sha384',
  'rsa_pss_pss_sha512',
];

const NIST_CURVES = ['P-256', 'P-384', 'P-521'];

/** Over SHA-2 with 256 bits and more, by keys of RSA and elliptic curves. */
const SHA2_SIGNATURES = [
  'SHA256-RSA',
  'SHA384-RSA',
  'SHA512-RSA',
  'SHA256-RSAPSS',
  'SHA384-RSAPSS',
  'SHA512-RSAPSS',
  'ECDSA-SHA256',
  'ECDSA-SHA384',
  'ECDSA-SHA512',
];

/** What browsers send, recorded by those who imitate them. */
const UTLS =
  'https://github.com/refraction-networking/utls/blob/master/u_parrots.go';

const CHROMIUM: ClientFamily = {
  id: 'chromium',
  name: 'Chromium (Chrome, Edge)',
  isBrowser: true,
  version:
    'Chromium 133 to 144 (Chrome, Edge, Brave and others); later ones add ML-DSA',
  sources: [
    {
      url: 'https://source.chromium.org/chromium/chromium/src/+/main:net/socket/ssl_client_socket_impl.cc',
      tells: 'signature schemes, ciphers and oldest protocol of the handshake',
    },
    {
      url: 'https://source.chromium.org/chromium/chromium/src/+/main:net/ssl/ssl_config_service_unittest.cc',
      tells: 'groups',
    },
    {
      url: 'https://boringssl.googlesource.com/boringssl/+/a99f83a8a5856561f9af7d40efbed4b75287137c/pki/simple_path_builder_delegate.cc',
      tells: 'keys and signatures of certificates',
    },
    {
      url: 'https://source.chromium.org/chromium/chromium/src/+/main:net/cert/cert_verify_proc_builtin.cc',
      tells: 'shortest RSA key',
    },
    {
      url: 'https://boringssl.googlesource.com/boringssl/+/refs/heads/main/include/openssl/rsa.h',
      tells: 'longest RSA key',
    },
    {
      url: UTLS,
      tells: 'that these versions send the same, as recorded',
    },
  ],
  offer: {
    minProtocol: 'TLSv1.2',
    signatureSchemes: [
      'ecdsa_secp256r1_sha256',
      'rsa_pss_rsae_sha256',
      'rsa_pkcs1_sha256',
      'ecdsa_secp384r1_sha384',
      'rsa_pss_rsae_sha384',
      'rsa_pkcs1_sha384',
      'rsa_pss_rsae_sha512',
      'rsa_pkcs1_sha512',
    ],
    groups: ['X25519MLKEM768', 'X25519', 'P-256', 'P-384'],
    ciphers: [
      ...TLS13_CIPHERS,
      ...ECDHE_AEAD_CIPHERS,
      ...ECDHE_RSA_CBC_CIPHERS,
      ...RSA_CIPHERS,
    ],
  },
  certificates: {
    keys: ['RSA', ...NIST_CURVES],
    minRsaBits: 1024,
    maxRsaBits: 16_384,
    signatures: SHA2_SIGNATURES,
  },
};

const FIREFOX: ClientFamily = {
  id: 'firefox',
  name: 'Firefox',
  isBrowser: true,
  version: 'Firefox of 2026; ciphers as Firefox 120 sends them',
  sources: [
    {
      url: 'https://github.com/mozilla-firefox/firefox/blob/main/security/manager/ssl/nsNSSIOLayer.cpp',
      tells: 'groups, and with EnabledSignatureSchemes.h the signature schemes',
    },
    {
      url: 'https://github.com/mozilla-firefox/firefox/blob/730115c33b21a663e65f8d15b731d16847b49f4c/security/nss/lib/mozpkix/lib/pkixcheck.cpp',
      tells: 'keys of certificates',
    },
    {
      url: 'https://github.com/mozilla-firefox/firefox/blob/ca36c95291082d97ea987fd70757313303d596eb/security/nss/lib/mozpkix/lib/pkixder.cpp',
      tells: 'signatures of certificates',
    },
    {
      url: 'https://github.com/mozilla-firefox/firefox/blob/main/security/certverifier/CertVerifier.cpp',
      tells: 'shortest RSA key',
    },
    {
      url: UTLS,
      tells: 'ciphers, as recorded',
    },
  ],
  offer: {
    minProtocol: 'TLSv1.2',
    signatureSchemes: [
      'ecdsa_secp256r1_sha256',
      'ecdsa_secp384r1_sha384',
      'ecdsa_secp521r1_sha512',
      ...RSA_SCHEMES,
    ],
    groups: [
      'X25519MLKEM768',
      'X25519',
      ...NIST_CURVES,
      'ffdhe2048',
      'ffdhe3072',
    ],
    ciphers: [
      ...TLS13_CIPHERS,
      ...ECDHE_AEAD_CIPHERS,
      ...ECDHE_ECDSA_CBC_CIPHERS,
      ...ECDHE_RSA_CBC_CIPHERS,
      ...RSA_CIPHERS,
    ],
  },
  certificates: {
    keys: ['RSA', ...NIST_CURVES],
    minRsaBits: 1024,
    signatures: SHA2_SIGNATURES,
  },
};

const SAFARI: ClientFamily = {
  id: 'safari',
  name: 'Safari',
  isBrowser: true,
  version: 'Safari 18, and every browser of iOS 18',
  sources: [
    {
      url: UTLS,
      tells:
        'what Safari sends in a handshake, as recorded: Apple publishes no list',
    },
    {
      url: 'https://support.apple.com/en-us/103769',
      tells: 'shortest RSA key; SHA-2 in signatures',
    },
    {
      url: 'https://developer.apple.com/documentation/security/ksecattrkeytypeecsecprimerandom',
      tells: 'curves of keys of CAs; not compared with a recording',
    },
  ],
  offer: {
    minProtocol: 'TLSv1.2',
    signatureSchemes: [
      'ecdsa_secp256r1_sha256',
      'ecdsa_secp384r1_sha384',
      ...RSA_SCHEMES,
    ],
    groups: ['X25519MLKEM768', 'X25519', ...NIST_CURVES],
    ciphers: [
      ...TLS13_CIPHERS,
      ...ECDHE_AEAD_CIPHERS,
      ...ECDHE_ECDSA_CBC_CIPHERS,
      ...ECDHE_RSA_CBC_CIPHERS,
      ...RSA_CIPHERS,
      'ECDHE-ECDSA-DES-CBC3-SHA',
      'ECDHE-RSA-DES-CBC3-SHA',
      'DES-CBC3-SHA',
    ],
  },
  certificates: {
    keys: ['RSA', ...NIST_CURVES],
    minRsaBits: 2048,
    hashes: ['SHA-224', 'SHA-256', 'SHA-384', 'SHA-512'],
  },
};

const CURL: ClientFamily = {
  id: 'curl',
  name: 'curl',
  isBrowser: false,
  version:
    'curl and other programs with OpenSSL 3.5 and its default security level 2',
  sources: [
    {
      url: 'https://docs.openssl.org/3.5/man3/SSL_CTX_set_security_level/',
      tells: 'shortest keys',
    },
    {
      url: 'https://github.com/nodejs/node/blob/v24.x/deps/openssl/openssl/NEWS.md',
      tells:
        'signature schemes and groups, as recorded of OpenSSL 3.5.8 in Node 24',
    },
  ],
  offer: {
    minProtocol: 'TLSv1.2',
    signatureSchemes: [
      'ecdsa_secp256r1_sha256',
      'ecdsa_secp384r1_sha384',
      'ecdsa_secp521r1_sha512',
      'ed25519',
      'ed448',
      'ecdsa_brainpoolP256r1tls13_sha256',
      'ecdsa_brainpoolP384r1tls13_sha384',
      'ecdsa_brainpoolP512r1tls13_sha512',
      ...PSS_KEY_SCHEMES,
      ...RSA_SCHEMES,
    ],
    groups: [
      'X25519MLKEM768',
      'X25519',
      ...NIST_CURVES,
      'X448',
      'ffdhe2048',
      'ffdhe3072',
    ],
  },
  certificates: {
    keys: [
      'RSA',
      'RSA-PSS',
      'P-224',
      ...NIST_CURVES,
      'secp256k1',
      'brainpoolP256r1',
      'brainpoolP384r1',
      'brainpoolP512r1',
      'Ed25519',
      'Ed448',
    ],
    minRsaBits: 2048,
    maxRsaBits: 16_384,
    signatures: [
      ...SHA2_SIGNATURES,
      'SHA224-RSA',
      'ECDSA-SHA224',
      'Ed25519',
      'Ed448',
    ],
  },
};

const GO: ClientFamily = {
  id: 'go',
  name: 'Go',
  isBrowser: false,
  version: 'programs built with Go 1.26',
  sources: [
    {
      url: 'https://github.com/golang/go/blob/go1.26.8/src/crypto/tls/defaults.go',
      tells: 'signature schemes, groups and ciphers',
    },
    {
      url: 'https://github.com/golang/go/blob/go1.26.8/src/crypto/tls/handshake_client.go',
      tells: 'longest RSA key',
    },
    {
      url: 'https://github.com/golang/go/blob/go1.26.8/src/crypto/x509/x509.go',
      tells:
        'keys and signatures of certificates; crypto/rsa: shortest RSA key',
    },
  ],
  offer: {
    minProtocol: 'TLSv1.2',
    signatureSchemes: [
      'ecdsa_secp256r1_sha256',
      'ecdsa_secp384r1_sha384',
      'ecdsa_secp521r1_sha512',
      'ed25519',
      ...RSA_SCHEMES,
    ],
    groups: ['X25519MLKEM768', 'X25519', ...NIST_CURVES],
    ciphers: [
      ...TLS13_CIPHERS,
      ...ECDHE_AEAD_CIPHERS,
      ...ECDHE_ECDSA_CBC_CIPHERS,
      ...ECDHE_RSA_CBC_CIPHERS,
    ],
  },
  certificates: {
    keys: ['RSA', 'P-224', ...NIST_CURVES, 'Ed25519'],
    minRsaBits: 1024,
    maxRsaBits: 8192,
    signatures: [...SHA2_SIGNATURES, 'Ed25519'],
  },
};

const JAVA: ClientFamily = {
  id: 'java',
  name: 'Java',
  isBrowser: false,
  version: 'programs on JDK 25',
  sources: [
    {
      url: 'https://github.com/openjdk/jdk/blob/master/src/java.base/share/classes/sun/security/ssl/SignatureScheme.java',
      tells: 'signature schemes',
    },
    {
      url: 'https://github.com/openjdk/jdk25u-dev/blob/e2899f4881dd3cdcffa1f4762001ae7457d4a7ad/src/java.base/share/conf/security/java.security',
      tells: 'oldest protocol, shortest keys',
    },
  ],
  offer: {
    minProtocol: 'TLSv1.2',
    signatureSchemes: [
      'ecdsa_secp256r1_sha256',
      'ecdsa_secp384r1_sha384',
      'ecdsa_secp521r1_sha512',
      'ed25519',
      'ed448',
      ...PSS_KEY_SCHEMES,
      ...RSA_SCHEMES,
    ],
  },
  certificates: {
    keys: ['RSA', 'RSA-PSS', ...NIST_CURVES, 'Ed25519', 'Ed448'],
    minRsaBits: 1024,
  },
};

/**
 * Who connects to what a gateway serves, browsers first, and what they take. A row tells what was read in a project's source or
 * recorded of it; what nobody could read is left out, and then nothing is judged by it.
 * @public
 */
export const CLIENT_FAMILIES: readonly ClientFamily[] = [
  CHROMIUM,
  FIREFOX,
  SAFARI,
  CURL,
  GO,
  JAVA,
];

/** What most people open a URL with; the probe offers what it does. @public */
export const CHROMIUM_OFFER = CHROMIUM.offer;
