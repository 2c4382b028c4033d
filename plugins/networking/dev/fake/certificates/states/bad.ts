import { SUFFIX, daysAhead } from '../../basics';
import {
  byReplacedCa,
  condition,
  demoIssuer,
  factsOf,
  leafOf,
  statusOf,
} from '../facts';
import { DNS, error, titleOf, type CertificateState } from './state';

/** What browsers refuse. */
export const bad = (): CertificateState[] => [
  {
    label: 'expired',
    word: 'Bad',
    finding: error(
      'expired',
      'CertificateExpired',
      'Browsers refuse this certificate: it expired 3 days ago.',
      `Renew ${titleOf('expired')}.`,
    ),
    facts: factsOf('expired', {
      certificate: statusOf('expired', {
        notBefore: daysAhead(-368),
        notAfter: daysAhead(-3),
        renewalTime: daysAhead(-33),
        conditions: [
          condition(
            'Ready',
            'False',
            'Expired',
            'Certificate expired',
            3 * 86_400,
          ),
        ],
      }),
      leaf: leafOf('expired', 3, {
        notBefore: daysAhead(-368),
        notAfter: daysAhead(-3),
      }),
      verified: false,
      verificationError: 'CERT_HAS_EXPIRED',
    }),
  },
  {
    label: 'rekeyed',
    word: 'Bad',
    finding: error(
      'rekeyed',
      'CertificateOfOldCaKey',
      'Browsers refuse this certificate: it is signed by a CA key that is no longer in use.',
      `Renew ${titleOf('rekeyed')}.`,
      { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
    ),
    facts: factsOf('rekeyed', byReplacedCa('rekeyed')),
  },
  {
    label: 'wrong-host',
    word: 'Bad',
    finding: error(
      'wrong-host',
      'CertificateNotForHost',
      `Browsers refuse this certificate: it is for *.apps.example.com, not for wrong-host.${SUFFIX}. A wildcard stands for one label.`,
      `Choose a host that ${titleOf('wrong-host')} is for.`,
    ),
    facts: factsOf('wrong-host', {
      certificate: statusOf('wrong-host', { dnsNames: ['*.apps.example.com'] }),
      leaf: leafOf('wrong-host', 3, {
        subject: 'CN=*.apps.example.com',
        dnsNames: ['*.apps.example.com'],
      }),
    }),
    coversHost: false,
    dns: DNS.other,
  },
  {
    label: 'not-yet-valid',
    word: 'Bad',
    finding: error(
      'not-yet-valid',
      'CertificateNotYetValid',
      'Browsers refuse this certificate: it becomes valid in 2 days.',
      'Check the clock of the machine that signs certificates.',
    ),
    facts: factsOf('not-yet-valid', {
      certificate: statusOf('not-yet-valid', {
        notBefore: daysAhead(2),
        notAfter: daysAhead(367),
        renewalTime: daysAhead(337),
      }),
      leaf: leafOf('not-yet-valid', 3, {
        notBefore: daysAhead(2),
        notAfter: daysAhead(367),
      }),
      verified: false,
      verificationError: 'CERT_NOT_YET_VALID',
    }),
  },
  {
    label: 'weak-key',
    word: 'Bad',
    finding: error(
      'weak-key',
      'CertificateKeyTooWeak',
      'Browsers refuse this certificate: its RSA key has 1024 bits.',
      `Set privateKey.size of ${titleOf('weak-key')} to 2048 or more.`,
    ),
    facts: factsOf('weak-key', {
      leaf: leafOf('weak-key', 3, {
        key: { algorithm: 'RSA', bits: 1024 },
        signatureHash: 'SHA-1',
      }),
    }),
  },
  {
    label: 'issuer-broken',
    word: 'Bad',
    finding: error(
      'issuer-broken',
      'IssuerNotReady',
      'Connections fail: ClusterIssuer idp-demo-ca is not ready. cert-manager says: Error getting keypair for CA issuer: secret "idp-demo-ca" not found.',
      "Change in ClusterIssuer idp-demo-ca what cert-manager's message names.",
    ),
    facts: factsOf('issuer-broken', {
      certificate: statusOf('issuer-broken', {
        revision: undefined,
        notBefore: undefined,
        notAfter: undefined,
        renewalTime: undefined,
        request: undefined,
        conditions: [
          condition(
            'Ready',
            'False',
            'DoesNotExist',
            'Issuing certificate as Secret does not exist',
            600,
          ),
        ],
      }),
      issuer: demoIssuer({
        conditions: [
          condition(
            'Ready',
            'False',
            'ErrGetKeyPair',
            'Error getting keypair for CA issuer: secret "idp-demo-ca" not found',
            900,
          ),
        ],
      }),
      leaf: undefined,
      signer: undefined,
      ca: undefined,
    }),
    served: null,
    failure: {
      stage: 'tls',
      code: 'ECONNRESET',
      message: 'The gateway closed the connection during the TLS handshake.',
    },
  },
  {
    label: 'missing',
    word: 'Bad',
    finding: error(
      'missing',
      'CertificateMissing',
      'Connections fail before any request: the https listener names no certificate.',
      'Name a Secret with a certificate in the https listener.',
    ),
    facts: { secret: { namespace: 'kube-system', name: '' } },
    served: null,
    failure: {
      stage: 'connect',
      code: 'ECONNREFUSED',
      message: 'Nothing takes connections at 192.0.2.20:30443.',
    },
    renewable: { possible: false, why: 'The listener names no Secret.' },
  },
];
