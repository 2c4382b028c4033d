import { useMemo, useSyncExternalStore } from 'react';
import { useApi, useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type { NetworkingApi } from 'backstage-plugin-networking-common';
import { changesOf } from '../lib/changes';
import { networkingApiRef } from '../api';
import { failureKind, type FailureKind } from '../lib/errors';
import { storeFor } from './stores';

/** Loading, failed or ready, decided once for every component that shows the data. */
export type View<T> =
  | { status: 'loading' }
  | { status: 'failed'; kind: FailureKind; error: Error }
  | {
      status: 'ready';
      data: T;
      refreshedAt: number;
      /** Set where the last read failed: `data` is older than it should be. */
      staleBecause?: Error;
    };

/** A view with the way to read again. */
export type PolledView<T> = View<T> & { refresh: () => Promise<void> };

/**
 * Reads through the client and again every ten seconds while the page is visible. Where the signals plugin is installed
 * and the answer has a topic, it is read when a signal names that, and every thirty seconds.
 */
export function usePolled<T>(
  key: string,
  read: (api: NetworkingApi, signal: AbortSignal) => Promise<T>,
  topicOf?: (data: T) => string | undefined,
): PolledView<T> {
  const api = useApi(networkingApiRef);
  const signals = useApiHolder().get(signalApiRef);
  // The store of a key is made once: a new `read` of a later render finds the same store.
  const store = useMemo(
    () =>
      storeFor(api, key, signal => read(api, signal), {
        changes: signals && changesOf(signals),
        topicOf,
      }),
    [api, key, read, signals, topicOf],
  );
  const state = useSyncExternalStore(store.subscribe, store.getSnapshot);
  return useMemo((): PolledView<T> => {
    const { refresh } = store;
    const kind = state.error && failureKind(state.error);
    // Rights that were taken away hide what was shown before.
    const hidden = kind === 'forbidden' || kind === 'notFound';
    if (
      state.data !== undefined &&
      state.refreshedAt !== undefined &&
      !hidden
    ) {
      return {
        status: 'ready',
        data: state.data,
        refreshedAt: state.refreshedAt,
        staleBecause: state.error,
        refresh,
      };
    }
    if (state.error && kind) {
      return { status: 'failed', kind, error: state.error, refresh };
    }
    return { status: 'loading', refresh };
  }, [state, store]);
}
