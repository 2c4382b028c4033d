import { hostClaims } from '../exposures/hostClaims';
import { isPlatformRoute } from '../exposures/managers';
import { isHttpRoute } from '../exposures/matching';
import type { ContestBasis } from '../exposures/types';
import {
  covers,
  intersection,
  routeMatches,
  takesPlainGet,
  type MatchedRequests,
} from '../gateway-api/matches';
import {
  claimedHostname,
  compareHostnames,
  comparePrecedence,
  competingMatches,
  precedenceCriterion,
  type CompetingMatch,
} from '../gateway-api/precedence';
import { probePath } from '../gateway-api/probePath';
import type { HttpRoute } from '../gateway-api/types';
import {
  isSameRoute,
  isServedBeside,
  type Contest,
  type ContestInput,
} from './contest';

/** Requests for a host that meet a route, and that others get. */
export interface Shadow {
  /** Is the answer at the path that is probed another route's? */
  atProbedPath: boolean;
  /** Does no request for the host reach the route? */
  isWhole: boolean;
  /** What the route still gets, in words; empty where no match of it is untouched. */
  rest: string[];
}

interface Competitor extends CompetingMatch {
  route: HttpRoute;
}

/** What a match takes, in words: `/`, `POST /api`. */
function inWords({
  method,
  path,
  headers,
  queryParams,
}: MatchedRequests): string {
  const asked = method === undefined ? path : `${method} ${path}`;
  return headers.length + queryParams.length === 0
    ? asked
    : `${asked} with certain headers or query`;
}

const BY_EXPRESSION = 'paths by regular expression';

const EVERYTHING: MatchedRequests = {
  pathType: 'PathPrefix',
  path: '/',
  headers: [],
  queryParams: [],
};

const isBefore = (a: CompetingMatch, b: CompetingMatch) =>
  comparePrecedence(a.rank, b.rank) < 0;

const firstOf = (competitors: readonly Competitor[]) =>
  competitors.reduce<Competitor | undefined>(
    (first, next) => (!first || isBefore(next, first) ? next : first),
    undefined,
  );

const judgesAll = (route: HttpRoute) =>
  routeMatches(route).every(({ requests }) => requests !== undefined);

/**
 * The requests over which precedence has to decide, of two matches of which the first goes before the second. Routes that
 * split one hostname by path, method or headers take nothing from each other; one that has the host by a more specific
 * hostname takes all that both match.
 */
function taken(
  before: CompetingMatch,
  after: CompetingMatch,
): MatchedRequests | undefined {
  if (covers(before.requests, after.requests)) return after.requests;
  return compareHostnames(before.rank.hostname, after.rank.hostname) < 0
    ? intersection(before.requests, after.requests)
    : undefined;
}

/** The HTTPRoutes that claim one host at one listener, a route and the others. */
class Field {
  readonly rivals: readonly HttpRoute[];
  readonly own: readonly Competitor[];
  readonly theirs: readonly Competitor[];
  readonly #input: ContestInput;
  readonly #everyone: readonly Competitor[];
  readonly #byRoute: ReadonlyMap<HttpRoute, readonly Competitor[]>;
  /** Asked of those alone whose matches meet: many routes may split one host. */
  readonly #served: Map<HttpRoute, boolean>;

  constructor(input: ContestInput) {
    const { route, host, snapshot, settings } = input;
    this.#input = input;
    this.rivals = hostClaims(host, snapshot)
      .map(claim => claim.route)
      .filter(isHttpRoute)
      .filter(
        rival =>
          !isSameRoute(rival, route) && !isPlatformRoute(rival, settings),
      );
    const competitors = (one: HttpRoute) =>
      competingMatches(one, host).map(match => ({ ...match, route: one }));
    this.own = this.rivals.length > 0 ? competitors(route) : [];
    const byRoute = this.rivals.map((rival): [HttpRoute, Competitor[]] => [
      rival,
      competitors(rival),
    ]);
    this.theirs = byRoute.flatMap(([, matches]) => matches);
    this.#byRoute = new Map([[route, this.own], ...byRoute]);
    this.#everyone = [...this.own, ...this.theirs];
    this.#served = new Map([[route, true]]);
  }

  isServed(route: HttpRoute): boolean {
    const known = this.#served.get(route);
    if (known !== undefined) return known;
    const isServed = isServedBeside(route, this.#input);
    this.#served.set(route, isServed);
    return isServed;
  }

  /** The match that gets these requests, and all of them. */
  winnerOf(requests: MatchedRequests): Competitor | undefined {
    return firstOf(
      this.#everyone.filter(
        one => covers(one.requests, requests) && this.isServed(one.route),
      ),
    );
  }

  /** The match of a route that a plain GET meets first, whether or not the route is served. */
  bestAt(path: string): (of: HttpRoute) => Competitor | undefined {
    return of =>
      firstOf(
        (this.#byRoute.get(of) ?? []).filter(({ requests }) =>
          takesPlainGet(requests, path),
        ),
      );
  }

  /** The match that answers a plain GET; of one route where one is given. */
  answering(path: string, of?: HttpRoute): Competitor | undefined {
    return firstOf(
      this.#everyone.filter(
        one =>
          (!of || one.route === of) &&
          takesPlainGet(one.requests, path) &&
          this.isServed(one.route),
      ),
    );
  }

  /** A match that gets every request for the host that a route might match, because its hostname is more specific. */
  outranking(route: HttpRoute): Competitor | undefined {
    const { host } = this.#input;
    const own = claimedHostname(route, host);
    return firstOf(
      this.theirs.filter(
        ({ rank, requests, route: other }) =>
          compareHostnames(rank.hostname, own) < 0 &&
          covers(requests, EVERYTHING) &&
          this.isServed(other),
      ),
    );
  }
}

/** One contest for each other route and way to settle it, in the order in which they were found. */
class Found {
  readonly #byKey = new Map<string, Contest>();

  add(
    outcome: Contest['outcome'],
    basis: ContestBasis,
    other: HttpRoute,
    ...requests: string[]
  ) {
    const { namespace, name } = other.metadata;
    const key = [outcome, basis, namespace, name].join(' ');
    const known = this.#byKey.get(key)?.requests ?? [];
    this.#byKey.set(key, {
      outcome,
      basis,
      other,
      requests: [...new Set([...known, ...requests])],
    });
  }

  get all(): Contest[] {
    return [...this.#byKey.values()];
  }
}

const basisOf = (winner: Competitor, loser: Competitor): ContestBasis =>
  precedenceCriterion(winner.rank, loser.rank) ?? 'name';

/** What the others take from the route. */
function findLosses(
  field: Field,
  { route, path }: ContestInput,
  found: Found,
): Shadow | undefined {
  const lose = (by: Competitor, match: Competitor, requests: string) =>
    found.add('loses', basisOf(by, match), by.route, requests);

  const mine = path === undefined ? undefined : field.answering(path, route);
  const answerer = path === undefined ? undefined : field.answering(path);
  const atProbedPath = !!mine && !!answerer && answerer.route !== route;
  if (atProbedPath) lose(answerer, mine, path!);

  const touched = new Set<Competitor>();
  for (const match of field.own) {
    for (const other of field.theirs) {
      const requests = isBefore(other, match) && taken(other, match);
      if (requests && field.winnerOf(requests) === other) {
        lose(other, match, inWords(requests));
        touched.add(match);
      }
    }
  }
  const outranking = judgesAll(route) ? undefined : field.outranking(route);
  if (outranking) {
    found.add('loses', 'specificity', outranking.route, BY_EXPRESSION);
  }
  if (found.all.length === 0) return undefined;
  return {
    atProbedPath,
    isWhole:
      (!!outranking || judgesAll(route)) &&
      field.own.every(
        ({ requests }) => field.winnerOf(requests)?.route !== route,
      ),
    rest: [
      ...new Set(
        field.own.flatMap(match =>
          touched.has(match) ? [] : [inWords(match.requests)],
        ),
      ),
    ],
  };
}

/** What the route takes from the others. */
function findWins(field: Field, { route }: ContestInput, found: Found) {
  const win = (match: Competitor, from: Competitor) =>
    found.add(
      'wins',
      basisOf(match, from),
      from.route,
      inWords(match.requests),
    );
  for (const other of field.theirs) {
    for (const match of field.own) {
      const requests = isBefore(match, other) && taken(match, other);
      if (
        requests &&
        field.isServed(other.route) &&
        field.winnerOf(requests) === match
      ) {
        win(match, other);
      }
    }
  }
  for (const rival of field.rivals) {
    const asked = probePath(rival);
    const [mine, theirs] =
      asked === undefined ? [] : [route, rival].map(field.bestAt(asked));
    // Where many split one host by path, this settles it without asking who is served.
    if (asked === undefined || !mine || !theirs || isBefore(theirs, mine)) {
      continue;
    }
    if (field.isServed(rival) && field.answering(asked) === mine) {
      win(mine, theirs);
    }
  }
}

/** What precedence leaves to the controller. */
function findUndetermined(
  field: Field,
  { route, host }: ContestInput,
  found: Found,
) {
  if (field.outranking(route)) return;
  const own = claimedHostname(route, host);
  for (const rival of field.rivals) {
    const order = compareHostnames(claimedHostname(rival, host), own);
    const isOpen =
      !judgesAll(rival) || (order === 0 && !judgesAll(route)) || order < 0;
    if (order > 0 || !isOpen || !field.isServed(rival)) continue;
    if (order < 0) found.add('undetermined', 'fallback', rival);
    if (!judgesAll(rival) || order === 0) {
      found.add('undetermined', 'regularExpression', rival);
    }
  }
}

/**
 * Who of the HTTPRoutes of one host and listener gets the requests that several match, by the Gateway API's precedence.
 * What hangs on a regular expression is undetermined, and so is what a route gets that has the host by a less specific
 * hostname than another and matches what that one does not: some controllers ask it, others answer 404.
 *
 * Source: `hostnames` of HTTPRouteSpec and `matches` of HTTPRouteRule in the Gateway API specification.
 */
export function httpContests(input: ContestInput): {
  contests: Contest[];
  /** Absent where nothing is taken from the route. */
  shadow?: Shadow;
} {
  const field = new Field(input);
  if (field.rivals.length === 0) return { contests: [] };
  const found = new Found();
  const shadow = findLosses(field, input, found);
  if (shadow?.isWhole) return { contests: found.all, shadow };
  findWins(field, input, found);
  findUndetermined(field, input, found);
  return { contests: found.all, ...(shadow && { shadow }) };
}
