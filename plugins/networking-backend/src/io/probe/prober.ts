import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type {
  ClusterSettings,
  ProbeFacts,
} from 'backstage-plugin-networking-common';
import { probeAddresses, type ProbeAddress } from './addresses';
import { dial as dialOnce, type DialFacts, type DialRequest } from './dial';
import { createLimiter } from './limiter';

/** Bound of one probe over both of its addresses. */
const TOTAL_TIMEOUT_MS = 5_000;
const MAX_CONCURRENT = 8;
/** Callers that come within this time share one answer. */
const REUSE_MS = 2_000;
/** How long an answer is evidence for a list, which dials nothing. */
const RECENT_MS = 60_000;
/** A good answer that is older is asked for again while it is served. */
const REFRESH_MS = 10_000;
/** Some kB each; the oldest make room. */
const MAX_RECENT = 2_000;
/** How long a request waits for its probes; hosts still in the queue go without. */
const PATIENCE_MS = 8_000;

export interface ProbeTarget {
  host: string;
  path: string;
  route: { uid: string; generation: number };
}

/**
 * Proves that hosts answer. Which address is dialled is the settings' choice
 * alone.
 */
export interface Prober {
  /**
   * @param targets - from `hostsToProbe`, and from nowhere else
   * @returns in no order; targets that could not be probed in time are missing
   */
  probe(
    targets: readonly ProbeTarget[],
    options: { settings: ClusterSettings; caPem?: string },
  ): Promise<ProbeFacts[]>;
  /**
   * What probes of the last minute found where it was good, at once; what is older than some seconds is probed again
   * meanwhile, for the next to ask. Where nothing good is known the host is dialled and waited for, as by `probe`.
   */
  latest(
    targets: readonly ProbeTarget[],
    options: { settings: ClusterSettings; caPem?: string },
  ): Promise<ProbeFacts[]>;
  /**
   * What probes of the last minute found, without dialling: of the same hosts,
   * paths, route generations, addresses and CA. Targets without one are missing.
   */
  recent(
    targets: readonly ProbeTarget[],
    options: { settings: ClusterSettings; caPem?: string },
  ): ProbeFacts[];
}

export function createProber(
  options: {
    now?: () => Date;
    dial?: (
      address: ProbeAddress,
      request: DialRequest,
      signal: AbortSignal,
    ) => Promise<DialFacts>;
    patienceMs?: number;
    /** Told when a probe that nobody waited for found something else than the one before. */
    onOutcome?: () => void;
  } = {},
): Prober {
  const { now = () => new Date(), dial = dialOnce } = options;
  const limit = createLimiter(MAX_CONCURRENT);
  const shared = new Map<
    string,
    { facts: Promise<ProbeFacts>; endedAt?: number }
  >();
  /** In the order in which they ended. */
  const latest = new Map<string, { facts: ProbeFacts; endedAt: number }>();

  const keep = (key: string, facts: ProbeFacts) => {
    const endedAt = now().getTime();
    latest.delete(key);
    latest.set(key, { facts, endedAt });
    for (const [oldest, entry] of latest) {
      const isOver =
        latest.size > MAX_RECENT || endedAt - entry.endedAt > RECENT_MS;
      if (!isOver) break;
      latest.delete(oldest);
    }
  };

  const run = async (
    target: ProbeTarget,
    addresses: ProbeAddress[],
    settings: ClusterSettings,
    caPem: string | undefined,
  ): Promise<ProbeFacts> => {
    const began = now().getTime();
    const signal = AbortSignal.timeout(TOTAL_TIMEOUT_MS);
    const { publicHttpsPort } = settings.network;
    const request: DialRequest = {
      host: target.host,
      path: target.path,
      hostHeader:
        publicHttpsPort === 443
          ? target.host
          : `${target.host}:${publicHttpsPort}`,
      caPem,
    };
    let seen: { address: ProbeAddress; facts: DialFacts } | undefined;
    for (const address of addresses) {
      const facts = await dial(address, request, signal);
      const connected = facts.failure?.stage !== 'connect';
      if (connected || !seen) seen = { address, facts };
      if (connected || signal.aborted) break;
    }
    const { address, facts } = seen!;
    return {
      host: target.host,
      ...address,
      path: target.path,
      at: now().toISOString(),
      route: target.route,
      durationMs: now().getTime() - began,
      ...facts,
    };
  };

  const probeOne = (
    target: ProbeTarget,
    addresses: ProbeAddress[],
    settings: ClusterSettings,
    caPem: string | undefined,
  ): Promise<ProbeFacts> => {
    for (const [key, { endedAt }] of shared) {
      if (endedAt !== undefined && now().getTime() - endedAt > REUSE_MS) {
        shared.delete(key);
      }
    }
    const key = keyOf(target, addresses, settings, caPem);
    const existing = shared.get(key);
    if (existing) return existing.facts;
    const entry: { facts: Promise<ProbeFacts>; endedAt?: number } = {
      facts: limit(() => run(target, addresses, settings, caPem)),
    };
    shared.set(key, entry);
    return entry.facts
      .then(facts => {
        keep(key, facts);
        return facts;
      })
      .finally(() => {
        entry.endedAt = now().getTime();
      });
  };

  const isGood = ({ http, tls, failure }: ProbeFacts) =>
    !failure && tls?.verified === true && (http?.status ?? 500) < 400;

  const outcomeOf = ({ http, tls, failure }: ProbeFacts) =>
    JSON.stringify([http?.status, tls?.verified, failure?.code]);

  const prober: Prober = {
    async probe(targets, { settings, caPem }) {
      const addresses = probeAddresses(settings);
      if (addresses.length === 0 || targets.length === 0) return [];
      const patience = new AbortController();
      const patienceEnded = delay(
        options.patienceMs ?? PATIENCE_MS,
        undefined,
        { signal: patience.signal },
      ).catch(() => undefined);
      const results = await Promise.all(
        targets.map(target =>
          Promise.race([
            probeOne(target, addresses, settings, caPem),
            patienceEnded,
          ]),
        ),
      );
      patience.abort();
      return results.flatMap(facts => facts ?? []);
    },

    async latest(targets, { settings, caPem }) {
      const addresses = probeAddresses(settings);
      const time = now().getTime();
      const known = new Map<ProbeTarget, ProbeFacts>();
      for (const target of targets) {
        const entry = latest.get(keyOf(target, addresses, settings, caPem));
        if (!entry || !isGood(entry.facts)) continue;
        if (time - entry.endedAt > RECENT_MS) continue;
        known.set(target, entry.facts);
        if (time - entry.endedAt <= REFRESH_MS) continue;
        probeOne(target, addresses, settings, caPem).then(
          facts => {
            if (outcomeOf(facts) !== outcomeOf(entry.facts)) {
              options.onOutcome?.();
            }
          },
          () => undefined,
        );
      }
      const unknown = targets.filter(target => !known.has(target));
      return [
        ...known.values(),
        ...(await prober.probe(unknown, { settings, caPem })),
      ];
    },

    recent(targets, { settings, caPem }) {
      const addresses = probeAddresses(settings);
      const time = now().getTime();
      return targets.flatMap(target => {
        const entry = latest.get(keyOf(target, addresses, settings, caPem));
        return entry && time - entry.endedAt <= RECENT_MS ? entry.facts : [];
      });
    },
  };
  return prober;
}

/** Everything that the facts of a probe depend on. */
function keyOf(
  { host, path, route }: ProbeTarget,
  addresses: ProbeAddress[],
  settings: ClusterSettings,
  caPem: string | undefined,
): string {
  return JSON.stringify([
    settings.cluster,
    host,
    path,
    route.uid,
    route.generation,
    addresses,
    settings.network.publicHttpsPort,
    caPem && createHash('sha256').update(caPem).digest('hex'),
  ]);
}
