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
import type { Finding } from '../verdicts/types';
import type { EntityFacts } from './entityFacts';
import { isReservedNamespace } from './grants';
import { hostClaims } from './hostClaims';
import { deliveryToolOf, isManaged } from './managers';
import { claimedEntityRef, isHttpRoute } from './matching';

const ANOTHER_TEAM = 'a route of another team';
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
      const details = isReadable ? { details: describe(route) } : {};
      if (kind === 'exact') {
        const isOwn = isReadable && claimedEntityRef(route) === entity.ref;
        return [
          {
            reason: 'HostTaken',
            severity: 'blocking',
            message: `Requests for ${host} already go to ${nameOf(
              route,
              isReadable,
            )}.`,
            remedy: isOwn
              ? `Remove route ${pathOf(
                  route,
                )} first, or choose another hostLabel.`
              : 'Choose another hostLabel, or ask the owner of that route to give the host up.',
            subject,
            ...details,
          },
        ];
      }
      // A route that names the host goes before it all along, for what it matches.
      if (isAnswered || !servesHost(route, host, snapshot, settings)) return [];
      const taken = nameOf(route, isReadable);
      // A catch-all of the platform is there for the hosts that nobody has.
      const isCatchAll = isReservedNamespace(
        textOf(route.metadata.namespace) ?? '',
        settings,
      );
      return [
        {
          reason: 'HostShadowsWildcard',
          severity: isCatchAll ? 'info' : 'confirm',
          message: `Requests for ${host} now go to ${taken}, which takes a whole range of hosts. After this change they go to this exposure.`,
          ...(!isCatchAll && {
            remedy: 'Confirm that they may, or choose another host label.',
          }),
          subject,
          details: {
            ...(isReadable && describe(route)),
            host,
            from: taken,
            to: 'this exposure',
          },
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
  const isReadable = mayRead(live);
  const name = isReadable ? `Route ${pathOf(live)}` : 'The route for this host';
  const refuse = (
    reason: string,
    message: string,
    remedy: string,
  ): Finding[] => [
    {
      reason,
      severity: 'blocking',
      message,
      remedy,
      subject: {
        kind: 'HTTPRoute',
        name: live.metadata.name,
        namespace: live.metadata.namespace,
        cluster,
        field: 'hostLabel',
      },
    },
  ];
  const owner = claimedEntityRef(live);
  if (owner !== undefined && owner !== entity.ref) {
    return refuse(
      'RouteOfAnotherEntity',
      isReadable
        ? `${name} belongs to ${owner}; its requests would go to ${entity.ref} instead.`
        : `${name} is ${ANOTHER_TEAM}; its requests would go to ${entity.ref} instead.`,
      'Choose another hostLabel.',
    );
  }
  if (live.metadata.deletionTimestamp !== undefined) {
    return refuse(
      'RouteBeingDeleted',
      `${name} is being deleted, and whatever is written to it goes with it.`,
      'Apply again when it is gone.',
    );
  }
  const tool = deliveryToolOf(live);
  if (tool !== undefined) {
    return refuse(
      'RouteManagedElsewhere',
      `${name} is delivered by ${tool}, which would undo any change made here.`,
      `Change it in the source that ${tool} delivers, or choose another hostLabel.`,
    );
  }
  if (!isManaged(live) && !takeOwnership) {
    return refuse(
      'RouteManagedElsewhere',
      `${name} exists already and was not made by this plugin.`,
      'Choose another hostLabel, or ask a platform admin to take the route over (takeOwnership).',
    );
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

function nameOf(route: Route, isReadable: boolean): string {
  if (!isReadable) return ANOTHER_TEAM;
  const owner = claimedEntityRef(route);
  const title = `${route.kind === 'HTTPRoute' ? 'route' : route.kind} ${pathOf(
    route,
  )}`;
  return owner === undefined ? title : `${title} (owner: ${owner})`;
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
  return findings.filter(({ reason, message }) => {
    const key = `${reason} ${message}`;
    return seen.has(key) ? false : seen.add(key);
  });
}
