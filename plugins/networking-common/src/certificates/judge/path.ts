import type { CertificateFacts, CertificateSummary } from '../types';
import { isSame } from './input';
import type { CertificateInput } from './types';

/** Longest way from a leaf to a CA that is followed. */
export const MAX_PATH = 10;

export const isIssuedBy = (
  below: CertificateSummary,
  above: CertificateSummary,
) => below.issuer !== '' && below.issuer === above.subject;

/** Do the key identifiers say that this key signed? Undefined where one of them is missing. */
export const hasKeyOf = (
  below: CertificateSummary,
  above: CertificateSummary,
) =>
  below.authorityKeyId !== undefined && above.subjectKeyId !== undefined
    ? below.authorityKeyId === above.subjectKeyId
    : undefined;

/** By its names and key identifiers: one that only issued itself, with another key, is not. @public */
export const isSelfSigned = (one: CertificateSummary) =>
  one.subject !== '' &&
  one.subject === one.issuer &&
  (one.authorityKeyId === undefined || hasKeyOf(one, one) !== false);

/** Every certificate that clients look at, the leaf first, each once; the CA that signs today where it verifies them. */
export function pathOf({
  facts,
  served,
  leaf,
  isIssuedOne,
  verified,
}: CertificateInput): CertificateSummary[] {
  const all: (CertificateFacts['leaf'] | undefined)[] = [
    leaf,
    ...(served?.chain ?? []),
    ...(isIssuedOne ? facts.chain ?? [] : []),
    ...(verified === true ? [facts.signer, facts.root] : []),
  ];
  const known = all.filter(one => one !== undefined);
  const path: CertificateSummary[] = [];
  let below = leaf;
  while (below && path.length < MAX_PATH) {
    const current: CertificateSummary = below;
    path.push(current);
    below = isSelfSigned(current)
      ? undefined
      : known.find(
          one =>
            !path.some(other => isSame(one, other)) &&
            isIssuedBy(current, one) &&
            hasKeyOf(current, one) !== false,
        );
  }
  return path;
}

/**
 * Those of the path that signed others, then the CA that signs today and the root above it, each where it signed in the name and
 * with the key of the one before.
 */
export function pathAbove(input: CertificateInput): CertificateSummary[] {
  const path = pathOf(input);
  for (const next of [input.facts.signer, input.facts.root]) {
    const last = path[path.length - 1];
    const isNext =
      last !== undefined &&
      next !== undefined &&
      !isSelfSigned(last) &&
      isIssuedBy(last, next) &&
      hasKeyOf(last, next) !== false;
    if (isNext) path.push(next);
  }
  return path.slice(1);
}
