import { VERDICT_REASONS as REASON } from '../findings/reasons';
import type { VerdictWord } from './types';

/** Whose word for it a reason is. @public */
export type ReasonSource =
  | 'Gateway API'
  | 'Cilium'
  | 'Traefik'
  | 'Envoy Gateway'
  | 'Contour'
  | 'NGINX Gateway Fabric';

/** What a condition with a certain status and reason comes to. @public */
export interface ReasonMeaning {
  /** Reason of the finding that says it; each has a sentence and a remedy of its own. Absent: there is nothing to say. */
  finding?: string;
  /** What it makes of requests, unless something else shows that they are answered. Absent: it decides nothing. */
  word?: Extract<VerdictWord, 'Broken' | 'Pending' | 'Degraded'>;
  /** It repeats what the conditions of the listener or the Gateway tell, which come first where they do. */
  isEcho?: true;
  /** Set where it is a warning, although it decides nothing. */
  severity?: 'warning';
  sources: readonly ReasonSource[];
}

/** The objects whose conditions verdicts, or the platform's health, rest on. @public */
export type JudgedObject =
  | 'HTTPRoute'
  | 'ListenerSet'
  | 'Listener'
  | 'Gateway'
  | 'GatewayClass';

/** `metav1.ConditionStatus`. @public */
export type ConditionStatus = 'True' | 'False' | 'Unknown';

type Reasons = Readonly<Record<string, ReasonMeaning>>;

const from = (sources: readonly ReasonSource[]) =>
  sources.length > 0 ? sources : (['Gateway API'] as const);

const meaning = (
  finding: string,
  ...sources: readonly ReasonSource[]
): ReasonMeaning => ({ finding, word: 'Broken', sources: from(sources) });

const echo = (
  finding: string,
  ...sources: readonly ReasonSource[]
): ReasonMeaning => ({ ...meaning(finding, ...sources), isEcho: true });

const pending = (
  finding: string,
  ...sources: readonly ReasonSource[]
): ReasonMeaning => ({ ...meaning(finding, ...sources), word: 'Pending' });

const degraded = (
  finding: string,
  ...sources: readonly ReasonSource[]
): ReasonMeaning => ({ ...meaning(finding, ...sources), word: 'Degraded' });

const advice = (
  finding: string,
  ...sources: readonly ReasonSource[]
): ReasonMeaning => ({ finding, sources: from(sources) });

/** Something is wrong, and traffic goes on. */
const warning = (
  finding: string,
  ...sources: readonly ReasonSource[]
): ReasonMeaning => ({
  ...advice(finding, ...sources),
  severity: 'warning',
});

/** Nothing is wrong, or another object's condition says what is. */
const good = (...sources: readonly ReasonSource[]): ReasonMeaning => ({
  sources: from(sources),
});

/**
 * By object, condition type, status and reason: every state of the Gateway API v1.6 (`apis/v1/*_types.go`), and the bad ones
 * that implementations add (Cilium 1.20, Traefik 3.6, Envoy Gateway 1.9, Contour 1.33). What is not in it is judged by its
 * type and status alone and told in the controller's own words.
 * @public
 */
export const CONDITION_REASONS: Readonly<
  Record<
    JudgedObject,
    Readonly<
      Record<string, Readonly<Partial<Record<ConditionStatus, Reasons>>>>
    >
  >
> = {
  HTTPRoute: {
    Accepted: {
      True: { Accepted: good() },
      False: {
        NotAllowedByListeners: meaning(REASON.notAllowedByListeners),
        NoMatchingListenerHostname: meaning(REASON.noMatchingListenerHostname),
        NoMatchingParent: echo(REASON.noMatchingParent),
        UnsupportedValue: meaning(REASON.unsupportedValue),
        IncompatibleFilters: meaning(REASON.incompatibleFilters),
        Pending: pending(REASON.acceptancePending),
        InvalidHTTPRoute: meaning(REASON.parentNotFound, 'Cilium'),
        RuleMatchConflict: meaning(REASON.ruleMatchConflict, 'Contour'),
        NoReadyListeners: echo(REASON.listenerNotReady, 'Envoy Gateway'),
        InvalidListener: echo(REASON.listenerNotReady, 'NGINX Gateway Fabric'),
        InvalidGateway: echo(REASON.gatewayNotAccepted, 'NGINX Gateway Fabric'),
        GatewayNotProgrammed: echo(
          REASON.gatewayNotProgrammed,
          'NGINX Gateway Fabric',
        ),
      },
      Unknown: { Pending: pending(REASON.acceptancePending) },
    },
    ResolvedRefs: {
      True: { ResolvedRefs: good() },
      False: {
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
        UnsupportedValue: meaning(REASON.refUnsupported, 'Envoy Gateway'),
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
    },
    BackendsAvailable: {
      False: {
        EndpointsNotFound: meaning(REASON.backendsUnavailable, 'Envoy Gateway'),
      },
    },
    PartiallyInvalid: {
      True: {
        UnsupportedValue: degraded(REASON.partiallyInvalid),
        IncompatibleFilters: degraded(REASON.partiallyInvalid, 'Envoy Gateway'),
        RuleMatchPartiallyConflict: degraded(
          REASON.partiallyInvalid,
          'Contour',
        ),
      },
    },
    ValidMatches: {
      False: { InvalidPathMatch: degraded(REASON.matchesInvalid, 'Contour') },
    },
    RouteRulesOverlap: {
      True: {
        RouteRulesOverlap: degraded(REASON.rulesOverlap, 'Envoy Gateway'),
      },
    },
  },
  ListenerSet: {
    Accepted: {
      // The listener concerned says of itself that it is not valid.
      True: { Accepted: good(), ListenersNotValid: good('Envoy Gateway') },
      False: {
        Invalid: meaning(REASON.listenerSetInvalid),
        NotAllowed: meaning(REASON.listenerSetNotAllowed),
        ParentNotAccepted: meaning(REASON.gatewayNotAccepted),
        ListenersNotValid: meaning(REASON.listenerSetInvalid),
        Pending: pending(REASON.listenerSetPending),
      },
      Unknown: { Pending: pending(REASON.listenerSetPending) },
    },
    Programmed: {
      True: { Programmed: good() },
      False: {
        Invalid: meaning(REASON.listenerSetInvalid),
        ListenersNotValid: meaning(REASON.listenerSetInvalid),
        ParentNotProgrammed: meaning(REASON.gatewayNotProgrammed),
        PortUnavailable: meaning(REASON.listenerPortUnavailable),
        NotAllowed: meaning(
          REASON.listenerSetNotAllowed,
          'Cilium',
          'Envoy Gateway',
        ),
        Pending: pending(REASON.listenerSetPending),
      },
      Unknown: { Pending: pending(REASON.listenerSetPending) },
    },
  },
  Listener: {
    Accepted: {
      True: { Accepted: good() },
      False: {
        PortUnavailable: meaning(REASON.listenerPortUnavailable),
        UnsupportedProtocol: meaning(REASON.listenerProtocolUnsupported),
        TooManyListeners: meaning(REASON.tooManyListeners),
        UnsupportedValue: meaning(REASON.listenerValueUnsupported),
        NoValidCACertificate: meaning(REASON.listenerClientCaUnusable),
        Invalid: meaning(REASON.listenerNotAccepted),
        Pending: pending(REASON.listenerPending),
        InvalidTLSConfiguration: meaning(REASON.listenerTlsInvalid, 'Traefik'),
        HostnameConflict: meaning(REASON.listenerConflicted, 'Envoy Gateway'),
        ProtocolConflict: meaning(
          REASON.listenerProtocolConflict,
          'Envoy Gateway',
        ),
      },
      Unknown: { Pending: pending(REASON.listenerPending) },
    },
    ResolvedRefs: {
      True: { ResolvedRefs: good() },
      False: {
        InvalidCertificateRef: meaning(REASON.listenerCertificateUnusable),
        RefNotPermitted: meaning(REASON.certificateRefNotPermitted),
        InvalidRouteKinds: advice(REASON.listenerKindsUnknown),
        InvalidCACertificateRef: meaning(REASON.listenerClientCaUnusable),
        InvalidCACertificateKind: meaning(REASON.listenerClientCaUnusable),
        NoValidCACertificate: meaning(
          REASON.listenerClientCaUnusable,
          'Envoy Gateway',
        ),
        InvalidRouteNamespacesSelector: meaning(
          REASON.listenerSelectorInvalid,
          'Traefik',
        ),
        PartiallyInvalidCertificateRef: degraded(
          REASON.listenerCertificatePartlyUnusable,
          'Envoy Gateway',
        ),
      },
    },
    Programmed: {
      True: { Programmed: good() },
      False: {
        Invalid: meaning(REASON.listenerNotProgrammed),
        PortUnavailable: meaning(REASON.listenerPortUnavailable),
        AddressNotAssigned: advice(REASON.addressNotAssigned),
        Pending: pending(REASON.listenerPending),
        ListenersNotValid: meaning(
          REASON.listenerNotProgrammed,
          'Envoy Gateway',
        ),
        // Of a listener that Envoy Gateway programs not for its client CA alone, ResolvedRefs has the same reason.
        RefNotPermitted: meaning(
          REASON.clientCaRefNotPermitted,
          'Envoy Gateway',
        ),
        InvalidCACertificateRef: meaning(
          REASON.listenerClientCaUnusable,
          'Envoy Gateway',
        ),
        InvalidCACertificateKind: meaning(
          REASON.listenerClientCaUnusable,
          'Envoy Gateway',
        ),
        NoValidCACertificate: meaning(
          REASON.listenerClientCaUnusable,
          'Envoy Gateway',
        ),
        UnsupportedTLSMode: meaning(
          REASON.listenerTlsModeUnsupported,
          'Envoy Gateway',
        ),
        HostnameConflict: meaning(REASON.listenerConflicted, 'Envoy Gateway'),
        ProtocolConflict: meaning(
          REASON.listenerProtocolConflict,
          'Envoy Gateway',
        ),
      },
      Unknown: { Pending: pending(REASON.listenerPending) },
    },
    Conflicted: {
      True: {
        HostnameConflict: meaning(REASON.listenerConflicted),
        ProtocolConflict: meaning(REASON.listenerProtocolConflict),
        ListenerConflict: meaning(REASON.listenerConflicted),
        DuplicateListener: meaning(REASON.listenerConflicted, 'Traefik'),
        UnsupportedProtocol: meaning(
          REASON.listenerProtocolUnsupported,
          'Traefik',
        ),
      },
      False: { NoConflicts: good() },
    },
    OverlappingTLSConfig: {
      True: {
        OverlappingHostnames: degraded(REASON.overlappingTls),
        OverlappingCertificates: degraded(REASON.overlappingTls),
        SDSCertificateOpaque: advice(
          REASON.overlappingTlsNotKnown,
          'Envoy Gateway',
        ),
      },
    },
    Detached: {
      True: {
        PortUnavailable: meaning(REASON.listenerDetached),
        UnsupportedProtocol: meaning(REASON.listenerDetached),
      },
    },
  },
  Gateway: {
    Accepted: {
      // The listener concerned says of itself that it is not valid.
      True: { Accepted: good(), ListenersNotValid: good() },
      False: {
        ListenersNotValid: {
          ...degraded(REASON.gatewayNotAccepted),
          isEcho: true,
        },
        UnsupportedAddress: meaning(REASON.gatewayNotAccepted),
        InvalidParameters: meaning(REASON.gatewayNotAccepted),
        Invalid: meaning(REASON.gatewayNotAccepted),
        NoResources: meaning(REASON.gatewayNotAccepted, 'Cilium'),
        Pending: pending(REASON.gatewayPending),
        NotReconciled: pending(REASON.gatewayPending),
      },
      Unknown: { Pending: pending(REASON.gatewayPending) },
    },
    Programmed: {
      True: { Programmed: good() },
      False: {
        Invalid: meaning(REASON.gatewayNotProgrammed),
        NoResources: meaning(REASON.gatewayNotProgrammed),
        AddressNotUsable: meaning(REASON.gatewayNotProgrammed),
        AddressNotAssigned: advice(REASON.addressNotAssigned),
        ListenersNotValid: echo(REASON.gatewayNotProgrammed, 'Cilium'),
        ListenersNotReady: echo(REASON.gatewayNotProgrammed, 'Cilium'),
        Pending: pending(REASON.gatewayPending),
      },
      Unknown: { Pending: pending(REASON.gatewayPending) },
    },
    ResolvedRefs: {
      True: { ResolvedRefs: good() },
      False: {
        RefNotPermitted: warning(REASON.gatewayClientCertificateNotPermitted),
        InvalidClientCertificateRef: warning(
          REASON.gatewayClientCertificateUnusable,
        ),
        ListenersNotResolved: warning(REASON.gatewayListenersNotResolved),
        InvalidParameters: warning(
          REASON.gatewayRefsNotResolved,
          'Envoy Gateway',
        ),
      },
    },
    InsecureFrontendValidationMode: {
      True: {
        ConfigurationChanged: warning(REASON.clientCertificatesNotEnforced),
      },
    },
  },
  GatewayClass: {
    Accepted: {
      True: { Accepted: good(), Handled: good('Traefik') },
      False: {
        InvalidParameters: meaning(REASON.notAccepted),
        Unsupported: meaning(REASON.notAccepted),
        UnsupportedVersion: meaning(REASON.notAccepted),
        OlderGatewayClassExists: meaning(
          REASON.notAccepted,
          'Envoy Gateway',
          'Contour',
        ),
        Waiting: pending(REASON.gatewayClassPending),
      },
      Unknown: {
        Pending: pending(REASON.gatewayClassPending),
        Waiting: pending(REASON.gatewayClassPending),
      },
    },
    SupportedVersion: {
      True: { SupportedVersion: good() },
      False: {
        UnsupportedVersion: warning(REASON.gatewayApiVersionUnsupported),
      },
    },
  },
};
