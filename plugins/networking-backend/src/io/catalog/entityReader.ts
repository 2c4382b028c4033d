import type { Entity } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
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

/** The catalog holds nothing under a ref that it does not take, such as one with characters outside the BMP. */
const isRefused = (error: unknown) =>
  error instanceof ResponseError && error.statusCode === 400;

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
        () =>
          catalog
            .getEntityByRef(entityRef, { credentials: caller })
            .catch(error => {
              if (isRefused(error)) return undefined;
              throw error;
            }),
        readOptions,
      ),
  };
}
