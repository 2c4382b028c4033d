import type { CaBundle } from 'backstage-plugin-networking-common';
import { usePolled, type PolledView } from './usePolled';

/** The CA certificates of a cluster; they change while somebody looks, as after a renewal. */
export function useCa(cluster: string): PolledView<CaBundle> {
  return usePolled(`ca:${cluster}`, api => api.getCa(cluster));
}
