import type { NetworkingApi } from 'backstage-plugin-networking-common';
import { PollingStore, type ChangeSource } from './pollingStore';

/** While a page is visible: what a person may have to wait for a change made elsewhere. */
export const POLL_INTERVAL_MS = 10_000;

/** The same while signals tell of changes: only a lost signal has to wait so long. */
export const TOLD_POLL_INTERVAL_MS = 30_000;

/** Stores kept beyond their last watcher, so that a change of tab shows the last state at once. */
const KEPT_STORES = 50;

const storesByApi = new WeakMap<
  NetworkingApi,
  Map<string, PollingStore<unknown>>
>();

/** One store for each client and key: the tab, the card and the About link of an entity share their requests. */
export function storeFor<T>(
  api: NetworkingApi,
  key: string,
  read: (signal: AbortSignal) => Promise<T>,
  live: {
    changes?: ChangeSource;
    topicOf?: (data: T) => string | undefined;
  } = {},
): PollingStore<T> {
  let stores = storesByApi.get(api);
  if (!stores) storesByApi.set(api, (stores = new Map()));
  const known = stores.get(key);
  if (known) return known as PollingStore<T>;
  if (stores.size >= KEPT_STORES) {
    for (const [oldKey, store] of stores) {
      if (store.idle) {
        stores.delete(oldKey);
        break;
      }
    }
  }
  const store = new PollingStore<T>({
    read,
    intervalMs: POLL_INTERVAL_MS,
    toldIntervalMs: TOLD_POLL_INTERVAL_MS,
    ...live,
  });
  stores.set(key, store as PollingStore<unknown>);
  return store;
}
