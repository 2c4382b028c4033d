import { refusalOfKey, reachOf } from '../clients/refusals';
import { keyAsked } from '../keys';
import type { CertificateStatus, CertificateSummary } from '../types';
import { findOutWhyNotServed } from './effects';
import { isSame } from './input';
import type { CertificateInput } from './types';

/** What every client takes, in words and as cert-manager's fields. */
const TAKEN_BY_ALL = 'algorithm ECDSA with size 256, or RSA with size 2048';
const A_KEY_FOR_ALL = 'ECDSA with 256 bits or RSA with 2048';

/** Does the Certificate say that it wants a key that every client takes, whatever it has now? */
const asksForGoodKey = (certificate: CertificateStatus): boolean =>
  certificate.privateKey !== undefined &&
  reachOf(
    refusalOfKey(keyAsked(certificate), certificate.isCa ? 'ca' : 'leaf'),
  ) === 'none';

/**
 * Has a Certificate ask for a key that every client takes. What cert-manager made for another object it keeps as the annotations
 * of that object say (cert-manager, `certificate-shim`).
 */
export function askForGoodKey(certificate: CertificateStatus): string {
  const { namespace, name, madeFor, rotationPolicy, isCa } = certificate;
  if (madeFor) {
    return `set annotations cert-manager.io/private-key-algorithm: ECDSA, private-key-size: "256" and private-key-rotation-policy: Always on ${madeFor.kind} ${namespace}/${madeFor.name}, for which Certificate ${namespace}/${name} was made`;
  }
  return `set privateKey of Certificate ${namespace}/${name} to ${TAKEN_BY_ALL}${
    rotationPolicy === undefined && !isCa
      ? ', and its rotationPolicy to Always'
      : ''
  }`;
}

/**
 * A key that is to be kept cert-manager replaces only where it is gone: it fails to renew with one that does not fit the spec
 * (cert-manager, `keymanager`). Without a policy it keeps keys up to 1.17 and replaces them from 1.18 on.
 */
function withNewKey(certificate: CertificateStatus): string {
  const { namespace, name, secretName, rotationPolicy, madeFor } = certificate;
  const change = asksForGoodKey(certificate)
    ? undefined
    : askForGoodKey(certificate);
  const isKept = rotationPolicy === 'Never' && !(madeFor && change);
  const renew =
    change && !madeFor ? 'renew it' : `renew Certificate ${namespace}/${name}`;
  const replace = isKept
    ? `delete Secret ${namespace}/${secretName}, for which cert-manager makes a new key`
    : renew;
  return change ? `${change}, then ${replace}` : replace;
}

/** What helps where clients do not take the key of `one`; what a CA has signed with it has to be renewed, too. */
export function replaceKey(
  input: CertificateInput,
  one: CertificateSummary,
): string {
  const { facts, leaf, title, isIssuedOne } = input;
  const { certificate, ca, secret } = facts;
  if (one !== leaf) {
    return ca && isSame(one, facts.signer)
      ? `${withNewKey(ca)}, and renew ${title}`
      : `have the CA of ${title} replaced by one with a key of ${A_KEY_FOR_ALL}`;
  }
  const { key: issued } = facts.leaf ?? {};
  if (
    !isIssuedOne &&
    issued &&
    reachOf(refusalOfKey(issued, 'leaf')) === 'none'
  ) {
    return findOutWhyNotServed(input);
  }
  return certificate
    ? withNewKey(certificate)
    : `put a certificate with a key of ${A_KEY_FOR_ALL} into Secret ${secret.namespace}/${secret.name}`;
}
