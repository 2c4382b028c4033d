/**
 * The hostnames that a listener and a route have in common, which is what the route is reachable at through that
 * listener; undefined where they have none. `*.x` stands for one or more labels before `x` and not for `x` itself.
 * A missing or empty hostname, and `*`, stand for every host; two of them have `*` in common.
 *
 * Source: `hostname` of listener and HTTPRoute in the Gateway API specification.
 * @public
 */
export function intersectHostname(
  listener: string | undefined,
  route: string | undefined,
): string | undefined {
  const a = normalizeHostname(listener);
  const b = normalizeHostname(route);
  if (a === b || matchesPattern(a, b)) return b;
  return matchesPattern(b, a) ? a : undefined;
}

/** Lower case, without the root dot; `*` for every host. */
export function normalizeHostname(hostname: string | undefined): string {
  const text =
    typeof hostname === 'string'
      ? hostname.toLowerCase().replace(/\.$/, '')
      : '';
  return text === '' ? '*' : text;
}

/** Is every host that `hostname` (exact or wildcard, normalized) stands for also one of `pattern`? */
function matchesPattern(pattern: string, hostname: string): boolean {
  if (pattern === '*') return true;
  if (!pattern.startsWith('*.')) return false;
  const suffix = pattern.slice(1);
  return hostname.length > suffix.length && hostname.endsWith(suffix);
}
