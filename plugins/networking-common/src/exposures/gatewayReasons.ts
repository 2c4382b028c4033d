import { invalid, trouble, unavailable } from '../findings/declare';
import type { ObjectName } from '../findings/types';

export interface OfListener {
  gateway: ObjectName;
  listener: string;
}

/** Reasons of the findings about what keeps the gateway of the settings from serving an exposure. */
export const GATEWAY_REASONS = {
  GatewayMissing: trouble<{ cluster: string; gateway: ObjectName }>({
    isMendedByEditing: true,
  }),
  /** `isInClear`: it is there, without TLS. */
  ListenerMissing: invalid<OfListener & { isInClear: boolean }>({
    isMendedByEditing: true,
  }),
  /** `hostname`: what the listener serves. */
  DnsSuffixMismatch: trouble<
    OfListener & { dnsSuffix: string; hostname: string }
  >(),
  ListenerRefusesNamespace: invalid<OfListener & { namespace: string }>(),
  ListenerRefusesKind: invalid<OfListener & { kind: string }>(),
  /** `hostname`: what the listener serves. */
  NoMatchingListenerHostname: invalid<OfListener & { hostname: string }>({
    isMendedByEditing: true,
  }),
  /** The listener chooses namespaces by labels, and this one cannot be read. */
  NotKnown: unavailable<OfListener & { namespace: string }>(),
};
