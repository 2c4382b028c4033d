import type { EntityExposures } from 'backstage-plugin-networking-common';
import { usePolled, type PolledView } from './usePolled';

/** The exposures of an entity, kept fresh while somebody looks. */
export function useEntityExposures(
  entityRef: string,
): PolledView<EntityExposures> {
  return usePolled(
    `exposures:${entityRef}`,
    (api, signal) => api.getEntityExposures(entityRef, { signal }),
    ({ topic }) => topic,
  );
}
