/**
 * Keeps the promises of values for a short time, so that callers that come
 * together share one request. Failures are not kept. Bounded: the oldest entry
 * makes room.
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
  const entries = new Map<string, { value: Promise<T>; expiresAt: number }>();
  const valid = (key: string) => {
    const entry = entries.get(key);
    return entry && entry.expiresAt > now() ? entry : undefined;
  };
  return {
    has: key => valid(key) !== undefined,
    get(key, load, { fresh = false } = {}) {
      const existing = fresh ? undefined : valid(key);
      if (existing) return existing.value;
      entries.delete(key);
      const value = load();
      const entry = { value, expiresAt: now() + ttlMs };
      entries.set(key, entry);
      if (entries.size > maxEntries) {
        entries.delete(entries.keys().next().value!);
      }
      const drop = () => {
        if (entries.get(key) === entry) entries.delete(key);
      };
      value.then(loaded => keep(loaded) || drop(), drop);
      return value;
    },
  };
}
