import type { Attachment } from '../gateway-api/attachments';
import { objectsOf } from '../gateway-api/lenient';
import type { Gateway, Listener } from '../gateway-api/types';
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
