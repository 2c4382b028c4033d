import { SUFFIX, daysAhead } from '../../basics';
import {
  NO_KEY_PAIR,
  byReplacedCa,
  condition,
  demoIssuer,
  factsOf,
  leafOf,
  statusOf,
} from '../facts';
import { DNS, refused, type CertificateState } from './state';

/** What browsers refuse. */
export const bad = (): CertificateState[] => [
  {
    label: 'expired',

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

    facts: factsOf('rekeyed', byReplacedCa('rekeyed')),
  },
  {
    label: 'wrong-host',
    ofHost: {
      word: 'Bad',
      finding: refused(
        'wrong-host',
        'CertificateNotForHost',
        `Browsers refuse this certificate: it is for *.apps.example.com, not for wrong-host.${SUFFIX}. A wildcard stands for one label.`,
        'Choose a host that Certificate kube-system/wrong-host-cert is for.',
      ),
    },
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

    facts: factsOf('weak-key', {
      leaf: leafOf('weak-key', 3, {
        key: { algorithm: 'RSA', bits: 1024 },
        signatureHash: 'SHA-1',
        signatureAlgorithm: 'SHA1-RSA',
      }),
    }),
  },
  {
    label: 'for-clients',

    facts: factsOf('for-clients', {
      leaf: leafOf('for-clients', 3, { extendedKeyUsages: ['clientAuth'] }),
      verified: false,
      verificationError: 'INVALID_PURPOSE',
    }),
  },
  {
    label: 'issuer-broken',

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
        conditions: [NO_KEY_PAIR],
        secrets: {
          namespace: 'cert-manager',
          named: [{ field: 'spec.ca.secretName', name: 'nowhere' }],
          withCa: ['idp-demo-ca'],
        },
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
