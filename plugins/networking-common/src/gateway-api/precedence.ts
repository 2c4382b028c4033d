import { intersectHostname, normalizeHostname } from './hostname';
import { stringsOf, textOf } from './lenient';
import { routeMatches, takesPlainGet, type MatchedRequests } from './matches';
import type { HttpRoute } from './types';

/**
 * What decides which of two matches gets a request that both take. Sources: `hostnames` of HTTPRouteSpec and `matches`
 * of HTTPRouteRule in the Gateway API specification.
 * @public
 */
export interface MatchRank {
  /** The route's own hostname through which it has the host; `*` where it names none. */
  hostname: string;
  pathType: 'Exact' | 'PathPrefix';
  /** Characters of the path. */
  pathLength: number;
  hasMethod: boolean;
  headers: number;
  queryParams: number;
  /** Milliseconds since the epoch; infinite where it is not known. */
  createdAt: number;
  /** `namespace/name`. */
  route: string;
  /** Places in the route's lists. */
  rule: number;
  index: number;
}

/** Which criterion tells two matches apart. @public */
export type PrecedenceCriterion = 'specificity' | 'age' | 'name' | 'position';

/** A match that competes for the requests of one host. @public */
export interface CompetingMatch {
  requests: MatchedRequests;
  rank: MatchRank;
}

const isWildcard = (hostname: string) => hostname.startsWith('*');

/** Characters of a hostname without wildcard, then of any. */
const HOSTNAME_CRITERIA: readonly ((hostname: string) => number)[] = [
  hostname => (isWildcard(hostname) ? 0 : -hostname.length),
  hostname => -hostname.length,
];

/**
 * Orders normalized hostnames that stand for one host, for `sort`: negative where `a` is the more specific one.
 * @public
 */
export function compareHostnames(a: string, b: string): number {
  for (const valueOf of HOSTNAME_CRITERIA) {
    const difference = valueOf(a) - valueOf(b);
    if (difference !== 0) return difference;
  }
  return 0;
}

type Criterion = readonly [
  PrecedenceCriterion,
  (rank: MatchRank) => number | string,
];

/** In the order of the specification; the smaller value goes first. */
const CRITERIA: readonly Criterion[] = [
  ...HOSTNAME_CRITERIA.map(
    (valueOf): Criterion => [
      'specificity',
      ({ hostname }) => valueOf(hostname),
    ],
  ),
  ['specificity', ({ pathType }) => (pathType === 'Exact' ? 0 : 1)],
  ['specificity', ({ pathLength }) => -pathLength],
  ['specificity', ({ hasMethod }) => (hasMethod ? 0 : 1)],
  ['specificity', ({ headers }) => -headers],
  ['specificity', ({ queryParams }) => -queryParams],
  ['age', ({ createdAt }) => createdAt],
  ['name', ({ route }) => route],
  ['position', ({ rule }) => rule],
  ['position', ({ index }) => index],
];

/** What tells two matches apart, and which goes first; undefined for a match and itself. */
function decide(
  a: MatchRank,
  b: MatchRank,
): { criterion: PrecedenceCriterion; sign: -1 | 1 } | undefined {
  for (const [criterion, valueOf] of CRITERIA) {
    const [left, right] = [valueOf(a), valueOf(b)];
    if (left < right) return { criterion, sign: -1 };
    if (left > right) return { criterion, sign: 1 };
  }
  return undefined;
}

/**
 * Orders matches by precedence, for `sort`: negative where `a` gets a request that both take. A total order; 0 only for
 * matches that stand at one place.
 * @public
 */
export const comparePrecedence = (a: MatchRank, b: MatchRank): number =>
  decide(a, b)?.sign ?? 0;

/** The criterion by which {@link comparePrecedence} tells two matches apart. @public */
export const precedenceCriterion = (
  a: MatchRank,
  b: MatchRank,
): PrecedenceCriterion | undefined => decide(a, b)?.criterion;

/** The most specific of the route's own hostnames that stand for a host, normalized; `*` where it names none. @public */
export function claimedHostname(route: HttpRoute, host: string): string {
  const covering = stringsOf(route.spec?.hostnames)
    .map(normalizeHostname)
    .filter(hostname => intersectHostname(hostname, host) === host);
  if (covering.includes(host)) return host;
  return covering.sort((a, b) => b.length - a.length)[0] ?? '*';
}

/**
 * The matches with which a route competes for the requests of a host. Matches by regular expression are left out: how
 * they rank is up to the controller.
 * @public
 */
export function competingMatches(
  route: HttpRoute,
  host: string,
): CompetingMatch[] {
  const { metadata } = route;
  const createdAt = Date.parse(textOf(metadata?.creationTimestamp) ?? '');
  const ofRoute = {
    hostname: claimedHostname(route, normalizeHostname(host)),
    createdAt: Number.isNaN(createdAt) ? Infinity : createdAt,
    route: `${textOf(metadata?.namespace) ?? ''}/${
      textOf(metadata?.name) ?? ''
    }`,
  };
  return routeMatches(route).flatMap(({ rule, index, requests }) =>
    requests
      ? [
          {
            requests,
            rank: {
              ...ofRoute,
              rule,
              index,
              pathType: requests.pathType,
              pathLength: requests.path.length,
              hasMethod: requests.method !== undefined,
              headers: requests.headers.length,
              queryParams: requests.queryParams.length,
            },
          },
        ]
      : [],
  );
}

/**
 * The place, in `spec.rules`, of the rule that answers a plain GET for a path, of the rules of one route. Undefined where none
 * does, and where a path by regular expression may go before it.
 * @public
 */
export function ruleOfPlainGet(
  route: HttpRoute,
  host: string,
  path: string,
): number | undefined {
  if (routeMatches(route).some(({ requests }) => !requests)) return undefined;
  return competingMatches(route, host)
    .filter(({ requests }) => takesPlainGet(requests, path))
    .map(({ rank }) => rank)
    .sort(comparePrecedence)[0]?.rule;
}
