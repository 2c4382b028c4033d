import type { Permission } from '@backstage/plugin-permission-common';
import {
  exposureCreatePermission,
  exposureDeletePermission,
  exposureUpdatePermission,
  isHttpRoute,
  namespaceNotice,
  notJudgedFinding,
  routesOfEntity,
  type EntityExposures,
} from 'backstage-plugin-networking-common';
import { audited } from '../audit';
import { requireAction } from '../authorization';
import { readerStates } from '../probes/addressStates';
import { readClusters, type CallContext, type Services } from '../services';
import { evaluateRoutes } from './evaluate';

/** The exposures of one entity, probed. Needs exposure.read on it. */
export async function readEntityExposures(
  services: Services,
  entityRef: string,
  { caller, request }: CallContext,
): Promise<EntityExposures> {
  return audited(
    services.auditor,
    {
      eventId: 'exposure-fetch',
      request,
      meta: { queryType: 'by-entity', entityRef },
    },
    async () => {
      const entity = await services.authorizer.entity(entityRef, caller, {
        offers: true,
      });
      requireAction(entity, 'read');
      const { facts, may } = entity;
      const clusters = await readClusters(services);
      const found = clusters.map(cluster => ({
        cluster,
        routes: routesOfEntity(facts, cluster.snapshot, cluster.settings),
      }));
      const exposures = await Promise.all(
        found.map(({ cluster, routes }) =>
          evaluateRoutes(
            services,
            cluster,
            routes.flatMap(({ route, reason }) =>
              isHttpRoute(route)
                ? [{ route, entities: [{ facts, reason }] }]
                : [],
            ),
            { probes: 'latest', reader: caller },
          ),
        ),
      );
      const notJudged = found.flatMap(({ cluster, routes }) =>
        routes.flatMap(({ route }) =>
          isHttpRoute(route)
            ? []
            : [notJudgedFinding(route, cluster.snapshot.cluster)],
        ),
      );
      const notMatched = clusters.flatMap(({ snapshot, settings }) =>
        namespaceNotice(facts, snapshot, settings),
      );
      const { writesRefused } = services.authorizer;
      const mayWrite = (permission: Permission) =>
        services.authorizer.writeRefusal(caller, permission) === undefined;
      return {
        entityRef: facts.ref,
        topic: services.topics.handOut(facts),
        exposures: exposures.flat(),
        ...(notJudged.length > 0 && { notJudged }),
        clusters: await readerStates(
          services,
          clusters,
          exposures.flat().flatMap(({ cluster, hosts }) =>
            hosts.map(({ verdict }) => ({
              cluster,
              finding: verdict.finding,
            })),
          ),
        ),
        permissions: {
          create: may.create && mayWrite(exposureCreatePermission),
          update: may.update && mayWrite(exposureUpdatePermission),
          delete: may.delete && mayWrite(exposureDeletePermission),
        },
        ...(notMatched.length > 0 && { notMatched }),
        ...(writesRefused && { writesRefused }),
      };
    },
  );
}
