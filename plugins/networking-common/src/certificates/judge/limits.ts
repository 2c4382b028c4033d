import { outcome, type Outcome } from '../../findings/outcome';
import { VERDICT_REASONS as REASON } from '../../findings/reasons';
import { refusedName, type NameConstraints } from '../nameConstraints';
import { caNamed } from '../names';
import type { CertificateSummary } from '../types';
import { refused } from './effects';
import { isSame } from './input';
import { pathAbove } from './path';
import type { CertificateInput } from './types';
import { FOR_SERVERS, usagesInWords } from './usages';

const MAX_NAMED = 5;

const plainName = (name: string) => name.replace(/^(DNS|IP):/, '');

function listed(names: readonly string[]): string {
  const more = names.length - MAX_NAMED;
  const named = names.slice(0, MAX_NAMED).map(plainName).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}

/** `may sign names within example.com alone`, of what was asked. */
function limitsInWords(
  { permitted, excluded }: NameConstraints,
  { name, by }: NonNullable<ReturnType<typeof refusedName>>,
): string {
  const kind = `${name.slice(0, name.indexOf(':'))}:`;
  const ofKind = (all: readonly string[]) =>
    all.filter(base => base.startsWith(kind));
  return by === 'permitted'
    ? `may sign names within ${listed(ofKind(permitted))} alone`
    : `may sign no names within ${listed(ofKind(excluded))}`;
}

const namesOf = ({ dnsNames, otherNames = [] }: CertificateSummary) => [
  ...dnsNames.map(name => `DNS:${name}`),
  ...otherNames,
];

/** `Certificate a/ca` where the cluster holds that of this CA. */
const certificateOf = (
  { facts: { ca, signer } }: CertificateInput,
  one: CertificateSummary,
) =>
  ca && isSame(one, signer)
    ? `Certificate ${ca.namespace}/${ca.name}`
    : undefined;

const about = (one: CertificateSummary) => ({
  certificate: one.subject,
  fingerprintSha256: one.fingerprintSha256,
});

/** A CA of the way up whose name constraints the leaf is outside of. */
function nameRefused(input: CertificateInput): Outcome | undefined {
  const { leaf, title, subject, todo } = input;
  for (const one of pathAbove(input)) {
    const { nameConstraints } = one;
    const found =
      leaf && nameConstraints && refusedName(namesOf(leaf), nameConstraints);
    if (!found) continue;
    const name = plainName(found.name);
    const ca = certificateOf(input, one);
    return outcome('Broken', 'listener', {
      reason: REASON.caMayNotSignName,
      message: `${refused(input)}: ${caNamed(
        one.subject,
      )} above it ${limitsInWords(
        nameConstraints,
        found,
      )}, and it is for ${name}. Another one of the same CA is refused, too.`,
      remedy: todo(
        ca
          ? `permit ${name} in spec.nameConstraints of ${ca} and renew it, then renew ${title}`
          : `have ${title} signed by a CA that may sign ${name}`,
      ),
      subject,
      details: {
        ...about(one),
        name: found.name,
        permitted: nameConstraints.permitted.join(', '),
        excluded: nameConstraints.excluded.join(', '),
      },
    });
  }
  return undefined;
}

/** A CA that has more CAs below it than it may; one that issued itself does not count (RFC 5280, section 6.1.4). */
function pathTooLong(input: CertificateInput): Outcome | undefined {
  const { title, subject, todo } = input;
  let below = 0;
  for (const one of pathAbove(input)) {
    const { pathLength = Infinity } = one;
    if (below > pathLength) {
      return outcome('Broken', 'listener', {
        reason: REASON.caPathTooLong,
        message: `${refused(input)}: ${caNamed(
          one.subject,
        )} above it may have ${pathLength} CAs below it, and ${below} are. Another one of the same CA is refused, too.`,
        remedy: todo(
          `have ${title} signed by a CA that stands nearer to the root`,
        ),
        subject,
        details: { ...about(one), pathLength: String(pathLength) },
      });
    }
    if (one.subject !== one.issuer) below += 1;
  }
  return undefined;
}

/** Clients refuse what holds a critical extension that they do not know (RFC 5280, section 4.2). */
function extensionUnknown(input: CertificateInput): Outcome | undefined {
  const { leaf, title, subject, todo } = input;
  const path = [...(leaf ? [leaf] : []), ...pathAbove(input)];
  const one = path.find(
    ({ unknownCritical = [] }) => unknownCritical.length > 0,
  );
  if (!one) return undefined;
  const names = listed(one.unknownCritical ?? []);
  const isLeaf = one === leaf;
  return outcome('Broken', 'listener', {
    reason: REASON.certificateExtensionUnknown,
    message: `${refused(input)}: ${
      isLeaf ? 'it' : `${caNamed(one.subject)} above it`
    } holds a critical extension that they do not know (${names}).`,
    remedy: todo(
      isLeaf
        ? `have the issuer of ${title} leave extension ${names} away, or not call it critical, then renew it`
        : `have ${title} signed by a CA without the critical extension ${names}`,
    ),
    subject,
    details: { ...about(one), extensions: names },
  });
}

/** The extended key usage of a CA limits what it may sign for, as OpenSSL, Chromium, NSS and Go read it. */
function caForOthers(input: CertificateInput): Outcome | undefined {
  const { title, subject, todo } = input;
  const one = pathAbove(input).find(
    ({ extendedKeyUsages }) =>
      extendedKeyUsages &&
      !extendedKeyUsages.some(usage => FOR_SERVERS.includes(usage)),
  );
  if (!one) return undefined;
  const ca = certificateOf(input, one);
  return outcome('Broken', 'listener', {
    reason: REASON.caNotForServers,
    message: `${refused(input)}: ${caNamed(
      one.subject,
    )} above it may sign for ${usagesInWords(
      one.extendedKeyUsages ?? [],
    )}, and not for servers (serverAuth).`,
    remedy: todo(
      ca
        ? `add "server auth" to spec.usages of ${ca} and renew it, then renew ${title}`
        : `have ${title} signed by a CA that may sign for servers`,
    ),
    subject,
    details: {
      ...about(one),
      extendedKeyUsages: (one.extendedKeyUsages ?? []).join(', '),
    },
  });
}

/** OpenSSL may call the same that it is not for servers. */
function signerNoCa(input: CertificateInput): Outcome | undefined {
  const { title, subject, todo } = input;
  const one = pathAbove(input).find(({ isCa }) => !isCa);
  if (!one) return undefined;
  const ca = certificateOf(input, one);
  return outcome('Broken', 'listener', {
    reason: REASON.signerIsNoCa,
    message: `${refused(input)}: ${caNamed(
      one.subject,
    )} above it is the certificate of no CA (basicConstraints).`,
    remedy: todo(
      ca
        ? `set isCA: true on ${ca} and renew it, then renew ${title}`
        : `have ${title} signed by a certificate with isCA: true`,
    ),
    subject,
    details: about(one),
  });
}

/** A TLS server signs, or has a secret encrypted or agreed, with its key (RFC 5280, section 4.2.1.3). */
const OF_SERVERS = ['digitalSignature', 'keyEncipherment', 'keyAgreement'];

function keyForOthers(input: CertificateInput): Outcome | undefined {
  const { leaf, title, subject, facts, todo } = input;
  const { keyUsages } = leaf ?? {};
  if (!keyUsages || keyUsages.some(usage => OF_SERVERS.includes(usage))) {
    return undefined;
  }
  return outcome('Broken', 'listener', {
    reason: REASON.certificateNotForServers,
    message: `${refused(input)}: its key is for ${usagesInWords(
      keyUsages,
    )}, and not for connections (digitalSignature).`,
    remedy: todo(
      facts.certificate
        ? `add "digital signature" to spec.usages of ${title}`
        : `put a certificate for servers into Secret ${facts.secret.namespace}/${facts.secret.name}`,
    ),
    subject,
    details: { keyUsages: keyUsages.join(', ') },
  });
}

/**
 * What the certificates themselves say against the way up, where it is not known to hold: with a probe and without. What
 * verifies by another way, as over a cross-signed CA, is not looked at.
 */
export function limitExceeded(input: CertificateInput): Outcome | undefined {
  if (input.role === 'ca' || !input.leaf || input.verified === true) {
    return undefined;
  }
  return (
    signerNoCa(input) ??
    nameRefused(input) ??
    pathTooLong(input) ??
    extensionUnknown(input) ??
    caForOthers(input) ??
    keyForOthers(input)
  );
}
