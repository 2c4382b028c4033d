import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';

/** Linux's IPv4 routing table: proc(5), /proc/net/route. */
const ROUTING_TABLE = '/proc/net/route';
/** `RTF_UP` of linux/route.h. */
const ROUTE_IS_UP = 0x1;

/** The interface that holds the default route, and its IPv4 address. @public */
export interface DefaultRoute {
  interface: string;
  lanIp: string;
}

/**
 * The IPv4 address of the interface that holds the default route with the lowest
 * metric, found without sending a packet. Undefined where there is none, and on
 * systems without this table.
 */
export function findDefaultRoute(
  options: {
    readTable?: () => string;
    interfaces?: typeof networkInterfaces;
  } = {},
): DefaultRoute | undefined {
  const {
    readTable = () => readFileSync(ROUTING_TABLE, 'utf8'),
    interfaces = networkInterfaces,
  } = options;
  let table: string;
  try {
    table = readTable();
  } catch {
    return undefined;
  }
  const [best] = table
    .split('\n')
    .slice(1)
    .map(line => line.trim().split(/\s+/))
    .filter(
      ([, destination, , flags, , , , mask]) =>
        destination === '00000000' &&
        mask === '00000000' &&
        // eslint-disable-next-line no-bitwise
        (parseInt(flags, 16) & ROUTE_IS_UP) !== 0,
    )
    .map(([name, , , , , , metric]) => ({ name, metric: Number(metric) }))
    .sort((a, b) => a.metric - b.metric);
  if (!best) return undefined;
  const address = interfaces()[best.name]?.find(
    candidate => candidate.family === 'IPv4' && !candidate.internal,
  );
  return address && { interface: best.name, lanIp: address.address };
}
