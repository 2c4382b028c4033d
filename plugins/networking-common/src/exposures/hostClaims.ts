import { intersectHostname, normalizeHostname } from '../gateway-api/hostname';
import { stringsOf } from '../gateway-api/lenient';
import type { Snapshot } from '../gateway-api/snapshot';
import type { HttpRoute } from '../gateway-api/types';

/** A route's claim to a host. @public */
export interface HostClaim {
  route: HttpRoute;
  /** The route's own hostname that claims it; `*` where the route names none and so takes what its listeners serve. */
  hostname: string;
  /** `exact`: the route names this very host. `wildcard`: it names more, and a route that is exact goes before it. */
  kind: 'exact' | 'wildcard';
}

/**
 * Every claim to a host by a route of the cluster, in any namespace and on any gateway, exact ones first; each route
 * once.
 * @public
 */
export function hostClaims(host: string, snapshot: Snapshot): HostClaim[] {
  const wanted = normalizeHostname(host);
  const claims = snapshot.list('HTTPRoute').flatMap((route): HostClaim[] => {
    const named = stringsOf(route.spec?.hostnames).map(normalizeHostname);
    const hostnames = named.length > 0 ? named : ['*'];
    if (hostnames.includes(wanted)) {
      return [{ route, hostname: wanted, kind: 'exact' }];
    }
    const covering = hostnames.find(
      hostname => intersectHostname(hostname, wanted) === wanted,
    );
    return covering === undefined
      ? []
      : [{ route, hostname: covering, kind: 'wildcard' }];
  });
  return [
    ...claims.filter(claim => claim.kind === 'exact'),
    ...claims.filter(claim => claim.kind === 'wildcard'),
  ];
}

/**
 * The routes that claim a host, those that name it exactly first. {@link hostClaims} tells exact from wildcard.
 * @public
 */
export function routesForHost(host: string, snapshot: Snapshot): HttpRoute[] {
  return hostClaims(host, snapshot).map(claim => claim.route);
}
