import type {
  CertificateFacts,
  CertificateSummary,
} from '../certificates/types';
import type { Finding } from '../verdicts/types';
import type { SnapshotKind } from '../gateway-api/snapshot';
import type { ClusterState } from '../exposures/types';

/** One line of the platform's health. @public */
export interface PlatformPart {
  part:
    | 'gatewayclass'
    | 'gateway'
    | 'listener'
    | 'issuer'
    | 'certificate'
    | 'redirect';
  name: string;
  namespace?: string;
  state: 'good' | 'attention' | 'bad' | 'unknown';
  /** A sentence for a person. */
  summary: string;
  findings: Finding[];
  facts: Record<string, string>;
}

/**
 * How well the objects of one kind are known. A kind that the cluster does not serve, or that RBAC refuses, is a fact and
 * no error: it is picked up when it appears.
 * @public
 */
export interface PlatformKind {
  kind: SnapshotKind;
  status: 'syncing' | 'synced' | 'unreachable' | 'forbidden' | 'notServed';
  /** Objects that are known; of a cluster that is away, as they were last. */
  objects: number;
  /** ISO 8601 time at which the status began. */
  since: string;
}

/** Health of one cluster's platform. @public */
export interface PlatformHealth extends ClusterState {
  parts: PlatformPart[];
  /** What the cluster is read for. */
  kinds: PlatformKind[];
  exposureCount?: number;
}

/** Answer of `GET /v1/platform`. @public */
export interface PlatformView {
  clusters: PlatformHealth[];
}

/** One CA certificate that clients are offered. @public */
export interface CaCertificate {
  certificate: CertificateSummary;
  pem: string;
  /** Does what the gateway serves now verify against it? */
  verifiesServed: boolean;
  /** Does the issuer sign with it, or with a CA below it, today? */
  signsToday: boolean;
}

/** Answer of `GET /v1/ca`: first the CA that verifies what the gateway serves; another where that signs today. @public */
export interface CaBundle {
  /** PEM of all of them. */
  pem: string;
  fingerprintsSha256: string[];
  findings: Finding[];
  /** Each of them, in the same order. Absent from the answer as PEM. */
  certificates?: CaCertificate[];
  /** Where trust comes from; of `system` nothing has to be installed. */
  trust?: CertificateFacts['trust'];
}
