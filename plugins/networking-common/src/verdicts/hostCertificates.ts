import type { Snapshot } from '../gateway-api/snapshot';
import type { HttpRoute } from '../gateway-api/types';
import type { CertificateFacts } from '../certificates/types';
import type { ClusterSettings } from '../settings/types';
import { gatherHost, gatherRoute, hostsOf } from './input';
import type { Facts } from './types';

/**
 * What is known of the certificate of each host of a route that is served over TLS: hosts of one certificate together, in
 * the order of the hosts.
 *
 * @param input - `now` is ISO 8601
 * @public
 */
export function certificatesOfHosts(input: {
  route: HttpRoute;
  snapshot: Snapshot;
  settings: ClusterSettings;
  facts: Facts;
  now: string;
}): { hosts: string[]; facts: CertificateFacts }[] {
  const { route, snapshot, settings, facts, now } = input;
  const gathered = gatherRoute(route, snapshot, settings, now);
  const found = new Map<CertificateFacts, string[]>();
  for (const host of hostsOf(gathered)) {
    const { certificate } = gatherHost(gathered, host, {
      certificates: facts.certificates,
      probe: facts.probes?.[host],
    });
    if (!certificate) continue;
    found.set(certificate, [...(found.get(certificate) ?? []), host]);
  }
  return [...found].map(([certificate, hosts]) => ({
    hosts,
    facts: certificate,
  }));
}
