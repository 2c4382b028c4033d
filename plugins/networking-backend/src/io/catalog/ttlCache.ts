import { LRUCache } from 'lru-cache';

/**
 * Keeps the promises of values for a short time, so that callers that come
 * together share one request. Failures are not kept. Bounded: the one that
 * nobody asked for the longest makes room.
 */
export interface TtlCache<T> {
  /** @param options - `fresh`: load again, and keep that instead */
  get(
    key: string,
    load: () => Promise<T>,
    options?: { fresh?: boolean },
  ): Promise<T>;
  has(key: string): boolean;
}

export function createTtlCache<T>(options: {
  ttlMs: number;
  maxEntries: number;
  now?: () => number;
  /** Values for which this is false are given to those who wait, and not kept. */
  keep?: (value: T) => boolean;
}): TtlCache<T> {
  const { ttlMs, maxEntries, now = Date.now, keep = () => true } = options;
  const entries = new LRUCache<string, Promise<T>>({
    max: maxEntries,
    ttl: ttlMs,
    perf: { now },
    ttlResolution: 0,
  });
  return {
    has: key => entries.has(key),
    get(key, load, { fresh = false } = {}) {
      const existing = fresh ? undefined : entries.get(key);
      if (existing) return existing;
      const value = load();
      entries.set(key, value);
      const drop = () => {
        if (entries.peek(key) === value) entries.delete(key);
      };
      value.then(loaded => keep(loaded) || drop(), drop);
      return value;
    },
  };
}
