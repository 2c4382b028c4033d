import { attachments, type Attachment } from '../gateway-api/attachments';
import { findCondition } from '../gateway-api/conditions';
import {
  routeMatches,
  takesPlainGet,
  takeTheSame,
  type MatchedRequests,
} from '../gateway-api/matches';
import { parentStatusFor } from '../gateway-api/parents';
import {
  comparePrecedence,
  competingMatches,
  precedenceCriterion,
  type CompetingMatch,
  type PrecedenceCriterion,
} from '../gateway-api/precedence';
import type { Snapshot } from '../gateway-api/snapshot';
import type { HttpRoute } from '../gateway-api/types';

/** Requests for a host that meet a route, and that another route gets. */
export interface Shadow {
  /** In words: `/`, `POST /api`. */
  requests: string[];
  /** Is the answer at the path that is probed another route's? */
  atProbedPath: boolean;
  /** Does no request for the host reach the route? */
  isWhole: boolean;
  /** By what the other route goes first. */
  criterion: PrecedenceCriterion;
}

const isSame = ({ metadata: a }: HttpRoute, { metadata: b }: HttpRoute) =>
  a.namespace === b.namespace && a.name === b.name;

/** Does the same listener serve the route at the host, as far as its spec and its controller tell? */
function isServed(
  route: HttpRoute,
  host: string,
  through: Attachment,
  snapshot: Snapshot,
  controller: string,
): boolean {
  return attachments(route, snapshot).some(
    ({ gateway, listener, hosts, parentRef }) =>
      gateway === through.gateway &&
      listener?.name === through.listener?.name &&
      hosts.includes(host) &&
      findCondition(
        parentStatusFor(route, parentRef, controller)?.conditions,
        'Accepted',
      )?.status !== 'False',
  );
}

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

const firstOf = (matches: readonly CompetingMatch[]) =>
  [...matches].sort((a, b) => comparePrecedence(a.rank, b.rank))[0];

/**
 * What other routes of the same host and listener take from a route by the Gateway API's precedence. A match counts
 * where another route takes the very same requests before it, and the path that is probed where a plain GET for it goes
 * to another route; routes that split a host by path take nothing from each other. Undefined where nothing is taken.
 */
export function shadowOf(input: {
  route: HttpRoute;
  host: string;
  /** Where the host is served. */
  through: Attachment;
  /** The path that a probe asks for. */
  path?: string;
  snapshot: Snapshot;
  controller: string;
}): Shadow | undefined {
  const { route, host, through, path, snapshot, controller } = input;
  const theirs = snapshot
    .find('routesByHostname', host)
    .filter((other): other is HttpRoute => other.kind === 'HTTPRoute')
    .filter(
      other =>
        !isSame(other, route) &&
        isServed(other, host, through, snapshot, controller),
    )
    .flatMap(other => competingMatches(other, host));
  if (theirs.length === 0) return undefined;
  const own = competingMatches(route, host);

  const beaten = own.flatMap(match => {
    const by = firstOf(
      theirs.filter(
        other =>
          takeTheSame(other.requests, match.requests) &&
          comparePrecedence(other.rank, match.rank) < 0,
      ),
    );
    return by ? [{ match, by }] : [];
  });
  const answering = (matches: readonly CompetingMatch[]) =>
    path === undefined
      ? undefined
      : firstOf(
          matches.filter(({ requests }) => takesPlainGet(requests, path)),
        );
  const [mine, other] = [answering(own), answering(theirs)];
  const probed =
    path !== undefined &&
    mine &&
    other &&
    comparePrecedence(other.rank, mine.rank) < 0
      ? { path, match: mine, by: other }
      : undefined;

  const [decisive] = [...(probed ? [probed] : []), ...beaten];
  if (!decisive) return undefined;
  return {
    requests: [
      ...new Set([
        ...(probed ? [probed.path] : []),
        ...beaten.map(({ match }) => inWords(match.requests)),
      ]),
    ],
    atProbedPath: probed !== undefined,
    isWhole: beaten.length === routeMatches(route).length,
    criterion:
      precedenceCriterion(decisive.by.rank, decisive.match.rank) ?? 'name',
  };
}
