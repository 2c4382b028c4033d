import type {
  CaBundle,
  CaCertificate,
  CertificateSummary,
} from 'backstage-plugin-networking-common';
import { finding } from '../basics';

const PEM = `-----BEGIN CERTIFICATE-----
MIIBkjCCATegAwIBAgIUH8ozjU1hMr3F5iumDWi1FSKOSQwwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLaWRwLWRlbW8tY2EwHhcNMjYxMTI1MTg0MzM5WhcNMzYxMTIy
MTg0MzM5WjAWMRQwEgYDVQQDDAtpZHAtZGVtby1jYTBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABFX/J+2BBs7LA8/Jo6s7Mz2MPrzuSuBJjzN1RQpObjpI2p441V7E
+1Z/NG2BM7HE5Bu7kBxY0AYV552wMEeyatSjYzBhMB0GA1UdDgQWBBTBs3LhoGeO
Y1qLhpVTz60KAIEYCDAfBgNVHSMEGDAWgBTBs3LhoGeOY1qLhpVTz60KAIEYCDAP
BgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwIBBjAKBggqhkjOPQQDAgNJADBG
AiEAsm/dFPUospx7MK/AB9Z5H7cWbLg2E1q/iqK7rutuoS4CIQDx4LXjXQiG6xby
A77ziVEPKy3bsOOvA8JWI50HganMWA==
-----END CERTIFICATE-----
`;

const REPLACED_PEM = `-----BEGIN CERTIFICATE-----
MIIBkjCCATegAwIBAgIUFrXdbZ7T7vyhOeSSWIFgIFUnsGswCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLaWRwLWRlbW8tY2EwHhcNMjYxMTI1MTg0MzM5WhcNMzYxMTIy
MTg0MzM5WjAWMRQwEgYDVQQDDAtpZHAtZGVtby1jYTBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABA+e7Z5nHLJyPXX8VBB2galmgA3RaXtPxdqdh8JHOS71GhpmeX/u
UA0WzLKF/SKesC430kvYViNKnXEvZEU2YmmjYzBhMB0GA1UdDgQWBBRAA6ucRwOy
7DavtwCAFQA86Ij1uDAfBgNVHSMEGDAWgBRAA6ucRwOy7DavtwCAFQA86Ij1uDAP
BgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwIBBjAKBggqhkjOPQQDAgNJADBG
AiEAnVtbCQFBjxuwJ3+EFKSVuHP5RSAW3FnLm9gTn7QDVM0CIQDkq9VKZPxNIUFo
Ohed8ltWjCDVDYUaBAG6Y9MNDNWy3w==
-----END CERTIFICATE-----
`;

const authority = (
  fingerprintSha256: string,
  serialNumber: string,
  keyId: string,
): CertificateSummary => ({
  subject: 'CN=idp-demo-ca',
  issuer: 'CN=idp-demo-ca',
  dnsNames: [],
  serialNumber,
  notBefore: '2026-11-25T18:43:39.000Z',
  notAfter: '2036-11-22T18:43:39.000Z',
  fingerprintSha256,
  isCa: true,
  key: { algorithm: 'EC', curve: 'P-256' },
  signatureHash: 'SHA-256',
  signatureAlgorithm: 'ECDSA-SHA256',
  keyUsages: ['keyCertSign', 'cRLSign'],
  subjectKeyId: keyId,
  authorityKeyId: keyId,
});

/** The CA of the imaginary platform, which signs today. Its key is gone. */
export const ca: CertificateSummary = authority(
  '31:75:F5:39:50:5C:04:A9:F8:98:83:0C:BA:F6:48:51:EE:25:88:67:46:A1:1A:F8:0D:48:AA:59:58:F9:E8:EC',
  '1FCA338D4D6132BDC5E62BA60D68B515228E490C',
  'C1:B3:72:E1:A0:67:8E:63:5A:8B:86:95:53:CF:AD:0A:00:81:18:08',
);

/** The CA that signed before its key was replaced. */
export const replacedCa: CertificateSummary = authority(
  'D1:90:BE:A1:28:CF:3F:14:01:3B:9E:79:C3:F1:67:77:87:67:62:9D:F1:D1:BB:E2:87:69:26:4C:47:04:1C:CC',
  '16B5DD6D9ED3EEFCA139E492588160205527B06B',
  '40:03:AB:9C:47:03:B2:EC:36:AF:B7:00:80:15:00:3C:E8:88:F5:B8',
);

const bundle = (
  certificates: CaCertificate[],
  more: Partial<CaBundle> = {},
): CaBundle => ({
  pem: certificates.map(({ pem }) => pem).join(''),
  fingerprintsSha256: certificates.map(
    ({ certificate }) => certificate.fingerprintSha256,
  ),
  findings: [],
  certificates,
  trust: 'cluster',
  ...more,
});

/** One CA, which verifies what is served and signs today. */
export const caBundle = (): CaBundle =>
  bundle([
    { certificate: ca, pem: PEM, verifiesServed: true, signsToday: true },
  ]);

/** The CA key was replaced, and what it signed before is still served. */
export const replacedCaBundle = (): CaBundle =>
  bundle(
    [
      {
        certificate: replacedCa,
        pem: REPLACED_PEM,
        verifiesServed: true,
        signsToday: false,
      },
      { certificate: ca, pem: PEM, verifiesServed: false, signsToday: true },
    ],
    {
      findings: [
        finding(
          'CaReplaced',
          'Clients that trust only the CA that signs today refuse what the gateway of cluster local serves: it was signed with a CA key that was replaced. Whoever trusts both CAs accepts it before and after it is renewed.',
          {
            severity: 'error',
            remedy:
              "Ask the platform's admins to renew Certificate kube-system/idp-wildcard-cert.",
            subject: {
              kind: 'Certificate',
              namespace: 'kube-system',
              name: 'idp-wildcard-cert',
              cluster: 'local',
            },
          },
        ),
      ],
    },
  );

/** The CA is an intermediate, and the root above it is not known. */
export const intermediateCaBundle = (): CaBundle =>
  bundle(
    [
      {
        certificate: {
          ...ca,
          issuer: 'CN=idp-demo-root',
          authorityKeyId: '0B:AD',
        },
        pem: PEM,
        verifiesServed: true,
        signsToday: true,
      },
    ],
    {
      findings: [
        finding(
          'CaRootNotKnown',
          'Many programs refuse what the gateway serves even with this file: it holds the CA idp-demo-ca, an intermediate, and the root above it, the CA idp-demo-root, is not known.',
          {
            severity: 'warning',
            remedy:
              "Ask the platform's admins to give the certificate of the CA idp-demo-root in [certificates] ca_pem.",
            subject: {
              kind: 'Certificate',
              namespace: 'kube-system',
              name: 'idp-wildcard-cert',
              cluster: 'local',
            },
          },
        ),
      ],
    },
  );

/** A public CA signed what is served. */
export const publicCaBundle = (): CaBundle =>
  bundle(
    [{ certificate: ca, pem: PEM, verifiesServed: true, signsToday: true }],
    { trust: 'system' },
  );
