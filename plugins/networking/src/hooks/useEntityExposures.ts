import { useCallback } from 'react';
import type {
  EntityExposures,
  EntityExposuresQuery,
  NetworkingApi,
} from 'backstage-plugin-networking-common';
import { usePolled, type PolledView } from './usePolled';

const topicOf = ({ topic }: EntityExposures) => topic;

/** The exposures of an entity, or those that a query chooses, kept fresh while somebody looks. */
export function useEntityExposures(
  entityRef: string,
  query: EntityExposuresQuery = {},
): PolledView<EntityExposures> {
  // Equal queries are one, however often they are made.
  const key = JSON.stringify(query);
  const read = useCallback(
    (api: NetworkingApi, signal: AbortSignal) =>
      api.getEntityExposures(entityRef, { signal, query: JSON.parse(key) }),
    [entityRef, key],
  );
  return usePolled(`exposures:${entityRef}:${key}`, read, topicOf);
}
