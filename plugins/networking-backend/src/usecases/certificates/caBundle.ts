import type { X509Certificate } from 'node:crypto';
import type { CaBundle, Finding } from 'backstage-plugin-networking-common';
import {
  isSignedBy,
  summarize,
  type GatewayCertificate,
} from '../../io/certificates';

const includes = (
  certificates: readonly X509Certificate[],
  { fingerprint256 }: X509Certificate,
) =>
  certificates.some(
    certificate => certificate.fingerprint256 === fingerprint256,
  );

/**
 * The CA that verifies what the gateway serves and, where another signs today,
 * that one too, with the finding; every CA that the settings give, where it is
 * they that tell of several. Undefined where none is known.
 */
export function caBundleOf(
  { leaf, chain, trusted, facts }: GatewayCertificate,
  cluster: string,
): CaBundle | undefined {
  const path = leaf ? pathUp(leaf, [...trusted, ...chain]) : [];
  const anchor = path[path.length - 1];
  const outside = trusted.filter(certificate => !includes(path, certificate));
  const isReplaced =
    !!anchor && trusted.length > 0 && outside.length === trusted.length;
  const bundle = (trusted.length > 1 ? trusted : outside).filter(
    certificate => certificate.fingerprint256 !== anchor?.fingerprint256,
  );
  if (anchor) bundle.unshift(anchor);
  if (bundle.length === 0) return undefined;
  return {
    pem: bundle.map(certificate => certificate.toString()).join(''),
    fingerprintsSha256: bundle.map(({ fingerprint256 }) => fingerprint256),
    findings: isReplaced ? [replacedFinding(facts, cluster)] : [],
    certificates: bundle.map(certificate => ({
      certificate: summarize(certificate),
      pem: certificate.toString(),
      verifiesServed: includes(path, certificate),
      signsToday:
        certificate.fingerprint256 === facts.signer?.fingerprintSha256,
    })),
    ...(facts.trust && { trust: facts.trust }),
  };
}

/** From what signed a certificate up to the root-most that is known. */
function pathUp(
  leaf: X509Certificate,
  known: readonly X509Certificate[],
): X509Certificate[] {
  const path: X509Certificate[] = [];
  let current = leaf;
  for (;;) {
    const below = current;
    const next = known.find(
      candidate => !includes(path, candidate) && isSignedBy(below, candidate),
    );
    if (!next) return path;
    path.push(next);
    // A CA that was renewed with its key is signed by its predecessor too.
    if (isSignedBy(next, next)) return path;
    current = next;
  }
}

function replacedFinding(
  { certificate, secret }: GatewayCertificate['facts'],
  cluster: string,
): Finding {
  const { namespace, name } = certificate ?? secret;
  return {
    reason: 'CaReplaced',
    severity: 'error',
    message: `Clients that trust only the CA that signs today refuse what the gateway of cluster ${cluster} serves: it was signed with a CA key that was replaced. The CAs of both are in the file.`,
    remedy: `Renew Certificate ${namespace}/${name}.`,
    subject: { kind: 'Certificate', namespace, name, cluster },
  };
}
