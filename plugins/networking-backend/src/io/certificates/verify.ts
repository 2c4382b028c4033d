import type { X509Certificate } from 'node:crypto';
import { refusedName } from 'backstage-plugin-networking-common';
import { extensionsOf } from './extensions';
import { isDirectoryRefused } from './names';
import { summarize, validityOf } from './x509';

/** What two certificates are to each other never changes; how long they are valid is judged anew each time. */
const signatures = new WeakMap<
  X509Certificate,
  WeakMap<X509Certificate, boolean>
>();

/** Was `certificate` signed with the key of `signer`, which may sign? Never throws. */
export function isSignedBy(
  certificate: X509Certificate,
  signer: X509Certificate,
): boolean {
  const bySigner = signatures.get(certificate) ?? new WeakMap();
  signatures.set(certificate, bySigner);
  const known = bySigner.get(signer);
  if (known !== undefined) return known;
  const signed = verifies(certificate, signer);
  bySigner.set(signer, signed);
  return signed;
}

function verifies(certificate: X509Certificate, signer: X509Certificate) {
  try {
    return (
      certificate.checkIssued(signer) && certificate.verify(signer.publicKey)
    );
  } catch {
    // A key of a kind that OpenSSL does not know.
    return false;
  }
}

const isSame = (a: X509Certificate, b: X509Certificate) =>
  a === b || a.fingerprint256 === b.fingerprint256;

/** How a leaf is verified, or why it is not. */
export interface Verification {
  /** From the leaf up to the trusted certificate; empty where none leads there. */
  path: X509Certificate[];
  /** OpenSSL's name for the reason, as a TLS client would report it. Undefined: it verifies. */
  error?: string;
}

/** Cross-signed CAs make several ways; more than this many steps nobody's chain needs. */
const MAX_STEPS = 200;

/**
 * Verifies a leaf against trusted certificates, of which one is enough, and which
 * may be intermediates. A leaf that is itself trusted, as a self-signed one, needs
 * no CA. Of several ways up the first that holds counts. Looks at signatures,
 * validity, who may sign, for how many below it, which names and what for, what the
 * leaf is for, and critical extensions that clients do not know; not at policies or
 * revocation.
 */
export function verify(options: {
  leaf: X509Certificate;
  intermediates: readonly X509Certificate[];
  trusted: readonly X509Certificate[];
  now: Date;
}): Verification {
  const { leaf, intermediates, trusted, now } = options;
  let steps = 0;
  let failed: Verification | undefined;

  const end = (path: X509Certificate[]): Verification | undefined => {
    const error = errorOf(path, now);
    if (error === undefined) return { path };
    failed ??= { path, error };
    return undefined;
  };

  const climb = (path: X509Certificate[]): Verification | undefined => {
    const last = path[path.length - 1];
    steps += 1;
    if (steps > MAX_STEPS) return undefined;
    for (const anchor of trusted) {
      const found = isSame(last, anchor)
        ? end(path)
        : isSignedBy(last, anchor) && end([...path, anchor]);
      if (found) return found;
    }
    for (const next of intermediates) {
      if (path.some(one => isSame(one, next)) || !isSignedBy(last, next)) {
        continue;
      }
      const found = climb([...path, next]);
      if (found) return found;
    }
    return undefined;
  };

  return (
    climb([leaf]) ??
    failed ?? { path: [], error: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }
  );
}

const FOR_SERVERS = ['serverAuth', 'anyExtendedKeyUsage'];
const FOR_CONNECTIONS = ['digitalSignature', 'keyEncipherment', 'keyAgreement'];

const lacks = (all: readonly string[] | undefined, wanted: readonly string[]) =>
  all !== undefined && !all.some(one => wanted.includes(one));

const isSelfIssued = ({ subject, issuer }: X509Certificate) =>
  subject === issuer;

/** Of name constraints (RFC 5280, section 6.1.4): those of a CA hold for all below it but what issued itself. */
function nameErrorOf(path: readonly X509Certificate[]): string | undefined {
  for (const [index, authority] of path.entries()) {
    const { nameConstraints, constraintsError } = extensionsOf(authority);
    if (index > 0 && constraintsError) return constraintsError;
    if (index === 0 || !nameConstraints) continue;
    const below = path
      .slice(0, index)
      .filter((one, at) => at === 0 || !isSelfIssued(one));
    for (const one of below) {
      const { dnsNames, otherNames = [] } = summarize(one);
      const names = [...dnsNames.map(name => `DNS:${name}`), ...otherNames];
      const refused = refusedName(names, nameConstraints);
      if (refused?.by === 'excluded') return 'EXCLUDED_VIOLATION';
      const { subjectAttributes = [] } = extensionsOf(one);
      if (refused || isDirectoryRefused(subjectAttributes, nameConstraints)) {
        return 'PERMITTED_VIOLATION';
      }
    }
  }
  return undefined;
}

/** Why a path does not hold, leaf first. */
function errorOf(
  path: readonly X509Certificate[],
  now: Date,
): string | undefined {
  const [leaf, ...authorities] = path;
  if (path.some(one => extensionsOf(one).unknownCritical)) {
    return 'UNHANDLED_CRITICAL_EXTENSION';
  }
  if (authorities.some(({ ca }) => !ca)) return 'INVALID_CA';
  // Those that issued themselves do not count (RFC 5280, section 6.1.4).
  let below = 0;
  for (const authority of authorities) {
    const { pathLength = Infinity } = extensionsOf(authority);
    if (below > pathLength) return 'PATH_LENGTH_EXCEEDED';
    if (!isSelfIssued(authority)) below += 1;
  }
  const isForOthers =
    path.some(one => lacks(extensionsOf(one).extendedKeyUsages, FOR_SERVERS)) ||
    lacks(extensionsOf(leaf).keyUsages, FOR_CONNECTIONS);
  if (isForOthers) return 'INVALID_PURPOSE';
  const error = nameErrorOf(path);
  if (error) return error;
  for (const certificate of path) {
    const { notBefore, notAfter } = validityOf(certificate);
    if (now.getTime() < notBefore) return 'CERT_NOT_YET_VALID';
    if (now.getTime() > notAfter) return 'CERT_HAS_EXPIRED';
  }
  return undefined;
}

/**
 * From what signed a certificate up to the root-most that is known, or to one that
 * signed itself: a CA that was renewed with its key is signed by its predecessor too.
 * Of a certificate that signed itself, that one.
 */
export function pathUp(
  leaf: X509Certificate,
  known: readonly X509Certificate[],
): X509Certificate[] {
  if (isSignedBy(leaf, leaf)) return [leaf];
  const path: X509Certificate[] = [];
  let current = leaf;
  while (!isSignedBy(current, current)) {
    const below = current;
    const next = known.find(
      candidate =>
        !path.some(one => isSame(one, candidate)) &&
        !isSame(leaf, candidate) &&
        isSignedBy(below, candidate),
    );
    if (!next) return path;
    path.push(next);
    current = next;
  }
  return path;
}

const sameKey = (a: X509Certificate, b: X509Certificate) => {
  try {
    return a.publicKey.equals(b.publicKey);
  } catch {
    // A key of a kind that OpenSSL does not know.
    return false;
  }
};

/**
 * The self-signed certificate above a CA, or in its place: one of the same name and key stands for it where it was
 * cross-signed. The CA itself where it is self-signed. Undefined: none is known that is valid now.
 *
 * @param known - in their order those that may lead on; `also` gives more by the names of a certificate
 */
export function rootAbove(
  ca: X509Certificate,
  known: readonly X509Certificate[],
  also: (below: X509Certificate) => readonly X509Certificate[],
  now: Date,
): X509Certificate | undefined {
  if (isSignedBy(ca, ca)) return ca;
  let steps = 0;
  const climb = (path: X509Certificate[]): X509Certificate | undefined => {
    const last = path[path.length - 1];
    const candidates = [...known, ...also(last)].filter(one => {
      const { notBefore, notAfter } = validityOf(one);
      return one.ca && notBefore <= now.getTime() && now.getTime() <= notAfter;
    });
    const root = candidates.find(
      one =>
        isSignedBy(one, one) &&
        (isSignedBy(last, one) ||
          (one.subject === last.subject && sameKey(one, last))),
    );
    if (root) return root;
    for (const next of candidates) {
      steps += 1;
      if (steps > MAX_STEPS) return undefined;
      if (path.some(one => isSame(one, next)) || !isSignedBy(last, next)) {
        continue;
      }
      const found = climb([...path, next]);
      if (found) return found;
    }
    return undefined;
  };
  return climb([ca]);
}
