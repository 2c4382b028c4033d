import { useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type {
  Exposure,
  ExposurePlan,
} from 'backstage-plugin-networking-common';
import { networkingApiRef } from '../api';

/** The exposure that stands in the way of adding one, where it is the same entity's and may be changed instead. */
export function usePresent(
  plan: ExposurePlan | undefined,
): Exposure | undefined {
  const api = useApi(networkingApiRef);
  const isPresent = plan?.findings.some(
    ({ reason }) => reason === 'AlreadyExposed',
  );
  const { cluster, namespace } = plan?.request ?? {};
  const name = plan?.name;
  const [present, setPresent] = useState<Exposure>();
  useEffect(() => {
    setPresent(undefined);
    if (!isPresent || !cluster || !namespace || !name) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    api.getExposure({ cluster, namespace, name }, { signal }).then(
      exposure => {
        if (!signal.aborted && exposure.managed) setPresent(exposure);
      },
      // Then it cannot be changed from here, and the finding says all the same what to do.
      () => {},
    );
    return () => controller.abort();
  }, [api, isPresent, cluster, namespace, name]);
  return present;
}
