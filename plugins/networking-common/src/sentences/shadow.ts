import { listInWords } from '../findings/sort';
import type { HostContest } from '../exposures/types';
import type { ParamsOf, SentencesOf } from '../findings/declare';
import type { SHADOW_REASONS } from '../verdicts/shadowReasons';
import { ADMINS, objectWords } from './words';

type Reasons = typeof SHADOW_REASONS;

/** Sentences of one finding, and requests of one sentence; the rest is only said to exist. */
const MAX_SENTENCES = 3;
const MAX_REQUESTS = 5;

/** Which goes first or second: after a name, and instead of one. */
const GOES_FIRST: Partial<Record<HostContest['basis'], [string, string]>> = {
  specificity: [
    ', which is more specific',
    'a more specific route of another team',
  ],
  age: [', which is older', 'an older route of another team'],
  name: [
    ', which goes first by its name',
    'a route of another team, which goes first by its name',
  ],
};
const GOES_SECOND: Partial<Record<HostContest['basis'], [string, string]>> = {
  specificity: [
    ', which is less specific',
    'a less specific route of another team',
  ],
  age: [', which is younger', 'a younger route of another team'],
  name: [
    ', which goes second by its name',
    'a route of another team, which goes second by its name',
  ],
};

/** `docs/home`, `GRPCRoute docs/home`. */
function titleOf({ kind, namespace, name }: NonNullable<HostContest['route']>) {
  const path = `${namespace}/${name}`;
  return kind === 'HTTPRoute' ? path : `${kind} ${path}`;
}

function nameOf(
  { route, basis }: HostContest,
  words: Partial<Record<HostContest['basis'], [string, string]>> = {},
): string {
  const [after, instead] = words[basis] ?? ['', 'a route of another team'];
  if (!route) return instead;
  const owners =
    route.entities.length > 0 ? ` (owner: ${listInWords(route.entities)})` : '';
  return `${titleOf(route)}${owners}${after}`;
}

function requestsOf({ requests }: HostContest, host: string): string {
  if (requests.length === 0) return `Requests for ${host}`;
  const shown =
    requests.length > MAX_REQUESTS
      ? [
          ...requests.slice(0, MAX_REQUESTS),
          `${requests.length - MAX_REQUESTS} more`,
        ]
      : requests;
  return `Requests for ${listInWords(shown)} on ${host}`;
}

function joined(sentences: readonly string[]): string {
  const distinct = [...new Set(sentences)];
  return distinct.length > MAX_SENTENCES
    ? [...distinct.slice(0, MAX_SENTENCES), 'There are more such routes.'].join(
        ' ',
      )
    : distinct.join(' ');
}

const UNDETERMINED: Partial<
  Record<HostContest['basis'], (who: string, host: string) => string>
> = {
  regularExpression: (who, host) =>
    `Which requests for ${host} go to ${who} and which come here is up to the gateway's controller: paths by regular expression have no order of their own.`,
  routeKinds: (who, host) =>
    `Which requests for ${host} go to ${who} and which come here is up to the gateway's controller: it took a GRPCRoute and an HTTPRoute for one host, of which the Gateway API lets it take one.`,
  fallback: (who, host) =>
    `Requests for ${host} go first to ${who}, which names the host more exactly; whether those that it does not match come here or get 404 is up to the gateway's controller.`,
  connection: (who, host) =>
    `Whether connections for ${host} go to ${who} or come here is up to the gateway's controller: two listeners of one port have the same hostname.`,
};

function elsewhereInWords(contest: HostContest, host: string): string {
  const { basis, route } = contest;
  const named =
    route?.kind === 'Ingress'
      ? `${nameOf(contest)} claims ${host} too`
      : `Another gateway serves ${host} too, for ${nameOf(contest)}`;
  const claim = route
    ? named
    : `A route of another team claims ${host} too, elsewhere than at this gateway`;
  switch (basis) {
    case 'sameAddress':
      return `${claim}, at the same address; which of the two answers is up to what listens there.`;
    case 'otherAddress':
      return `${claim}, at another address; which of the two answers depends on where the name leads.`;
    default:
      return `${claim}; at which address is not known, so which of the two answers is not known either.`;
  }
}

const lostWords = (contest: HostContest, host: string) =>
  contest.basis === 'connection'
    ? `Connections for ${host} go to ${nameOf(
        contest,
      )}, whose listener takes them by their server name before HTTP is spoken.`
    : `${requestsOf(contest, host)} go to ${nameOf(contest, GOES_FIRST)}.`;

const wonWords = (contest: HostContest, host: string) =>
  contest.basis === 'connection'
    ? `Connections for ${host} come here, and not to ${nameOf(
        contest,
      )}, whose listener is less specific.`
    : `${requestsOf(contest, host)} come here, and not to ${nameOf(
        contest,
        GOES_SECOND,
      )}.`;

/** What is left to a route that loses some requests. */
function restWords({
  atProbedPath,
  rest,
}: ParamsOf<Reasons, 'RouteShadowed'>): string {
  if (atProbedPath) {
    return 'This route gets the others; an answer to these says nothing of it.';
  }
  return rest.length > 0
    ? `This route still answers ${listInWords(rest.slice(0, MAX_REQUESTS))}.`
    : 'This route gets the others.';
}

/** Of the findings about who else claims a host. */
export const SHADOW_SENTENCES: SentencesOf<Reasons> = {
  RouteShadowed: params => {
    const { host, contests, route, isWhole } = params;
    const lost = joined(contests.map(contest => lostWords(contest, host)));
    const [first] = contests;
    const other = first?.route && titleOf(first.route);
    const wish = isWhole ? host : 'these';
    const asked =
      other === undefined
        ? `${ADMINS} whose route takes ${wish}`
        : `the owners of ${other} to release ${wish}`;
    return {
      message: isWhole ? lost : `${lost} ${restWords(params)}`,
      remedy: `${
        isWhole ? 'Choose another host for' : 'Change the paths of'
      } ${objectWords(route)}, or ask ${asked}.`,
    };
  },
  HostTakenByListener: ({ host, route, listener, isSure, isTls }) => ({
    message: isSure
      ? `Requests for ${host} don't reach this route: listener ${listener} of the same port is more specific and takes them.`
      : `Requests for ${host} may be answered by listener ${listener} alone, which is more specific, and not by this route: that is up to the gateway's controller.`,
    remedy: isTls
      ? `Choose another host for ${objectWords(route)}.`
      : `Attach ${objectWords(route)} to listener ${listener}.`,
  }),
  PrecedenceUndetermined: ({ host, contests, route }) => ({
    message: joined(
      contests.map(
        contest => UNDETERMINED[contest.basis]?.(nameOf(contest), host) ?? '',
      ),
    ),
    remedy: contests.some(({ basis }) => basis === 'regularExpression')
      ? `Name the paths of both routes by prefix or exactly, or choose another host for ${objectWords(
          route,
        )}.`
      : `Choose another host for ${objectWords(route)} if that is not meant.`,
  }),
  ShadowsAnotherRoute: ({ host, contests }) => ({
    message: joined(contests.map(contest => wonWords(contest, host))),
  }),
  HostClaimedElsewhere: ({ host, contests, address }) => ({
    message: joined(contests.map(contest => elsewhereInWords(contest, host))),
    remedy: `Check that ${host} leads to ${
      address ?? "the gateway's address"
    }, or remove one of the routes.`,
  }),
  RouteKindNotJudged: ({ route, hosts }) => ({
    message: `${objectWords(route)} takes requests for ${hosts
      .map(host => (host === '*' ? 'every host of its gateway' : host))
      .join(
        ', ',
      )}. Backstage checks only HTTPRoutes, so it can't tell what these requests get.`,
    remedy:
      route.kind === 'Ingress'
        ? `Ask for one of its hosts, or expose the component by an HTTPRoute in place of ${objectWords(
            route,
          )}.`
        : `Look at what the controller reports in the status of ${objectWords(
            route,
          )}.`,
  }),
  MoreRoutesNotJudged: ({ count, first }) => ({
    message: `${
      count === 1
        ? '1 more route of another kind than HTTPRoute takes'
        : `${count} more routes of other kinds than HTTPRoute take`
    } requests for this component too. Backstage can't tell what these requests get.`,
    remedy: `Look at them in the cluster, beginning with ${objectWords(
      first,
    )}.`,
  }),
};
