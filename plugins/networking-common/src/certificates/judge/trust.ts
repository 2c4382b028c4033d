import { findCondition } from '../../gateway-api/conditions';
import { outcome } from '../../findings/outcome';
import { VERDICT_REASONS as REASON } from '../../findings/reasons';
import type { CertificateSummary } from '../types';
import { caNamed, commonName } from '../names';
import { findOutWhyNotServed, isSecretGone, refused } from './effects';
import { gatherCertificate, isSame } from './input';
import { CAUSES, OF_SIGNATURE, OF_TIME } from './causes';
import { chainBroken } from './chain';
import { limitExceeded } from './limits';
import { hasKeyOf, isIssuedBy, isSelfSigned, MAX_PATH, pathOf } from './path';
import { hasStrongKey } from './strength';
import { isExpired } from './validity';
import type { CertificateCheck, CertificateInput } from './types';
import { isForOthers, nonSigner } from './usages';

/**
 * Is the certificate, or one between it and the CA, signed in the name of the CA that signs today and with another key than
 * that CA has now? Told by key identifiers (RFC 5280, 4.2.1.1 and 4.2.1.2), which a renewed CA with the same key keeps; where
 * there are none, by the name and a signature that fails.
 */
export function isOfOldKey({
  facts,
  served,
  leaf,
  code,
}: CertificateInput): boolean {
  const { signer, trust } = facts;
  if (!leaf || !signer || trust === 'system' || isSame(leaf, signer))
    return false;
  const known = [...(facts.chain ?? []), ...(served?.chain ?? [])];
  let below: CertificateSummary | undefined = leaf;
  for (let length = 0; below && length < MAX_PATH; length++) {
    const current: CertificateSummary = below;
    if (isIssuedBy(current, signer)) {
      const hasKey = hasKeyOf(current, signer);
      return hasKey === undefined ? OF_SIGNATURE.has(code ?? '') : !hasKey;
    }
    below = known.find(
      one =>
        !isSame(one, current) &&
        isIssuedBy(current, one) &&
        hasKeyOf(current, one) !== false,
    );
  }
  return false;
}

/** What the CA that is known does: it signs today, or all that is known is that it did. */
const signs = ({ facts: { trust } }: Pick<CertificateInput, 'facts'>) =>
  trust === 'issued' ? 'signed what was issued last' : 'signs today';

function notTrusted(input: CertificateInput): {
  because: string;
  remedy: string;
} {
  const { facts, leaf, title, todo, code } = input;
  const { signer, trust } = facts;
  const renew = todo(`renew ${title}`);
  if (leaf && isSelfSigned(leaf) && !leaf.isCa) {
    return {
      because: `it is self-signed, and no client was told to trust it`,
      remedy: input.isIssuedOne
        ? todo(`have ${title} signed by an issuer with a CA`)
        : todo(findOutWhyNotServed(input)),
    };
  }
  if (code !== undefined && !OF_SIGNATURE.has(code)) {
    return {
      because: 'OpenSSL has something against it',
      remedy: todo(
        `change what "openssl verify" names of ${title} and the CA that signed it`,
      ),
    };
  }
  if (trust === 'system') {
    return {
      because: `${
        leaf ? commonName(leaf.issuer) : 'who signed it'
      } is no CA that this system trusts, nor signed by one`,
      remedy: todo(
        `have ${title} signed by a CA that browsers know, or give its CA in [certificates] ca_pem`,
      ),
    };
  }
  const [top] = pathOf(input).slice(-1);
  const isOfAnother =
    leaf &&
    signer &&
    top &&
    !isIssuedBy(leaf, signer) &&
    OF_SIGNATURE.has(code ?? 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  // What was given need not be what signs: another certificate of the same issuer may be of the same CA.
  if (isOfAnother && trust === 'settings') {
    const name = caNamed(isSelfSigned(top) ? top.subject : top.issuer);
    return {
      because: `it leads to ${name}, and not to ${caNamed(
        signer.subject,
      )}, which is given in [certificates] ca_pem`,
      remedy: todo(
        `give ${name} in [certificates] ca_pem where clients trust it, else have ${title} signed by ${caNamed(
          signer.subject,
        )}`,
      ),
    };
  }
  if (
    leaf &&
    signer &&
    !isIssuedBy(leaf, signer) &&
    OF_SIGNATURE.has(code ?? 'UNABLE_TO_VERIFY_LEAF_SIGNATURE')
  ) {
    return {
      because: `it is signed by ${caNamed(leaf.issuer)}, and not by ${caNamed(
        signer.subject,
      )}, which ${signs(input)}`,
      remedy: renew,
    };
  }
  return {
    because: `it does not verify against the CA that ${signs(input)}`,
    remedy: renew,
  };
}

export const isTrusted: CertificateCheck = input => {
  const { leaf, verified, code, subject, title, facts, todo } = input;
  if (input.role === 'ca' || !leaf || verified !== false) return undefined;
  const isOfToday = !OF_TIME.has(code ?? '');
  if (!isOfToday && (isExpired(input) || (input.begin ?? 0) > input.now)) {
    return undefined;
  }
  const message = input.served?.verificationMessage;
  const details = {
    ...(code && { code }),
    ...(message !== undefined && { openssl: message }),
    ...(leaf.authorityKeyId && { authorityKeyId: leaf.authorityKeyId }),
    ...(facts.signer?.subjectKeyId && {
      subjectKeyId: facts.signer.subjectKeyId,
    }),
  };
  if (isOfToday && isOfOldKey(input)) {
    return outcome('Broken', 'listener', {
      reason: REASON.certificateOfOldCaKey,
      message: `Browsers that trust ${caNamed(facts.signer?.subject ?? '')}${
        facts.trust === 'issued' ? '' : ' of today'
      } refuse this certificate: it is signed by a CA key that is no longer in use. Those that still trust that key accept it.`,
      remedy:
        !input.isIssuedOne && facts.verified === true
          ? todo(findOutWhyNotServed(input))
          : todo(`renew ${title}`),
      subject,
      details,
    });
  }
  if (!isOfToday) {
    return outcome('Broken', 'listener', {
      reason: REASON.certificateNotTrusted,
      message: `${refused(input)}: a CA above it is not valid at this time.`,
      remedy: todo(`renew the CA that signed ${title}, then ${title}`),
      subject,
      details,
    });
  }
  // What a certificate says that it is for tells better why.
  if (code === 'INVALID_PURPOSE' && isForOthers(input)) return undefined;
  if (OF_SIGNATURE.has(code ?? '') && nonSigner(input)) return undefined;
  if (code === 'KEYUSAGE_NO_CERTSIGN' && nonSigner(input)) return undefined;
  if (code === 'EE_KEY_TOO_SMALL' && hasStrongKey(input)) return undefined;
  if (limitExceeded(input)) return undefined;
  const broken = chainBroken(input);
  if (broken) return broken;
  const known = CAUSES.get(code ?? '');
  const { because, remedy, reason } = known
    ? { ...known, remedy: todo(known.remedy(title)) }
    : { ...notTrusted(input), reason: REASON.certificateNotTrusted };
  return outcome('Broken', 'listener', {
    reason,
    message: `${refused(input)}: ${because}.`,
    remedy,
    subject,
    details,
  });
};

/** What helps against what is wrong with the certificate that was issued last, whatever is served. */
export function remedyOfIssued(input: CertificateInput): string | undefined {
  const { facts, settings, role, owners, now } = input;
  const issued = gatherCertificate({
    facts,
    settings,
    role,
    owners,
    now: new Date(now).toISOString(),
  });
  const found = [limitExceeded(issued), isTrusted(issued)].flat();
  return found.find(one => one !== undefined)?.finding.remedy;
}

/** A leaf that is its own CA is trusted by whoever was given this very one. */
export const isSignedByCa: CertificateCheck = input => {
  const { facts, leaf, verified, subject, title, todo } = input;
  if (input.role === 'ca' || !leaf || verified === false) return undefined;
  const isOwnSigner = isSame(leaf, facts.signer);
  if (!isOwnSigner && !(verified === undefined && isSelfSigned(leaf))) {
    return undefined;
  }
  return outcome('Degraded', 'listener', {
    reason: REASON.certificateSelfSigned,
    message:
      'Browsers refuse this certificate unless they were told to trust this very one, and each renewal ends that: it is self-signed.',
    remedy: todo(`have ${title} signed by an issuer with a CA`),
    subject,
    details: { fingerprintSha256: leaf.fingerprintSha256 },
  });
};

export const isTrustKnown: CertificateCheck = input => {
  const { facts, served, leaf, verified, subject, todo } = input;
  if (input.role === 'ca' || !leaf || verified !== undefined) return undefined;
  if (isSelfSigned(leaf)) return undefined;
  const why =
    facts.unknown ??
    served?.verificationError ??
    'The CA that signs today is not known.';
  const by = caNamed(leaf.issuer);
  const isAlone = served?.chain !== undefined && pathOf(input).length === 1;
  const unknown = outcome('Degraded', 'listener', {
    reason: REASON.certificateTrustNotKnown,
    message: `Whether browsers trust this certificate is not known. ${why}${
      isAlone
        ? ` It comes without the certificate of ${by}, which signed it.`
        : ''
    }`,
    remedy: todo(
      isAlone && !facts.certificate
        ? `append the certificate of ${by} to tls.crt in Secret ${facts.secret.namespace}/${facts.secret.name} unless that is a root, and give the root in [certificates] ca_pem`
        : 'give the CA in [certificates] ca_pem',
    ),
    subject,
    ...(isAlone && { details: { missing: leaf.issuer } }),
  });
  return { ...unknown, tls: 'Unknown' };
};

/**
 * Of the CA that came with a certificate it is not known whether it still signs: its clients are answered, and another key would
 * go unnoticed. While the issuer cannot sign, it is the issuer that is to be mended.
 */
export const isSignerKnown: CertificateCheck = input => {
  const { facts, verified, subject, todo, role } = input;
  const { issuer, signer, trust, unknown } = facts;
  if (role === 'ca' || trust !== 'issued' || !signer || verified !== true) {
    return undefined;
  }
  if (isSecretGone(input)) return undefined;
  const ready = findCondition(issuer?.conditions, 'Ready');
  const mayHaveAnother = ready?.status === 'True';
  const found = outcome(mayHaveAnother ? 'Degraded' : undefined, 'listener', {
    reason: REASON.certificateSignerNotKnown,
    message: `Browsers that trust ${caNamed(
      signer.subject,
    )} accept this certificate. Which CA signs today is not known.${
      unknown ? ` ${unknown}` : ''
    }`,
    ...(mayHaveAnother && {
      remedy: todo('give the CA in [certificates] ca_pem'),
    }),
    subject,
    details: { fingerprintSha256: signer.fingerprintSha256 },
  });
  return { ...found, ...(mayHaveAnother && { tls: 'Unknown' as const }) };
};
