import { objectKey } from '../gateway-api/indexes';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import type { Finding } from '../verdicts/types';
import { titleOf } from './judge';
import type { CertificateFacts } from './types';

/**
 * Titles of the certificates that were judged to be of a key which their CA no longer has, by the Secret of the CA that would
 * sign them today.
 *
 * @param judged - what is served, with its findings
 */
export function ofOldKeys(
  judged: readonly { facts: CertificateFacts; findings: readonly Finding[] }[],
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { facts, findings } of judged) {
    const { ca } = facts;
    const isOfOldKey = findings.some(
      ({ reason }) => reason === REASON.certificateOfOldCaKey,
    );
    // One that was issued anew already only has yet to be served.
    if (!ca || !isOfOldKey || facts.verified === true) continue;
    const key = objectKey(ca.namespace, ca.secretName);
    found.set(key, [...(found.get(key) ?? []), titleOf(facts)]);
  }
  return found;
}
