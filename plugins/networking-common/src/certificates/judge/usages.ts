import { outcome } from '../../findings/outcome';
import { VERDICT_REASONS as REASON } from '../../findings/reasons';
import { caNamed } from '../names';
import type { CertificateSummary } from '../types';
import { findOutWhyNotServed, refused } from './effects';
import { pathAbove } from './path';
import type { CertificateCheck, CertificateInput } from './types';

/** What a browser takes a server's certificate for (RFC 5280, section 4.2.1.12). */
export const FOR_SERVERS = ['serverAuth', 'anyExtendedKeyUsage'];

const MAX_NAMED = 5;

export function usagesInWords(usages: readonly string[]): string {
  if (usages.length === 0) return 'nothing';
  const more = usages.length - MAX_NAMED;
  const named = usages.slice(0, MAX_NAMED).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}

/** Is it said what the leaf is for, and is it not for servers? */
export const isForOthers = ({ role, leaf }: CertificateInput): boolean =>
  role !== 'ca' &&
  leaf?.extendedKeyUsages !== undefined &&
  !leaf.extendedKeyUsages.some(usage => FOR_SERVERS.includes(usage));

const maySign = ({ keyUsages }: CertificateSummary) =>
  keyUsages === undefined || keyUsages.includes('keyCertSign');

/** The first certificate on the way up that says it may not sign others; of a CA, that itself comes first. */
export function nonSigner(
  input: CertificateInput,
): CertificateSummary | undefined {
  const { role, leaf } = input;
  const signers = [
    ...(role === 'ca' && leaf ? [leaf] : []),
    ...pathAbove(input),
  ];
  return signers.find(one => !maySign(one));
}

export const isForServers: CertificateCheck = input => {
  if (!isForOthers(input)) return undefined;
  const { leaf, facts, title, subject, todo, isIssuedOne } = input;
  const { extendedKeyUsages = [] } = leaf ?? {};
  const { secret } = facts;
  const change = facts.certificate
    ? `add "server auth" to spec.usages of ${title}`
    : `put a certificate for servers into Secret ${secret.namespace}/${secret.name}`;
  const isMended =
    !isIssuedOne && facts.leaf && !isForOthers({ ...input, leaf: facts.leaf });
  return outcome('Broken', 'listener', {
    reason: REASON.certificateNotForServers,
    message: `${refused(input)}: it was issued for ${usagesInWords(
      extendedKeyUsages,
    )}, and not for servers (serverAuth).`,
    remedy: todo(isMended ? findOutWhyNotServed(input) : change),
    subject,
    details: { extendedKeyUsages: extendedKeyUsages.join(', ') },
  });
};

export const isSignedByOneThatMay: CertificateCheck = input => {
  const found = nonSigner(input);
  if (!found) return undefined;
  const { role, leaf, facts, title, subject, todo } = input;
  const { ca } = facts;
  const usages = found.keyUsages ?? [];
  const isItself = role === 'ca' && found === leaf;
  const signer = ca && `Certificate ${ca.namespace}/${ca.name}`;
  let remedy = `have ${title} signed by a CA that may sign certificates`;
  if (isItself) remedy = `add "cert sign" to spec.usages of ${title}`;
  else if (
    signer &&
    found.fingerprintSha256 === facts.signer?.fingerprintSha256
  )
    remedy = `add "cert sign" to spec.usages of ${signer}, then renew ${title}`;
  return outcome('Broken', 'listener', {
    reason: REASON.caMayNotSign,
    message: `${refused(input)}: ${
      isItself ? 'it' : `${caNamed(found.subject)} above it`
    } may not sign certificates, as its key usage is ${usagesInWords(
      usages,
    )} and lacks keyCertSign.`,
    remedy: todo(remedy),
    subject,
    details: {
      certificate: found.subject,
      keyUsages: usages.join(', '),
      fingerprintSha256: found.fingerprintSha256,
    },
  });
};
