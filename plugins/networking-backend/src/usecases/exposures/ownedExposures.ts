import type { Exposure } from 'backstage-plugin-networking-common';
import type { ReadCluster, Services } from '../services';
import type { RouteOwnership } from './routeEntities';

/** An exposure with all of its entities, whoever may see them. */
export interface OwnedExposure {
  exposure: Exposure;
  /** Full refs of the owners of its entities; of an entity that no group owns its own. */
  owners: string[];
  /** With those entities alone that belong to an owner; undefined where none does. */
  ownedBy(owner: string): OwnedExposure | undefined;
}

/** Every exposure of a cluster. For what the plugin does by itself: nothing of it may be told but to its owners and to admins. */
export async function ownedExposures(
  services: Services,
  cluster: ReadCluster,
): Promise<OwnedExposure[]> {
  const evaluated = await services.evaluatedRoutes.of(services, cluster);
  const matched = await services.routeEntities.match(
    [...evaluated.keys()],
    cluster,
  );
  return [...evaluated].map(([route, exposure]) =>
    owned(exposure, matched.get(route)?.entities ?? []),
  );
}

type OwnEntity = Pick<RouteOwnership['entities'][number], 'facts' | 'reason'>;

/** An entity that no group owns stands for its own owner, who may be a user: whoever sends resolves it. */
const ownersOf = ({ facts }: OwnEntity) =>
  facts.owners.length > 0 ? facts.owners : [facts.ref];

function owned(
  exposure: Exposure,
  entities: readonly OwnEntity[],
): OwnedExposure {
  return {
    exposure: {
      ...exposure,
      entities: entities.map(({ facts, reason }) => ({
        entityRef: facts.ref,
        reason,
      })),
    },
    owners: [...new Set(entities.flatMap(ownersOf))],
    ownedBy(owner) {
      const own = entities.filter(one => ownersOf(one).includes(owner));
      return own.length > 0 ? owned(exposure, own) : undefined;
    },
  };
}
