import {
  hostClaims,
  type Finding,
  type HttpRoute,
} from 'backstage-plugin-networking-common';
import type { Caller } from '../../io/catalog';
import type { ReadCluster, Services } from '../services';
import { authorizedRoutes } from './authorizedRoutes';

/**
 * Who else claims a host after it was written: writers that do not take our lock
 * may have come between. Of two routes with one host and match the older goes
 * first, then the one whose namespace and name come first (Gateway API v1,
 * HTTPRouteRule, "matches").
 */
export async function hostOwnershipFindings(
  services: Services,
  cluster: ReadCluster,
  { host, route, caller }: { host: string; route: HttpRoute; caller: Caller },
): Promise<Finding[]> {
  const rivals = hostClaims(host, cluster.snapshot)
    .filter(
      claim =>
        claim.kind === 'exact' &&
        claim.route.metadata.uid !== route.metadata.uid,
    )
    .map(claim => claim.route);
  if (rivals.length === 0) return [];
  const readable = new Set(
    (await authorizedRoutes(services, cluster, caller, rivals)).map(
      authorized => authorized.route,
    ),
  );
  return rivals.map(other => {
    const { namespace, name } = other.metadata;
    const words = readable.has(other)
      ? `route ${namespace}/${name}`
      : 'a route of another team';
    const isFirst = precedence(other) < precedence(route);
    return {
      reason: 'HostTaken',
      severity: isFirst ? 'error' : 'warning',
      message: isFirst
        ? `Requests for ${host} go to ${words}, which came between and is older.`
        : `${words[0].toUpperCase()}${words.slice(
            1,
          )} claims ${host} too; requests go to this exposure, which is older.`,
      remedy: 'Remove one of the two routes.',
      subject: { kind: 'Host', name: host, cluster: cluster.settings.cluster },
    };
  });
}

/** Orders routes as the Gateway API does: creation time, then namespace/name. */
function precedence({ metadata }: HttpRoute): string {
  const { creationTimestamp = '', namespace, name } = metadata;
  return `${creationTimestamp} ${namespace}/${name}`;
}
