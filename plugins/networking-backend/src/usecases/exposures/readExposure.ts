import { NotFoundError } from '@backstage/errors';
import {
  certificatesOfHosts,
  platformReadPermission,
  toYaml,
  type ExposureAddress,
  type ExposureDetail,
  type HttpRoute,
} from 'backstage-plugin-networking-common';
import type { Caller } from '../../io/catalog';
import { audited } from '../audit';
import { requireAction, type AuthorizedEntity } from '../authorization';
import {
  readClusters,
  type CallContext,
  type ReadCluster,
  type Services,
} from '../services';
import { evaluateRoutes, type RouteToEvaluate } from './evaluate';
import { gapsOf } from './gapsOf';

/** One exposure with its manifest, probed. Needs exposure.read on an entity of it. */
export async function readExposure(
  services: Services,
  address: ExposureAddress,
  { caller, request }: CallContext,
): Promise<ExposureDetail> {
  return audited(
    services.auditor,
    {
      eventId: 'exposure-fetch',
      request,
      meta: { queryType: 'by-name', ...address },
    },
    async () => {
      const [cluster] = await readClusters(services, { only: address.cluster });
      const readable = await findReadable(services, cluster, address, caller);
      const [exposure] = await evaluateRoutes(services, cluster, [readable], {
        probes: 'now',
        reader: caller,
      });
      const { managedFields, ...metadata } = readable.route.metadata;
      const manifest: HttpRoute = { ...readable.route, metadata };
      const { snapshot, settings } = cluster;
      return {
        ...exposure,
        manifest,
        yaml: toYaml(manifest),
        certificates: certificatesOfHosts({
          route: readable.route,
          snapshot,
          settings,
          facts: {
            certificates: services.certificates.lookup({ snapshot, settings }),
            probes: Object.fromEntries(
              exposure.hosts.flatMap(({ host, probe }) =>
                probe ? [[host, probe]] : [],
              ),
            ),
          },
          now: services.now().toISOString(),
        }),
      };
    },
  );
}

/**
 * The route at an address, if the caller may read it. Decided anew each time:
 * the decisions that a list keeps may be older than the entity.
 *
 * @throws NotFoundError where there is none or its entities are invisible
 * @throws NotAllowedError where an entity of it is visible and the permission is missing
 */
export async function findReadable(
  services: Services,
  cluster: ReadCluster,
  { namespace, name }: ExposureAddress,
  caller: Caller,
): Promise<RouteToEvaluate> {
  const notFound = () =>
    Object.assign(
      new NotFoundError(
        `Route ${name} does not exist in namespace ${namespace} of cluster ${cluster.settings.cluster}, or you may not see it.`,
      ),
      gapsOf(services, caller),
    );
  const route = cluster.snapshot.get('HTTPRoute', namespace, name);
  if (!route) throw notFound();
  const owners = await services.routeEntities.match([route], cluster);
  const { entities = [], orphanOf } = owners.get(route) ?? {};
  if (entities.length === 0) {
    const { authorizer } = services;
    if (!(await authorizer.may(platformReadPermission, caller))) {
      throw notFound();
    }
    return { route, entities, orphanOf };
  }
  const visible = (
    await Promise.all(
      entities.map(async entity => {
        const authorized = await visibleEntity(
          services,
          entity.facts.ref,
          caller,
        );
        return authorized && { ...entity, authorized };
      }),
    )
  ).filter(entity => entity !== undefined);
  if (visible.length === 0) throw notFound();
  const readable = visible.filter(({ authorized }) => authorized.may.read);
  if (readable.length === 0) requireAction(visible[0].authorized, 'read');
  return { route, entities: readable };
}

function visibleEntity(
  services: Services,
  ref: string,
  caller: Caller,
): Promise<AuthorizedEntity | undefined> {
  return services.authorizer.entity(ref, caller).catch(error => {
    if (error.name === 'NotFoundError') return undefined;
    throw error;
  });
}
