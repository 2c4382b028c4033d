import type { ExposableServices } from 'backstage-plugin-networking-common';
import { usePolled, type PolledView } from './usePolled';

/** The Services and ports that an entity may expose. */
export function useServices(entityRef: string): PolledView<ExposableServices> {
  return usePolled(`services:${entityRef}`, (api, signal) =>
    api.getServices(entityRef, { signal }),
  );
}
