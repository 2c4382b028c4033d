import { daysAhead, secondsAgo } from '../../basics';
import { ca } from '../ca';
import {
  READY,
  condition,
  demoIssuer,
  factsOf,
  leafOf,
  statusOf,
} from '../facts';
import { DNS, good, type CertificateState } from './state';

const ISSUING = condition(
  'Issuing',
  'True',
  'Renewing',
  'Renewing certificate as renewal was scheduled',
  40,
);

/** What is fine, or becomes so by itself. */
export const quiet = (): CertificateState[] => [
  { ...good('good'), dns: DNS.expected },
  {
    ...good('renewing'),

    facts: factsOf('renewing', {
      certificate: statusOf('renewing', {
        conditions: [READY, ISSUING],
        renewalTime: secondsAgo(40),
        notAfter: daysAhead(29),
        nextRequest: {
          name: 'renewing-cert-4',
          revision: 4,
          createdAt: secondsAgo(38),
          conditions: [
            condition(
              'Approved',
              'True',
              'cert-manager.io',
              'Certificate request has been approved by cert-manager.io',
              38,
            ),
            condition(
              'Ready',
              'False',
              'Pending',
              'Waiting on certificate issuance from issuer',
              38,
            ),
          ],
        },
      }),
      leaf: leafOf('renewing', 3, {
        notBefore: daysAhead(-336),
        notAfter: daysAhead(29),
      }),
    }),
    renewable: { possible: false, why: 'It is being issued at this moment.' },
  },
  {
    ...good('due'),

    facts: factsOf('due', {
      certificate: statusOf('due', {
        renewalTime: secondsAgo(300),
        notAfter: daysAhead(29),
      }),
      leaf: leafOf('due', 3, {
        notBefore: daysAhead(-335),
        notAfter: daysAhead(29),
      }),
    }),
  },
  {
    ...good('kept'),
    facts: factsOf('kept', { keptAt: secondsAgo(9 * 86_400) }),
    dns: DNS.empty,
  },
  {
    ...good('public'),

    facts: factsOf('public', {
      issuer: demoIssuer({
        name: 'letsencrypt',
        type: 'ACME',
        conditions: [
          condition(
            'Ready',
            'True',
            'ACMEAccountRegistered',
            'The ACME account was registered with the ACME server',
          ),
        ],
      }),
      certificate: statusOf('public', {
        duration: undefined,
        renewBefore: undefined,
        notBefore: daysAhead(-29),
        notAfter: daysAhead(61),
        renewalTime: daysAhead(31),
      }),
      leaf: leafOf('public', 3, {
        issuer: 'C=US, O=Example Trust, CN=E7',
        notBefore: daysAhead(-29),
        notAfter: daysAhead(61),
        authorityKeyId: 'AA:01',
      }),
      chain: [
        {
          ...ca,
          subject: 'C=US, O=Example Trust, CN=E7',
          issuer: 'C=US, O=Example Trust, CN=Example Root X1',
          subjectKeyId: 'AA:01',
          authorityKeyId: 'AA:02',
          serialNumber: '0A5E',
          notAfter: daysAhead(480),
          fingerprintSha256: leafOf('intermediate', 1).fingerprintSha256,
        },
      ],
      signer: undefined,
      ca: undefined,
      trust: 'system',
    }),
  },
  {
    ...good('short-life'),

    facts: factsOf('short-life', {
      certificate: statusOf('short-life', {
        duration: '1h0m0s',
        renewBefore: '20m0s',
        notBefore: secondsAgo(19 * 60),
        notAfter: secondsAgo(-41 * 60),
        renewalTime: secondsAgo(-21 * 60),
        revision: 212,
      }),
      leaf: leafOf('short-life', 212, {
        notBefore: secondsAgo(19 * 60),
        notAfter: secondsAgo(-41 * 60),
        key: { algorithm: 'EC', curve: 'P-256' },
      }),
    }),
  },
];
