import type { AuthService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  entityFacts,
  KUBERNETES_ID,
  KUBERNETES_LABEL_SELECTOR,
  type EntityFacts,
} from 'backstage-plugin-networking-common';
import { createTtlCache } from './ttlCache';

const TTL_MS = 15_000;
const MAX_ENTITIES = 10_000;
/** References asked for at once; the catalog's request body has a limit. */
const CHUNK = 100;
const FIELDS = ['kind', 'metadata', 'relations'];

/**
 * Facts about entities that routes are matched to. Read as the plugin itself:
 * which of them a caller learns of is decided afterwards, by permissions.
 */
export interface EntityIndex {
  /** Entities that routes may belong to by something other than an annotation. */
  matchable(): Promise<readonly EntityFacts[]>;
  /** Entities by full ref; those that do not exist are missing. */
  byRef(refs: readonly string[]): Promise<ReadonlyMap<string, EntityFacts>>;
}

export function createEntityIndex(options: {
  auth: AuthService;
  catalog: CatalogService;
  now?: () => number;
}): EntityIndex {
  const { auth, catalog, now } = options;
  const matchable = createTtlCache<readonly EntityFacts[]>({
    ttlMs: TTL_MS,
    maxEntries: 1,
    now,
  });
  const single = createTtlCache<EntityFacts | undefined>({
    ttlMs: TTL_MS,
    maxEntries: MAX_ENTITIES,
    now,
    // An entity that was just registered must not stay unknown.
    keep: entity => entity !== undefined,
  });

  const loadMatchable = async () => {
    const credentials = await auth.getOwnServiceCredentials();
    const entities: Entity[] = [];
    for await (const page of catalog.streamEntities(
      {
        filter: [KUBERNETES_ID, KUBERNETES_LABEL_SELECTOR].map(key => ({
          [`metadata.annotations.${key}`]: CATALOG_FILTER_EXISTS,
        })),
        fields: FIELDS,
      },
      { credentials },
    )) {
      entities.push(...page);
    }
    return entities.map(entityFacts);
  };

  const loadRefs = async (refs: string[]) => {
    const found = new Map<string, EntityFacts>();
    if (refs.length === 0) return found;
    const credentials = await auth.getOwnServiceCredentials();
    for (let start = 0; start < refs.length; start += CHUNK) {
      const { items } = await catalog.getEntitiesByRefs(
        { entityRefs: refs.slice(start, start + CHUNK), fields: FIELDS },
        { credentials },
      );
      for (const entity of items) {
        if (!entity) continue;
        const facts = entityFacts(entity);
        found.set(facts.ref, facts);
      }
    }
    return found;
  };

  return {
    matchable: () => matchable.get('all', loadMatchable),
    async byRef(refs) {
      const distinct = [...new Set(refs)];
      const unknown = distinct.filter(ref => !single.has(ref));
      // One request for all that is not known yet, shared by their entries.
      const loading = loadRefs(unknown);
      const facts = await Promise.all(
        distinct.map(ref =>
          single.get(ref, async () => (await loading).get(ref)),
        ),
      );
      return new Map(
        facts.flatMap(entity => (entity ? [[entity.ref, entity]] : [])),
      );
    },
  };
}
