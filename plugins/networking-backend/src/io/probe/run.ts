import type { ProbeFacts } from 'backstage-plugin-networking-common';
import { expectedAddress, type lookUp } from '../dns';
import type { ProbeAddress } from './addresses';
import type { DialFacts, DialRequest } from './dial';
import type { ProbeOptions, ProbeTarget } from './target';

/** Bound of one probe over both of its addresses. */
export const TOTAL_TIMEOUT_MS = 5_000;

/** What a probe does to the network. */
export interface ProbeIo {
  dial(
    address: ProbeAddress,
    request: DialRequest,
    signal: AbortSignal,
  ): Promise<DialFacts>;
  lookUp: typeof lookUp;
  now(): Date;
}

/**
 * One probe: the first address that takes a connection, or the first of all where none does; and beside it, where the
 * host's name leads.
 */
export async function runProbe(
  io: ProbeIo,
  target: ProbeTarget,
  addresses: readonly ProbeAddress[],
  { settings, caPem }: ProbeOptions,
): Promise<ProbeFacts> {
  const began = io.now().getTime();
  const signal = AbortSignal.timeout(TOTAL_TIMEOUT_MS);
  const request: DialRequest = {
    host: target.host,
    path: target.path,
    publicPort: settings.network.publicHttpsPort,
    caPem,
  };
  const whereItLeads = io.lookUp(
    target.host,
    {
      resolver: settings.probe.resolver,
      expected: expectedAddress(settings),
    },
    signal,
  );
  let seen: { address: ProbeAddress; facts: DialFacts } | undefined;
  for (const address of addresses) {
    const facts = await io.dial(address, request, signal);
    const connected = facts.failure?.stage !== 'connect';
    if (connected || !seen) seen = { address, facts };
    if (connected || signal.aborted) break;
  }
  const durationMs = io.now().getTime() - began;
  const dns = await whereItLeads;
  return factsOf(target, seen!, io.now(), { durationMs, ...(dns && { dns }) });
}

/** What was seen of an address, as the facts of one target. */
export function factsOf(
  { host, path, route }: ProbeTarget,
  seen: { address: ProbeAddress; facts: DialFacts },
  now: Date,
  more: Pick<ProbeFacts, 'durationMs' | 'dns'>,
): ProbeFacts {
  return {
    host,
    ...seen.address,
    path,
    at: now.toISOString(),
    route,
    ...more,
    ...seen.facts,
  };
}
