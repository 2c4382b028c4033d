import type { Snapshot } from '../gateway-api/snapshot';
import type { Gateway, Listener, ListenerSet } from '../gateway-api/types';
import type { ClusterSettings } from '../settings/types';
import { listenerRefOf } from './listeners';
import { certificateStatus } from './status';
import { traceCertificates, type CertificateTrace } from './trace';
import type { CertificateFacts, CertificateLookup } from './types';

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
    ...(ca && { ca: certificateStatus(snapshot, ca, trace.caRequest) }),
    ...(unknown !== undefined && { unknown }),
  };
}

/** What a listener may serve, one for each Secret that it names: as IO knows it, else as far as the objects tell. */
export function factsAt(
  holder: Gateway | ListenerSet,
  listener: Listener,
  snapshot: Snapshot,
  settings: ClusterSettings,
  lookup: CertificateLookup | undefined,
): readonly CertificateFacts[] {
  const known = lookup?.(listenerRefOf(holder, listener)) ?? [];
  if (known.length > 0) return known;
  return traceCertificates({ holder, listener, snapshot, settings }).map(
    trace => factsOfTrace(trace, snapshot),
  );
}
