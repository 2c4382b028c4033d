import { ANNOTATION_ENTITY_REF, KUBERNETES_ID } from '../annotations';
import { listInWords } from '../findings/sort';
import type { Route } from '../gateway-api/types';
import type { Finding } from '../verdicts/types';
import type { EntityFacts } from './entityFacts';

/** A route, and the entities whose id ties it to them without reaching its namespace. @public */
export interface CutOffRoute {
  route: Route;
  entities: readonly EntityFacts[];
  /** Does it belong to another entity? */
  isOwned: boolean;
}

/** More are in the details. */
const MAX_NAMED = 3;

/**
 * What ids do not reach, for those who run the platform: one finding for each namespace, by name. A warning where a route
 * belongs to nobody now; else it is told, since a second entity with the id may be an oversight or an attempt to look in.
 * @public
 */
export function cutOffFindings(
  cluster: string,
  routes: readonly CutOffRoute[],
): Finding[] {
  const byNamespace = new Map<string, CutOffRoute[]>();
  for (const cutOff of routes) {
    const { namespace = '' } = cutOff.route.metadata;
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), cutOff]);
  }
  return [...byNamespace]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([namespace, found]) => {
      const named = found
        .slice(0, MAX_NAMED)
        .map(
          ({ route, entities }) =>
            `${route.metadata.name} (${listInWords(
              entities.map(({ ref }) => ref),
            )})`,
        );
      const more = found.length - named.length;
      const [first] = found;
      return {
        reason: 'IdNotGranted',
        severity: found.every(({ isOwned }) => isOwned) ? 'info' : 'warning',
        message: `Routes of namespace ${namespace} that have the ${KUBERNETES_ID} of a component are not shown to it, since the namespace does not let its owners: ${listInWords(
          more > 0 ? [...named, `${more} more`] : named,
        )}.`,
        remedy: `Where a route is that component's, annotate it with ${ANNOTATION_ENTITY_REF}: ${first.entities[0].ref}, or add the component's owner to annotation idp.networking/owners of namespace ${namespace}.`,
        subject: { kind: 'Namespace', name: namespace, cluster },
        details: Object.fromEntries(
          found.map(({ route, entities }) => [
            `${route.kind} ${route.metadata.name}`,
            entities.map(({ ref }) => ref).join(', '),
          ]),
        ),
      };
    });
}
