import type { PermissionsService } from '@backstage/backend-plugin-api';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { exposureReadPermission } from 'backstage-plugin-networking-common';
import { callerKey, createTtlCache, type Caller } from '../../io/catalog';

/** Decisions about many entities are kept this long for one caller. */
const TTL_MS = 30_000;
const MAX_CALLERS = 1_000;
/**
 * Checks in one request. The permission backend and the catalog parse requests
 * with express's default limit of 100 kB and refuse larger ones.
 */
const CHUNK = 100;

const NEEDED = [catalogEntityReadPermission, exposureReadPermission];

/** Which of many entities a caller may see the exposures of. */
export interface ReadableEntities {
  among(refs: readonly string[], caller: Caller): Promise<ReadonlySet<string>>;
}

/** What is known of one caller: a decision for all entities, or one for each. */
interface Knowledge {
  decision: 'all' | 'none' | typeof NEEDED;
  byRef: Map<string, Promise<boolean>>;
}

export function createReadableEntities(options: {
  permissions: PermissionsService;
  now?: () => number;
}): ReadableEntities {
  const { permissions, now } = options;
  const callers = createTtlCache<Knowledge>({
    ttlMs: TTL_MS,
    maxEntries: MAX_CALLERS,
    now,
  });

  const learn = async (caller: Caller): Promise<Knowledge> => {
    const decisions = await permissions.authorizeConditional(
      NEEDED.map(permission => ({ permission })),
      { credentials: caller },
    );
    const conditional = NEEDED.filter(
      (_, index) => decisions[index].result === AuthorizeResult.CONDITIONAL,
    );
    const decided = decisions.every(
      ({ result }) =>
        result === AuthorizeResult.ALLOW ||
        result === AuthorizeResult.CONDITIONAL,
    );
    if (!decided) return { decision: 'none', byRef: new Map() };
    return {
      decision: conditional.length === 0 ? 'all' : conditional,
      byRef: new Map(),
    };
  };

  /** Chunks, each a promise of the refs in it that are readable. */
  const ask = (
    refs: string[],
    needed: typeof NEEDED,
    caller: Caller,
    byRef: Knowledge['byRef'],
  ) => {
    const perChunk = Math.floor(CHUNK / needed.length);
    for (let start = 0; start < refs.length; start += perChunk) {
      const chunk = refs.slice(start, start + perChunk);
      const answers = permissions.authorize(
        chunk.flatMap(resourceRef =>
          needed.map(permission => ({ permission, resourceRef })),
        ),
        { credentials: caller },
      );
      chunk.forEach((ref, index) => {
        const readable = answers.then(decisions =>
          needed.every(
            (_, offset) =>
              decisions[index * needed.length + offset].result ===
              AuthorizeResult.ALLOW,
          ),
        );
        byRef.set(ref, readable);
        readable.catch(() => byRef.delete(ref));
      });
    }
  };

  return {
    async among(refs, caller) {
      const distinct = [...new Set(refs)];
      if (distinct.length === 0) return new Set();
      const { decision, byRef } = await callers.get(callerKey(caller), () =>
        learn(caller),
      );
      if (decision === 'none') return new Set();
      if (decision === 'all') return new Set(distinct);
      ask(
        distinct.filter(ref => !byRef.has(ref)),
        decision,
        caller,
        byRef,
      );
      const readable = await Promise.all(distinct.map(ref => byRef.get(ref)));
      return new Set(distinct.filter((_, index) => readable[index]));
    },
  };
}
