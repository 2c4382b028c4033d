/**
 * Kind of a public key, as clients tell them apart: `RSA`, `RSA-PSS` (id-RSASSA-PSS, RFC 4055), `Ed25519`, `Ed448`, `DSA`, or
 * the name of an elliptic curve: NIST's (`P-256`), else OpenSSL's (`secp256k1`).
 * @public
 */
export type KeyKind = string;

/** Programs that set up TLS with the same library and the same settings. @public */
export interface ClientFamily {
  id: 'chromium' | 'firefox' | 'safari' | 'curl' | 'go' | 'java';
  /** What people call it. */
  name: string;
  isBrowser: boolean;
  /** The version that the row is true for; others may differ. */
  version: string;
  /** Where each part of the row comes from. */
  sources: { url: string; tells: string }[];
  /** What it offers in a ClientHello (RFC 8446, section 4.2). What is undefined is not known. */
  offer: {
    /** The oldest protocol, as OpenSSL writes it. */
    minProtocol: 'TLSv1.2';
    /** Names of RFC 8446, section 4.2.3: with what the server may sign the handshake. */
    signatureSchemes: readonly string[];
    /** Groups of the key exchange: NIST's names where there is one, else those of IANA's registry. */
    groups?: readonly string[];
    /** OpenSSL's names. */
    ciphers?: readonly string[];
  };
  /** What it takes of every certificate of a chain but for the signature of a root on itself. */
  certificates: {
    keys: readonly KeyKind[];
    /** Of RSA keys, both included. */
    minRsaBits: number;
    maxRsaBits?: number;
    /** `signatureAlgorithm` of a `CertificateSummary`. Undefined: not known. */
    signatures?: readonly string[];
    /** Where no more is known of signatures: their hashes. */
    hashes?: readonly string[];
  };
}

/** Who refuses something, and who is known to take it. In the order of the table. @public */
export interface Refusal {
  refuse: readonly ClientFamily[];
  accept: readonly ClientFamily[];
}
