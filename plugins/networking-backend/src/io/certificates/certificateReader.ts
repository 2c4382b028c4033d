import type { X509Certificate } from 'node:crypto';
import {
  traceCertificate,
  type CertificateFacts,
  type ClusterSettings,
  type Snapshot,
} from 'backstage-plugin-networking-common';
import { parseCertificates, summarize, verificationErrorOf } from './x509';

/** What is known about the certificate of a cluster's HTTPS listener. */
export interface GatewayCertificate {
  facts: CertificateFacts;
  /** PEM of the CA that signs today. Undefined where it is not known. */
  trustPem?: string;
  leaf?: X509Certificate;
  /** What came with the leaf: first what signed it. */
  chain: X509Certificate[];
  signer?: X509Certificate;
}

/** Parses and verifies what the cluster tells of certificates; never a Secret. */
export interface CertificateReader {
  /** Undefined where the gateway or its HTTPS listener does not exist. */
  read(input: {
    snapshot: Snapshot;
    settings: ClusterSettings;
  }): GatewayCertificate | undefined;
}

export function createCertificateReader(options: {
  now: () => Date;
}): CertificateReader {
  return {
    read({ snapshot, settings }) {
      const { namespace, name, httpsSection } = settings.gateway;
      const gateway = snapshot.get('Gateway', namespace, name);
      const listener = gateway?.spec?.listeners?.find(
        candidate => candidate.name === httpsSection,
      );
      if (!gateway || !listener) return undefined;
      const trace = traceCertificate({ gateway, listener, snapshot, settings });
      const [leaf] = parseCertificates(trace.leafPem ?? '');
      const chain = parseCertificates((trace.chainPem ?? []).join('\n'));
      const [signer] = parseCertificates(trace.signerPem ?? '');
      const verificationError =
        leaf &&
        signer &&
        verificationErrorOf({
          leaf,
          intermediates: chain,
          trusted: signer,
          now: options.now(),
        });
      const { certificate } = trace;
      const facts: CertificateFacts = {
        secret: trace.secret,
        ...(certificate && {
          certificate: {
            namespace: certificate.metadata.namespace ?? '',
            name: certificate.metadata.name,
            revision: certificate.status?.revision,
          },
        }),
        issuer: trace.issuer,
        ...(leaf && {
          leaf: summarize(leaf),
          chainNotAfter: earliestEnd([leaf, ...chain]),
        }),
        ...(signer && { signer: summarize(signer) }),
        ...(leaf && signer && { verified: verificationError === undefined }),
        ...(verificationError !== undefined && { verificationError }),
        unknown: unknownOf(trace, leaf, signer),
      };
      return { facts, trustPem: trace.signerPem, leaf, chain, signer };
    },
  };
}

/** What the trace could not learn, or what it learned and nobody can parse. */
function unknownOf(
  trace: { leafPem?: string; signerPem?: string; unknown?: string },
  leaf: X509Certificate | undefined,
  signer: X509Certificate | undefined,
): string | undefined {
  if (trace.unknown) return trace.unknown;
  if (trace.leafPem && !leaf) {
    return 'The certificate in the cert-manager request cannot be parsed.';
  }
  if (trace.signerPem && !signer) {
    return 'The certificate of the CA that signs today cannot be parsed.';
  }
  return undefined;
}

function earliestEnd(certificates: X509Certificate[]): string {
  const ends = certificates.map(({ validTo }) => new Date(validTo).getTime());
  return new Date(Math.min(...ends)).toISOString();
}
