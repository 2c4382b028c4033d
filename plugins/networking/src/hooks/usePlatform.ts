import type { PlatformView } from 'backstage-plugin-networking-common';
import { usePolled, type PolledView } from './usePolled';

/** Health of the platform of every cluster. */
export function usePlatform(): PolledView<PlatformView> {
  return usePolled('platform', (api, signal) =>
    api.getPlatform(undefined, { signal }),
  );
}
