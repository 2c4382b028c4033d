import {
  ANNOTATION_ENTITY_REF,
  ANNOTATION_OWNERS,
  KUBERNETES_ID,
} from '../annotations';
import type { MATCHING_REASONS } from '../exposures/matchingReasons';
import type { SentencesOf } from '../findings/declare';
import { listInWords } from '../findings/sort';
import { objectWords } from './words';

/** More are in the details. */
const MAX_NAMED = 3;

function firstInWords(items: readonly string[], total: number): string {
  const named = items.slice(0, MAX_NAMED);
  const more = total - named.length;
  return listInWords(more > 0 ? [...named, `${more} more`] : named);
}

/** Of the findings about which entity a route belongs to. */
export const MATCHING_SENTENCES: SentencesOf<typeof MATCHING_REASONS> = {
  IdNotGranted: ({ namespace, routes, total, isOwned, owner }) => {
    const [{ route, entities }] = routes;
    const taken = isOwned
      ? ', which takes it from the component that it is shown on now'
      : '';
    const grant =
      owner === undefined
        ? ''
        : `, or add ${owner} to annotation ${ANNOTATION_OWNERS} of namespace ${namespace}`;
    return {
      message: `Namespace ${namespace} is not granted to the owners of components that name the ${KUBERNETES_ID} of something in it, so these routes are not shown on them: ${firstInWords(
        routes.map(
          one =>
            `${one.route} (${firstInWords(one.entities, one.entities.length)})`,
        ),
        total,
      )}.`,
      remedy: `If ${route} belongs to ${entities[0]}, annotate the route with ${ANNOTATION_ENTITY_REF}: ${entities[0]}${taken}${grant}.`,
    };
  },
  GrantsNotKnown: ({ cluster, routes, isForbidden }) => {
    const what =
      routes === undefined
        ? 'no route belongs to a component by its labels'
        : `${
            routes === 1 ? "1 route doesn't" : `${routes} routes don't`
          } belong to the components whose ${KUBERNETES_ID} they name`;
    return {
      message: `On cluster ${cluster} ${what}: Backstage can't read Namespaces there, so it can't tell whom they are granted to.`,
      remedy: isForbidden
        ? `Ask an admin of cluster ${cluster} to let the Backstage backend read Namespaces.`
        : `Check the connection from the Backstage backend to cluster ${cluster}.`,
    };
  },
  NamespaceNotGranted: ({ entity, namespace, cluster, owner }) => ({
    message: `Namespace ${namespace} on cluster ${cluster} is not granted to the owners of ${entity}, so only routes that are annotated with it belong to it there.`,
    remedy: `Ask the owners of namespace ${namespace} to annotate the routes of ${entity} with ${ANNOTATION_ENTITY_REF}: ${entity}${
      owner === undefined
        ? ''
        : `, or to add ${owner} to annotation ${ANNOTATION_OWNERS} of the namespace`
    }.`,
  }),
  ClaimedFromForeignNamespace: ({ entity, route }) => ({
    message: `${objectWords(
      route,
    )} says that it belongs to ${entity}, but namespace ${
      route.namespace
    } isn't one of that component's. What it serves may be somebody else's.`,
    remedy: `Ask the owners of namespace ${
      route.namespace
    } to remove annotation ${ANNOTATION_ENTITY_REF} from ${objectWords(
      route,
    )}, or to grant the namespace to an owner of ${entity}.`,
  }),
};
