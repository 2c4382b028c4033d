import type { ProbeFacts } from 'backstage-plugin-networking-common';

/** The service behind a host asks who is there, or wants another method: requests arrive. */
const ARRIVED = new Set([401, 405]);

/** Did a probe find everything in order? Then there is nothing to wait for. */
export function isGood({ http, tls, failure }: ProbeFacts): boolean {
  const { status = 500 } = http ?? {};
  return (
    !failure && tls?.verified === true && (status < 400 || ARRIVED.has(status))
  );
}

/** What readers see of a probe beside its time: another text, another sight. */
export const outcomeOf = ({ http, tls, failure, dns, port }: ProbeFacts) =>
  JSON.stringify([
    port,
    http?.status,
    http?.fromService,
    tls?.verified,
    tls?.verificationError,
    tls?.leaf?.fingerprintSha256,
    failure?.stage,
    failure?.code,
    dns?.state,
    dns?.addresses,
  ]);
