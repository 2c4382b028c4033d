import type { HostContest } from '../exposures/types';
import { findingsOf } from '../findings/declare';
import { outcome, type Check } from '../findings/outcome';
import { isRecord } from '../gateway-api/lenient';
import type { GatewayClass, Listener } from '../gateway-api/types';
import { SHADOW_SENTENCES } from '../sentences/shadow';
import { routeOf } from './backendTrouble';
import type { HostInput } from './input';
import { compareListeners, listenersBeside } from './otherClaims';
import type { SHADOW_REASONS } from './shadowReasons';

const found = findingsOf<typeof SHADOW_REASONS>(SHADOW_SENTENCES);

/** `docs/home`, `GRPCRoute docs/home`. */
function titleOf({ kind, namespace, name }: NonNullable<HostContest['route']>) {
  const path = `${namespace}/${name}`;
  return kind === 'HTTPRoute' ? path : `${kind} ${path}`;
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

/** Enough for a sentence of three and for saying that there are more. The host itself has all of them. */
const MAX_CONTESTS = 4;

const ofOutcome = (
  { contests }: HostInput,
  wanted: HostContest['outcome'],
): HostContest[] =>
  contests.filter(contest => contest.outcome === wanted).slice(0, MAX_CONTESTS);

const notShadowed: Check<HostInput> = input => {
  const { shadow, host, subject } = input;
  const contests = ofOutcome(input, 'loses');
  if (!shadow || contests.length === 0) return undefined;
  return outcome(
    shadow.isWhole ? 'Broken' : 'Degraded',
    'route',
    found('RouteShadowed', {
      params: { host, contests, route: routeOf(input), ...shadow },
      actor: { is: 'reader' },
      subject,
      ...detailsOf(contests),
    }),
  );
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
  const { primary, host, subject, snapshot } = input;
  const listener = moreSpecificListener(input);
  if (!primary || !listener) return undefined;
  const gatewayClass = snapshot.get(
    'GatewayClass',
    undefined,
    String(primary.gateway.spec?.gatewayClassName),
  );
  const isSure =
    listener.protocol === 'TLS' || keepsListenersApart(gatewayClass);
  return outcome(
    isSure ? 'Broken' : undefined,
    'listener',
    found('HostTakenByListener', {
      params: {
        host,
        route: routeOf(input),
        listener: listener.name,
        isSure,
        isTls: listener.protocol === 'TLS',
      },
      actor: { is: 'reader' },
      subject: { ...subject, field: 'spec.parentRefs' },
    }),
  );
};

const isDetermined: Check<HostInput> = input => {
  const { host, subject } = input;
  const contests = ofOutcome(input, 'undetermined');
  if (contests.length === 0) return undefined;
  return outcome(
    undefined,
    'route',
    found('PrecedenceUndetermined', {
      params: { host, contests, route: routeOf(input) },
      actor: { is: 'reader' },
      subject,
      ...detailsOf(contests),
    }),
  );
};

const takesFromNobody: Check<HostInput> = input => {
  const { host, subject } = input;
  const contests = ofOutcome(input, 'wins');
  if (contests.length === 0) return undefined;
  return outcome(
    undefined,
    'route',
    found('ShadowsAnotherRoute', {
      params: { host, contests },
      actor: { is: 'nobody' },
      subject,
      ...detailsOf(contests),
    }),
  );
};

const claimedHereAlone: Check<HostInput> = input => {
  const { host, subject, settings } = input;
  const contests = ofOutcome(input, 'elsewhere');
  if (contests.length === 0) return undefined;
  const { lanIp } = settings.network;
  return outcome(
    undefined,
    'address',
    found('HostClaimedElsewhere', {
      params: { host, contests, ...(lanIp && { address: lanIp }) },
      actor: { is: 'reader' },
      subject,
      ...detailsOf(contests),
    }),
  );
};

/** Who answers the host, in order: what is taken from the route, what is not known, and what it takes from others. */
export const SHADOW_CHECKS: readonly Check<HostInput>[] = [
  notShadowed,
  servedByItsListener,
  isDetermined,
  takesFromNobody,
  claimedHereAlone,
];
