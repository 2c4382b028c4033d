import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { CertificateSummary } from 'backstage-plugin-networking-common';
import { summarize } from '../certificates';

/** Longer chains are of no use to any client. */
const MAX_CERTIFICATES = 10;
/** Of those that gateways serve; hundreds of hosts share some. */
const MAX_KNOWN = 1_000;
/** By fingerprint; the one that was served longest ago makes room. */
const known = new Map<string, CertificateSummary>();

/** Node makes a new object of what each handshake brings, and reading one takes as long as the handshake. */
function summaryOf(certificate: X509Certificate): CertificateSummary {
  const { fingerprint256 } = certificate;
  const summary = known.get(fingerprint256) ?? summarize(certificate);
  known.delete(fingerprint256);
  known.set(fingerprint256, summary);
  if (known.size > MAX_KNOWN) known.delete(known.keys().next().value!);
  return summary;
}

/**
 * The certificates that a server sent, in its order, the leaf first. Node links what `getPeerX509Certificate` gives in the
 * order in which it came, whereas `getPeerCertificate(true)` orders by issuer and fills in from the trusted ones. It takes
 * the links apart while doing so: a second call on the same socket gives nothing.
 */
export function servedChain(tls: TLSSocket): CertificateSummary[] {
  const chain: CertificateSummary[] = [];
  let next: X509Certificate | undefined = tls.getPeerX509Certificate();
  while (next && chain.length < MAX_CERTIFICATES) {
    try {
      chain.push(summaryOf(next));
    } catch {
      // What cannot even be read is nothing to show; what came before it is.
      break;
    }
    next = next.issuerCertificate;
  }
  return chain;
}
