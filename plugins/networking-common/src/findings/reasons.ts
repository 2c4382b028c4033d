/**
 * Reasons of the findings that a verdict can rest on. Programs may rely on them; their sentences may change.
 * @public
 */
export const VERDICT_REASONS = {
  // route
  clusterUnreachable: 'ClusterUnreachable',
  beingDeleted: 'BeingDeleted',
  parentMissing: 'ParentMissing',
  parentNotOurs: 'ParentNotOurs',
  parentUnsupported: 'ParentUnsupported',
  listenerSetMissing: 'ListenerSetMissing',
  listenerSetNotKnown: 'ListenerSetNotKnown',
  otherParentRefuses: 'OtherParentRefuses',
  parentLeftOver: 'ParentLeftOver',
  gatewayMissing: 'GatewayMissing',
  gatewayNotKnown: 'GatewayNotKnown',
  listenerMissing: 'ListenerMissing',
  noStatusYet: 'NoStatusYet',
  statusStale: 'StatusStale',
  notAllowedByListeners: 'NotAllowedByListeners',
  noMatchingListenerHostname: 'NoMatchingListenerHostname',
  noMatchingParent: 'NoMatchingParent',
  unsupportedValue: 'UnsupportedValue',
  acceptancePending: 'AcceptancePending',
  incompatibleFilters: 'IncompatibleFilters',
  parentNotFound: 'ParentNotFound',
  notAccepted: 'NotAccepted',
  /** The controller does not tell which generation of the route it judged. */
  generationNotTold: 'GenerationNotTold',
  refNotPermitted: 'RefNotPermitted',
  invalidKind: 'InvalidKind',
  backendNotFound: 'BackendNotFound',
  unsupportedProtocol: 'UnsupportedProtocol',
  backendUnusable: 'BackendUnusable',
  backendTlsUnusable: 'BackendTlsUnusable',
  backendFiltersUnusable: 'BackendFiltersUnusable',
  refUnsupported: 'RefUnsupported',
  backendPortMissing: 'BackendPortMissing',
  backendPortUnnamed: 'BackendPortUnnamed',
  backendAddressUnusable: 'BackendAddressUnusable',
  backendsUnavailable: 'BackendsUnavailable',
  refsNotResolved: 'RefsNotResolved',
  routeShadowed: 'RouteShadowed',
  shadowsAnotherRoute: 'ShadowsAnotherRoute',
  precedenceUndetermined: 'PrecedenceUndetermined',
  hostTakenByListener: 'HostTakenByListener',
  hostClaimedElsewhere: 'HostClaimedElsewhere',
  partiallyInvalid: 'PartiallyInvalid',
  rulesOverlap: 'RouteRulesOverlap',
  hostNotServed: 'HostNotServed',
  listenerRefusesRoute: 'ListenerRefusesRoute',
  suffixChanged: 'DnsSuffixChanged',
  alsoInClear: 'AlsoReachableInClear',
  conditionNotJudged: 'ConditionNotJudged',
  /** Refused, since another route has the same matches. */
  ruleMatchConflict: 'RuleMatchConflict',
  /** Matches that the gateway leaves out of a route that it accepts. */
  matchesInvalid: 'MatchesInvalid',
  /** Neither the route nor its listener names a hostname. */
  anyHost: 'AnyHost',
  // ListenerSet
  listenerSetPending: 'ListenerSetPending',
  listenerSetStale: 'ListenerSetStatusStale',
  listenerSetNotAllowed: 'ListenerSetNotAllowed',
  listenerSetInvalid: 'ListenerSetInvalid',
  listenerSetNotAccepted: 'ListenerSetNotAccepted',
  listenerSetNotProgrammed: 'ListenerSetNotProgrammed',
  // listener
  gatewayNotAccepted: 'GatewayNotAccepted',
  gatewayNotProgrammed: 'GatewayNotProgrammed',
  listenerNoStatus: 'ListenerNoStatus',
  listenerStatusStale: 'ListenerStatusStale',
  listenerConflicted: 'ListenerConflicted',
  listenerProtocolConflict: 'ListenerProtocolConflict',
  listenerDetached: 'ListenerDetached',
  listenerNotAccepted: 'ListenerNotAccepted',
  listenerPortUnavailable: 'ListenerPortUnavailable',
  listenerProtocolUnsupported: 'ListenerProtocolUnsupported',
  listenerValueUnsupported: 'ListenerValueUnsupported',
  tooManyListeners: 'TooManyListeners',
  listenerTlsInvalid: 'ListenerTlsInvalid',
  listenerClientCaUnusable: 'ListenerClientCaUnusable',
  listenerKindsUnknown: 'ListenerKindsUnknown',
  listenerSelectorInvalid: 'ListenerSelectorInvalid',
  certificateRefNotPermitted: 'CertificateRefNotPermitted',
  listenerCertificatePartlyUnusable: 'ListenerCertificatePartlyUnusable',
  listenerCertificateUnusable: 'ListenerCertificateUnusable',
  listenerNotProgrammed: 'ListenerNotProgrammed',
  listenerPending: 'ListenerPending',
  listenerNotReady: 'ListenerNotReady',
  overlappingTls: 'OverlappingTLSConfig',
  addressNotAssigned: 'AddressNotAssigned',
  /** The CA that is to have signed the certificates of clients lies in a namespace that does not allow its use. */
  clientCaRefNotPermitted: 'ClientCaRefNotPermitted',
  listenerTlsModeUnsupported: 'ListenerTlsModeUnsupported',
  /** Whether listeners' certificates overlap cannot be seen. */
  overlappingTlsNotKnown: 'OverlappingTlsNotKnown',
  gatewayPending: 'GatewayPending',
  // Gateway: a warning, and traffic goes on
  gatewayListenersNotResolved: 'GatewayListenersNotResolved',
  /** What the Gateway refers to outside its listeners. */
  gatewayRefsNotResolved: 'GatewayRefsNotResolved',
  /** The certificate that the gateway shows to backends. */
  gatewayClientCertificateUnusable: 'GatewayClientCertificateUnusable',
  gatewayClientCertificateNotPermitted: 'GatewayClientCertificateNotPermitted',
  /** AllowInsecureFallback: clients without a valid certificate are let in. */
  clientCertificatesNotEnforced: 'ClientCertificatesNotEnforced',
  // GatewayClass
  gatewayClassPending: 'Pending',
  gatewayApiVersionUnsupported: 'GatewayApiVersionUnsupported',
  // backend
  noBackend: 'NoBackend',
  servicesNotKnown: 'ServicesNotKnown',
  backendNotJudged: 'BackendNotJudged',
  serviceMissing: 'ServiceMissing',
  servicePortMissing: 'ServicePortMissing',
  grantMissing: 'ReferenceGrantMissing',
  grantNotKnown: 'ReferenceGrantNotKnown',
  serviceExternal: 'ServiceExternalName',
  protocolNotSpoken: 'BackendProtocolNotSpoken',
  noReadyEndpoints: 'NoReadyEndpoints',
  /** Pods are ready, and none of them has the port that the Service sends to. */
  endpointsLackPort: 'EndpointsLackPort',
  /** A reference that means a Service, by a group or kind that is not a Service's. */
  backendNearMiss: 'BackendNearMiss',
  /** A filter of the controller's own kind answers in place of a backend. */
  answeredByExtension: 'AnsweredByExtension',
  httpToHttpsPort: 'BackendProtocolHttps',
  // certificate
  noTls: 'NoTls',
  certificateNotKnown: 'CertificateNotKnown',
  /** The listener names no Secret. */
  certificateMissing: 'CertificateMissing',
  /** Issued for the first time; nobody is served yet. */
  certificateNotIssued: 'CertificateNotIssued',
  /** Issued for the first time for longer than `overdue_after`. */
  issuanceOverdue: 'IssuanceOverdue',
  /** No solver of its ACME issuer can prove one of its names. */
  solverMissing: 'SolverMissing',
  certificateNotForHost: 'CertificateNotForHost',
  certificateExpired: 'CertificateExpired',
  certificateNotYetValid: 'CertificateNotYetValid',
  /** Does not verify for any other reason. */
  certificateNotTrusted: 'CertificateNotTrusted',
  certificateSelfSigned: 'CertificateSelfSigned',
  certificateTrustNotKnown: 'CertificateTrustNotKnown',
  /** Verifies against the CA that came with it, which need not be the one that signs today. */
  certificateSignerNotKnown: 'CertificateSignerNotKnown',
  /** Served is an earlier revision than the one that was issued last. */
  certificateNotServedYet: 'CertificateNotServedYet',
  /** Served is an earlier revision, and the one that was issued last does not verify. */
  certificateReplacementBad: 'CertificateReplacementNotTrusted',
  certificateExpiresSoon: 'CertificateExpiresSoon',
  /** Another Certificate, or the annotation of a Gateway or ListenerSet, fills the same Secret. */
  certificateOfTwoManagers: 'CertificateOfTwoManagers',
  issuerMissing: 'IssuerMissing',
  issuerNotReady: 'IssuerNotReady',
  /** cert-manager does not call it ready, though it was issued and is not being issued. */
  certificateNotReady: 'CertificateNotReady',
  /** cert-manager has failed to issue it, and has not succeeded since. */
  certificateFails: 'IssuanceFails',
  /** Condition Issuing is True, for no longer than `overdue_after`. */
  certificateBeingRenewed: 'CertificateBeingRenewed',
  /** renewalTime has passed, for no longer than `overdue_after`. */
  renewalDue: 'RenewalDue',
  /** renewalTime, or the begin of the renewal, has passed for longer than that. */
  renewalOverdue: 'RenewalOverdue',
  /** Signed in the name of the CA that signs today, by another key than it has now. */
  certificateOfOldCaKey: 'CertificateOfOldCaKey',
  /** Served is neither the certificate that was issued last nor an earlier one of it. */
  certificateForeign: 'CertificateNotTheIssuedOne',
  /** The gateway was asked within ten seconds of a renewal. */
  certificateTakenUp: 'CertificateBeingTakenUp',
  certificateKeyTooWeak: 'CertificateKeyTooWeak',
  certificateSignatureTooWeak: 'CertificateSignatureTooWeak',
  /** Clients do not take keys of this kind, however long: Ed25519, P-521. */
  certificateKeyRefused: 'CertificateKeyRefused',
  certificateSignatureRefused: 'CertificateSignatureRefused',
  /** Its extended key usage names other purposes than servers. */
  certificateNotForServers: 'CertificateNotForServers',
  /** A CA whose key usage lacks keyCertSign. */
  caMayNotSign: 'CaMayNotSign',
  /** A CA above it may not sign one of its names (name constraints). */
  caMayNotSignName: 'CaMayNotSignName',
  /** Name constraints of a CA that clients cannot read or do not support. */
  caConstraintsUnusable: 'CaNameConstraintsUnusable',
  /** A CA has more CAs below it than it may. */
  caPathTooLong: 'CaPathTooLong',
  /** What signed it is no CA. */
  signerIsNoCa: 'SignerIsNoCa',
  /** The extended key usage of a CA above it names other purposes than servers. */
  caNotForServers: 'CaNotForServers',
  /** The key of a CA above it is of a kind that clients cannot use, or too short. */
  caKeyUnusable: 'CaKeyUnusable',
  /** The signature of a CA above it is of a kind that clients refuse. */
  caSignatureTooWeak: 'CaSignatureTooWeak',
  /** A critical extension that clients do not know. */
  certificateExtensionUnknown: 'CertificateExtensionUnknown',
  /** Clients cannot read it, or it contradicts itself. */
  certificateMalformed: 'CertificateMalformed',
  /** Certificate policies that a CA asks for and the chain does not have. */
  certificatePolicyNotMet: 'CertificatePolicyNotMet',
  certificateRevoked: 'CertificateRevoked',
  /** Whether it is revoked could not be checked where that is asked for. */
  revocationNotKnown: 'RevocationNotKnown',
  /** The machine that asks distrusts it, or a CA above it, by its own settings. */
  certificateDistrusted: 'CertificateDistrusted',
  /** What signed it does not come with it, so that nothing leads to the CA that clients trust. */
  chainIncomplete: 'CertificateChainIncomplete',
  /** The CA is an intermediate, and the root above it is not known. */
  caRootNotKnown: 'CaRootNotKnown',
  /** The CA that signed it ends before it. */
  caEndsFirst: 'CaExpiresFirst',
  /** A CA that has another key than what is still served was signed by. */
  caKeyReplaced: 'CaKeyReplaced',
  /** A CA whose Certificate does not keep its key. */
  caKeyRotates: 'CaKeyRotates',
  certificateGood: 'CertificateGood',
  // probe
  notProbed: 'NotProbed',
  probeOff: 'ProbeOff',
  /** No setting names an address of the Gateway, and none could be computed. */
  probeAddressUnknown: 'ProbeAddressUnknown',
  gatewayNotShown: 'GatewayNotShown',
  probeNotPossible: 'ProbeNotPossible',
  probeOlder: 'ProbeOlder',
  probeRefused: 'ProbeRefused',
  probeTimedOut: 'ProbeTimedOut',
  probeUnreachable: 'ProbeUnreachable',
  publicPortNotReached: 'PublicPortNotReached',
  tlsHandshakeFailed: 'TlsHandshakeFailed',
  /** It fails with what browsers offer, and is set up with all that OpenSSL has. */
  tlsHandshakeRefused: 'TlsHandshakeRefusedByBrowsers',
  noHttpAnswer: 'NoHttpAnswer',
  answered: 'Answered',
  /** The next request would be the one that was asked. */
  redirectsToItself: 'RedirectsToItself',
  /** To a host of ours, at a port that no listener or setting has. */
  redirectsToUnknownPort: 'RedirectsToUnknownPort',
  /** To a host of ours by plain HTTP. */
  redirectsToClear: 'RedirectsToClear',
  /** 403, 404 or 421 which may be the gateway's or the service's. */
  answerAmbiguous: 'AnswerAmbiguous',
  answersClientError: 'AnswersClientError',
  answersError: 'AnswersError',
  /** The cluster says Accepted and Programmed, and the proxy shows that it knows nothing of it. */
  acceptedNotServed: 'AcceptedNotServed',
  /** An error status within ten seconds after a change. */
  changeTakenUp: 'ChangeBeingTakenUp',
  /** 403 that the gateway gives for a network policy. */
  deniedByPolicy: 'DeniedByPolicy',
  /** 404 of a gateway whose controller does not take the route. */
  answersNoRoute: 'AnswersNoRoute',
  /** 421 that the gateway gives. */
  answersMisdirected: 'AnswersMisdirected',
  /** 500 that the gateway gives for a backend reference. */
  answersBadBackend: 'AnswersBadBackend',
  /** 500 of a rule with a filter that the gateway may not be able to use. */
  answersBadFilter: 'AnswersBadFilter',
  /** 503: no ready pod. */
  answersNoBackend: 'AnswersNoReadyBackend',
  /** 502 or 503: the gateway does not reach the pods. */
  answersNotReached: 'AnswersBackendNotReached',
  /** 504. */
  answersTooLate: 'AnswersBackendTooSlow',
  // DNS
  dnsExpected: 'DnsLeadsToGateway',
  dnsElsewhere: 'DnsLeadsElsewhere',
  /** There is no record. */
  dnsEmpty: 'DnsLeadsNowhere',
  /** A protection against DNS rebinding leaves private addresses out of answers. */
  dnsFiltered: 'DnsFiltersPrivateAddresses',
  dnsFailed: 'DnsFailed',
  dnsNotChecked: 'DnsNotChecked',
  /** nip.io or sslip.io reads another address than the suffix's out of the host. */
  hostEmbedsAddress: 'HostEmbedsAddress',
} as const;

/** Hosts are not checked from the backend, by the settings or by what they lack: no answer is to be waited for. @public */
export const NOT_CHECKED_REASONS: readonly string[] = [
  VERDICT_REASONS.probeOff,
  VERDICT_REASONS.probeAddressUnknown,
  VERDICT_REASONS.gatewayNotShown,
];
