import { coversHost } from '../hostnames';
import { findCondition } from '../gateway-api/conditions';
import { normalizeHostname } from '../gateway-api/hostname';
import { reachOf, refusalOfKey } from './clients/refusals';
import type { CertificateFacts } from './types';

/** What is known of the names of a certificate: those that it has, else those that it was ordered for. */
export const namesOf = ({ leaf, certificate }: CertificateFacts): string[] =>
  leaf?.dnsNames ?? certificate?.dnsNames ?? [];

/**
 * Is there a Certificate, of which cert-manager has not issued anything yet? Gateways serve whatever else they have then, which
 * tells nothing of it unless it verifies for the host.
 */
export const isNeverIssued = ({
  certificate,
  leaf,
}: CertificateFacts): boolean =>
  certificate !== undefined &&
  leaf === undefined &&
  certificate.revision === undefined &&
  certificate.notAfter === undefined &&
  findCondition(certificate.conditions, 'Ready')?.status !== 'True';

/** Names of an exact host before a wildcard that covers it, before others. */
function rankFor(host: string, facts: CertificateFacts): number {
  const names = namesOf(facts).map(normalizeHostname);
  if (names.includes(normalizeHostname(host))) return 2;
  return coversHost(names, host) ? 1 : 0;
}

const isOrWas = (facts: CertificateFacts, fingerprint: string) =>
  [facts.leaf, ...(facts.earlier ?? []).map(({ leaf }) => leaf)].some(
    leaf => leaf?.fingerprintSha256 === fingerprint,
  );

/** A gateway that has several gives each client one that it takes. */
const isTakenByAll = ({ leaf }: CertificateFacts) =>
  !leaf?.key || reachOf(refusalOfKey(leaf.key, 'leaf')) === 'none';

/**
 * Of the certificates of a listener the one that it serves a host with: one that names the host before a wildcard that covers
 * it. Of equals, as where one has an RSA key and one an EC key, the one that was served, then the first whose key every client takes, then the first.
 *
 * @param fingerprint - SHA-256 of the leaf that was served for the host
 */
export function certificateFor(
  host: string,
  candidates: readonly CertificateFacts[],
  fingerprint?: string,
): CertificateFacts | undefined {
  const ranked = candidates.map(facts => ({
    facts,
    rank: rankFor(host, facts),
  }));
  const best = Math.max(...ranked.map(({ rank }) => rank));
  const equals = ranked.filter(({ rank }) => rank === best);
  const chosen =
    fingerprint === undefined
      ? undefined
      : equals.find(({ facts }) => isOrWas(facts, fingerprint));
  const usable = equals.find(({ facts }) => isTakenByAll(facts));
  return (chosen ?? usable ?? equals[0])?.facts;
}
