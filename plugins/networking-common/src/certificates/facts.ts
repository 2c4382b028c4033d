import type { Snapshot } from '../gateway-api/snapshot';
import { certificateStatus } from './status';
import type { CertificateTrace } from './trace';
import type { CertificateFacts } from './types';

/** What a trace tells without any certificate being parsed or verified. @public */
export function factsOfTrace(
  trace: CertificateTrace,
  snapshot: Snapshot,
): CertificateFacts {
  const { secret, certificate, request, rivals, issuer, unknown } = trace;
  const ca = trace.caCertificate;
  return {
    secret,
    ...(certificate && {
      certificate: certificateStatus(snapshot, certificate, request),
    }),
    ...(rivals && { rivals }),
    ...(issuer && { issuer }),
    ...(ca && { ca: certificateStatus(snapshot, ca, undefined) }),
    ...(unknown !== undefined && { unknown }),
  };
}
