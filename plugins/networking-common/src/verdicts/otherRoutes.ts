import { findingsOf } from '../findings/declare';
import type { Finding, ObjectName } from '../findings/types';
import { SNAPSHOT_INDEXES } from '../gateway-api/indexes';
import { objectsOf } from '../gateway-api/lenient';
import type { Route, RouteParentStatus } from '../gateway-api/types';
import { SHADOW_SENTENCES } from '../sentences/shadow';
import { conditionLines } from './otherConditions';
import type { SHADOW_REASONS } from './shadowReasons';

const found = findingsOf<typeof SHADOW_REASONS>(SHADOW_SENTENCES);

const nameOf = ({
  kind,
  metadata: { namespace, name },
}: Route): ObjectName => ({
  kind,
  name,
  ...(namespace !== undefined && { namespace }),
});

/**
 * What is said of a route of an entity that is not judged, being a GRPCRoute, a TLSRoute or an Ingress: that it is there, for
 * which hosts, and where to look. `details` holds what controllers say of it.
 * @public
 */
export function notJudgedFinding(route: Route, cluster: string): Finding {
  const parents = (
    route.status as { parents?: RouteParentStatus[] } | undefined
  )?.parents;
  const details = conditionLines(
    objectsOf(parents).flatMap(({ conditions }) => [...objectsOf(conditions)]),
  );
  const name = nameOf(route);
  return {
    ...found('RouteKindNotJudged', {
      params: {
        route: name,
        hosts: [...SNAPSHOT_INDEXES.routesByHostname.keysOf(route)],
      },
      actor: { is: 'reader' },
      subject: { ...name, cluster },
      ...(Object.keys(details).length > 0 && { details }),
    }),
    severity: 'info',
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
  const first = nameOf(route);
  return [
    ...findings,
    {
      ...found('MoreRoutesNotJudged', {
        params: { count: rest.length, first },
        actor: { is: 'reader' },
        subject: { ...first, cluster },
      }),
      severity: 'info',
    },
  ];
}
