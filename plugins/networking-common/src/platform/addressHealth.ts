import type { ClusterSettings } from '../settings/types';
import type { Finding, ProbeFacts } from '../verdicts/types';
import { PLATFORM_REASONS } from './reasons';

const FOUND: Record<NonNullable<ProbeFacts['notShown']>['found'], string> = {
  refused: 'it refuses connections',
  timedOut: 'nothing answers there in time',
  unreachable: 'it cannot be reached',
  noTls: 'what answers there does not complete a TLS handshake',
  otherCertificate: "a certificate is served there that is not the Gateway's",
};

/**
 * What all hosts of a cluster share of the address that is dialled, as one finding of the platform: that the Gateway has not shown
 * itself at an address that was computed, or that no connection to it is made.
 *
 * @param probes - the last of each host, all at the address that is dialled now
 * @public
 */
export function addressFindings(
  { cluster, gateway, probe }: ClusterSettings,
  probes: readonly ProbeFacts[],
): Finding[] {
  const newest = [...probes].sort((a, b) => b.at.localeCompare(a.at));
  const [last] = newest;
  if (!last) return [];
  const place = `${last.address}:${last.port}`;
  const subject = {
    kind: 'Gateway',
    name: gateway.name,
    namespace: gateway.namespace,
    cluster,
  };
  if (last.notShown) {
    const { found, subject: served } = last.notShown;
    return [
      {
        reason: PLATFORM_REASONS.gatewayNotShown,
        severity: 'warning',
        message: `Hosts of cluster ${cluster} are not checked from here: ${place} was computed from the network of the machine that runs Backstage, and the Gateway has not shown itself there; ${
          FOUND[found]
        }${served ? ` (${served})` : ''}.`,
        remedy:
          "Set [network] lan_ip in config.toml to the Gateway's address, or [probe] address where Backstage reaches it at another one.",
        subject,
        details: { at: last.at, found },
      },
    ];
  }
  if (!newest.every(({ failure }) => failure?.stage === 'connect')) return [];
  return [
    {
      reason: PLATFORM_REASONS.gatewayUnreachable,
      severity: 'error',
      message: `Requests to every host of cluster ${cluster} fail: no connection to ${place} is made.`,
      remedy: probe.address
        ? `Start Gateway ${gateway.namespace}/${gateway.name}, or correct [probe] address in config.toml.`
        : `Start Gateway ${gateway.namespace}/${gateway.name}, or set [probe] address in config.toml to where it can be reached.`,
      subject,
      details: { at: last.at, code: last.failure?.code ?? '' },
    },
  ];
}
