import { attachments } from '../gateway-api/attachments';
import { probePath } from '../gateway-api/probePath';
import type { Snapshot } from '../gateway-api/snapshot';
import type { HttpRoute } from '../gateway-api/types';
import type { ClusterSettings } from '../settings/types';
import { hasPublicPort, isConcreteHost, isOurs, isServing } from './reach';

/**
 * The hosts of a route that a probe may ask for, each with the path to ask: concrete hosts that an https listener of our
 * Gateway serves on the port that the settings know. Empty where the route answers no plain GET.
 * @public
 */
export function hostsToProbe(
  route: HttpRoute,
  snapshot: Snapshot,
  settings: ClusterSettings,
): { host: string; path: string }[] {
  const path = probePath(route);
  if (path === undefined) return [];
  const hosts = attachments(route, snapshot)
    .filter(
      found =>
        isOurs(found, settings) &&
        isServing(found) &&
        found.listener.protocol === 'HTTPS' &&
        hasPublicPort(found, settings),
    )
    .flatMap(attachment => attachment.hosts);
  return [...new Set(hosts)]
    .filter(isConcreteHost)
    .map(host => ({ host, path }));
}
