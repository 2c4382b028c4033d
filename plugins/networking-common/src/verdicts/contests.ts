import { hostClaims } from '../exposures/hostClaims';
import { isHttpRoute } from '../exposures/matching';
import type { HostContest } from '../exposures/types';
import { routeMatches, takesPlainGet } from '../gateway-api/matches';
import type { HttpRoute, Route } from '../gateway-api/types';
import {
  isSameRoute,
  servingAttachments,
  type Contest,
  type ContestInput,
} from './contest';
import { compareListeners, otherClaims } from './otherClaims';
import { httpContests, type Shadow } from './shadow';

/**
 * What the reader of an exposure may know of another route: those of its entities that may be named. Undefined where
 * the reader may not know the route.
 * @public
 */
export type RouteReader = (other: Route) => readonly string[] | undefined;

/** The listener that gets the requests for a host, of those of one Gateway and port that serve a route. */
export function decisiveAttachment(
  primary: ContestInput['through'],
  serving: readonly ContestInput['through'][],
): ContestInput['through'] {
  return serving
    .filter(
      ({ gateway, listener }) =>
        gateway === primary.gateway &&
        listener.port === primary.listener.port &&
        listener.protocol === primary.listener.protocol,
    )
    .reduce(
      (best, next) =>
        compareListeners(next.listener, best.listener) < 0 ? next : best,
      primary,
    );
}

const mayTakePlainGet = (route: HttpRoute, path: string) =>
  routeMatches(route).some(
    ({ requests }) => !requests || takesPlainGet(requests, path),
  );

/**
 * Could another HTTPRoute answer a GET for the path at this host, address and port, whichever of them goes first? Controllers
 * differ in that, and one that refuses the route leaves the host to others.
 */
function hasRivalAt(
  path: string,
  { route, host, through, snapshot }: ContestInput,
): boolean {
  const { gateway, listener } = through;
  return hostClaims(host, snapshot).some(
    ({ route: other }) =>
      isHttpRoute(other) &&
      !isSameRoute(other, route) &&
      mayTakePlainGet(other, path) &&
      servingAttachments(other, host, snapshot).some(
        found =>
          found.gateway === gateway &&
          found.listener.port === listener.port &&
          found.listener.protocol === listener.protocol,
      ),
  );
}

/** What the other routes that claim a host make of it. */
export interface HostContests {
  contests: Contest[];
  /** Absent where nothing is taken from the route. */
  shadow?: Shadow;
  /** Could any of them have given the answer at the path that is probed? */
  othersMayAnswer: boolean;
}

/** Every other route that claims a host of a route, and what they make of the requests for it. */
export function gatherContests(input: ContestInput): HostContests {
  const others = otherClaims(input);
  const taking = others.filter(({ outcome }) => outcome === 'loses');
  if (taking.length > 0) {
    return {
      contests: taking,
      shadow: { isWhole: true, atProbedPath: true, rest: [] },
      othersMayAnswer: true,
    };
  }
  const { path } = input;
  const { contests, shadow } = httpContests(input);
  return {
    contests: [...contests, ...others],
    ...(shadow && { shadow }),
    othersMayAnswer:
      path === undefined ||
      others.some(({ basis }) => basis !== 'otherAddress') ||
      hasRivalAt(path, input),
  };
}

/** Contests as their reader may know them. Routes that may not be named are not counted either. */
export function readContests(
  contests: readonly Contest[],
  readAs: RouteReader,
): HostContest[] {
  const read = contests.map(({ other, ...contest }): HostContest => {
    const entities = readAs(other);
    const { namespace = '', name } = other.metadata;
    return entities === undefined
      ? contest
      : {
          ...contest,
          route: {
            kind: other.kind as NonNullable<HostContest['route']>['kind'],
            namespace,
            name,
            entities: [...entities],
          },
        };
  });
  return [
    ...new Map(
      read.map(contest => [JSON.stringify(contest), contest]),
    ).values(),
  ];
}
