import { outcome } from '../../findings/outcome';
import { VERDICT_REASONS as REASON } from '../../findings/reasons';
import { dateInWords } from '../../findings/words';
import { caNamed, commonName } from '../names';
import { isSame, timeOf } from './input';
import { isExpired } from './validity';
import type { CertificateCheck } from './types';

/** A certificate that outlives its CA ends with it, and is renewed too late. */
export const endsBeforeItsCa: CertificateCheck = input => {
  const { facts, leaf, verified, subject, title, todo, now } = input;
  const { signer, ca, certificate } = facts;
  if (input.role === 'ca' || isExpired(input)) return undefined;
  if (verified === false || isSame(leaf, signer)) return undefined;
  // Public CAs end when they end, and whoever runs them sees to it.
  if (facts.trust === 'system') return undefined;
  const above = timeOf(signer?.notAfter ?? ca?.notAfter);
  const end = input.end ?? timeOf(certificate?.notAfter);
  if (above === undefined || end === undefined) return undefined;
  if (above >= end || above <= now) return undefined;
  const name = ca
    ? `Certificate ${ca.namespace}/${ca.name}`
    : `CA ${commonName(signer?.subject ?? '')}`;
  return outcome('Degraded', 'listener', {
    reason: REASON.caEndsFirst,
    message: `Browsers will refuse this certificate from ${dateInWords(
      signer?.notAfter ?? ca?.notAfter,
    )} on, before it ends: ${name}, which signed it, expires then.`,
    remedy: todo(
      `give ${name} a longer duration and renew it, then renew ${title}`,
    ),
    subject,
    details: {
      caValidUntil: new Date(above).toISOString(),
      validUntil: new Date(end).toISOString(),
    },
  });
};

/** Names of one sentence at most. */
const MAX_NAMED = 5;

function listed(titles: readonly string[]): string {
  const more = titles.length - MAX_NAMED;
  const named = titles.slice(0, MAX_NAMED).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}

/** A CA with another key is good, and what it has signed with the one before is not: whoever looks at the CA is told. */
export const hasSignedAnew: CertificateCheck = ({
  role,
  ofOldKey = [],
  leaf,
  subject,
  title,
  todo,
}) => {
  if (role !== 'ca' || ofOldKey.length === 0) return undefined;
  const name = leaf ? caNamed(leaf.subject) : title;
  return outcome('Degraded', 'listener', {
    reason: REASON.caKeyReplaced,
    message: `Browsers that trust ${name} of today refuse what is still signed by its key of before: ${listed(
      ofOldKey,
    )}.`,
    remedy: todo(
      `renew ${ofOldKey[0]}${ofOldKey.length > 1 ? ', then the others' : ''}`,
    ),
    subject,
    details: { ofOldKey: ofOldKey.join(', ') },
  });
};

/** cert-manager does not issue anew what a CA has signed when that gets another key. */
export const keepsItsKey: CertificateCheck = ({
  role,
  facts,
  subject,
  title,
  todo,
}) => {
  const { certificate } = facts;
  if (role !== 'ca' || !certificate || certificate.rotationPolicy === 'Never') {
    return undefined;
  }
  return outcome('Degraded', 'listener', {
    reason: REASON.caKeyRotates,
    message: `${title} gets a new key with each renewal: browsers then refuse every certificate signed before, until each is renewed.`,
    remedy: todo(`set privateKey.rotationPolicy: Never on ${title}`),
    subject,
  });
};
