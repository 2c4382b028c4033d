import type { Finding } from '../verdicts/types';
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

/** Health of one cluster's platform. @public */
export interface PlatformHealth extends ClusterState {
  parts: PlatformPart[];
  exposureCount?: number;
}

/** Answer of `GET /v1/platform`. @public */
export interface PlatformView {
  clusters: PlatformHealth[];
}

/**
 * Answer of `GET /v1/ca`: never a key. `current` verifies what the gateway serves; `signing` is set where another CA
 * signs today.
 * @public
 */
export interface CaBundle {
  /** PEM of the CA certificate (or certificates) that verify what is served. */
  pem: string;
  fingerprintsSha256: string[];
  findings: Finding[];
}
