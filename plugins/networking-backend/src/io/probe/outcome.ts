import { leadsBack, type ProbeFacts } from 'backstage-plugin-networking-common';

/** The service behind a host asks who is there, or wants another method: requests arrive. */
const ARRIVED = new Set([401, 405]);

/**
 * Did a probe find everything in order? Then there is nothing to wait for.
 *
 * @param issued - SHA-256 fingerprints of what may be served; a gateway that serves something else has not taken up a renewal
 */
export function isGood(facts: ProbeFacts, issued?: readonly string[]): boolean {
  const { http, tls, failure } = facts;
  const { status = 500 } = http ?? {};
  const served = tls?.leaf?.fingerprintSha256;
  return (
    !failure &&
    tls?.verified === true &&
    !tls.refused &&
    (status < 400 || ARRIVED.has(status)) &&
    !leadsBack(facts) &&
    (!issued || served === undefined || issued.includes(served))
  );
}

/** What readers see of a probe beside its time: another text, another sight. */
export const outcomeOf = ({
  http,
  tls,
  failure,
  dns,
  port,
  notShown,
}: ProbeFacts) =>
  JSON.stringify([
    port,
    http?.status,
    http?.fromService,
    http?.redirect,
    http?.setsCookie,
    tls?.verified,
    tls?.verificationError,
    tls?.leaf?.fingerprintSha256,
    failure?.stage,
    failure?.code,
    dns?.state,
    dns?.addresses,
    tls?.refused?.code,
    notShown,
  ]);
