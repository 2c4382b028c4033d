import type {
  CertificateFacts,
  CertificateRow,
  CertificateSummary,
  DnsFacts,
  Finding,
  ProbeFacts,
  TlsWord,
} from 'backstage-plugin-networking-common';
import { finding } from '../../basics';
import { factsOf } from '../facts';

/** One certificate of the imaginary platform. Its host is `label` before the suffix. */
export interface CertificateState {
  label: string;
  facts: CertificateFacts;
  /** What the gateway serves. Default: what was issued last; null where no connection comes about. */
  served?: CertificateSummary | null;
  /** What is wrong with it for its host, where that is not of the certificate alone. */
  ofHost?: { word: TlsWord; finding: Finding };
  /** Default true. */
  coversHost?: boolean;
  dns?: DnsFacts;
  failure?: ProbeFacts['failure'];
  renewable?: CertificateRow['renewable'];
}

/** A finding about the certificate of a state. */
export const refused = (
  label: string,
  reason: string,
  message: string,
  remedy: string,
): Finding =>
  finding(reason, message, {
    severity: 'error',
    remedy,
    subject: {
      kind: 'Certificate',
      namespace: 'kube-system',
      name: `${label}-cert`,
      cluster: 'local',
    },
  });

export const good = (label: string): CertificateState => ({
  label,
  facts: factsOf(label),
});

export const DNS: Record<'expected' | 'empty' | 'other', DnsFacts> = {
  expected: {
    state: 'expected',
    expected: '192.0.2.20',
    addresses: ['192.0.2.20'],
    resolver: 'system',
  },
  empty: {
    state: 'empty',
    expected: '192.0.2.20',
    addresses: [],
    resolver: '192.0.2.1',
    code: 'ENODATA',
  },
  other: {
    state: 'other',
    expected: '192.0.2.20',
    addresses: ['198.51.100.7'],
    resolver: 'system',
  },
};
