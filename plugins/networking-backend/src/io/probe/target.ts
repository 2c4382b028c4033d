import { createHash } from 'node:crypto';
import type { ClusterSettings } from 'backstage-plugin-networking-common';
import { LRUCache } from 'lru-cache';
import type { ProbeKey } from '../database';
import type { ProbeAddress } from './addresses';

/** A host to ask for, from `hostsToProbe` and from nowhere else. */
export interface ProbeTarget {
  host: string;
  path: string;
  route: { uid: string; generation: number };
  /**
   * What else of the cluster an answer hangs on, as a text: when it is another one, the host may be asked again at once.
   * Default: nothing.
   */
  hangsOn?: () => string;
  /**
   * SHA-256 fingerprints of the certificates that were issued last for its listener: until one of them is served, a change is
   * not taken up. Default: not known.
   */
  issued?: readonly string[];
}

/** What is asked of all targets of one call. */
export interface ProbeOptions {
  settings: ClusterSettings;
  /** PEM of what certificates are to be verified against. Undefined: the roots of this system. */
  caPem?: string;
}

export const keyOf = (
  { host, route }: ProbeTarget,
  { cluster }: ClusterSettings,
): ProbeKey => ({ cluster, host, route: route.uid });

const digest = (text: string) =>
  createHash('sha256').update(text).digest('hex');

/** The CAs of some clusters, before and after a change: each some kB, and the same for hundreds of hosts. */
const MAX_DIGESTS = 32;
const digests = new LRUCache<string, string>({
  max: MAX_DIGESTS,
  memoMethod: digest,
});

/** Facts of another basis are no answer to what is asked: another path, address, CA or version of the route. */
export function basisOf(
  { host, path, route }: ProbeTarget,
  addresses: readonly ProbeAddress[],
  { settings, caPem = '' }: ProbeOptions,
): string {
  return digest(
    JSON.stringify([
      host,
      path,
      route.uid,
      route.generation,
      addresses.map(({ address, port }) => [address, port]),
      settings.network.publicHttpsPort,
      digests.memo(caPem),
      ...(settings.probe.isComputed ? ['computed'] : []),
    ]),
  );
}

/** The basis, and all else that the answer hangs on. */
export const evidenceOf = (target: ProbeTarget, basis: string): string =>
  target.hangsOn ? digest(`${basis}\n${target.hangsOn()}`) : basis;
