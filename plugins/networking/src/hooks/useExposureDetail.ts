import { useCallback } from 'react';
import type {
  ExposureAddress,
  ExposureDetail,
  NetworkingApi,
} from 'backstage-plugin-networking-common';
import { exposureKey } from '../lib/exposures';
import { usePolled, type PolledView } from './usePolled';

/**
 * One exposure with its manifest as it stands in the cluster.
 *
 * @param topic - under which changes of it are told, where they are
 */
export function useExposureDetail(
  { cluster, namespace, name }: ExposureAddress,
  topic?: string,
): PolledView<ExposureDetail> {
  const read = useCallback(
    (api: NetworkingApi, signal: AbortSignal) =>
      api.getExposure({ cluster, namespace, name }, { signal }),
    [cluster, namespace, name],
  );
  const topicOf = useCallback(() => topic, [topic]);
  const key = exposureKey({ cluster, namespace, name });
  return usePolled(`exposure:${key}`, read, topicOf);
}
