import { outcome, type Outcome } from '../../findings/outcome';
import { VERDICT_REASONS as REASON } from '../../findings/reasons';
import {
  familiesInWords,
  keyKind,
  reachOf,
  refusalOfKey,
  refusalOfSignature,
  type KeyUse,
} from '../clients/refusals';
import type { ClientFamily, Refusal } from '../clients/types';
import { isWeakKey, keyAsked, keyInWords } from '../keys';
import { caNamed } from '../names';
import type { CertificateSummary } from '../types';
import { refused, whatIsRefused } from './effects';
import { isSame } from './input';
import { askForGoodKey, replaceKey } from './keyRemedy';
import { hasKeyOf, isIssuedBy, isSelfSigned, pathOf } from './path';
import type { CertificateCheck, CertificateInput } from './types';

type Key = NonNullable<CertificateSummary['key']>;

/** What is wrong with a key. */
interface KeyFault {
  /** `all`: every browser refuses it. */
  reach: 'all' | 'some';
  refusal: Refusal;
  /** It is too short or broken, and not only unknown to clients. */
  isWeak: boolean;
}

function faultOf(
  key: Key | undefined,
  use: KeyUse,
  minRsaBits: number,
): KeyFault | undefined {
  if (!key) return undefined;
  const refusal = refusalOfKey(key, use);
  const reach = reachOf(refusal);
  const isShort =
    key.algorithm === 'RSA' &&
    key.bits !== undefined &&
    (key.bits < minRsaBits ||
      refusal.refuse.some(
        ({ certificates }) => key.bits! < certificates.minRsaBits,
      ));
  if (isWeakKey(key)) return { reach: 'all', refusal, isWeak: true };
  if (reach !== 'none') return { reach, refusal, isWeak: isShort };
  return isShort ? { reach: 'some', refusal, isWeak: true } : undefined;
}

const useOf = (one: CertificateSummary, { leaf, role }: CertificateInput) =>
  one === leaf && role !== 'ca' ? 'leaf' : 'ca';

function whose(one: CertificateSummary, { leaf, role }: CertificateInput) {
  if (one !== leaf) return `${caNamed(one.subject)} above it`;
  return role === 'ca' ? 'this CA' : 'it';
}

type Found = Pick<KeyFault, 'reach' | 'refusal'>;

const isOfBrowser = ({ isBrowser }: ClientFamily) => isBrowser;

/** Browsers where there are some, since most people use them. */
function refusers({ refusal: { refuse } }: Found): readonly ClientFamily[] {
  const browsers = refuse.filter(isOfBrowser);
  return browsers.length > 0 ? browsers : refuse;
}

/** `Chromium (Chrome, Edge) and Safari refuse this certificate; Firefox accepts it`. */
function byWhom(input: CertificateInput, found: Found): string {
  if (found.reach === 'all') return refused(input);
  const who = refusers(found);
  if (who.length === 0) {
    return 'Clients accept it, and this platform asks for more';
  }
  const others = found.refusal.accept.filter(isOfBrowser);
  return `${familiesInWords(who)} ${
    who.length > 1 ? 'refuse' : 'refuses'
  } ${whatIsRefused(input)}${
    others.length > 0
      ? `; ${familiesInWords(others)} accept${others.length > 1 ? '' : 's'} it`
      : ''
  }`;
}

/** The same of what is to come. */
function byWhomNext(found: Found): string {
  const who = refusers(found);
  if (who.length === 0) {
    return 'What is issued next will be less than this platform asks for';
  }
  return `${
    found.reach === 'all' ? 'Browsers' : familiesInWords(who)
  } will refuse what is issued next`;
}

/** Who refuses, and who takes it, by id. */
const familiesOf = ({ refuse, accept }: Refusal) => ({
  ...(refuse.length > 0 && {
    refusedBy: refuse.map(({ id }) => id).join(', '),
  }),
  ...(accept.length > 0 && {
    acceptedBy: accept.map(({ id }) => id).join(', '),
  }),
});

const wordOf = ({ reach }: Pick<KeyFault, 'reach'>) =>
  reach === 'all' ? 'Broken' : 'Degraded';

export const hasStrongKey: CertificateCheck = input => {
  const { settings, subject, todo } = input;
  const { minRsaBits } = settings.certificates;
  const faulty = pathOf(input).flatMap(one => {
    const fault = faultOf(one.key, useOf(one, input), minRsaBits);
    return fault ? [{ one, fault }] : [];
  });
  const worst = faulty.find(({ fault }) => fault.reach === 'all') ?? faulty[0];
  if (!worst) return undefined;
  const { one, fault } = worst;
  const has = `${whose(one, input)} has ${keyInWords(one.key!)}`;
  return outcome(wordOf(fault), 'listener', {
    reason: fault.isWeak
      ? REASON.certificateKeyTooWeak
      : REASON.certificateKeyRefused,
    message: `${byWhom(input, fault)}: ${has}${
      fault.isWeak ? ', which is too weak' : ''
    }.`,
    remedy: todo(replaceKey(input, one)),
    subject,
    details: {
      certificate: one.subject,
      fingerprintSha256: one.fingerprintSha256,
      ...familiesOf(fault.refusal),
    },
  });
};

const isSameKey = (a: Key, b: Key) =>
  keyKind(a) === keyKind(b) && (a.bits ?? b.bits) === (b.bits ?? a.bits);

/** The key that cert-manager was told to make, before anybody has seen a certificate with it. */
export const asksForStrongKey: CertificateCheck = input => {
  const { facts, role, leaf, settings, subject, title, todo } = input;
  const { certificate } = facts;
  if (!certificate) return undefined;
  const asked = keyAsked(certificate);
  const { key } = facts.leaf ?? leaf ?? {};
  if (key && (!certificate.privateKey || isSameKey(asked, key))) {
    return undefined;
  }
  const use = role === 'ca' ? 'ca' : 'leaf';
  const fault = faultOf(asked, use, settings.certificates.minRsaBits);
  if (!fault) return undefined;
  const who = leaf ? byWhomNext(fault) : byWhom(input, fault);
  return outcome(leaf ? 'Degraded' : wordOf(fault), 'listener', {
    reason: fault.isWeak
      ? REASON.certificateKeyTooWeak
      : REASON.certificateKeyRefused,
    message: `${who}: ${title} asks for ${keyInWords(asked)}.`,
    remedy: todo(askForGoodKey(certificate)),
    subject: { ...subject, field: 'spec.privateKey' },
    details: familiesOf(fault.refusal),
  });
};

/** Hashes for which collisions are made at will or at a price. */
const BROKEN_HASHES = new Set(['MD2', 'MD4', 'MD5', 'SHA-1', 'SHA1']);

/** Of algorithms that are of one kind of key alone: the fault is the key's. */
const OF_A_KEY = new Set(['Ed25519', 'Ed448']);

function signatureOutcome(
  one: CertificateSummary,
  input: CertificateInput,
  path: readonly CertificateSummary[],
): Outcome | undefined {
  const { subject, title, todo } = input;
  const { signatureHash, signatureAlgorithm } = one;
  const isForged = BROKEN_HASHES.has(signatureHash?.toUpperCase() ?? '');
  const refusal = refusalOfSignature(one);
  const reach = isForged ? 'all' : reachOf(refusal);
  if (reach === 'none') return undefined;
  const isOfKey = OF_A_KEY.has(signatureAlgorithm ?? '');
  const isSignerSeen = path.some(
    other =>
      !isSame(one, other) &&
      isIssuedBy(one, other) &&
      hasKeyOf(one, other) !== false,
  );
  if (isOfKey && isSignerSeen) return undefined;
  const signed = `${whose(one, input)} is signed ${
    isForged
      ? `over ${signatureHash}, which can be forged`
      : `with ${signatureAlgorithm ?? signatureHash}`
  }`;
  return outcome(wordOf({ reach }), 'listener', {
    reason: isForged
      ? REASON.certificateSignatureTooWeak
      : REASON.certificateSignatureRefused,
    message: `${byWhom(input, { reach, refusal })}: ${signed}.`,
    remedy: todo(
      `have the issuer of ${title} sign with ${
        isOfKey ? 'a key of ECDSA or RSA' : 'SHA-256'
      }, then renew it`,
    ),
    subject,
    details: {
      certificate: one.subject,
      fingerprintSha256: one.fingerprintSha256,
      ...familiesOf(refusal),
    },
  });
}

/** The signature of a root on itself proves nothing and is not looked at (RFC 5280, section 6.1). */
export const hasStrongSignature: CertificateCheck = input => {
  const path = pathOf(input);
  const found = path.flatMap(one =>
    isSelfSigned(one) ? [] : signatureOutcome(one, input, path) ?? [],
  );
  return found.find(({ word }) => word === 'Broken') ?? found[0];
};
