import { outcome, type Outcome } from '../../findings/outcome';
import { VERDICT_REASONS as REASON } from '../../findings/reasons';
import { ANCHORS } from '../anchors';
import { caNamed } from '../names';
import type { CertificateSummary } from '../types';
import { OF_GAP } from './causes';
import { refused } from './effects';
import { isSame } from './input';
import { hasKeyOf, isIssuedBy, isSelfSigned, pathOf } from './path';
import type { CertificateCheck, CertificateInput } from './types';

/** Does the gateway send the leaf without what stands between it and the CA, which cert-manager gave with it? */
function isCutShort({ facts, served, leaf }: CertificateInput): boolean {
  const { signer, root = signer } = facts;
  if (!leaf || !served?.chain || !root || facts.verified !== true) return false;
  if (!isSame(leaf, facts.leaf) || isIssuedBy(leaf, root)) return false;
  return !served.chain.some(one => !isSame(one, leaf) && isIssuedBy(leaf, one));
}

/**
 * The certificate whose signer does not come with it, so that nothing leads on to what clients trust. Where the CA that signs
 * today is known by the cluster, a leaf of any other name was signed by another CA, and lacks none.
 */
function endOfWay(input: CertificateInput): CertificateSummary | undefined {
  const { facts, leaf, code = 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' } = input;
  const { signer, root, trust, issuer } = facts;
  if (!leaf || trust === undefined || !OF_GAP.has(code)) return undefined;
  const path = pathOf(input);
  const last = path[path.length - 1];
  if (!last || isSelfSigned(last)) return undefined;
  if (signer && isIssuedBy(last, signer)) {
    return root && hasKeyOf(last, signer) !== false ? last : undefined;
  }
  if (trust === 'settings') return last;
  // Public roots are not sent, and what leads to one that nobody knows may be whole.
  const isAlone = path.length === 1 && issuer?.type !== 'CA';
  return trust === 'system' && isAlone ? last : undefined;
}

/** Where the certificate that is missing belongs, by who fills the Secret. */
function completeIt(input: CertificateInput, missing: string): string {
  const { facts, title } = input;
  const { issuer, secret } = facts;
  const place = `tls.crt in Secret ${secret.namespace}/${secret.name}`;
  if (!facts.certificate || !issuer) {
    return `append the certificate of ${missing} to ${place}`;
  }
  const name = `${issuer.kind} ${issuer.name}`;
  switch (issuer.type) {
    case 'CA':
      return `put the certificate of ${missing}, and after it what stands between that and the root, into tls.crt of the Secret in which ${name} keeps its CA, then renew ${title}`;
    case 'ACME':
      return `have the ACME server of ${name} give the whole chain with a certificate, by another spec.acme.preferredChain where that chooses one without, then renew ${title}`;
    case 'Vault':
      return `set in Vault the chain of the PKI mount that ${name} signs with (ca_chain), so that it holds ${missing}, then renew ${title}`;
    default:
      return `have ${name} give the certificate of ${missing} with what it signs (ca_chain), then renew ${title}`;
  }
}

/** Who fetches by itself what is missing. Chromium, Safari and Windows do by this URL; Firefox knows those of public CAs. */
const whoFetches = ({ caIssuers = [] }: CertificateSummary) =>
  caIssuers.length > 0
    ? ` Chrome, Edge and Safari may fetch it from ${caIssuers[0]}; curl, Go, Java, Node and Python do not.`
    : '';

/** A leaf that comes without an intermediate, which another renewal repeats. */
export function chainBroken(input: CertificateInput): Outcome | undefined {
  const { leaf, facts, subject, todo, verified } = input;
  if (input.role === 'ca' || !leaf || verified !== false) return undefined;
  const isCut = isCutShort(input);
  const below = isCut ? leaf : endOfWay(input);
  if (!below) return undefined;
  const missing = caNamed(below.issuer);
  const { signer, root = signer } = facts;
  const to =
    root && root.subject !== below.issuer ? ` to ${caNamed(root.subject)}` : '';
  // Above an intermediate there may be another root than the one that is given.
  const mayBeRoot =
    below === leaf
      ? ''
      : `give the certificate of ${missing} in [certificates] ca_pem if it is a root, else `;
  return outcome('Broken', 'listener', {
    reason: REASON.chainIncomplete,
    message: `${refused(input)}: the ${
      isCut ? 'gateway sends it without' : 'chain lacks'
    } the certificate of ${missing}, which signed ${
      below === leaf ? 'it' : caNamed(below.subject)
    }, so that nothing leads from it${to}.${whoFetches(below)}`,
    remedy: todo(
      isCut
        ? `find out why the gateway does not serve the whole of tls.crt in Secret ${facts.secret.namespace}/${facts.secret.name}`
        : `${mayBeRoot}${completeIt(input, missing)}`,
    ),
    subject,
    details: {
      missing: below.issuer,
      ...(below.authorityKeyId && { authorityKeyId: below.authorityKeyId }),
      ...(below.caIssuers && { caIssuers: below.caIssuers.join(', ') }),
      ...(input.code && { code: input.code }),
    },
  });
}

const REFUSING = ANCHORS.filter(({ isEnough }) => !isEnough).map(
  ({ name }) => name,
);

/** Of an intermediate alone many programs make nothing: they go up to a root. */
export const isRootKnown: CertificateCheck = input => {
  const { facts, leaf, verified, subject, todo, role } = input;
  const { signer, root, trust, chain = [] } = facts;
  if (role === 'ca' || !leaf || !signer || verified !== true) return undefined;
  if (root || trust === 'system' || isSelfSigned(signer)) return undefined;
  // A self-signed leaf that is trusted itself, and what was issued with it, need nothing above.
  if (isSame(leaf, signer)) return undefined;
  const isWithChain = chain.some(
    one =>
      isSelfSigned(one) &&
      isIssuedBy(signer, one) &&
      hasKeyOf(signer, one) !== false,
  );
  if (isWithChain) return undefined;
  return outcome('Degraded', 'listener', {
    reason: REASON.caRootNotKnown,
    message: `Many programs refuse this certificate even if they are told to trust ${caNamed(
      signer.subject,
    )}, as that is an intermediate and the root above it, ${caNamed(
      signer.issuer,
    )}, is not known: ${REFUSING.join(
      ', ',
    )}. Browsers, curl, Go and Java accept it.`,
    remedy: todo(
      `give the certificate of ${caNamed(
        signer.issuer,
      )} in [certificates] ca_pem`,
    ),
    subject,
    details: {
      certificate: signer.subject,
      missing: signer.issuer,
      ...(signer.authorityKeyId && { authorityKeyId: signer.authorityKeyId }),
    },
  });
};
