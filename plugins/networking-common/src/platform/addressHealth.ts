import { VERDICT_REASONS } from '../findings/reasons';
import type { ClusterState } from '../exposures/types';
import { NO_PROBE } from '../settings/checks';
import type { ClusterSettings } from '../settings/types';
import type { Finding, ProbeFacts } from '../verdicts/types';
import { PLATFORM_REASONS as REASON } from './reasons';

const FOUND: Record<NonNullable<ProbeFacts['notShown']>['found'], string> = {
  refused: 'it refuses connections',
  timedOut: 'nothing answers there in time',
  unreachable: 'it cannot be reached',
  noTls: 'what answers there does not complete a TLS handshake',
  otherCertificate: "a certificate is served there that is not the Gateway's",
};

/** Reasons of hosts, by the reason of the finding that says the same once for all hosts of a cluster. */
const SAID_OF_HOSTS: ReadonlyMap<string, readonly string[]> = new Map([
  [REASON.probeOff, [VERDICT_REASONS.probeOff]],
  [REASON.probeAddressUnknown, [VERDICT_REASONS.probeAddressUnknown]],
  [REASON.gatewayNotShown, [VERDICT_REASONS.gatewayNotShown]],
  [
    REASON.gatewayUnreachable,
    [
      VERDICT_REASONS.probeRefused,
      VERDICT_REASONS.probeTimedOut,
      VERDICT_REASONS.probeUnreachable,
    ],
  ],
]);

/** Is this finding of a cluster one that its hosts share? @public */
export const isSharedCause = ({ reason }: Pick<Finding, 'reason'>): boolean =>
  SAID_OF_HOSTS.has(reason);

/** May what decided a host's verdict be shared by all hosts of its cluster? @public */
export const mayBeShared = ({ reason }: Pick<Finding, 'reason'>): boolean =>
  [...SAID_OF_HOSTS.values()].some(reasons => reasons.includes(reason));

/**
 * Is what decided a host's verdict said already of its cluster, so that no host needs to say it again?
 *
 * @param verdict - the finding that decided the verdict
 * @param state - of the host's cluster
 * @public
 */
export function isSaidOfCluster(
  { reason }: Pick<Finding, 'reason'>,
  state: Pick<ClusterState, 'reachable' | 'findings'> | undefined,
): boolean {
  if (!state) return false;
  if (!state.reachable) return reason === VERDICT_REASONS.clusterUnreachable;
  return state.findings.some(said =>
    SAID_OF_HOSTS.get(said.reason)?.includes(reason),
  );
}

/** What all hosts share, in the words of those who set it, and of those who can only ask for it. */
interface Cause {
  reason: string;
  severity: Finding['severity'];
  message: { admins: string; readers: string };
  remedy: { admins: string; readers: string };
  details?: Record<string, string>;
}

function causeOf(
  { cluster, gateway, network, probe }: ClusterSettings,
  probes: readonly ProbeFacts[],
): Cause | undefined {
  const notChecked = `Hosts of cluster ${cluster} are not checked from here`;
  const tryIt = 'Open a URL yourself to see whether it answers';
  const setAddress = {
    admins:
      "Set [network] lan_ip in config.toml to the Gateway's address, or [probe] address where Backstage reaches it at another one.",
    readers: `${tryIt}, and ask the platform's admins to set [probe] address.`,
  };
  if (probe.address === NO_PROBE) {
    return {
      reason: REASON.probeOff,
      severity: 'info',
      message: {
        admins: `${notChecked}: [probe] address is none.`,
        readers: `${notChecked}: the platform has turned the checks off.`,
      },
      remedy: {
        admins:
          "Set [probe] address to the Gateway's address to have them checked.",
        readers: `${tryIt}.`,
      },
    };
  }
  if (!probe.address && !network.lanIp) {
    return {
      reason: REASON.probeAddressUnknown,
      severity: 'warning',
      message: {
        admins: `${notChecked}: no setting names the Gateway's address, and the machine that runs Backstage has no default route to compute it from.`,
        readers: `${notChecked}: Backstage does not know the gateway's address.`,
      },
      remedy: setAddress,
    };
  }
  if (probes.length === 0) return undefined;
  const last = probes.reduce((a, b) => (b.at > a.at ? b : a));
  const place = `${last.address}:${last.port}`;
  if (last.notShown) {
    const { found, subject: served } = last.notShown;
    return {
      reason: REASON.gatewayNotShown,
      severity: 'warning',
      message: {
        admins: `${notChecked}: ${place} was computed from the network of the machine that runs Backstage, and the Gateway has not shown itself there; ${
          FOUND[found]
        }${served ? ` (${served})` : ''}.`,
        readers: `${notChecked}: Backstage has not found the gateway's address.`,
      },
      remedy: setAddress,
      details: { at: last.at, found },
    };
  }
  if (!probes.every(({ failure }) => failure?.stage === 'connect')) {
    return undefined;
  }
  const name = `${gateway.namespace}/${gateway.name}`;
  const message = `Requests to every host of cluster ${cluster} fail: no connection to ${place} is made.`;
  return {
    reason: REASON.gatewayUnreachable,
    severity: 'error',
    message: { admins: message, readers: message },
    remedy: {
      admins: `Start Gateway ${name}, or ${
        probe.address
          ? 'correct [probe] address in config.toml'
          : 'set [probe] address in config.toml to where it can be reached'
      }.`,
      readers: `Ask the platform's admins whether Gateway ${name} runs.`,
    },
    details: { at: last.at, code: last.failure?.code ?? '' },
  };
}

/**
 * What all hosts of a cluster share of the address that is dialled, as one finding: that none is dialled or known, that the
 * Gateway has not shown itself at one that was computed, or that no connection to it is made.
 *
 * @param probes - the last of each host, all at the address that is dialled now
 * @param audience - `admins` set what is named; `readers` can only ask for it
 * @public
 */
export function addressFinding(
  settings: ClusterSettings,
  probes: readonly ProbeFacts[],
  audience: 'admins' | 'readers',
): Finding | undefined {
  const cause = causeOf(settings, probes);
  if (!cause) return undefined;
  const { reason, severity, message, remedy, details } = cause;
  const { cluster, gateway } = settings;
  return {
    reason,
    severity,
    message: message[audience],
    remedy: remedy[audience],
    subject: {
      kind: 'Gateway',
      name: gateway.name,
      namespace: gateway.namespace,
      cluster,
    },
    ...(details && { details }),
  };
}
