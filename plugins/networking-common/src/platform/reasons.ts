/**
 * Reasons of the findings about the platform, those of its certificates excepted, which are `VERDICT_REASONS`. Programs may rely on them; their sentences may change.
 * @public
 */
export const PLATFORM_REASONS = {
  notKnown: 'NotKnown',
  missing: 'Missing',
  noStatus: 'NoStatusYet',
  stale: 'StatusStale',
  notAccepted: 'NotAccepted',
  notProgrammed: 'NotProgrammed',
  pending: 'Pending',
  conflicted: 'Conflicted',
  refsNotResolved: 'RefsNotResolved',
  addressNotAssigned: 'AddressNotAssigned',
  controllerMismatch: 'ControllerMismatch',
  classMismatch: 'GatewayClassMismatch',
  portMismatch: 'ListenerPortMismatch',
  suffixMismatch: 'DnsSuffixMismatch',
  notReady: 'NotReady',
  notForSuffix: 'CertificateNotForSuffix',
  redirectMissing: 'RedirectMissing',
  redirectPort: 'RedirectPortWrong',
  redirectLoop: 'RedirectLoop',
  probeOff: 'ProbeOff',
  probeAddressUnknown: 'ProbeAddressUnknown',
  gatewayNotShown: 'GatewayNotShown',
  gatewayUnreachable: 'GatewayUnreachable',
} as const;
