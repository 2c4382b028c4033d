import type { X509Certificate } from 'node:crypto';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import type { CertificateSummary } from 'backstage-plugin-networking-common';
import { LRUCache } from 'lru-cache';
import { summarize } from '../certificates';

/** Longer chains are of no use to any client. */
const MAX_CERTIFICATES = 10;
/** Of those that gateways serve; hundreds of hosts share some. */
const MAX_KNOWN = 1_000;
/** By fingerprint. */
const known = new LRUCache<string, CertificateSummary>({ max: MAX_KNOWN });

/** Node makes a new object of what each handshake brings, and reading one takes as long as the handshake. */
function summaryOf(certificate: X509Certificate): CertificateSummary {
  const { fingerprint256 } = certificate;
  const seen = known.get(fingerprint256);
  if (seen) return seen;
  const summary = summarize(certificate);
  known.set(fingerprint256, summary);
  return summary;
}

const peers = new WeakMap<TLSSocket, X509Certificate | undefined>();

/** Node takes its links apart while giving it: a second call on the same socket would give nothing. */
function peerOf(tls: TLSSocket): X509Certificate | undefined {
  if (!peers.has(tls)) peers.set(tls, tls.getPeerX509Certificate());
  return peers.get(tls);
}

const COMMON_NAME = /^CN=(.*)$/m;

/**
 * Has Node compare names with those of the certificate itself. Of one that verifies it makes an object of each certificate
 * up to the CA first, and Node 24 ends the process where one of them has a key on a curve that NIST has no name for, such as
 * secp256k1.
 */
export function tellNamesAlone(tls: TLSSocket): void {
  const names = () => {
    const { subject = '', subjectAltName: subjectaltname } = peerOf(tls) ?? {};
    const [, CN] = COMMON_NAME.exec(subject) ?? [];
    return { subject: { CN }, subjectaltname } as PeerCertificate;
  };
  Object.assign(tls, { getPeerCertificate: names });
}

/**
 * The certificates that a server sent, in its order, the leaf first. Node links what `getPeerX509Certificate` gives in the
 * order in which it came, whereas `getPeerCertificate(true)` orders by issuer and fills in from the trusted ones.
 */
export function servedChain(tls: TLSSocket): CertificateSummary[] {
  const chain: CertificateSummary[] = [];
  let next = peerOf(tls);
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
