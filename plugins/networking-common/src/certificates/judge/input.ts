import type { Subject } from '../../verdicts/types';
import type { CertificateFacts, CertificateSummary } from '../types';
import { OF_NAME } from './causes';
import type {
  CertificateInput,
  CertificateQuestion,
  ServedCertificate,
} from './types';

/** Milliseconds since the epoch; undefined for what is no time. */
export function timeOf(iso: unknown): number | undefined {
  if (typeof iso !== 'string') return undefined;
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? undefined : ms;
}

export const isSame = (
  a: CertificateSummary | undefined,
  b: CertificateSummary | undefined,
): boolean =>
  a !== undefined &&
  b !== undefined &&
  a.fingerprintSha256 === b.fingerprintSha256;

/** What a probe says of trust: nothing where the CA that it should have trusted is not known. */
function seenVerified(
  facts: CertificateFacts,
  served: ServedCertificate | undefined,
): boolean | undefined {
  if (served?.verified !== false) return served?.verified;
  // A probe's verification is for one host, and fails where the name alone does not fit.
  if (OF_NAME.has(served.verificationError ?? '')) return undefined;
  const isCaKnown =
    facts.signer !== undefined ||
    facts.verified !== undefined ||
    facts.trust !== undefined;
  return isCaKnown ? false : undefined;
}

function trustOf(
  facts: CertificateFacts,
  served: ServedCertificate | undefined,
  earlier: CertificateInput['earlier'],
): { verified?: boolean; code?: string } {
  const seen = seenVerified(facts, served);
  const isIssued = !served?.leaf || isSame(served.leaf, facts.leaf);
  const told = isIssued ? facts.verified : earlier?.verified;
  // What the cluster tells is of now, and a probe is of a moment ago: where they differ, either may be the later.
  if (told === false) {
    return {
      verified: false,
      code: isIssued ? facts.verificationError : served?.verificationError,
    };
  }
  if (seen === false)
    return { verified: false, code: served?.verificationError };
  return { verified: seen ?? told };
}

function subjectOf(
  { certificate, secret }: CertificateFacts,
  cluster: string,
): Subject {
  return certificate
    ? {
        kind: 'Certificate',
        name: certificate.name,
        namespace: certificate.namespace,
        cluster,
      }
    : {
        kind: 'Secret',
        name: secret.name,
        namespace: secret.namespace,
        cluster,
      };
}

export function titleOf({ certificate, secret }: CertificateFacts): string {
  return certificate
    ? `Certificate ${certificate.namespace}/${certificate.name}`
    : `the certificate in Secret ${secret.namespace}/${secret.name}`;
}

/**
 * What has to be valid besides the leaf: what was issued with the leaf, and what was served with it unless that has verified,
 * since a server may send more than any client needs.
 */
function endsAbove(
  facts: CertificateFacts,
  served: ServedCertificate | undefined,
  isIssuedOne: boolean,
): (number | undefined)[] {
  return [
    ...(isIssuedOne ? [timeOf(facts.chainNotAfter)] : []),
    ...(served && served.verified !== true
      ? (served.chain ?? []).map(({ notAfter }) => timeOf(notAfter))
      : []),
  ];
}

const earliest = (times: readonly (number | undefined)[]) => {
  const known = times.filter((time): time is number => time !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
};

/**
 * `renew Certificate a/b` as a remedy for who reads it.
 *
 * @param owners - as in {@link CertificateQuestion}
 * @public
 */
export const remedyFor = (owners: string | undefined, what: string): string =>
  owners === undefined
    ? `${what[0].toUpperCase()}${what.slice(1)}.`
    : `Ask ${owners} to ${what}.`;

/** Gathers what the checks ask for. */
export function gatherCertificate(
  question: CertificateQuestion,
): CertificateInput {
  const { facts, settings, role = 'served', ofOldKey, owners } = question;
  const served = role === 'ca' ? undefined : question.served;
  const leaf = served?.leaf ?? facts.leaf;
  const isIssuedOne = !served?.leaf || isSame(served.leaf, facts.leaf);
  const earlier = isIssuedOne
    ? undefined
    : facts.earlier?.find(one => isSame(one.leaf, served?.leaf));
  // cert-manager's dates are of what it has issued last.
  const status = isIssuedOne ? facts.certificate : undefined;
  const end = leaf ? timeOf(leaf.notAfter) : timeOf(status?.notAfter);
  return {
    facts,
    served,
    settings,
    role,
    ofOldKey,
    owners,
    now: timeOf(question.now) ?? 0,
    leaf,
    isIssuedOne,
    earlier,
    ...trustOf(facts, served, earlier),
    begin: leaf ? timeOf(leaf.notBefore) : timeOf(status?.notBefore),
    end,
    chainEnd: earliest([end, ...endsAbove(facts, served, isIssuedOne)]),
    subject: subjectOf(facts, settings.cluster),
    title: titleOf(facts),
    todo: what => remedyFor(owners, what),
  };
}
