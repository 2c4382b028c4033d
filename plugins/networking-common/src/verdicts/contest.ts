import { attachments, type Attachment } from '../gateway-api/attachments';
import { findCondition } from '../gateway-api/conditions';
import { intersectHostname } from '../gateway-api/hostname';
import { parentStatusFor } from '../gateway-api/parents';
import type { Snapshot } from '../gateway-api/snapshot';
import type {
  Gateway,
  GatewayRoute,
  HttpRoute,
  Listener,
  Route,
} from '../gateway-api/types';
import type { HostContest } from '../exposures/types';
import type { ClusterSettings } from '../settings/types';

/** A {@link HostContest} before anybody was asked who may know of it. */
export interface Contest extends Omit<HostContest, 'route'> {
  other: Route;
}

/** Where a host of a route is served, and among what. */
export interface ContestInput {
  route: HttpRoute;
  /** Concrete, wildcard, or `*`. */
  host: string;
  through: Attachment & { gateway: Gateway; listener: Listener };
  /** The path that a probe asks for. */
  path?: string;
  snapshot: Snapshot;
  settings: ClusterSettings;
}

export const isSameRoute = (a: Route, b: Route): boolean =>
  a.kind === b.kind &&
  a.metadata.namespace === b.metadata.namespace &&
  a.metadata.name === b.metadata.name;

export const isGatewayRoute = (route: Route): route is GatewayRoute =>
  route.kind !== 'Ingress';

/** The attachments by which a route is served at a host, as far as specs and the controllers' own words tell. */
export function servingAttachments(
  route: GatewayRoute,
  host: string,
  snapshot: Snapshot,
): (Attachment & { gateway: Gateway; listener: Listener })[] {
  return attachments(route, snapshot).filter(
    (found): found is ContestInput['through'] =>
      !!found.gateway &&
      !!found.listener &&
      found.hosts.some(served => intersectHostname(served, host) === host) &&
      findCondition(
        parentStatusFor(route, found.parentRef)?.conditions,
        'Accepted',
      )?.status !== 'False',
  );
}

/** Is a route served at the host by the very listener that serves the other? */
export function isServedBeside(
  route: GatewayRoute,
  { host, through, snapshot }: ContestInput,
): boolean {
  return servingAttachments(route, host, snapshot).some(
    ({ gateway, listener }) =>
      // A ListenerSet of the Gateway may have a listener of the same name.
      gateway === through.gateway && listener === through.listener,
  );
}
