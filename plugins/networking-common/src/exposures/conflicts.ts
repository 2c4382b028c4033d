import { blocking } from '../findings/blocking';
import { findingsOf } from '../findings/declare';
import type { Finding } from '../findings/types';
import { attachments } from '../gateway-api/attachments';
import { intersectHostname } from '../gateway-api/hostname';
import { objectsOf, textOf } from '../gateway-api/lenient';
import {
  covers,
  routeMatches,
  type MatchedRequests,
} from '../gateway-api/matches';
import type { Snapshot } from '../gateway-api/snapshot';
import type { HttpRoute, Route } from '../gateway-api/types';
import type { ClusterSettings } from '../settings/types';
import { HOST_SENTENCES } from '../sentences/host';
import type { EntityFacts } from './entityFacts';
import { isReservedNamespace } from './grants';
import { hostClaims } from './hostClaims';
import type { HOST_REASONS, RouteName } from './hostReasons';
import { deliveryToolOf, isManaged } from './managers';
import { claimedEntityRef, isHttpRoute } from './matching';

const found = findingsOf<typeof HOST_REASONS>(HOST_SENTENCES);

const EVERYTHING: MatchedRequests = {
  pathType: 'PathPrefix',
  path: '/',
  headers: [],
  queryParams: [],
};

/** What the other routes of the cluster mean for a host. Routes are named only to one who may read them. */
export function hostFindings(input: {
  host: string;
  entity: EntityFacts;
  /** Is this the route that the exposure would write over? */
  isLive: (route: Route) => boolean;
  snapshot: Snapshot;
  settings: ClusterSettings;
  mayRead: (route: Route) => boolean;
}): Finding[] {
  const { host, entity, isLive, snapshot, settings, mayRead } = input;
  const subject = {
    kind: 'Host',
    name: host,
    cluster: snapshot.cluster,
    field: 'hostLabel',
  };
  const claims = hostClaims(host, snapshot);
  const isAnswered = claims.some(
    ({ route, kind }) =>
      kind === 'exact' &&
      isHttpRoute(route) &&
      takesEveryRequest(route) &&
      servesHost(route, host, snapshot, settings),
  );
  const findings = claims
    .filter(({ route }) => !isLive(route))
    .flatMap(({ route, kind }): Finding[] => {
      const isReadable = mayRead(route);
      const named = isReadable ? { route: nameOf(route) } : {};
      const details = isReadable ? { details: describe(route) } : {};
      const actor = { is: 'reader' } as const;
      if (kind === 'exact') {
        const isOwn = isReadable && claimedEntityRef(route) === entity.ref;
        return [
          blocking(
            found('HostTaken', {
              params: { host, ...named, isOwn },
              actor,
              subject,
              ...details,
            }),
          ),
        ];
      }
      // A route that names the host goes before it all along, for what it matches.
      if (isAnswered || !servesHost(route, host, snapshot, settings)) return [];
      // A catch-all of the platform is there for the hosts that nobody has.
      const isCatchAll = isReservedNamespace(
        textOf(route.metadata.namespace) ?? '',
        settings,
      );
      return [
        {
          ...found('HostShadowsWildcard', {
            params: { host, ...named, isCatchAll },
            actor: isCatchAll ? { is: 'nobody' } : actor,
            subject,
            ...details,
          }),
          severity: isCatchAll ? 'info' : 'confirm',
        },
      ];
    });
  return onceEach(findings);
}

/** What stands against writing over the route that already has the derived name. */
export function liveRouteFindings(input: {
  live: HttpRoute;
  entity: EntityFacts;
  cluster: string;
  takeOwnership: boolean;
  mayRead: (route: Route) => boolean;
}): Finding[] {
  const { live, entity, cluster, takeOwnership, mayRead } = input;
  const named = mayRead(live) ? { route: nameOf(live) } : {};
  const shared = {
    actor: { is: 'reader' },
    subject: {
      kind: 'HTTPRoute',
      name: live.metadata.name,
      namespace: live.metadata.namespace,
      cluster,
      field: 'hostLabel',
    },
  } as const;
  const owner = claimedEntityRef(live);
  if (owner !== undefined && owner !== entity.ref) {
    return [
      blocking(
        found('RouteOfAnotherEntity', {
          params: { ...named, entity: entity.ref },
          ...shared,
        }),
      ),
    ];
  }
  if (live.metadata.deletionTimestamp !== undefined) {
    return [
      blocking(
        found('RouteBeingDeleted', {
          params: named,
          ...shared,
          actor: { is: 'nobody' },
        }),
      ),
    ];
  }
  const tool = deliveryToolOf(live);
  if (tool !== undefined || (!isManaged(live) && !takeOwnership)) {
    return [
      blocking(
        found('RouteManagedElsewhere', {
          params: { ...named, ...(tool !== undefined && { tool }) },
          ...shared,
        }),
      ),
    ];
  }
  return [];
}

/** The API server gives a route without rules one that takes every path. */
function takesEveryRequest(route: HttpRoute): boolean {
  return (
    objectsOf(route.spec?.rules).length === 0 ||
    routeMatches(route).some(
      ({ requests }) => requests !== undefined && covers(requests, EVERYTHING),
    )
  );
}

/** Does a route reach this host, also by a wildcard, through the listener that the exposure will use? */
function servesHost(
  route: Route,
  host: string,
  snapshot: Snapshot,
  settings: ClusterSettings,
): boolean {
  const { name, namespace, httpsSection } = settings.gateway;
  return (
    isHttpRoute(route) &&
    attachments(route, snapshot).some(
      ({ gateway, listenerSet, listener, hosts }) =>
        gateway?.metadata.name === name &&
        gateway.metadata.namespace === namespace &&
        listenerSet === undefined &&
        listener?.name === httpsSection &&
        hosts.some(pattern => intersectHostname(pattern, host) === host),
    )
  );
}

function nameOf(route: Route): RouteName {
  const { namespace, name } = route.metadata;
  const owner = claimedEntityRef(route);
  return {
    kind: route.kind,
    namespace,
    name,
    ...(owner !== undefined && { owner }),
  };
}

function describe(route: Route): Record<string, string> {
  const owner = claimedEntityRef(route);
  return {
    route: pathOf(route),
    ...(owner !== undefined && { entityRef: owner }),
  };
}

function pathOf(route: Route): string {
  return `${route.metadata.namespace}/${route.metadata.name}`;
}

/** Routes that may not be named are not to be counted either. */
function onceEach(findings: Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ reason, params }) => {
    const key = `${reason} ${JSON.stringify(params)}`;
    return seen.has(key) ? false : seen.add(key);
  });
}
