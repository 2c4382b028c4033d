/**
 * Reasons of the findings about the platform. Programs may rely on them; their sentences may change.
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
  secretShared: 'SecretOfTwoCertificates',
  notForSuffix: 'CertificateNotForSuffix',
  renewalFails: 'RenewalFails',
  renewalOverdue: 'RenewalOverdue',
  expired: 'CertificateExpired',
  expiresSoon: 'CertificateExpiresSoon',
  notTrusted: 'CertificateNotTrusted',
  caEndsFirst: 'CaExpiresFirst',
  caKeyRotates: 'CaKeyRotates',
  redirectMissing: 'RedirectMissing',
  redirectPort: 'RedirectPortWrong',
  redirectLoop: 'RedirectLoop',
} as const;
