import type { ClusterSettings } from './types';

/** Implementations whose ways with a backend are known and differ from what is usual. */
export const isTraefik = ({ gateway }: ClusterSettings): boolean =>
  gateway.controller.startsWith('traefik.io/');

export const isCilium = ({ gateway }: ClusterSettings): boolean =>
  gateway.controller.startsWith('io.cilium/');

export const isEnvoyGateway = ({ gateway }: ClusterSettings): boolean =>
  gateway.controller.startsWith('gateway.envoyproxy.io/');
