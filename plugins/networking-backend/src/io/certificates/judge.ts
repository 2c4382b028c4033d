import type { X509Certificate } from 'node:crypto';
import {
  certificateStatus,
  issuedAbove,
  type CertificateFacts,
  type CertificateTrace,
  type ClusterSettings,
  type IssuedRevision,
  type Snapshot,
} from 'backstage-plugin-networking-common';
import type { CertificateMaterial } from './certificateReader';
import { isPublicRoot, type Roots } from './systemRoots';
import { trustOf, type Trust } from './trust';
import { isSignedBy, pathUp, verify } from './verify';
import { parseCertificates, summarize, validityOf } from './x509';

/** Facts, what is behind them, and when they hold: validity alone moves with time. */
export interface Judged {
  facts: CertificateFacts;
  material: CertificateMaterial;
  /** Milliseconds since the epoch: from then on, and before that. */
  from: number;
  until: number;
}

const parseAll = (pems: readonly string[] | undefined) =>
  parseCertificates((pems ?? []).join('\n'));

/** Parses and verifies what the cluster, the settings and this system tell of one certificate. */
export function judge(input: {
  trace: CertificateTrace;
  snapshot: Snapshot;
  settings: ClusterSettings;
  roots: Roots;
  now: Date;
}): Judged {
  const { snapshot, roots, now } = input;
  const trace = withoutOutdated(input.trace);
  const { certificate, caCertificate } = trace;
  const [leaf] = parseCertificates(trace.leafPem ?? '');
  const issued = parseAll(trace.chainPem);
  // Of ca.crt, which no gateway serves, a root alone is worth showing.
  const caOnly = parseAll(issuedAbove(trace.request).caOnlyPem);
  const chain = issued.filter(
    one => !caOnly.includes(one) || isSignedBy(one, one),
  );
  const trusted = trustOf({
    trace,
    leaf,
    chain,
    issued,
    given: parseAll(trace.trustedPem),
    known: [
      ...issued,
      ...parseAll(issuedAbove(trace.caRequest).chainPem),
      ...parseCertificates(input.settings.certificates.caPem ?? ''),
    ],
    roots,
    now,
  });
  const { verification, signer, root } = trusted;
  const path = verification?.error === undefined ? verification?.path : [];
  const earlier = (trace.earlier ?? []).flatMap(parseRevision);
  const facts: CertificateFacts = {
    secret: trace.secret,
    ...(certificate && {
      certificate: certificateStatus(snapshot, certificate, trace.request),
    }),
    ...(trace.rivals && { rivals: trace.rivals }),
    issuer: trace.issuer,
    ...(leaf && {
      leaf: summarize(leaf),
      chain: chain.map(summarize),
      chainNotAfter: earliestEnd(wholePath(leaf, path ?? [], chain)),
    }),
    ...(signer && { signer: summarize(signer) }),
    ...(root && root !== signer && { root: summarize(root) }),
    ...(caCertificate && {
      ca: certificateStatus(snapshot, caCertificate, trace.caRequest),
    }),
    ...(trusted.trust && { trust: trusted.trust }),
    ...(verification && { verified: verification.error === undefined }),
    ...(verification?.error !== undefined && {
      verificationError: verification.error,
    }),
    ...(leaf && trace.keptAt !== undefined && { keptAt: trace.keptAt }),
    ...(earlier.length > 0 && {
      earlier: earlier.map(one => ({
        revision: one.revision,
        leaf: summarize(one.leaf),
        ...(trusted.anchors.length > 0 && {
          verified:
            verify({
              leaf: one.leaf,
              intermediates: one.chain,
              trusted: trusted.anchors,
              now,
            }).error === undefined,
        }),
      })),
    }),
    unknown: unknownOf(trace, leaf, trusted),
  };
  const all = [leaf, ...chain, ...trusted.anchors, ...earlier.map(e => e.leaf)];
  return {
    facts,
    material: {
      leaf,
      chain,
      signer,
      ...(root && { root }),
      trusted: trusted.anchors,
      ...(trusted.anchors.some(one => !isPublicRoot(one)) && {
        trustPem: trusted.anchors.map(one => one.toString()).join(''),
      }),
      earlier,
    },
    from: now.getTime(),
    until: nextBoundary(
      all.filter(one => one !== undefined),
      now.getTime(),
    ),
  };
}

/**
 * What was kept of the current revision, where the cluster tells of another end of what is in the Secret now: somebody
 * filled it otherwise, and then what was kept says nothing of it.
 */
function withoutOutdated(trace: CertificateTrace): CertificateTrace {
  const end = Date.parse(trace.certificate?.status?.notAfter ?? '');
  if (trace.keptAt === undefined || Number.isNaN(end)) return trace;
  const [leaf] = parseCertificates(trace.leafPem ?? '');
  if (!leaf || validityOf(leaf).notAfter === end) return trace;
  const { leafPem: _leaf, chainPem: _chain, keptAt: _at, ...rest } = trace;
  const { namespace, name } = trace.secret;
  return {
    ...rest,
    unknown: `Secret ${namespace}/${name} holds another certificate than the one that was issued last, so what is in it is not known.`,
  };
}

function parseRevision({ revision, leafPem, chainPem }: IssuedRevision) {
  const [leaf] = parseCertificates(leafPem);
  return leaf ? [{ revision, leaf, chain: parseAll(chainPem) }] : [];
}

/** What the trace could not learn, or what it learned and nobody can parse. */
function unknownOf(
  trace: CertificateTrace,
  leaf: X509Certificate | undefined,
  { trust, signer, verification }: Trust,
): string | undefined {
  if (trace.leafPem !== undefined && !leaf) {
    return 'The certificate in the cert-manager request cannot be parsed.';
  }
  if (verification && trust !== 'issued') return undefined;
  if (trace.unknown) return trace.unknown;
  return trace.signerPem !== undefined && !signer
    ? 'The certificate of the CA that signs today cannot be parsed.'
    : undefined;
}

/**
 * What a client goes through: where the leaf verifies, the way that does, and on to the root-most certificate that is
 * known; else all that came with it.
 */
function wholePath(
  leaf: X509Certificate,
  path: readonly X509Certificate[],
  chain: readonly X509Certificate[],
): X509Certificate[] {
  const last = path[path.length - 1];
  return last ? [...path, ...pathUp(last, chain)] : [leaf, ...chain];
}

function earliestEnd(certificates: readonly X509Certificate[]): string {
  const ends = certificates.map(one => validityOf(one).notAfter);
  return new Date(Math.min(...ends)).toISOString();
}

/** The next time at which one of them begins or ends. */
function nextBoundary(
  certificates: readonly X509Certificate[],
  now: number,
): number {
  const times = certificates.flatMap(one => {
    const { notBefore, notAfter } = validityOf(one);
    // The last millisecond is still within (RFC 5280, section 4.1.2.5).
    return [notBefore, notAfter + 1];
  });
  return Math.min(Infinity, ...times.filter(time => time > now));
}
