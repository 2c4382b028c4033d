import type { KubernetesObject } from '../../gateway-api/types';

/** What was reported of an object while a certificate was issued: a Kubernetes Event. Times are ISO 8601. @public */
export interface IssuanceEvent {
  about: { kind: string; namespace?: string; name: string };
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  /** How often it was reported: 1 or more. */
  count: number;
  firstAt?: string;
  lastAt: string;
  /** The component that reported it, such as `cert-manager-certificates-issuing`. */
  reportedBy?: string;
}

/** A Challenge of an ACME server, without its token and key. @public */
export interface AcmeChallengeStatus {
  dnsName: string;
  /** `HTTP-01` or `DNS-01`. */
  type: string;
  wildcard: boolean;
  /** RFC 8555, section 7.1.6: `pending`, `processing`, `valid`, `invalid`; undefined where it is not known yet. */
  state?: string;
  /** In the words of cert-manager or of the ACME server. */
  reason?: string;
  /** Is the answer to the challenge put in place? */
  presented?: boolean;
  /** Does cert-manager work on it now? */
  processing?: boolean;
}

/** An Order of an ACME server with its Challenges. Times are ISO 8601. @public */
export interface AcmeOrderStatus {
  name: string;
  createdAt: string;
  /** RFC 8555, section 7.1.6: `pending`, `ready`, `processing`, `valid`, `invalid`; also cert-manager's `expired` and `errored`. */
  state?: string;
  reason?: string;
  failedAt?: string;
  /** In the order of their names. */
  challenges: AcmeChallengeStatus[];
}

/** Answer of `GET /v1/certificates/{cluster}/{namespace}/{name}/history`. @public */
export interface IssuanceHistory {
  /** Of the Certificate, its current and next CertificateRequest and its issuer: the newest first, at most 100. */
  events: IssuanceEvent[];
  /** Of the current and next CertificateRequest: the newest first, at most 10. */
  orders: AcmeOrderStatus[];
  /** A sentence for each thing that could not be read, with what to do about it. */
  unknown: string[];
}

/**
 * A core/v1 Event, as far as it is read: one that is counted (`count`, `firstTimestamp`, `lastTimestamp`) or one of a series
 * (`eventTime`, `series`).
 * @public
 */
export interface CoreEvent extends KubernetesObject {
  involvedObject?: {
    kind?: string;
    namespace?: string;
    name?: string;
    uid?: string;
  };
  type?: string;
  reason?: string;
  message?: string;
  count?: number;
  firstTimestamp?: string | null;
  lastTimestamp?: string | null;
  eventTime?: string | null;
  series?: { count?: number; lastObservedTime?: string };
  source?: { component?: string };
  reportingComponent?: string;
}

/** An Order of cert-manager (`acme.cert-manager.io/v1`), as far as it is read. @public */
export interface AcmeOrder extends KubernetesObject {
  status?: { state?: string; reason?: string; failureTime?: string };
}

/** A Challenge of cert-manager (`acme.cert-manager.io/v1`), as far as it is read. @public */
export interface AcmeChallenge extends KubernetesObject {
  spec?: {
    dnsName?: string;
    type?: string;
    wildcard?: boolean;
    /** Neither may be shown: see {@link AcmeChallengeStatus}. */
    token?: string;
    key?: string;
  };
  status?: {
    state?: string;
    reason?: string;
    presented?: boolean;
    processing?: boolean;
  };
}
