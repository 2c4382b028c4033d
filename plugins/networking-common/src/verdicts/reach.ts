import type { Attachment } from '../gateway-api/attachments';
import { objectsOf } from '../gateway-api/lenient';
import type { Gateway, Listener } from '../gateway-api/types';
import { isDnsLabel, MAX_HOST_LENGTH } from '../hostnames/dns';
import { urlOf } from '../hostnames/url';
import type { ObjectName } from '../findings/types';
import type { ClusterSettings } from '../settings/types';

/** An attachment to a listener that is there. */
export type Serving = Attachment & { gateway: Gateway; listener: Listener };

export const isServing = (found: Attachment): found is Serving =>
  found.gateway !== undefined && found.listener !== undefined;

/** Does this attachment lead to the Gateway of the settings, itself or by a ListenerSet? */
export function isOurs(
  { gatewayRef }: Attachment,
  { gateway }: ClusterSettings,
): boolean {
  return (
    gatewayRef?.namespace === gateway.namespace &&
    gatewayRef.name === gateway.name
  );
}

/** Is this the one of the Gateway's own listeners that the settings name for its scheme? */
export function isNamed(
  { listener, listenerSet }: Serving,
  { gateway }: ClusterSettings,
): boolean {
  const { httpsSection, httpSection } = gateway;
  const section = listener.protocol === 'HTTPS' ? httpsSection : httpSection;
  return listenerSet === undefined && listener.name === section;
}

/**
 * Is it known at which port people reach the listener? That of the listener which the settings name is; another one is
 * reached there where it shares its port, as listeners of one port are told apart by host.
 */
export function hasPublicPort(
  found: Serving,
  settings: ClusterSettings,
): boolean {
  if (isNamed(found, settings)) return true;
  const { gateway, listener } = found;
  const { httpsSection, httpSection, httpsPort, httpPort } = settings.gateway;
  const [section, port] =
    listener.protocol === 'HTTPS'
      ? [httpsSection, httpsPort]
      : [httpSection, httpPort];
  const named = objectsOf(gateway.spec?.listeners).find(
    ({ name }) => name === section,
  );
  return listener.port === (named?.port ?? port);
}

/** `Gateway kube-system/idp-gateway`, `ListenerSet shop/web`: what has the listener. */
export function holderTitle({ listenerSet, gateway }: Serving): string {
  const { kind, metadata } = listenerSet ?? gateway;
  return `${kind} ${metadata.namespace}/${metadata.name}`;
}

/** What has the listener, as a sentence names it. */
export function holderOf({ listenerSet, gateway }: Serving): ObjectName {
  const { kind, metadata } = listenerSet ?? gateway;
  return { kind, namespace: metadata.namespace, name: metadata.name };
}

/** A name that can be asked for: no wildcard, and nothing but DNS labels. */
export const isConcreteHost = (host: string): boolean =>
  host.length <= MAX_HOST_LENGTH && host.split('.').every(isDnsLabel);

/** What is served where neither a listener nor a route names a hostname. */
export const ANY_HOST = '*';

/** Where HTTPS has a port of its own in public, so has HTTP. */
export const publicHttpPort = ({
  network: { publicHttpsPort, nodeportHttp },
}: ClusterSettings): number => (publicHttpsPort === 443 ? 80 : nodeportHttp);

/**
 * The URL of a host through a listener that serves it: scheme by the listener's protocol, port by the settings and never by
 * what the cluster says. Undefined for a wildcard, and where the public port is not known.
 */
export function urlThrough(
  found: Serving,
  host: string,
  settings: ClusterSettings,
): string | undefined {
  if (!isConcreteHost(host) || !hasPublicPort(found, settings)) {
    return undefined;
  }
  return found.listener.protocol === 'HTTPS'
    ? urlOf(host, { scheme: 'https', port: settings.network.publicHttpsPort })
    : urlOf(host, { scheme: 'http', port: publicHttpPort(settings) });
}

/**
 * The URL of a host through the listeners that serve it, HTTPS first. Any host is reached at the address of the settings
 * (`lan_ip`, never one that the cluster says) and in clear alone: RFC 6066, section 3 has no server name for an address, by
 * which a certificate could be chosen.
 */
export function hostUrl(
  { https, http }: { https?: Serving; http?: Serving },
  host: string,
  settings: ClusterSettings,
): string | undefined {
  if (host !== ANY_HOST) {
    const serves = https ?? http;
    return serves && urlThrough(serves, host, settings);
  }
  const { lanIp } = settings.network;
  if (!http || !lanIp || !hasPublicPort(http, settings)) return undefined;
  return urlOf(lanIp.includes(':') ? `[${lanIp}]` : lanIp, {
    scheme: 'http',
    port: publicHttpPort(settings),
  });
}
