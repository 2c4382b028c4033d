import { conflict, notYours, passes } from '../findings/declare';
import type { ObjectName } from '../findings/types';

/** A route as one reader may see it. `owner`: full ref of the entity that it belongs to. */
export interface RouteName extends ObjectName {
  owner?: string;
}

/** Where requests go: to a backend, or by a redirect, to another host where it names one. */
export type Destination =
  | {
      to: 'backend';
      kind: string;
      name?: string;
      namespace?: string;
      port?: number;
    }
  | { to: 'redirect'; host?: string };

/** Where a route is served. */
export interface ServedAt {
  host: string;
  listener: string;
  parent: ObjectName;
}

/** Reasons of the findings about who has a host now. Without `route`, it is one that the caller may not read. */
export const HOST_REASONS = {
  /** `isOwn`: by a route of the same entity. */
  HostTaken: conflict<{ host: string; route?: RouteName; isOwn: boolean }>(),
  /** `isCatchAll`: one of the platform, which is there for the hosts that nobody has. */
  HostShadowsWildcard: conflict<{
    host: string;
    route?: RouteName;
    isCatchAll: boolean;
  }>(),
  /** `entity`: the one that is to be exposed. */
  RouteOfAnotherEntity: notYours<{ route?: RouteName; entity: string }>(),
  RouteBeingDeleted: passes<{ route?: RouteName }>(),
  /** `tool`: what delivers it, where that is known. */
  RouteManagedElsewhere: conflict<{ route?: RouteName; tool?: string }>(),
  AlreadyExposed: conflict<{ entity: string; url: string }>(),
  ExposureMissing: conflict<{
    entity: string;
    url: string;
    route: ObjectName;
  }>(),
  /** It has another uid than the one that was shown. */
  RouteReplaced: conflict<{ url: string; route: ObjectName }>(),
  LiveTrafficMoves: conflict<{
    host: string;
    url: string;
    from: Destination[];
    to: Destination[];
  }>(),
  LiveTrafficStops: conflict<{ route: ObjectName; from: ServedAt[] }>(),
};
