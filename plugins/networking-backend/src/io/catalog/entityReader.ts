import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { callerKey, type Caller } from './caller';
import { createTtlCache } from './ttlCache';

/** A page asks for its entity several times within moments. */
const TTL_MS = 5_000;
const MAX_ENTRIES = 2_000;

/** Entities as a caller sees them. */
export interface EntityReader {
  /**
   * Undefined where it does not exist or the caller may not see it.
   *
   * @param options - `fresh`: read after this call began, for writes
   */
  get(
    entityRef: string,
    caller: Caller,
    options?: { fresh?: boolean },
  ): Promise<Entity | undefined>;
}

export function createEntityReader(options: {
  catalog: CatalogService;
  now?: () => number;
}): EntityReader {
  const { catalog, now } = options;
  const cache = createTtlCache<Entity | undefined>({
    ttlMs: TTL_MS,
    maxEntries: MAX_ENTRIES,
    now,
    // An entity that was just registered must not stay unknown.
    keep: entity => entity !== undefined,
  });
  return {
    get: (entityRef, caller, readOptions) =>
      cache.get(
        `${callerKey(caller)} ${entityRef}`,
        () => catalog.getEntityByRef(entityRef, { credentials: caller }),
        readOptions,
      ),
  };
}
