import type {
  ExposureAddress,
  ExposureDetail,
} from 'backstage-plugin-networking-common';
import { exposureKey } from '../lib/exposures';
import { usePolled, type PolledView } from './usePolled';

/** One exposure with its manifest as it stands in the cluster. */
export function useExposureDetail(
  address: ExposureAddress,
): PolledView<ExposureDetail> {
  const { cluster, namespace, name } = address;
  return usePolled(`exposure:${exposureKey(address)}`, (api, signal) =>
    api.getExposure({ cluster, namespace, name }, { signal }),
  );
}
