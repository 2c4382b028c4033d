import type { Condition } from '../gateway-api/types';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import type { VerdictWord } from './types';

/** Whose word for it a reason is. @public */
export type ReasonSource =
  | 'Gateway API'
  | 'Cilium'
  | 'Traefik'
  | 'Envoy Gateway';

/** What a condition with a certain reason comes to. @public */
export interface ReasonMeaning {
  /** Reason of the finding that says it; each has a sentence and a remedy of its own. */
  finding: string;
  /** What it makes of requests, unless something else shows that they are answered. Absent: it decides nothing. */
  word?: Extract<VerdictWord, 'Broken' | 'Pending' | 'Degraded'>;
  sources: readonly ReasonSource[];
}

/** The objects whose conditions verdicts rest on. @public */
export type JudgedObject = 'HTTPRoute' | 'ListenerSet' | 'Listener' | 'Gateway';

const meaning = (
  finding: string,
  ...sources: readonly ReasonSource[]
): ReasonMeaning => ({
  finding,
  word: 'Broken',
  sources: sources.length > 0 ? sources : ['Gateway API'],
});

const pending = (finding: string): ReasonMeaning => ({
  ...meaning(finding),
  word: 'Pending',
});

const degraded = (
  finding: string,
  ...sources: readonly ReasonSource[]
): ReasonMeaning => ({ ...meaning(finding, ...sources), word: 'Degraded' });

const advice = (finding: string): ReasonMeaning => ({
  finding,
  sources: ['Gateway API'],
});

/**
 * By object, condition type and reason: every bad state of the Gateway API v1.6 (`apis/v1/*_types.go`), and those that
 * implementations add (Cilium 1.20, Traefik 3.6, Envoy Gateway 1.6). What is not in it is judged by its status alone and
 * told in the controller's own words.
 * @public
 */
export const CONDITION_REASONS: Readonly<
  Record<
    JudgedObject,
    Readonly<Record<string, Readonly<Record<string, ReasonMeaning>>>>
  >
> = {
  HTTPRoute: {
    Accepted: {
      NotAllowedByListeners: meaning(REASON.notAllowedByListeners),
      NoMatchingListenerHostname: meaning(REASON.noMatchingListenerHostname),
      NoMatchingParent: meaning(REASON.noMatchingParent),
      UnsupportedValue: meaning(REASON.unsupportedValue),
      IncompatibleFilters: meaning(REASON.incompatibleFilters),
      Pending: pending(REASON.acceptancePending),
      InvalidHTTPRoute: meaning(REASON.parentNotFound, 'Cilium'),
    },
    ResolvedRefs: {
      RefNotPermitted: meaning(REASON.refNotPermitted),
      InvalidKind: meaning(REASON.invalidKind),
      BackendNotFound: meaning(REASON.backendNotFound),
      UnsupportedProtocol: meaning(REASON.unsupportedProtocol),
      InvalidBackendRef: meaning(REASON.backendUnusable, 'Envoy Gateway'),
      InvalidBackendTLS: meaning(REASON.backendTlsUnusable, 'Envoy Gateway'),
      InvalidBackendFilters: meaning(
        REASON.backendFiltersUnusable,
        'Envoy Gateway',
      ),
      UnsupportedRefValue: meaning(REASON.refUnsupported, 'Envoy Gateway'),
      PortNotFound: meaning(REASON.backendPortMissing, 'Envoy Gateway'),
      PortNotSpecified: meaning(REASON.backendPortUnnamed, 'Envoy Gateway'),
      UnsupportedAddressType: meaning(
        REASON.backendAddressUnusable,
        'Envoy Gateway',
      ),
      InvalidAddress: meaning(REASON.backendAddressUnusable, 'Envoy Gateway'),
      EndpointsNotFound: meaning(REASON.backendsUnavailable, 'Envoy Gateway'),
    },
    BackendsAvailable: {
      EndpointsNotFound: meaning(REASON.backendsUnavailable, 'Envoy Gateway'),
    },
    PartiallyInvalid: {
      UnsupportedValue: degraded(REASON.partiallyInvalid),
    },
    RouteRulesOverlap: {
      RouteRulesOverlap: degraded(REASON.rulesOverlap, 'Envoy Gateway'),
    },
  },
  ListenerSet: {
    Accepted: {
      Invalid: meaning(REASON.listenerSetInvalid),
      NotAllowed: meaning(REASON.listenerSetNotAllowed),
      ParentNotAccepted: meaning(REASON.gatewayNotAccepted),
      ListenersNotValid: meaning(REASON.listenerSetInvalid),
      Pending: pending(REASON.listenerSetPending),
    },
    Programmed: {
      Invalid: meaning(REASON.listenerSetInvalid),
      ListenersNotValid: meaning(REASON.listenerSetInvalid),
      ParentNotProgrammed: meaning(REASON.gatewayNotProgrammed),
      PortUnavailable: meaning(REASON.listenerPortUnavailable),
      NotAllowed: meaning(REASON.listenerSetNotAllowed, 'Cilium'),
      Pending: pending(REASON.listenerSetPending),
    },
  },
  Listener: {
    Accepted: {
      PortUnavailable: meaning(REASON.listenerPortUnavailable),
      UnsupportedProtocol: meaning(REASON.listenerProtocolUnsupported),
      TooManyListeners: meaning(REASON.tooManyListeners),
      UnsupportedValue: meaning(REASON.listenerValueUnsupported),
      NoValidCACertificate: meaning(REASON.listenerClientCaUnusable),
      Invalid: meaning(REASON.listenerNotAccepted),
      Pending: pending(REASON.listenerPending),
      InvalidTLSConfiguration: meaning(REASON.listenerTlsInvalid, 'Traefik'),
    },
    ResolvedRefs: {
      InvalidCertificateRef: meaning(REASON.listenerCertificateUnusable),
      RefNotPermitted: meaning(REASON.certificateRefNotPermitted),
      InvalidRouteKinds: advice(REASON.listenerKindsUnknown),
      InvalidCACertificateRef: meaning(REASON.listenerClientCaUnusable),
      InvalidCACertificateKind: meaning(REASON.listenerClientCaUnusable),
      InvalidRouteNamespacesSelector: meaning(
        REASON.listenerSelectorInvalid,
        'Traefik',
      ),
      PartiallyInvalidCertificateRef: degraded(
        REASON.listenerCertificatePartlyUnusable,
        'Envoy Gateway',
      ),
      SDSCertificateOpaque: degraded(
        REASON.listenerCertificatePartlyUnusable,
        'Envoy Gateway',
      ),
    },
    Programmed: {
      Invalid: meaning(REASON.listenerNotProgrammed),
      PortUnavailable: meaning(REASON.listenerPortUnavailable),
      AddressNotAssigned: advice(REASON.addressNotAssigned),
      Pending: pending(REASON.listenerPending),
    },
    Conflicted: {
      HostnameConflict: meaning(REASON.listenerConflicted),
      ProtocolConflict: meaning(REASON.listenerProtocolConflict),
      ListenerConflict: meaning(REASON.listenerConflicted),
      DuplicateListener: meaning(REASON.listenerConflicted, 'Traefik'),
      UnsupportedProtocol: meaning(
        REASON.listenerProtocolUnsupported,
        'Traefik',
      ),
    },
    OverlappingTLSConfig: {
      OverlappingHostnames: degraded(REASON.overlappingTls),
      OverlappingCertificates: degraded(REASON.overlappingTls),
    },
    Detached: {
      PortUnavailable: meaning(REASON.listenerDetached),
      UnsupportedProtocol: meaning(REASON.listenerDetached),
    },
  },
  Gateway: {
    Accepted: {
      ListenersNotValid: degraded(REASON.gatewayNotAccepted),
      UnsupportedAddress: meaning(REASON.gatewayNotAccepted),
      InvalidParameters: meaning(REASON.gatewayNotAccepted),
      Invalid: meaning(REASON.gatewayNotAccepted),
      NoResources: meaning(REASON.gatewayNotAccepted, 'Cilium'),
    },
    Programmed: {
      Invalid: meaning(REASON.gatewayNotProgrammed),
      NoResources: meaning(REASON.gatewayNotProgrammed),
      AddressNotUsable: meaning(REASON.gatewayNotProgrammed),
      AddressNotAssigned: advice(REASON.addressNotAssigned),
      ListenersNotValid: meaning(REASON.gatewayNotProgrammed, 'Cilium'),
      ListenersNotReady: meaning(REASON.gatewayNotProgrammed, 'Cilium'),
    },
  },
};

/** Whether a condition is good when it is True (`positive`) or when it is False (`negative`). @public */
export type Polarity = 'positive' | 'negative';

/**
 * By condition type. A type that is not in it may be of either polarity: it is shown and not judged.
 * `RouteRulesOverlap` and `BackendsAvailable` are Envoy Gateway's, the others the Gateway API's.
 * @public
 */
export const CONDITION_POLARITY: Readonly<Record<string, Polarity>> = {
  Accepted: 'positive',
  Programmed: 'positive',
  ResolvedRefs: 'positive',
  BackendsAvailable: 'positive',
  PartiallyInvalid: 'negative',
  Conflicted: 'negative',
  OverlappingTLSConfig: 'negative',
  Detached: 'negative',
  InsecureFrontendValidationMode: 'negative',
  RouteRulesOverlap: 'negative',
};

/** Does a condition say that something is wrong? Undefined where its type, or its status, does not tell. @public */
export function isBad({ type, status }: Condition): boolean | undefined {
  const polarity = Object.hasOwn(CONDITION_POLARITY, type)
    ? CONDITION_POLARITY[type]
    : undefined;
  if (polarity === undefined || (status !== 'True' && status !== 'False')) {
    return undefined;
  }
  return status === (polarity === 'positive' ? 'False' : 'True');
}

/**
 * What a condition's reason comes to; undefined where nothing is known of it. Of several reasons in one, `A,B` as Envoy
 * Gateway writes them, the first known one counts.
 * @public
 */
export function meaningOf(
  object: JudgedObject,
  { type, reason }: Condition,
): ReasonMeaning | undefined {
  const byType = CONDITION_REASONS[object];
  const byReason = Object.hasOwn(byType, type) ? byType[type] : undefined;
  if (!byReason || typeof reason !== 'string') return undefined;
  const known = reason.split(',').find(one => Object.hasOwn(byReason, one));
  return known === undefined ? undefined : byReason[known];
}
