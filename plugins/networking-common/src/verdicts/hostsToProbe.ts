import { attachments } from '../gateway-api/attachments';
import { probePath } from '../gateway-api/probePath';
import type { Attachment } from '../gateway-api/attachments';
import type { Snapshot } from '../gateway-api/snapshot';
import type { HttpRoute } from '../gateway-api/types';
import { isDnsLabel, MAX_HOST_LENGTH } from '../hostnames/dns';
import type { ClusterSettings } from '../settings/types';

/** Does this attachment lead to the Gateway of the settings? */
export function isOurs(
  { parentRef }: Attachment,
  { gateway }: ClusterSettings,
): boolean {
  return (
    parentRef.kind === 'Gateway' &&
    parentRef.namespace === gateway.namespace &&
    parentRef.name === gateway.name
  );
}

/** A name that can be asked for: no wildcard, and nothing but DNS labels. */
export const isConcreteHost = (host: string): boolean =>
  host.length <= MAX_HOST_LENGTH && host.split('.').every(isDnsLabel);

/**
 * The hosts of a route that a probe may ask for, each with the path to ask: concrete hosts that the https listener of
 * our Gateway serves. Empty where the route answers no plain GET.
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
      attachment =>
        isOurs(attachment, settings) &&
        attachment.listener?.protocol === 'HTTPS' &&
        attachment.listener.name === settings.gateway.httpsSection,
    )
    .flatMap(attachment => attachment.hosts);
  return [...new Set(hosts)]
    .filter(isConcreteHost)
    .map(host => ({ host, path }));
}
