import { SUFFIX, daysAhead, secondsAgo } from '../../basics';
import { ca } from '../ca';
import {
  NO_KEY_PAIR,
  READY,
  condition,
  demoIssuer,
  factsOf,
  leafOf,
  statusOf,
} from '../facts';
import { type CertificateState } from './state';

const QUOTA = 'acme: rate limit of 50 certificates for each domain and week';

/** What will hurt. */
export const degraded = (): CertificateState[] => [
  {
    label: 'overdue',

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
    label: 'issuer-lost',

    facts: factsOf('issuer-lost', {
      issuer: demoIssuer({
        conditions: [NO_KEY_PAIR],
      }),
      trust: 'issued',
      unknown:
        'No Certificate fills Secret cert-manager/nowhere, in which ClusterIssuer idp-demo-ca keeps its CA.',
    }),
  },
  {
    label: 'two-managers',

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

    facts: factsOf('ca-ends-first', {
      chain: [{ ...ca, notAfter: daysAhead(120) }],
      chainNotAfter: daysAhead(120),
      signer: { ...ca, notAfter: daysAhead(120) },
    }),
  },
];
