import { useCallback, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { CertificateRow } from 'backstage-plugin-networking-common';
import { networkingApiRef } from '../api';
import type { StartedRenewal } from '../lib/renewal';

/** Renewals that were asked for since the page was opened, by the uid of the Certificate. */
export type StartedRenewals = ReadonlyMap<string, StartedRenewal>;

/** Has cert-manager issue certificates anew, and remembers which were asked for. */
export function useRenewals(): {
  started: StartedRenewals;
  /** Rejects with the backend's refusal. */
  renew: (row: CertificateRow) => Promise<void>;
} {
  const api = useApi(networkingApiRef);
  const [started, setStarted] = useState<StartedRenewals>(new Map());
  const renew = useCallback(
    async ({ cluster, facts }: CertificateRow) => {
      const { namespace, name, uid, resourceVersion } = facts.certificate ?? {};
      if (!namespace || !name || !uid) return;
      const { revision } = await api.renew({
        cluster,
        namespace,
        name,
        uid,
        resourceVersion,
      });
      setStarted(current =>
        new Map(current).set(uid, { revision, resourceVersion }),
      );
    },
    [api],
  );
  return { started, renew };
}
