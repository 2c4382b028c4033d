import { promises as dns } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import {
  parseAddress,
  type ClusterSettings,
  type DnsFacts,
} from 'backstage-plugin-networking-common';

/** For the first try; c-ares takes longer for each further one. */
const TIMEOUT_MS = 1_000;
const TRIES = 2;
/** Over all tries. */
const TOTAL_TIMEOUT_MS = 4_000;
/** A name that leads to more is not ours. */
const MAX_ADDRESSES = 8;

/** Answers of a resolver that knows no address; anything else is no answer. */
const NO_ADDRESS = new Set(['ENOTFOUND', 'ENODATA']);

type Answer = { addresses: string[]; code?: string };

const answerOf = (answer: Promise<string[]>): Promise<Answer> =>
  answer.then(
    addresses => ({ addresses }),
    ({ code = 'unknown' }: NodeJS.ErrnoException) => ({ addresses: [], code }),
  );

/** Where hosts of a cluster are to lead: the gateway's address. Undefined where the settings know none. */
export function expectedAddress({
  network,
  probe,
}: ClusterSettings): string | undefined {
  return network.lanIp || parseAddress(probe.address ?? '')?.ip;
}

/**
 * Where a host's name leads, by one resolver. What it answers is compared and shown, and never dialled. Asks for A and AAAA
 * alone, without search domains and without the hosts file of this machine. Never throws.
 *
 * @param options - `resolver`: as in the settings; `off` asks nobody. `expected`: an IP address
 */
export async function lookUp(
  host: string,
  options: { resolver: string; expected: string | undefined },
  signal: AbortSignal,
): Promise<DnsFacts | undefined> {
  const { resolver, expected } = options;
  if (resolver === 'off' || expected === undefined) return undefined;
  const asked = new dns.Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  const bound = AbortSignal.any([
    signal,
    AbortSignal.timeout(TOTAL_TIMEOUT_MS),
  ]);
  const cancel = () => asked.cancel();
  try {
    if (resolver !== 'system') asked.setServers([resolver]);
    bound.addEventListener('abort', cancel, { once: true });
    const [v4, v6] = await Promise.all([
      answerOf(asked.resolve4(host)),
      answerOf(asked.resolve6(host)),
    ]);
    return judge(v4, v6, { expected, resolver });
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return { state: 'failed', expected, addresses: [], resolver, code };
  } finally {
    bound.removeEventListener('abort', cancel);
  }
}

function judge(
  v4: Answer,
  v6: Answer,
  known: { expected: string; resolver: string },
): DnsFacts {
  const addresses = [...new Set([...v4.addresses, ...v6.addresses])];
  const codes = [v4.code, v6.code].filter(code => code !== undefined);
  if (addresses.length > 0) {
    return {
      ...known,
      state: addresses.every(isAddress(known.expected)) ? 'expected' : 'other',
      addresses: addresses.slice(0, MAX_ADDRESSES),
    };
  }
  // Cancelled here, when its time was over.
  const failure = codes.find(code => !NO_ADDRESS.has(code));
  if (failure !== undefined) {
    const code = failure === 'ECANCELLED' ? 'ETIMEOUT' : failure;
    return { ...known, state: 'failed', addresses, code };
  }
  return {
    ...known,
    state: 'empty',
    addresses,
    ...(codes.length > 0 && { code: codes[0] }),
  };
}

/** Is an address this one, however it is written? IPv6 has many forms, one of them for IPv4. */
function isAddress(expected: string): (address: string) => boolean {
  const list = new BlockList();
  list.addAddress(expected, isIP(expected) === 6 ? 'ipv6' : 'ipv4');
  return address => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
