/**
 * How much a finding matters. `blocking` stops a write; `error` means requests fail; `warning` means something
 * will hurt; `info` is worth knowing.
 * @public
 */
export type Severity = 'blocking' | 'error' | 'warning' | 'info';

/** What a finding is about. `field` is a path in an exposure request or in the object. @public */
export interface Subject {
  kind: string;
  name: string;
  namespace?: string;
  cluster?: string;
  field?: string;
}

/**
 * One fact worth acting on.
 *
 * `reason` is a constant in UpperCamelCase that programs may rely on. `message` says what happens to requests;
 * `remedy` is one thing to do, in the imperative, naming the object. `details` holds the raw condition or error
 * behind it, shown one click away.
 * @public
 */
export interface Finding {
  reason: string;
  severity: Severity;
  message: string;
  remedy?: string;
  subject: Subject;
  details?: Record<string, string>;
}

/**
 * - `Live`: proved to answer for the current generation.
 * - `Pending`: the controller has not answered yet.
 * - `Degraded`: answers, but something will hurt.
 * - `Broken`: requests fail.
 * - `Unknown`: it cannot be seen.
 * @public
 */
export type VerdictWord =
  | 'Live'
  | 'Pending'
  | 'Degraded'
  | 'Broken'
  | 'Unknown';

/** The summary of an exposure, with the finding that decided it. @public */
export interface Verdict {
  word: VerdictWord;
  finding: Finding;
}

/**
 * What one probe saw: a TLS handshake with the host as SNI at the configured address, then one GET.
 * @public
 */
export interface ProbeFacts {
  host: string;
  /** Address that was dialled: never derived from the host or from the cluster. */
  address: string;
  port: number;
  /** Path that was asked for: the shortest that the route matches without headers. */
  path: string;
  /** ISO 8601 time at which the probe ended. */
  at: string;
  /** `metadata.uid` and `metadata.generation` of the route when the probe began. */
  route?: { uid: string; generation: number };
  durationMs: number;
  tls?: {
    /** True where the served chain verifies, for this host, against the CA that signs today. */
    verified: boolean;
    /** Why not: an OpenSSL or Node code such as `CERT_HAS_EXPIRED`, `ERR_TLS_CERT_ALTNAME_INVALID`. */
    verificationError?: string;
    protocol?: string;
    leaf?: CertificateSummary;
    issuer?: string;
  };
  http?: { status: number; server?: string };
  /** Set where no HTTP answer came. */
  failure?: {
    stage: 'connect' | 'tls' | 'http';
    /** `ECONNREFUSED`, `ETIMEDOUT`, `ECONNRESET`, … */
    code: string;
    message: string;
  };
}

/** Public facts of one X.509 certificate. Times are ISO 8601. Fingerprints are upper-case hex with colons. @public */
export interface CertificateSummary {
  subject: string;
  issuer: string;
  dnsNames: string[];
  serialNumber: string;
  notBefore: string;
  notAfter: string;
  fingerprintSha256: string;
  isCa: boolean;
}

/**
 * What is known about the certificate that a listener serves, read without any Secret: listener → Certificate by
 * secretName → current CertificateRequest → issuer → the CA's own current CertificateRequest.
 * @public
 */
export interface CertificateFacts {
  secret: { namespace: string; name: string };
  /** The cert-manager Certificate that fills the Secret, if there is one. */
  certificate?: { namespace: string; name: string; revision?: number };
  issuer?: { kind: string; name: string; namespace?: string };
  leaf?: CertificateSummary;
  /** Earliest notAfter of the chain. */
  chainNotAfter?: string;
  /** The CA certificate that signs today. */
  signer?: CertificateSummary;
  /** Does the leaf verify against the CA that signs today? Undefined: not known, see `unknown`. */
  verified?: boolean;
  verificationError?: string;
  /** A sentence that says what could not be learned and why. */
  unknown?: string;
}

/** Facts that IO gathers for the pure evaluation. Anything left out is judged "not known". @public */
export interface Facts {
  certificate?: CertificateFacts;
  /** By host. */
  probes?: Record<string, ProbeFacts>;
}

/** @public */
export type TlsWord = 'Good' | 'Degraded' | 'Bad' | 'Unknown' | 'None';

/** TLS of one exposure in one line, with the facts behind it. @public */
export interface TlsStatus {
  word: TlsWord;
  finding: Finding;
  issuer?: { kind: string; name: string };
  /** Does the certificate cover every host of the exposure (RFC 6125: a wildcard stands for one label)? */
  coversHost?: boolean;
  validFrom?: string;
  validUntil?: string;
  /** Whole days left, rounded down; negative once expired. */
  daysLeft?: number;
  /** Subject and SHA-256 fingerprint of the CA that verifies it. */
  trustedBy?: { subject: string; fingerprintSha256: string };
  certificate?: CertificateSummary;
}
