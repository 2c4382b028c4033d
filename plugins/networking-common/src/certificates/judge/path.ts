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
    verified === true ? facts.signer : undefined,
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

/** Those of the path that signed others, and the CA that signs today where it signed in the name and with the key of the last. */
export function pathAbove(input: CertificateInput): CertificateSummary[] {
  const path = pathOf(input);
  const last = path[path.length - 1];
  const { signer } = input.facts;
  const isNext =
    last !== undefined &&
    signer !== undefined &&
    !isSelfSigned(last) &&
    isIssuedBy(last, signer) &&
    hasKeyOf(last, signer) !== false;
  return [...path.slice(1), ...(isNext ? [signer] : [])];
}
