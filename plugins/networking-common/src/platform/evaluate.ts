import type { Snapshot } from '../gateway-api/snapshot';
import type { ClusterSettings } from '../settings/types';
import { listenerRefOf } from '../certificates/listeners';
import type { CertificateLookup } from '../certificates/types';
import { objectsOf } from '../gateway-api/lenient';
import { certificateParts } from './certificateHealth';
import { gatewayClassPart, gatewayPart, listenerParts } from './gatewayHealth';
import type { PlatformInput } from './part';
import { redirectPart } from './redirectHealth';
import type { PlatformPart } from './types';

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
  const listener = objectsOf(gateway?.spec?.listeners).find(
    one => one.name === settings.gateway.httpsSection,
  );
  const [certificate] =
    (gateway && listener && certificates?.(listenerRefOf(gateway, listener))) ??
    [];
  return [
    gatewayClassPart(platform),
    gatewayPart(platform, gateway),
    ...listenerParts(platform, gateway),
    ...certificateParts(platform, gateway, certificate),
    redirectPart(platform),
  ];
}
