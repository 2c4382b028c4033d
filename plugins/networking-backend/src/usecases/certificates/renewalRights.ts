import type { ObjectRef } from 'backstage-plugin-networking-common';
import { createTtlCache } from '../../io/catalog';
import type { ClusterAccess, NamespaceRights } from '../../io/cluster';

/** Rights change seldom, and a renewal is refused in words where they did. */
const TTL_MS = 60_000;
const MAX_NAMESPACES = 1_000;
/** A page waits no longer than this to learn which buttons to offer. */
const PATIENCE_MS = 3_000;

/** What the Role `networking-backend-renewal` grants. */
export const NEEDED_RIGHTS = [
  { verb: 'get', resource: 'certificates' },
  { verb: 'update', resource: 'certificates/status' },
] as const;

/**
 * Whether the cluster lets the backend have certificates issued anew: one request for each namespace and minute, however
 * many read.
 */
export interface RenewalRights {
  /** Undefined where it is not known: then asking for the renewal tells. */
  of(cluster: string, certificate: ObjectRef): Promise<boolean | undefined>;
}

const includes = (values: readonly string[] | undefined, wanted: string) =>
  values?.some(value => value === wanted || value === '*') ?? false;

/** A rule may stand for every resource (`*`) or for one subresource of each (`*` with `/status`). */
function includesResource(
  resources: readonly string[] | undefined,
  wanted: string,
): boolean {
  const subresource = wanted.split('/')[1];
  return (
    includes(resources, wanted) ||
    (subresource !== undefined &&
      (resources?.includes(`*/${subresource}`) ?? false))
  );
}

export function createRenewalRights(options: {
  clusters: ClusterAccess;
  now: () => Date;
}): RenewalRights {
  const { clusters, now } = options;
  const known = createTtlCache<NamespaceRights | undefined>({
    ttlMs: TTL_MS,
    maxEntries: MAX_NAMESPACES,
    now: () => now().getTime(),
  });
  return {
    async of(cluster, { namespace, name }) {
      const rights = await known.get(`${cluster}/${namespace}`, () =>
        clusters
          .client(cluster)
          .ownRights(namespace, { signal: AbortSignal.timeout(PATIENCE_MS) })
          // Kept too: a cluster that does not answer is not asked by every reader.
          .catch(() => undefined),
      );
      if (!rights) return undefined;
      const isGranted = NEEDED_RIGHTS.every(({ verb, resource }) =>
        rights.rules.some(
          rule =>
            includes(rule.verbs, verb) &&
            includes(rule.apiGroups, 'cert-manager.io') &&
            includesResource(rule.resources, resource) &&
            (!rule.resourceNames?.length || rule.resourceNames.includes(name)),
        ),
      );
      return isGranted || (rights.incomplete ? undefined : false);
    },
  };
}
