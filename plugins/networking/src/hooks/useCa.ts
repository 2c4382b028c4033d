import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/core-plugin-api';
import type { CaBundle } from 'backstage-plugin-networking-common';
import { networkingApiRef } from '../api';

/** The CA certificates of a cluster, read once: undefined until they are there, or why they are not. */
export function useCa(cluster: string): { ca?: CaBundle; error?: Error } {
  const api = useApi(networkingApiRef);
  const { value, error } = useAsync(() => api.getCa(cluster), [api, cluster]);
  return { ca: value, error };
}
