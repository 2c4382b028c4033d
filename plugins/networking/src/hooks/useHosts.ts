import { useCallback } from 'react';
import type {
  HostsPage,
  HostsQuery,
  NetworkingApi,
} from 'backstage-plugin-networking-common';
import { usePolled, type PolledView } from './usePolled';

const topicOf = (page: HostsPage) => page.topic;

/** One page of the hosts that a query finds, kept fresh while somebody looks. */
export function useHosts(query: HostsQuery): PolledView<HostsPage> {
  // Equal queries are one, however often they are made.
  const key = JSON.stringify(query);
  const read = useCallback(
    (api: NetworkingApi, signal: AbortSignal) =>
      api.getHosts(JSON.parse(key), { signal }),
    [key],
  );
  return usePolled(`hosts:${key}`, read, topicOf);
}
