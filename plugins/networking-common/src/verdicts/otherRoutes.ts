import { SNAPSHOT_INDEXES } from '../gateway-api/indexes';
import { objectsOf } from '../gateway-api/lenient';
import type { Route, RouteParentStatus } from '../gateway-api/types';
import { conditionLines } from './otherConditions';
import type { Finding } from './types';

/**
 * What is said of a route of an entity that is not judged, being a GRPCRoute, a TLSRoute or an Ingress: that it is there, for
 * which hosts, and where to look. `details` holds what controllers say of it.
 * @public
 */
export function notJudgedFinding(route: Route, cluster: string): Finding {
  const { kind, metadata, status } = route;
  const { namespace, name } = metadata;
  const title = `${kind} ${namespace}/${name}`;
  const hosts = SNAPSHOT_INDEXES.routesByHostname
    .keysOf(route)
    .map(host => (host === '*' ? 'every host of its gateway' : host));
  const parents = (status as { parents?: RouteParentStatus[] } | undefined)
    ?.parents;
  const details = conditionLines(
    objectsOf(parents).flatMap(({ conditions }) => [...objectsOf(conditions)]),
  );
  return {
    reason: 'RouteKindNotJudged',
    severity: 'info',
    message: `${title} takes requests for ${hosts.join(
      ', ',
    )}. Only HTTPRoutes are judged here, so what these requests get is not known.`,
    remedy:
      kind === 'Ingress'
        ? `Ask for one of its hosts, or expose the component by an HTTPRoute in place of ${title}.`
        : `Look at what the controller says in status.parents of ${title}.`,
    subject: {
      kind,
      name,
      ...(namespace !== undefined && { namespace }),
      cluster,
    },
    ...(Object.keys(details).length > 0 && { details }),
  };
}

/** So many are told of one by one. */
const TOLD = 10;

/**
 * One {@link notJudgedFinding} for each of some routes, and beyond ten one that counts the rest.
 * @public
 */
export function notJudgedFindings(
  routes: readonly { route: Route; cluster: string }[],
): Finding[] {
  const findings = routes
    .slice(0, TOLD)
    .map(({ route, cluster }) => notJudgedFinding(route, cluster));
  const rest = routes.slice(TOLD);
  if (rest.length === 0) return findings;
  const [{ route, cluster }] = rest;
  const { namespace, name } = route.metadata;
  const more =
    rest.length === 1 ? '1 more route' : `${rest.length} more routes`;
  return [
    ...findings,
    {
      reason: 'MoreRoutesNotJudged',
      severity: 'info',
      message: `${more} of other kinds than HTTPRoute take requests for this component too. What these requests get is not known.`,
      remedy: `Look at them in the cluster, beginning with ${route.kind} ${namespace}/${name}.`,
      subject: {
        kind: route.kind,
        name,
        ...(namespace !== undefined && { namespace }),
        cluster,
      },
    },
  ];
}
