import { NotFoundError } from '@backstage/errors';
import {
  deliveryToolOf,
  FIELD_MANAGER,
  isManaged,
  platformUpdatePermission,
  type ExposureAddress,
  type HttpRoute,
} from 'backstage-plugin-networking-common';
import { isClusterError } from '../../io/cluster';
import { audited } from '../audit';
import { requireAction } from '../authorization';
import { clusterFindings, refusal } from '../refusals';
import {
  readClusters,
  type CallContext,
  type ReadCluster,
  type Services,
} from '../services';

/**
 * Removes a route that this plugin made, if it still is the one with this uid.
 * Needs exposure.delete on the entity that the live route names.
 */
export async function deleteExposure(
  services: Services,
  { uid, ...address }: ExposureAddress & { uid: string },
  { caller, request }: CallContext,
): Promise<void> {
  const { cluster, namespace, name } = address;
  return audited(
    services.auditor,
    {
      eventId: 'exposure-delete',
      severityLevel: 'medium',
      request,
      meta: { ...address, uid },
    },
    async outcome => {
      services.authorizer.requireWrites(caller);
      const [before] = await readClusters(services, { only: cluster });
      const route = findRoute(before, address);
      await authorizeDelete(services, before, route, { caller });
      const host = route.spec?.hostnames?.[0] ?? name;
      outcome.host = host;
      await services.lock.run({ cluster, host }, async () => {
        const [now] = await readClusters(services, {
          only: cluster,
          fresh: true,
        });
        const live = findRoute(now, address);
        // Its annotation may name another entity by now.
        await authorizeDelete(services, now, live, { caller });
        requireOurs(live, cluster, uid);
        try {
          await services.clusters
            .client(cluster)
            .deleteRoute({ namespace, name, uid });
        } catch (error) {
          if (!isClusterError(error)) throw error;
          if (error.httpStatus === 404) throw notFound(address);
          throw refusal(clusterFindings(error, live));
        } finally {
          services.snapshots.invalidate(cluster);
        }
      });
    },
  );
}

function notFound({ cluster, namespace, name }: ExposureAddress): Error {
  return new NotFoundError(
    `Route ${name} does not exist in namespace ${namespace} of cluster ${cluster}, or you may not see it.`,
  );
}

function findRoute(
  { snapshot, state }: ReadCluster,
  address: ExposureAddress,
): HttpRoute {
  const route = snapshot.get('HTTPRoute', address.namespace, address.name);
  if (!state.reachable) throw refusal(state.findings);
  if (!route) throw notFound(address);
  return route;
}

/**
 * @throws NotFoundError where no entity of the route is visible to the caller
 * @throws NotAllowedError where one is and the permission is missing
 */
async function authorizeDelete(
  services: Services,
  { snapshot, settings }: ReadCluster,
  route: HttpRoute,
  { caller }: CallContext,
): Promise<void> {
  const address = {
    cluster: settings.cluster,
    namespace: route.metadata.namespace ?? '',
    name: route.metadata.name,
  };
  const owners = await services.routeEntities.match([route], snapshot);
  const entities = owners.get(route)?.entities ?? [];
  if (entities.length === 0) {
    const { authorizer } = services;
    if (await authorizer.may(platformUpdatePermission, caller)) return;
    throw notFound(address);
  }
  const [{ facts }] = entities;
  const entity = await services.authorizer
    .entity(facts.ref, caller)
    .catch(error => {
      throw error.name === 'NotFoundError' ? notFound(address) : error;
    });
  requireAction(entity, 'delete');
}

/** @throws ConflictError unless this plugin wrote the route and nothing else keeps it */
function requireOurs(route: HttpRoute, cluster: string, uid: string): void {
  const { name, namespace, managedFields } = route.metadata;
  const refuse = (reason: string, message: string, remedy: string) =>
    refusal([
      {
        reason,
        severity: 'blocking',
        message,
        remedy,
        subject: { kind: 'HTTPRoute', name, namespace, cluster },
      },
    ]);
  const tool = deliveryToolOf(route);
  if (tool) {
    throw refuse(
      'RouteManagedElsewhere',
      `Route ${name} in ${namespace} is delivered by ${tool}, which would make it again.`,
      `Remove it from the source that ${tool} delivers.`,
    );
  }
  const isWritten = managedFields?.some(
    ({ manager }) => manager === FIELD_MANAGER,
  );
  if (!isManaged(route) || !isWritten) {
    throw refuse(
      'RouteManagedElsewhere',
      `Route ${name} in ${namespace} was not made by this plugin.`,
      'Remove it where it was made.',
    );
  }
  if (route.metadata.uid !== uid) {
    throw refuse(
      'RouteReplaced',
      `Route ${name} in ${namespace} is not the one that was shown: it was removed and made anew.`,
      `Look at route ${name} again before removing it.`,
    );
  }
}
