import { SUFFIX, daysAhead, secondsAgo } from '../../basics';
import { ca } from '../ca';
import {
  READY,
  condition,
  demoIssuer,
  factsOf,
  leafOf,
  statusOf,
} from '../facts';
import { titleOf, warning, type CertificateState } from './state';

const QUOTA = 'acme: rate limit of 50 certificates for each domain and week';

/** What will hurt. */
export const degraded = (): CertificateState[] => [
  {
    label: 'overdue',
    word: 'Degraded',
    finding: warning(
      'overdue',
      'RenewalOverdue',
      `Browsers are answered until the certificate ends: ${titleOf(
        'overdue',
      )} has been due to be renewed for 24 days, and it is not done.`,
      'Check that cert-manager runs.',
    ),
    facts: factsOf('overdue', {
      certificate: statusOf('overdue', {
        renewalTime: daysAhead(-25),
        notBefore: daysAhead(-359),
        notAfter: daysAhead(6),
      }),
      leaf: leafOf('overdue', 3, {
        notBefore: daysAhead(-359),
        notAfter: daysAhead(6),
      }),
    }),
  },
  {
    label: 'failing',
    word: 'Degraded',
    finding: warning(
      'failing',
      'IssuanceFails',
      `Browsers are answered until the certificate ends: ${titleOf(
        'failing',
      )} could not be renewed 3 times. cert-manager says: ${QUOTA}. It tries again in 2 hours.`,
      "Change in ClusterIssuer idp-demo-ca what cert-manager's message names.",
      { 'Issuing.reason': 'Failed', 'Issuing.message': QUOTA },
    ),
    facts: factsOf('failing', {
      certificate: statusOf('failing', {
        conditions: [
          READY,
          condition(
            'Issuing',
            'False',
            'Failed',
            `The certificate request has failed to complete and will be retried: ${QUOTA}`,
            7_000,
          ),
        ],
        renewalTime: secondsAgo(18_000),
        notBefore: daysAhead(-337),
        notAfter: daysAhead(28),
        lastFailureTime: secondsAgo(7_000),
        failedIssuanceAttempts: 3,
        nextAttemptAt: secondsAgo(-7_400),
        nextRequest: {
          name: 'failing-cert-4',
          revision: 4,
          createdAt: secondsAgo(7_030),
          failedAt: secondsAgo(7_000),
          conditions: [condition('Ready', 'False', 'Failed', QUOTA, 7_000)],
        },
      }),
      leaf: leafOf('failing', 3, {
        notBefore: daysAhead(-337),
        notAfter: daysAhead(28),
      }),
    }),
  },
  {
    label: 'old-served',
    word: 'Degraded',
    finding: warning(
      'old-served',
      'CertificateNotServedYet',
      'Browsers get an older certificate, which ends in 12 days, although it was renewed an hour ago: the gateway has not taken the new one up.',
      "Ask the platform's admins why the gateway has not taken up the new certificate.",
      { servedRevision: '3', issuedRevision: '4' },
    ),
    facts: factsOf('old-served', {
      certificate: statusOf('old-served', {
        revision: 4,
        notBefore: secondsAgo(3_700),
        notAfter: daysAhead(364),
        renewalTime: daysAhead(334),
      }),
      leaf: leafOf('old-served', 4, {
        notBefore: secondsAgo(3_700),
        notAfter: daysAhead(364),
      }),
      earlier: [
        {
          revision: 3,
          leaf: leafOf('old-served', 3, {
            notBefore: daysAhead(-353),
            notAfter: daysAhead(12),
          }),
          verified: true,
        },
      ],
    }),
    served: leafOf('old-served', 3, {
      notBefore: daysAhead(-353),
      notAfter: daysAhead(12),
    }),
  },
  {
    label: 'two-managers',
    word: 'Degraded',
    finding: warning(
      'two-managers',
      'CertificateOfTwoManagers',
      'What browsers get may change at any time: 2 Certificates fill Secret kube-system/two-managers-tls and overwrite each other.',
      `Delete all but one of: ${titleOf(
        'two-managers',
      )}, Certificate kube-system/wildcard-by-hand.`,
    ),
    facts: factsOf('two-managers', {
      rivals: [
        {
          kind: 'Certificate',
          namespace: 'kube-system',
          name: 'wildcard-by-hand',
        },
      ],
    }),
  },
  {
    label: 'self-signed',
    word: 'Degraded',
    finding: warning(
      'self-signed',
      'CertificateSelfSigned',
      'Browsers refuse this certificate unless they were told to trust this very one, and each renewal ends that: it is self-signed.',
      `Have ${titleOf('self-signed')} signed by an issuer with a CA.`,
    ),
    facts: (() => {
      const leaf = leafOf('self-signed', 3, {
        issuer: `CN=self-signed.${SUFFIX}`,
        authorityKeyId: undefined,
      });
      return factsOf('self-signed', {
        issuer: demoIssuer({ name: 'self-signed', type: 'selfSigned' }),
        leaf,
        chain: [],
        signer: leaf,
        ca: undefined,
      });
    })(),
  },
  {
    label: 'ca-ends-first',
    word: 'Degraded',
    finding: warning(
      'ca-ends-first',
      'CaExpiresFirst',
      'Browsers will refuse this certificate in 120 days, before it ends: Certificate cert-manager/idp-demo-ca, which signed it, expires then.',
      `Give Certificate cert-manager/idp-demo-ca a longer duration and renew it, then renew ${titleOf(
        'ca-ends-first',
      )}.`,
    ),
    facts: factsOf('ca-ends-first', {
      chain: [{ ...ca, notAfter: daysAhead(120) }],
      chainNotAfter: daysAhead(120),
      signer: { ...ca, notAfter: daysAhead(120) },
    }),
  },
];
