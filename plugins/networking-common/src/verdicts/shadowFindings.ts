import { listInWords } from '../findings/sort';
import type { HostContest } from '../exposures/types';
import { isRecord } from '../gateway-api/lenient';
import type { GatewayClass, Listener } from '../gateway-api/types';
import type { HostInput } from './input';
import { compareListeners, listenersBeside } from './otherClaims';
import { outcome, type Check } from '../findings/outcome';
import { VERDICT_REASONS as REASON } from '../findings/reasons';

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

/** The other routes that may be named, as they are shown one click away. */
function detailsOf(contests: readonly HostContest[]) {
  const named = contests.flatMap(({ route }) => route ?? []);
  const routes = [...new Set(named.map(titleOf))];
  const entities = [...new Set(named.flatMap(route => route.entities))];
  return routes.length === 0
    ? {}
    : {
        details: {
          route: routes.join(', '),
          ...(entities.length > 0 && { entityRef: entities.join(', ') }),
        },
      };
}

const ofOutcome = (
  { contests }: HostInput,
  wanted: HostContest['outcome'],
): HostContest[] => contests.filter(contest => contest.outcome === wanted);

const notShadowed: Check<HostInput> = input => {
  const { shadow, host, title, subject } = input;
  const lost = ofOutcome(input, 'loses');
  if (!shadow || lost.length === 0) return undefined;
  const { isWhole, atProbedPath, rest } = shadow;
  const sentences = lost.map(contest =>
    contest.basis === 'connection'
      ? `Connections for ${host} go to ${nameOf(
          contest,
        )}, whose listener takes them by their server name before HTTP is spoken.`
      : `${requestsOf(contest, host)} go to ${nameOf(contest, GOES_FIRST)}.`,
  );
  const still =
    rest.length > 0 && !atProbedPath
      ? `This route still answers ${listInWords(rest.slice(0, MAX_REQUESTS))}.`
      : 'This route gets the others.';
  const partly = atProbedPath
    ? 'This route gets the others; an answer to these says nothing of it.'
    : still;
  const [first] = lost;
  const who = first.route
    ? `the owners of ${titleOf(first.route)}`
    : "the platform's admins";
  const wish = isWhole ? `${host}` : 'these';
  const asked = first.route
    ? `to give ${wish} up`
    : `whose route takes ${wish}`;
  return outcome(isWhole ? 'Broken' : 'Degraded', 'route', {
    reason: REASON.routeShadowed,
    message: `${joined(sentences)}${isWhole ? '' : ` ${partly}`}`,
    remedy: `${
      isWhole ? 'Choose another host for' : 'Change the paths of'
    } ${title}, or ask ${who} ${asked}.`,
    subject,
    ...detailsOf(lost),
  });
};

/** Feature of a GatewayClass that keeps the listeners of one port apart. */
const ISOLATION = 'GatewayHTTPListenerIsolation';

const keepsListenersApart = (gatewayClass: GatewayClass | undefined) => {
  const features: unknown = gatewayClass?.status?.supportedFeatures;
  return (
    Array.isArray(features) &&
    features.some(
      feature =>
        feature === ISOLATION ||
        (isRecord(feature) && feature.name === ISOLATION),
    )
  );
};

/** A listener of the same port that is more specific for the host, and to which the route is not attached. */
function moreSpecificListener({
  primary,
  ours,
  host,
}: HostInput): Listener | undefined {
  if (!primary) return undefined;
  const own = ours.filter(attachment => attachment.hosts.includes(host));
  const [first] = listenersBeside({ host, through: primary });
  return first &&
    compareListeners(first, primary.listener) < 0 &&
    !own.some(({ listener }) => listener?.name === first.name)
    ? first
    : undefined;
}

/** "A request SHOULD match at most one Listener" (listeners of GatewaySpec); those for TLS take connections in any case. */
const servedByItsListener: Check<HostInput> = input => {
  const { primary, host, title, subject, snapshot } = input;
  const listener = moreSpecificListener(input);
  if (!primary || !listener) return undefined;
  const gatewayClass = snapshot.get(
    'GatewayClass',
    undefined,
    String(primary.gateway.spec?.gatewayClassName),
  );
  const isSure =
    listener.protocol === 'TLS' || keepsListenersApart(gatewayClass);
  return outcome(isSure ? 'Broken' : undefined, 'listener', {
    reason: REASON.hostTakenByListener,
    message: isSure
      ? `Requests for ${host} do not reach this route: listener ${listener.name} of the same port is more specific and takes them.`
      : `Requests for ${host} may be answered by listener ${listener.name} alone, which is more specific, and not by this route: that is up to the gateway's controller.`,
    remedy:
      listener.protocol === 'TLS'
        ? `Choose another host for ${title}.`
        : `Set sectionName of ${title} to ${listener.name}.`,
    subject: { ...subject, field: 'spec.parentRefs' },
  });
};

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

const isDetermined: Check<HostInput> = input => {
  const { host, subject, title } = input;
  const open = ofOutcome(input, 'undetermined');
  if (open.length === 0) return undefined;
  const sentences = open.map(
    contest => UNDETERMINED[contest.basis]?.(nameOf(contest), host) ?? '',
  );
  const isByPath = open.some(({ basis }) => basis === 'regularExpression');
  return outcome(undefined, 'route', {
    reason: REASON.precedenceUndetermined,
    message: joined(sentences),
    remedy: isByPath
      ? `Name the paths of both routes by prefix or exactly, or choose another host for ${title}.`
      : `Choose another host for ${title} if that is not meant.`,
    subject,
    ...detailsOf(open),
  });
};

const takesFromNobody: Check<HostInput> = input => {
  const { host, subject } = input;
  const won = ofOutcome(input, 'wins');
  if (won.length === 0) return undefined;
  const sentences = won.map(contest =>
    contest.basis === 'connection'
      ? `Connections for ${host} come here, and not to ${nameOf(
          contest,
        )}, whose listener is less specific.`
      : `${requestsOf(contest, host)} come here, and not to ${nameOf(
          contest,
          GOES_SECOND,
        )}.`,
  );
  return outcome(undefined, 'route', {
    reason: REASON.shadowsAnotherRoute,
    message: joined(sentences),
    subject,
    ...detailsOf(won),
  });
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

const claimedHereAlone: Check<HostInput> = input => {
  const { host, subject, settings } = input;
  const claims = ofOutcome(input, 'elsewhere');
  if (claims.length === 0) return undefined;
  return outcome(undefined, 'address', {
    reason: REASON.hostClaimedElsewhere,
    message: joined(claims.map(contest => elsewhereInWords(contest, host))),
    remedy: `Check that ${host} leads to ${
      settings.network.lanIp ?? "the gateway's address"
    }, or remove one of the routes.`,
    subject,
    ...detailsOf(claims),
  });
};

/** Who answers the host, in order: what is taken from the route, what is not known, and what it takes from others. */
export const SHADOW_CHECKS: readonly Check<HostInput>[] = [
  notShadowed,
  servedByItsListener,
  isDetermined,
  takesFromNobody,
  claimedHereAlone,
];
