import { InputError } from '@backstage/errors';
import type { ClusterSettings } from 'backstage-plugin-networking-common';
import { cilium } from './cilium';
import { traefik } from './traefik';
import type { GatewayProfile } from './types';

export type { GatewayContext, GatewayProfile, ProgramDirs } from './types';

const PROFILES: readonly GatewayProfile[] = [traefik, cilium];

/**
 * The gateway for the settings' controller; this is the only place that chooses one.
 * @throws InputError where the local platform has none for it
 */
export function gatewayFor(settings: ClusterSettings): GatewayProfile {
  const { controller } = settings.gateway;
  const found = PROFILES.find(profile => profile.controller === controller);
  if (found) return found;
  throw new InputError(
    `The local platform has no gateway for the controller ${controller}: set controller in [gateway] of config.toml to ${PROFILES.map(
      profile => profile.controller,
    ).join(' or ')}.`,
  );
}
