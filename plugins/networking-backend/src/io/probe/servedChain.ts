import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { CertificateSummary } from 'backstage-plugin-networking-common';
import { summarize } from '../certificates';

/** Longer chains are of no use to any client. */
const MAX_CERTIFICATES = 10;

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
      chain.push(summarize(next));
    } catch {
      // What cannot even be read is nothing to show; what came before it is.
      break;
    }
    next = next.issuerCertificate;
  }
  return chain;
}
