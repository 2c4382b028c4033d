import type { X509Certificate } from 'node:crypto';
import type {
  CertificateFacts,
  CertificateTrace,
} from 'backstage-plugin-networking-common';
import { isPublicRoot, type Roots } from './systemRoots';
import {
  isSignedBy,
  pathUp,
  rootAbove,
  verify,
  type Verification,
} from './verify';

/** What a certificate is verified against, and what comes of it. */
export interface Trust {
  trust?: CertificateFacts['trust'];
  signer?: X509Certificate;
  /** The self-signed certificate above the signer, or the signer itself; undefined where it is not known. */
  root?: X509Certificate;
  /** What clients are to trust. */
  anchors: X509Certificate[];
  /** Undefined: not known. */
  verification?: Verification;
}

interface TrustInput {
  trace: CertificateTrace;
  leaf: X509Certificate | undefined;
  /** What gateways send with the leaf, as far as is known. */
  chain: readonly X509Certificate[];
  /** All that was issued with it. */
  issued: readonly X509Certificate[];
  /** The CA that signs today, or those of the settings. */
  given: readonly X509Certificate[];
  /** Whatever may stand above those. */
  known: readonly X509Certificate[];
  roots: Roots;
  now: Date;
}

const distinct = (certificates: readonly X509Certificate[]) =>
  certificates.filter(
    (one, index) =>
      certificates.findIndex(
        other => other.fingerprint256 === one.fingerprint256,
      ) === index,
  );

/**
 * Against the CA that the cluster tells of; else against those of the settings, else against the roots of this system,
 * whichever verifies the leaf. Where the root above such a CA is known, clients are given the root, and so it is what counts.
 * Where nothing verifies, an ACME issuer's chain is not trusted, since public CAs are what it is for. What is left is the CA
 * that came with the leaf; without one, a chain may be good for clients that trust a CA of which nothing is known here.
 */
export function trustOf(input: TrustInput): Trust {
  const { trace, leaf, chain, given, known, roots, now } = input;
  const { trust } = trace;
  const rootOf = (one: X509Certificate) =>
    rootAbove(one, known, below => roots.of([below]), now);
  const anchors = distinct(given.map(one => rootOf(one) ?? one));
  if (!leaf) {
    return given.length > 0
      ? withRoot({ trust, signer: given[0], anchors }, rootOf)
      : { anchors: [] };
  }
  const against = (trusted: readonly X509Certificate[]) =>
    verify({ leaf, intermediates: chain, trusted, now });
  const own = given.length > 0 ? against(anchors) : undefined;
  const byOwn =
    own &&
    withRoot(
      { trust, anchors, signer: signerOf(own, input), verification: own },
      rootOf,
    );
  const isPublic = anchors.every(isPublicRoot);
  if (
    byOwn &&
    (trust === 'cluster' || (own.error === undefined && !isPublic))
  ) {
    return byOwn;
  }
  const candidates = roots.of([leaf, ...chain]);
  const bySystem = against(candidates);
  const isAcme = trace.issuer?.type === 'ACME';
  if (bySystem.error === undefined || (isAcme && !byOwn)) {
    const signer = topIn(bySystem, candidates);
    return {
      trust: 'system',
      anchors: signer ? [signer] : [],
      ...(signer && { signer, root: signer }),
      verification: bySystem,
    };
  }
  const byIt = byOwn ?? byIssue(input, rootOf);
  return byIt ? withRoot(byIt, rootOf) : { anchors: [] };
}

function withRoot(
  found: Trust,
  rootOf: (one: X509Certificate) => X509Certificate | undefined,
): Trust {
  const root = found.signer && rootOf(found.signer);
  return root ? { ...found, root } : found;
}

/**
 * The CA that cert-manager gave with the leaf, where the issuer is one with a CA in a Secret of the cluster and leads to it no
 * more. One of an issuer that is gone counts only as far as it is a root: who had signed is not known.
 */
function byIssue(
  { trace: { issuer }, leaf, chain, issued, now }: TrustInput,
  rootOf: (one: X509Certificate) => X509Certificate | undefined,
): Trust | undefined {
  if (!leaf) return undefined;
  const top = pathUp(leaf, issued).pop();
  if (!top?.ca || top === leaf) return undefined;
  const isOfCluster =
    issuer?.type === 'CA' || (issuer?.exists === false && isSignedBy(top, top));
  if (!isOfCluster) return undefined;
  const anchors = [rootOf(top) ?? top];
  return {
    trust: 'issued',
    signer: top,
    anchors,
    verification: verify({
      leaf,
      intermediates: chain,
      trusted: anchors,
      now,
    }),
  };
}

function topIn(
  { path }: Verification,
  anchors: readonly X509Certificate[],
): X509Certificate | undefined {
  const last = path[path.length - 1];
  return anchors.find(one => one.fingerprint256 === last?.fingerprint256);
}

/** Of those that are given, the highest on the way up; where there is none, one in whose name the leaf was signed. */
function signerOf(
  { path, error }: Verification,
  { given, leaf }: TrustInput,
): X509Certificate {
  const onTheWay = (error === undefined ? [...path].reverse() : []).flatMap(
    one => given.find(ca => ca.fingerprint256 === one.fingerprint256) ?? [],
  );
  return (
    onTheWay[0] ??
    given.find(({ subject }) => subject === leaf?.issuer) ??
    given[0]
  );
}
