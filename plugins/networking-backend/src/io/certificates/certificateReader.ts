import type { X509Certificate } from 'node:crypto';
import {
  certificateLookup,
  certificateStatus,
  traceCertificate,
  type CertificateFacts,
  type CertificateLookup,
  type ClusterSettings,
  type Snapshot,
} from 'backstage-plugin-networking-common';
import { parseCertificates, summarize, verificationErrorOf } from './x509';

/** What is known about the certificate of a cluster's HTTPS listener. */
export interface GatewayCertificate {
  facts: CertificateFacts;
  /** PEM of all that clients are to trust. Undefined where it is not known. */
  trustPem?: string;
  leaf?: X509Certificate;
  /** What came with the leaf: first what signed it. */
  chain: X509Certificate[];
  /** The CA that signs today: of several that the settings give, the one that verifies the leaf. */
  signer?: X509Certificate;
  /** The CA that signs today, or all that the settings give. */
  trusted: X509Certificate[];
}

/** Parses and verifies what the cluster tells of certificates; never a Secret. */
export interface CertificateReader {
  /** Undefined where the gateway or its HTTPS listener does not exist. */
  read(input: {
    snapshot: Snapshot;
    settings: ClusterSettings;
  }): GatewayCertificate | undefined;
  /** What the listeners of a cluster may serve. */
  lookup(input: {
    snapshot: Snapshot;
    settings: ClusterSettings;
  }): CertificateLookup;
}

export function createCertificateReader(options: {
  now: () => Date;
}): CertificateReader {
  const reader: CertificateReader = {
    lookup(input) {
      const { namespace, name, httpsSection } = input.settings.gateway;
      const found = reader.read(input);
      return certificateLookup([
        {
          listener: { kind: 'Gateway', namespace, name, section: httpsSection },
          facts: found ? [found.facts] : [],
        },
      ]);
    },
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
      const trusted = parseCertificates((trace.trustedPem ?? []).join('\n'));
      const { signer, verificationError } = verify({
        leaf,
        chain,
        trusted,
        now: options.now(),
      });
      const { certificate } = trace;
      const facts: CertificateFacts = {
        secret: trace.secret,
        ...(certificate && {
          certificate: certificateStatus(snapshot, certificate, trace.request),
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
      return {
        facts,
        ...(trusted.length > 0 && {
          trustPem: trusted.map(one => one.toString()).join(''),
        }),
        leaf,
        chain,
        signer,
        trusted,
      };
    },
  };
  return reader;
}

/**
 * One of several trusted certificates is enough. Where none verifies the leaf,
 * the reason is that of one that signed it, if there is such a one.
 */
function verify(input: {
  leaf: X509Certificate | undefined;
  chain: X509Certificate[];
  trusted: X509Certificate[];
  now: Date;
}): { signer?: X509Certificate; verificationError?: string } {
  const { leaf, chain, trusted, now } = input;
  if (!leaf) return { signer: trusted[0] };
  const results = trusted.map(signer => ({
    signer,
    verificationError: verificationErrorOf({
      leaf,
      intermediates: chain,
      trusted: signer,
      now,
    }),
  }));
  return (
    results.find(({ verificationError }) => verificationError === undefined) ??
    results.find(
      ({ verificationError }) =>
        verificationError !== 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ) ??
    results[0] ??
    {}
  );
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
