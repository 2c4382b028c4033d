import {
  OF_SIGNATURE,
  type CertificateFacts,
  type CertificateSummary,
} from 'backstage-plugin-networking-common';

/** One certificate of the chain, from the leaf up. */
export interface ChainLink {
  certificate: CertificateSummary;
  /** `signer`: the CA that signs today. */
  role: 'leaf' | 'intermediate' | 'ca' | 'signer';
  /** Did the next one sign it? Undefined for the last. */
  signed?: 'yes' | 'no' | 'unknown' | 'otherKey';
  /** Set where clients refuse it for its dates. */
  date?: 'expired' | 'notYetValid';
}

/** Does the chain end here? */
export const isBrokenLink = ({ signed }: ChainLink): boolean =>
  signed === 'no' || signed === 'otherKey';

const isSame = (a: CertificateSummary, b: CertificateSummary) =>
  a.fingerprintSha256 === b.fingerprintSha256;

/** By names and key identifiers (RFC 5280, section 4.2.1.1): the signature itself was checked where the certificates are. */
function signedBy(
  lower: CertificateSummary,
  upper: CertificateSummary,
): ChainLink['signed'] {
  if (lower.issuer !== upper.subject) return 'no';
  if (lower.subject === upper.subject && lower.isCa) return 'otherKey';
  if (!lower.authorityKeyId || !upper.subjectKeyId) return 'unknown';
  return lower.authorityKeyId === upper.subjectKeyId ? 'yes' : 'no';
}

function dateOf(
  { notBefore, notAfter }: CertificateSummary,
  now: number,
): ChainLink['date'] {
  if (Date.parse(notAfter) < now) return 'expired';
  return Date.parse(notBefore) > now ? 'notYetValid' : undefined;
}

/**
 * The chain as it is drawn: the leaf, what came with it, and the CA that signs today, or that signed it, where that is not among
 * them. Where the chain does not verify for its signatures, at least one link is broken; where no CA is known against which it
 * was to be verified, that it does not says nothing.
 *
 * @param now - epoch milliseconds
 */
export function chainOf(
  input: {
    /** The leaf first. */
    chain: readonly CertificateSummary[];
    /** As in `CertificateFacts`; without `trust` no CA is known but `signer`. */
    signer?: CertificateSummary;
    root?: CertificateSummary;
    trust?: CertificateFacts['trust'];
    verified?: boolean;
    verificationError?: string;
  },
  now: number,
): ChainLink[] {
  const { chain, signer, root, trust, verified, verificationError } = input;
  const [leaf] = chain;
  if (!leaf) return [];
  // What clients trust is the root: an intermediate that was not sent is no part of the chain.
  const above = verified === false && root ? [root] : [signer, root];
  const all = [...chain];
  for (const one of above) {
    if (one && !all.some(known => isSame(known, one))) all.push(one);
  }
  const links = all.map((certificate, index): ChainLink => {
    const next = all[index + 1];
    const date = dateOf(certificate, now);
    return {
      certificate,
      role:
        signer && trust !== 'issued' && index > 0 && isSame(certificate, signer)
          ? 'signer'
          : roleOf(certificate, index),
      ...(next && { signed: signedBy(certificate, next) }),
      ...(date && { date }),
    };
  });
  if (verified === true) {
    return links.map(link =>
      link.signed === 'unknown' ? { ...link, signed: 'yes' } : link,
    );
  }
  const isBroken =
    verified === false &&
    (signer !== undefined || trust !== undefined) &&
    (verificationError === undefined || OF_SIGNATURE.has(verificationError));
  if (!isBroken || links.some(isBrokenLink)) return links;
  // No identifier tells which signature is wrong: what does not lead to the CA is the last.
  return links.map((link, index) =>
    index === links.length - 2 ? { ...link, signed: 'no' } : link,
  );
}

function roleOf(
  { isCa, subject, issuer }: CertificateSummary,
  index: number,
): ChainLink['role'] {
  if (index === 0) return 'leaf';
  return isCa && subject === issuer ? 'ca' : 'intermediate';
}
