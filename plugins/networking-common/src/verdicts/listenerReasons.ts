import { conflict, note, passes, trouble } from '../findings/declare';
import type { ObjectName } from '../findings/types';
import type { Claimed, Said } from './parentReasons';

/** A listener, and what has it: a Gateway, or a ListenerSet. */
export interface ListenerName {
  listener: string;
  holder: ObjectName;
}

interface OfListener extends Claimed, Said, ListenerName {}

interface Waiting extends Claimed, ListenerName {
  controller: string;
}

/** A reference into a namespace that does not allow it; absent where it is not known which. */
export interface NotAllowed {
  to?: ObjectName;
  from?: { kind: string; namespace: string };
}

interface OfGateway extends Claimed, Said {
  gateway: ObjectName;
}

/** Reasons of the findings about the listener that serves a host, and about its Gateway. */
export const LISTENER_REASONS = {
  ListenerNoStatus: passes<Waiting>(),
  ListenerStatusStale: passes<Waiting>(),
  ListenerPending: passes<Waiting>(),
  ListenerConflicted: conflict<OfListener>(),
  ListenerProtocolConflict: conflict<OfListener>(),
  ListenerDetached: trouble<OfListener>(),
  ListenerNotAccepted: trouble<OfListener>(),
  ListenerNotProgrammed: trouble<OfListener>(),
  /** Without `listener`: a port of a ListenerSet. */
  ListenerPortUnavailable: conflict<
    Claimed & { holder: ObjectName; listener?: string; port?: number }
  >(),
  ListenerProtocolUnsupported: trouble<OfListener & { protocol?: string }>(),
  TooManyListeners: trouble<OfListener>(),
  ListenerValueUnsupported: trouble<OfListener>(),
  ListenerTlsInvalid: trouble<OfListener>(),
  ListenerTlsModeUnsupported: trouble<OfListener>(),
  ListenerClientCaUnusable: trouble<OfListener>(),
  /** The CA that is to have signed the certificates of clients lies in a namespace that does not allow its use. */
  ClientCaRefNotPermitted: trouble<OfListener & NotAllowed>(),
  ListenerKindsUnknown: note<OfListener>(),
  ListenerSelectorInvalid: trouble<OfListener>(),
  /** `isUsed`: the gateway goes on with it for now. */
  CertificateRefNotPermitted: trouble<
    OfListener & NotAllowed & { isUsed: boolean }
  >(),
  ListenerCertificateUnusable: trouble<OfListener>(),
  ListenerCertificatePartlyUnusable: trouble<OfListener>(),
  /** By browsers, connections are used for what another listener serves. */
  OverlappingTLSConfig: conflict<OfListener>(),
  /** Whether listeners' certificates overlap cannot be seen. */
  OverlappingTlsNotKnown: note<OfListener>(),
  AddressNotAssigned: note<Record<never, never>>(),

  /** `works`: it does for this host, and another part of it does not. */
  GatewayNotAccepted: trouble<OfGateway & { works?: true }>(),
  GatewayNotProgrammed: trouble<OfGateway & { works?: true }>(),
  GatewayPending: passes<{ gateway: ObjectName; controller: string }>(),
  GatewayListenersNotResolved: trouble<OfGateway>(),
  /** The certificate that the gateway shows to backends. */
  GatewayClientCertificateUnusable: trouble<OfGateway>(),
  GatewayClientCertificateNotPermitted: trouble<OfGateway>(),
  /** What the Gateway refers to outside its listeners. */
  GatewayRefsNotResolved: trouble<OfGateway>(),
  /** AllowInsecureFallback: clients without a valid certificate are let in. */
  ClientCertificatesNotEnforced: note<OfGateway>(),
};
