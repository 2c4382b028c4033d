import { normalizeHostname } from '../gateway-api/hostname';
import type { Snapshot } from '../gateway-api/snapshot';
import type { Route } from '../gateway-api/types';

/** A route's claim to a host. @public */
export interface HostClaim {
  route: Route;
  /** The route's own hostname that claims it; `*` where the route names none and so takes what its listeners serve. */
  hostname: string;
  /** `exact`: the route names this very host. `wildcard`: it names more, and a route that is exact goes before it. */
  kind: 'exact' | 'wildcard';
}

/** The hostnames that stand for a host, itself first: `a.b.c`, `*.b.c`, `*.c`, `*`. Normalized. */
function hostnamesFor(host: string): string[] {
  const labels = host.replace(/^\*\./, '').split('.');
  const parents = labels
    .slice(1)
    .map((_, index) => `*.${labels.slice(index + 1).join('.')}`);
  return [...new Set([host, ...parents, '*'])];
}

/**
 * Every claim to a host by a route of the cluster, of any kind, in any namespace and on any gateway, exact ones first; each
 * route once. Costs no more as the cluster grows.
 * @public
 */
export function hostClaims(host: string, snapshot: Snapshot): HostClaim[] {
  const wanted = normalizeHostname(host);
  const seen = new Set<Route>();
  return hostnamesFor(wanted).flatMap(hostname =>
    snapshot
      .find('routesByHostname', hostname)
      .flatMap((route): HostClaim[] => {
        if (seen.has(route)) return [];
        seen.add(route);
        const kind = hostname === wanted ? 'exact' : 'wildcard';
        return [{ route, hostname, kind }];
      }),
  );
}

/**
 * The routes that claim a host, those that name it exactly first. {@link hostClaims} tells exact from wildcard.
 * @public
 */
export function routesForHost(host: string, snapshot: Snapshot): Route[] {
  return hostClaims(host, snapshot).map(claim => claim.route);
}
