import { attachments } from '../gateway-api/attachments';
import { probePath } from '../gateway-api/probePath';
import type { Snapshot } from '../gateway-api/snapshot';
import type { HttpRoute } from '../gateway-api/types';
import { listenerRefOf } from '../certificates/listeners';
import type { ListenerRef } from '../certificates/types';
import type { ClusterSettings } from '../settings/types';
import {
  hasPublicPort,
  isConcreteHost,
  isNamed,
  isOurs,
  isServing,
  type Serving,
} from './reach';

/** A host that a probe may ask for. @public */
export interface HostToProbe {
  host: string;
  path: string;
  /** The https listener that serves it. */
  listener: ListenerRef;
}

/**
 * The hosts of a route that a probe may ask for, each with the path to ask: concrete hosts that an https listener of our
 * Gateway serves on the port that the settings know. Empty where the route answers no plain GET.
 * @public
 */
export function hostsToProbe(
  route: HttpRoute,
  snapshot: Snapshot,
  settings: ClusterSettings,
): HostToProbe[] {
  const path = probePath(route);
  if (path === undefined) return [];
  const serving = attachments(route, snapshot).filter(
    (found): found is Serving =>
      isOurs(found, settings) &&
      isServing(found) &&
      found.listener.protocol === 'HTTPS' &&
      hasPublicPort(found, settings),
  );
  const byHost = new Map<string, Serving>();
  for (const found of serving) {
    for (const host of found.hosts.filter(isConcreteHost)) {
      const known = byHost.get(host);
      if (!known || (!isNamed(known, settings) && isNamed(found, settings))) {
        byHost.set(host, found);
      }
    }
  }
  return [...byHost].map(([host, { listener, listenerSet, gateway }]) => ({
    host,
    path,
    listener: listenerRefOf(listenerSet ?? gateway, listener),
  }));
}
