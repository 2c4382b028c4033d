import type { Snapshot } from '../gateway-api/snapshot';
import type { ClusterSettings } from '../settings/types';
import { factsAt } from '../certificates/facts';
import type {
  CertificateFacts,
  CertificateLookup,
} from '../certificates/types';
import type { Gateway } from '../gateway-api/types';
import { objectsOf } from '../gateway-api/lenient';
import { certificateParts } from './certificateHealth';
import { gatewayClassPart, gatewayPart, listenerParts } from './gatewayHealth';
import type { PlatformInput } from './part';
import { redirectPart } from './redirectHealth';
import type { PlatformPart } from './types';

/** What the https listener of the settings may serve: as IO knows it, else as far as the objects tell. */
function certificatesOfHttps(
  { snapshot, settings }: PlatformInput,
  gateway: Gateway | undefined,
  lookup: CertificateLookup | undefined,
): readonly CertificateFacts[] {
  const listener = objectsOf(gateway?.spec?.listeners).find(
    one => one.name === settings.gateway.httpsSection,
  );
  if (!gateway || !listener) return [];
  return factsAt(gateway, listener, snapshot, settings, lookup);
}

/**
 * The health of one cluster's platform: GatewayClass, Gateway, each listener, issuers, wildcard and CA certificate,
 * redirect. Takes whatever an API server can hold and never throws.
 *
 * @param input - `now` is ISO 8601; `certificates` holds what IO learned of what each listener serves.
 * @public
 */
export function evaluatePlatform(input: {
  snapshot: Snapshot;
  settings: ClusterSettings;
  certificates?: CertificateLookup;
  now: string;
}): PlatformPart[] {
  const { snapshot, settings, certificates } = input;
  const now = Date.parse(input.now);
  const platform: PlatformInput = {
    snapshot,
    settings,
    now: Number.isNaN(now) ? 0 : now,
  };
  const { name, namespace } = settings.gateway;
  const gateway = snapshot.get('Gateway', namespace, name);
  return [
    gatewayClassPart(platform),
    gatewayPart(platform, gateway),
    ...listenerParts(platform, gateway),
    ...certificateParts(
      platform,
      certificatesOfHttps(platform, gateway, certificates),
    ),
    redirectPart(platform),
  ];
}
