import type { Condition } from '../gateway-api/types';
import type { ClusterState, ExposureAddress } from '../exposures/types';
import type { Finding, TlsWord } from '../verdicts/types';
import type { NameConstraints } from './nameConstraints';

/** A listener of a Gateway or of a ListenerSet. @public */
export interface ListenerRef {
  kind: 'Gateway' | 'ListenerSet';
  namespace: string;
  name: string;
  /** Name of the listener. */
  section: string;
}

/** @public */
export interface ObjectRef {
  namespace: string;
  name: string;
}

/**
 * Public facts of one X.509 certificate (RFC 5280). Times are ISO 8601. Fingerprints and key identifiers are upper-case
 * hex with colons; serial numbers are upper-case hex without.
 * @public
 */
export interface CertificateSummary {
  subject: string;
  issuer: string;
  dnsNames: string[];
  serialNumber: string;
  notBefore: string;
  notAfter: string;
  fingerprintSha256: string;
  isCa: boolean;
  /** `bits` for RSA and DSA; `curve` (`P-256`) for EC. `RSA-PSS` is a key that is for RSASSA-PSS alone (RFC 4055). */
  key?: {
    algorithm: 'RSA' | 'RSA-PSS' | 'EC' | 'Ed25519' | 'Ed448' | 'DSA' | 'other';
    bits?: number;
    curve?: string;
  };
  /** Of the signature: `SHA-256`, `SHA-1`, `MD5`, …; undefined where the algorithm has none of its own (Ed25519). */
  signatureHash?: string;
  /**
   * Key and hash of the signature, as Go and cmctl write it: `ECDSA-SHA256`, `SHA256-RSA`, `Ed25519`; those that Go does not know in
   * the same way: `SHA224-RSA`, `Ed448`.
   */
  signatureAlgorithm?: string;
  /** RFC 5280, section 4.2.1.3: `digitalSignature`, `keyCertSign`, …; undefined without the extension. */
  keyUsages?: string[];
  /** RFC 5280, section 4.2.1.12: `serverAuth`, …, an unknown purpose as its OID; undefined without the extension. */
  extendedKeyUsages?: string[];
  /** Extensions of RFC 5280, sections 4.2.1.2 and 4.2.1.1. */
  subjectKeyId?: string;
  authorityKeyId?: string;
  /** Alternative names of other kinds than DNS: `IP:10.0.0.1`, `URI:…`, `email:…`; undefined where there are none. */
  otherNames?: string[];
  /** Names that a CA may sign; undefined without the extension. */
  nameConstraints?: NameConstraints;
  /** How many CAs may stand between this one and a leaf (RFC 5280, section 4.2.1.9); undefined: any number. */
  pathLength?: number;
  /** Object identifiers of critical extensions that clients do not know, for which they refuse it. */
  unknownCritical?: string[];
  /** Where the certificate that signed it can be fetched (RFC 5280, section 4.2.2.1): `http:` URLs alone. */
  caIssuers?: string[];
}

/** One CertificateRequest, as far as people need it. @public */
export interface CertificateRequestStatus {
  name: string;
  /** Annotation `cert-manager.io/certificate-revision`. */
  revision?: number;
  createdAt?: string;
  failedAt?: string;
  conditions: Condition[];
}

/** What cert-manager says of one Certificate: all that `cmctl status certificate` prints, without any Secret. @public */
export interface CertificateStatus extends ObjectRef {
  uid?: string;
  generation?: number;
  resourceVersion?: string;
  createdAt?: string;
  secretName: string;
  /** That it asks for, which need not be those that it has. */
  dnsNames: string[];
  /** That it asks for. No browser reads it (RFC 9525, section 2). */
  commonName?: string;
  /** What made the Certificate and keeps it as it is, such as a Gateway with an issuer's annotation. */
  owner?: { kind: string; name: string };
  isCa: boolean;
  /** Go durations, as in the spec. */
  duration?: string;
  renewBefore?: string;
  /** What cert-manager made it for, of the same namespace, by whose annotations it is kept as it is. */
  madeFor?: { kind: 'Gateway' | 'ListenerSet' | 'Ingress'; name: string };
  /** The key that it asks for, as in the spec; undefined where the spec leaves it to cert-manager. */
  privateKey?: { algorithm?: string; size?: number };
  /** `privateKey.rotationPolicy`; undefined where the spec leaves it to cert-manager. */
  rotationPolicy?: string;
  revisionHistoryLimit?: number;
  /** `Ready` and `Issuing`, as they stand. */
  conditions: Condition[];
  revision?: number;
  notBefore?: string;
  notAfter?: string;
  renewalTime?: string;
  lastFailureTime?: string;
  failedIssuanceAttempts?: number;
  /** When cert-manager tries again after a failure: one hour, doubled with each failure up to 32 hours. */
  nextAttemptAt?: string;
  /** The request that the current revision came from. */
  request?: CertificateRequestStatus;
  /** The newest request of a later revision: on its way, refused or failed. */
  nextRequest?: CertificateRequestStatus;
}

/** Where an issuer looks for its Secrets. Their names alone: none is read. @public */
export interface IssuerSecrets {
  /** The issuer's own, or of a ClusterIssuer the cluster-resource namespace of the settings. */
  namespace: string;
  /** Those that its spec names, by field: `spec.ca.secretName`. */
  named: { field: string; name: string }[];
  /** Of an issuer that signs with a CA: others of the namespace into which cert-manager has issued one. */
  withCa?: string[];
  /** Of such an issuer: the Certificate that fills the Secret which it names. */
  filledBy?: ObjectRef;
}

/** A name of a Certificate that no solver of its ACME issuer can prove. @public */
export interface UnsolvedName {
  name: string;
  /** Challenges of which any would do: `dns01` alone for a wildcard, `http01` alone for an IP address. */
  needs: ('dns01' | 'http01')[];
  /**
   * What is lacking: any solver at all, one for such a challenge, or one for such a challenge of which the selector takes in the
   * name and the labels of the Certificate.
   */
  lack: 'solver' | 'challenge' | 'match';
}

/** The issuer that a Certificate names, as it stands. @public */
export interface IssuerStatus {
  kind: string;
  name: string;
  /** Undefined for a ClusterIssuer. */
  namespace?: string;
  group: string;
  /** What signs behind it; `external` for another group than cert-manager's. */
  type:
    | 'CA'
    | 'selfSigned'
    | 'ACME'
    | 'Vault'
    | 'Venafi'
    | 'external'
    | 'unknown';
  /** Undefined where it cannot be read, false where it does not exist. */
  exists?: boolean;
  conditions: Condition[];
  /** Only of one of cert-manager's own that is not ready. */
  secrets?: IssuerSecrets;
  /** Only of an ACME issuer, and where there are any. */
  unsolved?: UnsolvedName[];
}

/**
 * What is known about one certificate that a listener may serve, read without any Secret: listener → Secret →
 * Certificate by secretName → current CertificateRequest → issuer → the CA's own current CertificateRequest.
 * @public
 */
export interface CertificateFacts {
  /** Name is empty where the listener names no Secret. */
  secret: ObjectRef;
  /** The cert-manager Certificate that fills the Secret, if there is one. */
  certificate?: CertificateStatus;
  /** Whatever else fills the same Secret: other Certificates, and a Gateway or ListenerSet that asks for one by annotation. */
  rivals?: {
    kind: 'Certificate' | 'Gateway' | 'ListenerSet';
    namespace: string;
    name: string;
  }[];
  issuer?: IssuerStatus;
  /** Of the current revision, as it was issued. */
  leaf?: CertificateSummary;
  /** What was issued with the leaf: first the certificate that signed it. */
  chain?: CertificateSummary[];
  /** Earliest notAfter of leaf, chain and, where it verifies them, the CA that signs today. */
  chainNotAfter?: string;
  /** The CA certificate that signs today; where `trust` is `issued`, the one that signed it. */
  signer?: CertificateSummary;
  /** The self-signed certificate above the signer; only where the signer is none itself and it is known. */
  root?: CertificateSummary;
  /** The Certificate of that CA. */
  ca?: CertificateStatus;
  /**
   * Where trust comes from: the CA that signs today by the word of the cluster, `[certificates] ca_pem`, the roots of this system
   * (public CAs) or, where the CA that signs today is not known, the CA that cert-manager gave with the certificate.
   */
  trust?: 'cluster' | 'settings' | 'system' | 'issued';
  /** Does the leaf verify against that? Undefined: not known, see `unknown`. */
  verified?: boolean;
  /** OpenSSL's name without `X509_V_ERR_`, such as `UNABLE_TO_VERIFY_LEAF_SIGNATURE`. */
  verificationError?: string;
  /** Set where the request is gone and its facts come from the plugin's database: when they were last seen in the cluster. */
  keptAt?: string;
  /** Earlier revisions that are still known, newest first: one of them may still be served. */
  earlier?: {
    revision: number;
    leaf: CertificateSummary;
    verified?: boolean;
  }[];
  /** A sentence that says what could not be learned and why. */
  unknown?: string;
}

/** What a listener may serve, one for each of its certificateRefs; none where nothing is known of it. @public */
export type CertificateLookup = (
  listener: ListenerRef,
) => readonly CertificateFacts[];

/** One certificate that listeners use, or one that signs such: a row of the Certificates page. @public */
export interface CertificateRow {
  cluster: string;
  role: 'served' | 'ca';
  secret: ObjectRef;
  /** Listeners that name it; empty for a CA. */
  listeners: ListenerRef[];
  word: TlsWord;
  /** What decided the word. */
  finding: Finding;
  /** Worst first, with the deciding one. */
  findings: Finding[];
  facts: CertificateFacts;
  /** What probes saw of the listeners' hosts, by distinct leaf; the newest first. */
  served: {
    leaf: CertificateSummary;
    at: string;
    hosts: number;
    host: string;
  }[];
  /** Hosts that break with it, those of routes that the caller may read; for a CA those of all that it signs. */
  hosts: { host: string; exposure: ExposureAddress; entities: string[] }[];
  /**
   * May cert-manager be asked to issue it anew? Why not, in a sentence. `from`: not before (ISO 8601), where somebody asked
   * within the last minute.
   */
  renewable:
    | { possible: true; from?: string }
    | { possible: false; why: string };
}

/** Answer of `GET /v1/certificates`, sorted by trouble. @public */
export interface CertificatesView {
  certificates: CertificateRow[];
  clusters: ClusterState[];
  /** Why hosts and entities are missing; as in `HostsPage`. */
  findings?: Finding[];
  permissions: { renew: boolean };
  /** As in `EntityExposures`. */
  topic?: string;
}

/** Address of a Certificate in URLs. @public */
export interface CertificateAddress extends ObjectRef {
  cluster: string;
}

/** Answer of `POST /v1/certificates/{cluster}/{namespace}/{name}/renewal`. @public */
export interface RenewalResult extends CertificateAddress {
  uid: string;
  /** Revision and serial number before: the renewal is done when a higher one is issued and served. */
  revision?: number;
  serialNumber?: string;
  requestedAt: string;
}
