import { useEffect } from 'react';
import type { CertificatesView } from 'backstage-plugin-networking-common';
import { usePolled, type PolledView } from './usePolled';

const topicOf = ({ topic }: CertificatesView) => topic;

/** Every certificate that listeners use, kept fresh while somebody looks. */
export function useCertificates(): PolledView<CertificatesView> {
  return usePolled(
    'certificates',
    (api, signal) => api.getCertificates(undefined, { signal }),
    topicOf,
  );
}

/** While something is waited for, the next look is this far. */
const EAGER_MS = 2_500;

/** Reads again at short intervals while `isEager`, as when a renewal is under way. */
export function useEagerly(
  isEager: boolean,
  { refresh }: Pick<PolledView<unknown>, 'refresh'>,
): void {
  useEffect(() => {
    if (!isEager) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    let isOver = false;
    const next = () => {
      timer = setTimeout(async () => {
        if (document.visibilityState !== 'hidden') await refresh();
        if (!isOver) next();
      }, EAGER_MS);
    };
    next();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [isEager, refresh]);
}
