import type { HostContest } from '../exposures/types';
import type { Route } from '../gateway-api/types';
import type { Contest, ContestInput } from './contest';
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

/** Every other route that claims a host of a route, and what they make of the requests for it. */
export function gatherContests(input: ContestInput): {
  contests: Contest[];
  /** Absent where nothing is taken from the route. */
  shadow?: Shadow;
} {
  const others = otherClaims(input);
  const taking = others.filter(({ outcome }) => outcome === 'loses');
  if (taking.length > 0) {
    return {
      contests: taking,
      shadow: { isWhole: true, atProbedPath: true, rest: [] },
    };
  }
  const { contests, shadow } = httpContests(input);
  return { contests: [...contests, ...others], ...(shadow && { shadow }) };
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
