/** What one family of clients makes of an intermediate CA that it was told to trust, the root above it being unknown. @public */
export interface AnchorClient {
  name: string;
  /** Is the file of an intermediate enough for it? */
  isEnough: boolean;
  /** What it needs besides, or why not. */
  note?: string;
}

/**
 * By what their verifiers do; where that is written stands before each. Those that build on OpenSSL go up to a self-signed certificate unless
 * they set X509_V_FLAG_PARTIAL_CHAIN (X509_VERIFY_PARAM_set_flags(3)).
 * @public
 */
export const ANCHORS: readonly AnchorClient[] = [
  // Chromium, net/cert/internal: trust_store_nss.cc, trust_store_win.cc and trust_store_mac.cc give a trust anchor without
  // asking whether it is self-signed; the last one only by kSecTrustSettingsResultTrustAsRoot.
  { name: 'Chrome and Edge', isEnough: true },
  // NSS, mozpkix/lib/pkixbuild.cpp: path building ends at whatever has the trust flag C.
  { name: 'Firefox', isEnough: true },
  // Security, SecTrustSettings.c, validateConstraint: trustRoot is refused for what is not self-signed.
  { name: 'Safari on macOS', isEnough: true, note: 'added as trustAsRoot' },
  // curl, lib/vtls/openssl.c: X509_V_FLAG_PARTIAL_CHAIN since 7.68.0, for builds with OpenSSL.
  { name: 'curl', isEnough: true, note: '7.68 and later' },
  // crypto/x509, verify.go: every certificate of the pool of roots ends a chain.
  { name: 'Go', isEnough: true },
  // java.security.cert.TrustAnchor: the most-trusted CA is whatever the trust store holds.
  { name: 'Java', isEnough: true },
  // CPython 3.13, Lib/ssl.py: create_default_context sets VERIFY_X509_PARTIAL_CHAIN.
  { name: 'Python 3.13 and later', isEnough: true },
  { name: 'Python before 3.13', isEnough: false },
  // Node, lib/tls: allowPartialTrustChain (22.9.0 and 20.18.0) is false unless a program sets it.
  {
    name: 'Node',
    isEnough: false,
    note: 'unless a program sets allowPartialTrustChain',
  },
  // openssl-verification-options(1).
  { name: 'openssl', isEnough: false, note: 'unless given -partial_chain' },
  // CERT_TRUST_STATUS: a chain without a self-signed end is CERT_TRUST_IS_PARTIAL_CHAIN in the default engine.
  {
    name: 'Schannel on Windows',
    isEnough: false,
    note: 'as .NET and PowerShell use it',
  },
  // Certificate Trust Settings lists roots alone (Apple Support, HT204477).
  { name: 'iOS', isEnough: false },
];
