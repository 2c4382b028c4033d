import type { ClusterSettings } from '../settings/types';
import { CERT_MANAGER_API, rendered, type RenderedObject } from './objects';

/** Longest commonName that X.509 (RFC 5280, ub-common-name) and cert-manager take. */
const COMMON_NAME_LIMIT = 64;

/**
 * cert-manager keeps one request by default and deletes it first when a renewal fails; the public certificates, read
 * from requests because no Secret is read, would be gone just then.
 */
const REVISIONS = 3;

const clusterIssuer = (name: string) => ({
  group: 'cert-manager.io',
  kind: 'ClusterIssuer',
  name,
});

/** Self-signed issuer → CA → issuer of the CA → wildcard certificate, in the order in which each needs the last. */
export function renderCertificates(
  settings: ClusterSettings,
  dnsSuffix: string,
): RenderedObject[] {
  const { certificates, gateway } = settings;
  const wildcard = `*.${dnsSuffix}`;
  return [
    rendered(
      CERT_MANAGER_API,
      'ClusterIssuer',
      certificates.selfSignedIssuer,
      undefined,
      { selfSigned: {} },
    ),
    rendered(
      CERT_MANAGER_API,
      'Certificate',
      certificates.caCertificate,
      certificates.clusterResourceNamespace,
      {
        isCA: true,
        commonName: certificates.caCertificate.slice(0, COMMON_NAME_LIMIT),
        secretName: certificates.caSecret,
        duration: certificates.caDuration,
        renewBefore: certificates.caRenewBefore,
        // A new key would leave every certificate signed until then without a CA that verifies it: cert-manager does
        // not re-issue leaves when the CA of an issuer changes.
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Never' },
        revisionHistoryLimit: REVISIONS,
        issuerRef: clusterIssuer(certificates.selfSignedIssuer),
      },
    ),
    rendered(
      CERT_MANAGER_API,
      'ClusterIssuer',
      certificates.issuer,
      undefined,
      { ca: { secretName: certificates.caSecret } },
    ),
    rendered(
      CERT_MANAGER_API,
      'Certificate',
      certificates.wildcardCertificate,
      gateway.namespace,
      {
        ...(wildcard.length <= COMMON_NAME_LIMIT && { commonName: wildcard }),
        dnsNames: [wildcard, dnsSuffix],
        secretName: certificates.wildcardSecret,
        duration: certificates.duration,
        renewBefore: certificates.renewBefore,
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
        // Apple's platforms trust a server certificate only with this usage named.
        usages: ['digital signature', 'server auth'],
        revisionHistoryLimit: REVISIONS,
        issuerRef: clusterIssuer(certificates.issuer),
      },
    ),
  ];
}
