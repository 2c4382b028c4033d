import type {
  CertificateFacts,
  CertificateStatus,
  CertificateSummary,
  Condition,
  IssuerStatus,
} from 'backstage-plugin-networking-common';
import { SUFFIX, daysAhead, secondsAgo } from '../basics';
import { ca, replacedCa } from './ca';

const DAY_SECONDS = 86_400;

/** Two hex digits for each byte, from a name: the same each time. */
function bytesOf(seed: string, count: number): string[] {
  let state = 7;
  for (const char of seed) state = (state * 31 + char.charCodeAt(0)) % 65_521;
  return Array.from({ length: count }, () => {
    state = (state * 75 + 74) % 65_537;
    return (state % 256).toString(16).padStart(2, '0').toUpperCase();
  });
}

/** A leaf of the imaginary platform, told apart by `label` and `revision`. */
export const leafOf = (
  label: string,
  revision: number,
  more: Partial<CertificateSummary> = {},
): CertificateSummary => ({
  subject: `CN=${label}.${SUFFIX}`,
  issuer: 'CN=idp-demo-ca',
  dnsNames: [`${label}.${SUFFIX}`],
  serialNumber: bytesOf(`serial ${label} ${revision}`, 16).join(''),
  notBefore: daysAhead(-24),
  notAfter: daysAhead(341),
  fingerprintSha256: bytesOf(`leaf ${label} ${revision}`, 32).join(':'),
  isCa: false,
  key: { algorithm: 'RSA', bits: 2048 },
  signatureHash: 'SHA-256',
  signatureAlgorithm: 'ECDSA-SHA256',
  keyUsages: ['digitalSignature', 'keyEncipherment'],
  extendedKeyUsages: ['serverAuth'],
  subjectKeyId: bytesOf(`key ${label} ${revision}`, 20).join(':'),
  authorityKeyId: ca.subjectKeyId,
  ...more,
});

export const condition = (
  type: string,
  status: 'True' | 'False',
  reason: string,
  message: string,
  seconds = 24 * DAY_SECONDS,
): Condition => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: secondsAgo(seconds),
});

export const READY = condition(
  'Ready',
  'True',
  'Ready',
  'Certificate is up to date and has not expired',
);

/** Of an issuer whose Secret does not exist. */
export const NO_KEY_PAIR = condition(
  'Ready',
  'False',
  'ErrGetKeyPair',
  'Error getting keypair for CA issuer: secrets "nowhere" not found',
  900,
);

export const demoIssuer = (more: Partial<IssuerStatus> = {}): IssuerStatus => ({
  kind: 'ClusterIssuer',
  name: 'idp-demo-ca',
  group: 'cert-manager.io',
  type: 'CA',
  exists: true,
  conditions: [
    condition('Ready', 'True', 'KeyPairVerified', 'Signing CA verified'),
  ],
  ...more,
});

/** cert-manager's word on a certificate of the imaginary platform; what is not said is well. */
export function statusOf(
  label: string,
  more: Partial<CertificateStatus> = {},
): CertificateStatus {
  const revision = 'revision' in more ? more.revision : 3;
  return {
    namespace: 'kube-system',
    name: `${label}-cert`,
    uid: `uid-cert-${label}`,
    generation: 1,
    resourceVersion: '4711',
    createdAt: secondsAgo(400 * DAY_SECONDS),
    secretName: `${label}-tls`,
    dnsNames: [`${label}.${SUFFIX}`],
    isCa: false,
    duration: '8760h0m0s',
    renewBefore: '720h0m0s',
    rotationPolicy: 'Always',
    revisionHistoryLimit: 3,
    conditions: [READY],
    revision,
    notBefore: daysAhead(-24),
    notAfter: daysAhead(341),
    renewalTime: daysAhead(311),
    ...(revision !== undefined && {
      request: {
        name: `${label}-cert-${revision}`,
        revision,
        createdAt: secondsAgo(24 * DAY_SECONDS),
        conditions: [
          condition(
            'Approved',
            'True',
            'cert-manager.io',
            'Certificate request has been approved by cert-manager.io',
          ),
          condition(
            'Ready',
            'True',
            'Issued',
            'Certificate fetched from issuer successfully',
          ),
        ],
      },
    }),
    ...more,
  };
}

/** The Certificate of the imaginary CA. */
export const caStatus = (
  more: Partial<CertificateStatus> = {},
): CertificateStatus =>
  statusOf('idp-demo-ca', {
    namespace: 'cert-manager',
    name: 'idp-demo-ca',
    uid: 'uid-cert-idp-demo-ca',
    secretName: 'idp-demo-ca',
    dnsNames: [],
    isCa: true,
    duration: '87600h0m0s',
    rotationPolicy: 'Never',
    notBefore: ca.notBefore,
    notAfter: ca.notAfter,
    renewalTime: '2033-07-24T10:43:39.000Z',
    revision: 1,
    ...more,
  });

/** All that is known of a certificate; what is not said is well. */
export function factsOf(
  label: string,
  more: Partial<CertificateFacts> = {},
): CertificateFacts {
  const certificate =
    'certificate' in more ? more.certificate : statusOf(label);
  const leaf =
    'leaf' in more ? more.leaf : leafOf(label, certificate?.revision ?? 1);
  return {
    secret: { namespace: 'kube-system', name: `${label}-tls` },
    certificate,
    issuer: demoIssuer(),
    leaf,
    chain: leaf && [ca],
    chainNotAfter: leaf?.notAfter,
    signer: ca,
    ca: caStatus(),
    trust: 'cluster',
    verified: leaf && true,
    ...more,
  };
}

/** Signed before the CA key was replaced. */
export const byReplacedCa = (label: string): Partial<CertificateFacts> => ({
  leaf: leafOf(label, 3, { authorityKeyId: replacedCa.subjectKeyId }),
  chain: [replacedCa],
  verified: false,
  verificationError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
});
