import { createHash } from 'node:crypto';
import type {
  ClusterSettings,
  ProbeFacts,
} from 'backstage-plugin-networking-common';
import type { GatewayAddressStore } from '../database';
import { probeAddresses } from './addresses';
import type { ProbeTarget } from './target';

/** The Gateway and what is dialled for it: another of them has to show itself again. */
function placeOf(settings: ClusterSettings): string {
  const { cluster, gateway } = settings;
  const { namespace, name } = gateway;
  return createHash('sha256')
    .update(
      JSON.stringify([cluster, namespace, name, probeAddresses(settings)]),
    )
    .digest('hex');
}

/** A certificate that a listener of the Gateway uses: the one issued for it, or one that its CA vouches for at this host. */
function showsGateway({ tls }: ProbeFacts, { issued }: ProbeTarget): boolean {
  const served = tls?.leaf?.fingerprintSha256;
  return (
    tls?.verified === true ||
    (served !== undefined && issued?.includes(served) === true)
  );
}

const NOT_ANSWERED: Record<string, 'refused' | 'timedOut'> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timedOut',
  ABORT_ERR: 'timedOut',
};

/** What is left of a probe that says nothing of its host. */
function withoutHost(facts: ProbeFacts): ProbeFacts {
  const { tls, http, dns, failure, ...rest } = facts;
  if (tls) {
    const subject = tls.leaf?.subject;
    return {
      ...rest,
      notShown: { found: 'otherCertificate', ...(subject && { subject }) },
    };
  }
  const found =
    failure?.stage === 'connect'
      ? NOT_ANSWERED[failure.code] ?? 'unreachable'
      : 'noTls';
  return { ...rest, ...(failure && { failure }), notShown: { found } };
}

/** Remembers at which computed addresses a Gateway has shown itself. An address that somebody set is trusted. */
export function createShownAddresses(options: {
  store: GatewayAddressStore;
  now: () => number;
  onError(error: unknown): void;
}) {
  const { store, now, onError } = options;
  const known = new Set<string>();

  const isShownAt = async (cluster: string, place: string) => {
    if (known.has(place)) return true;
    // What cannot be read is not proved.
    const shown = await store.isShown(cluster, place).catch(error => {
      onError(error);
      return false;
    });
    if (shown) known.add(place);
    return shown;
  };

  return {
    isShown: async (settings: ClusterSettings): Promise<boolean> =>
      !settings.probe.isComputed ||
      isShownAt(settings.cluster, placeOf(settings)),

    /** The facts as they are where the address proves something, and what was found there alone where it does not. */
    async judge(
      facts: ProbeFacts,
      target: ProbeTarget,
      settings: ClusterSettings,
    ): Promise<ProbeFacts> {
      const { cluster, probe } = settings;
      if (!probe.isComputed) return facts;
      const place = placeOf(settings);
      if (await isShownAt(cluster, place)) return facts;
      if (!showsGateway(facts, target)) return withoutHost(facts);
      known.add(place);
      await store.show(cluster, place, now()).catch(onError);
      return facts;
    },
  };
}
