import { isIPv4 } from 'node:net';

/**
 * True for 127.0.0.0/8 (RFC 1122, section 3.2.1.3), `::1` (RFC 4291, section 2.5.3), both also as an IPv4-mapped IPv6
 * address, which is how a dual-stack socket names an IPv4 peer.
 */
export function isLoopbackAddress(address: string | undefined): boolean {
  if (!address) return false;
  const bare = address.toLowerCase().replace(/^::ffff:/, '');
  return bare === '::1' || (isIPv4(bare) && bare.startsWith('127.'));
}

/**
 * True for a loopback address or `localhost` (RFC 6761, section 6.3), as it stands in a URL, a Host header (with or
 * without port) or `backend.listen.host`.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  if (!host) return false;
  const bare = host
    .toLowerCase()
    .replace(/^\[([^\]]*)\](:\d+)?$/, '$1')
    .replace(/^([^:]*):\d+$/, '$1');
  return bare === 'localhost' || isLoopbackAddress(bare);
}

/** True for an absolute URL whose host is loopback. */
export function isLoopbackUrl(url: string | undefined): boolean {
  if (!url || !URL.canParse(url)) return false;
  return isLoopbackHost(new URL(url).hostname);
}
