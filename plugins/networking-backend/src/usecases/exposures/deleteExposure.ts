import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  deliveryToolOf,
  exposureDeletePermission,
  FIELD_MANAGER,
  isManaged,
  isPlatformRoute,
  platformUpdatePermission,
  type ClusterSettings,
  type ExposureAddress,
  type HttpRoute,
} from 'backstage-plugin-networking-common';
import { isClusterError } from '../../io/cluster';
import type { Lease } from '../../io/database';
import { audited, type AuditMeta } from '../audit';
import { requireAction } from '../authorization';
import {
  clusterFindings,
  refusal,
  unknownOutcome,
  unlessDatabaseFails,
} from '../refusals';
import {
  readClusters,
  type CallContext,
  type ReadCluster,
  type Services,
} from '../services';
import { readAgain } from './readAgain';

/**
 * Removes a route that this plugin made, if it still is the one with this uid.
 * Needs exposure.delete on every entity that the live route belongs to.
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
      services.authorizer.requireWrites(
        caller,
        exposureDeletePermission,
        platformUpdatePermission,
      );
      const [before] = await readClusters(services, {
        only: cluster,
        retry: true,
      });
      const route = findRoute(before, address);
      await authorizeDelete(services, before, route, { caller, outcome });
      const host = route.spec?.hostnames?.[0] ?? name;
      outcome.host = host;
      const remove = async (lease: Lease) => {
        const [now] = await readClusters(services, {
          only: cluster,
          fresh: true,
        });
        const live = findRoute(now, address);
        // Its annotation may name another entity by now.
        await authorizeDelete(services, now, live, { caller, outcome });
        requireOurs(live, now.settings, uid);
        await lease.renew();
        try {
          await services.clusters
            .client(cluster)
            .deleteRoute({ namespace, name, uid });
        } catch (error) {
          if (!isClusterError(error)) throw error;
          if (error.httpStatus === 404) throw notFound(address);
          if (!error.mayHaveTakenEffect) {
            throw refusal(clusterFindings(error, live));
          }
          outcome.write = 'unknown';
          const left = await readAgain(services, cluster, live);
          const isGone =
            left !== 'unknown' &&
            (left?.metadata.uid !== uid ||
              left.metadata.deletionTimestamp !== undefined);
          if (!isGone) throw refusal(unknownOutcome(error, live));
          outcome.write = 'confirmed';
        }
        await services.snapshots.written(cluster, { namespace, name, uid });
      };
      await unlessDatabaseFails('notRemoved', () =>
        services.lock.run({ cluster, host }, remove),
      );
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
 * @throws NotAllowedError where one is, and the permission on any is missing
 */
async function authorizeDelete(
  services: Services,
  cluster: ReadCluster,
  route: HttpRoute,
  { caller, outcome }: CallContext & { outcome: AuditMeta },
): Promise<void> {
  const { authorizer } = services;
  const address = {
    cluster: cluster.settings.cluster,
    namespace: route.metadata.namespace ?? '',
    name: route.metadata.name,
  };
  const owners = await services.routeEntities.match([route], cluster);
  const { entities = [], orphanOf } = owners.get(route) ?? {};
  const refs = entities.map(({ facts }) => facts.ref);
  outcome.entityRef = refs.join(', ') || orphanOf;
  if (refs.length === 0) {
    if (await authorizer.may(platformUpdatePermission, caller)) return;
    throw notFound(address);
  }
  const visible = (
    await Promise.all(
      refs.map(ref =>
        authorizer.entity(ref, caller, { fresh: true }).catch(error => {
          if (error.name === 'NotFoundError') return undefined;
          throw error;
        }),
      ),
    )
  ).filter(entity => entity !== undefined);
  if (visible.length === 0) throw notFound(address);
  authorizer.requireWrites(caller, exposureDeletePermission);
  for (const entity of visible) requireAction(entity, 'delete');
  if (visible.length < refs.length) {
    throw new NotAllowedError(
      `Route ${address.name} also belongs to an entity that you may not see. Ask a platform admin to remove it.`,
    );
  }
}

/** @throws ConflictError unless this plugin wrote the route and nothing else keeps it */
function requireOurs(
  route: HttpRoute,
  settings: ClusterSettings,
  uid: string,
): void {
  const { name, namespace, managedFields } = route.metadata;
  const refuse = (reason: string, message: string, remedy: string) =>
    refusal([
      {
        reason,
        severity: 'blocking',
        message,
        remedy,
        subject: {
          kind: 'HTTPRoute',
          name,
          namespace,
          cluster: settings.cluster,
        },
      },
    ]);
  if (isPlatformRoute(route, settings)) {
    throw refuse(
      'PlatformRoute',
      `Route ${name} in ${namespace} is the platform's own: it sends requests in clear to HTTPS.`,
      'Keep it, or change it with the rest of the platform.',
    );
  }
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
      `Route ${name} in ${namespace} is not the one that was shown: it has another uid, so it may have been removed and made anew.`,
      `Look at route ${name} again before removing it.`,
    );
  }
}
