import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/core-plugin-api';
import type {
  CertificateAddress,
  IssuanceHistory,
} from 'backstage-plugin-networking-common';
import { networkingApiRef } from '../api';

/** What was reported while a certificate was issued, read once: undefined until it is there, or why it is not. */
export function useIssuanceHistory({
  cluster,
  namespace,
  name,
}: CertificateAddress): {
  history?: IssuanceHistory;
  error?: Error;
  isLoading: boolean;
  readAgain: () => void;
} {
  const api = useApi(networkingApiRef);
  const { value, error, loading, retry } = useAsyncRetry(
    () => api.getIssuanceHistory({ cluster, namespace, name }),
    [api, cluster, namespace, name],
  );
  return { history: value, error, isLoading: loading, readAgain: retry };
}
