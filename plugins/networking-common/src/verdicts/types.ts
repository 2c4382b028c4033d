import type {
  CertificateLookup,
  CertificateSummary,
} from '../certificates/types';
import type { Finding } from '../findings/types';
import type { RedirectTarget } from '../gateway-api/location';

export type {
  Actor,
  Finding,
  ObjectName,
  Severity,
  Subject,
} from '../findings/types';

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
    /** The text of OpenSSL, where Node has no code for it. */
    verificationMessage?: string;
    /** OpenSSL's names: `TLSv1.3`, `TLS_AES_128_GCM_SHA256`. */
    protocol?: string;
    cipher?: string;
    /** Of the key exchange: `X25519`, `P-256`. */
    group?: string;
    /**
     * Set where the handshake with what this family of clients offers failed, by OpenSSL's code of it, and the one that is told
     * here offered all that OpenSSL has. Absent: the first got through, or nobody tried it so.
     */
    refused?: { offer: 'chromium'; code: string };
    leaf?: CertificateSummary;
    /** What was served: the leaf, then what came with it, in the server's order; at most ten. */
    chain?: CertificateSummary[];
    issuer?: string;
  };
  http?: {
    status: number;
    server?: string;
    /** Where the answer redirects to, by its Location header. */
    redirect?: RedirectTarget;
    /** True where the answer sets a cookie, which may change the next one. */
    setsCookie?: boolean;
    /** True where a header of the proxy says that a service behind it gave the answer (Envoy's upstream time). */
    fromService?: boolean;
    /**
     * First 64 characters of the body, of answers that a gateway may give itself: 403, 404, 421 and 5xx. Empty where there was
     * none; absent where it is not known.
     */
    body?: string;
  };
  /** Where the host's name leads; absent where nobody asked. */
  dns?: DnsFacts;
  /** ISO 8601 time since which everything that the host hangs on stands as it was probed. */
  unchangedSince?: string;
  /**
   * Set where the address was computed and the Gateway has not shown itself there: what answers, or does not, says nothing of the
   * host. `tls`, `http` and `dns` are absent then.
   */
  notShown?: {
    found:
      | 'refused'
      | 'timedOut'
      | 'unreachable'
      | 'noTls'
      | 'otherCertificate';
    /** Of the certificate that was served. */
    subject?: string;
  };
  /** Set where no HTTP answer came. */
  failure?: {
    stage: 'connect' | 'tls' | 'http';
    /** `ECONNREFUSED`, `ETIMEDOUT`, `ECONNRESET`, … */
    code: string;
    message: string;
  };
}

/**
 * Where a host's name leads, by the resolver of the settings:
 * `expected` to the gateway alone, `other` elsewhere, `empty` to no address (as resolvers that filter private addresses
 * answer), `failed` no answer of the resolver.
 * @public
 */
export interface DnsFacts {
  state: 'expected' | 'other' | 'empty' | 'failed';
  /** The address that it should lead to. */
  expected: string;
  addresses: string[];
  /** `system`, or the resolver's address. */
  resolver: string;
  /** Such as `ENOTFOUND`, `ENODATA`, `ETIMEOUT`. */
  code?: string;
}

/**
 * Where a host's name leads, in one line. It says nothing of the gateway: at most a warning.
 * @public
 */
export interface DnsStatus {
  /** `notChecked`: nobody asked, or it is not to be asked ([probe] resolver). */
  state: DnsFacts['state'] | 'notChecked';
  finding: Finding;
  facts?: DnsFacts;
}

/** Facts that IO gathers for the pure evaluation. Anything left out is judged "not known". @public */
export interface Facts {
  /** What each listener may serve. */
  certificates?: CertificateLookup;
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
  /** ISO 8601 time at which cert-manager renews it. */
  renewalTime?: string;
  /** Subject and SHA-256 fingerprint of the CA that verifies it. */
  trustedBy?: { subject: string; fingerprintSha256: string };
  certificate?: CertificateSummary;
  /** From the leaf up to the CA that clients are to trust. */
  chain?: CertificateSummary[];
  /** Set where the gateway serves another certificate than the one that was issued last. */
  issued?: CertificateSummary;
}
