import type {
  CertificateFacts,
  CertificateRow,
  CertificateSummary,
  DnsFacts,
  Finding,
  ProbeFacts,
  Severity,
  TlsWord,
} from 'backstage-plugin-networking-common';
import { finding } from '../../basics';
import { factsOf } from '../facts';

/** One certificate of the imaginary platform, with what is wrong with it. Its host is `label` before the suffix. */
export interface CertificateState {
  label: string;
  word: TlsWord;
  /** What decided the word. */
  finding: Finding;
  facts: CertificateFacts;
  /** What the gateway serves. Default: what was issued last; null where no connection comes about. */
  served?: CertificateSummary | null;
  /** Default true. */
  coversHost?: boolean;
  dns?: DnsFacts;
  failure?: ProbeFacts['failure'];
  renewable?: CertificateRow['renewable'];
}

const said =
  (severity: Severity) =>
  (
    label: string,
    reason: string,
    message: string,
    remedy?: string,
    details?: Finding['details'],
  ): Finding =>
    finding(reason, message, {
      severity,
      ...(remedy && { remedy }),
      ...(details && { details }),
      subject: {
        kind: 'Certificate',
        namespace: 'kube-system',
        name: `${label}-cert`,
        cluster: 'local',
      },
    });
export const info = said('info');
export const warning = said('warning');
export const error = said('error');

export const titleOf = (label: string) =>
  `Certificate kube-system/${label}-cert`;

export const good = (label: string): CertificateState => ({
  label,
  word: 'Good',
  finding: info(
    label,
    'CertificateGood',
    'Signed by idp-demo-ca, 341 days left.',
  ),
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
