import {
  exposableServices,
  freeHostLabel,
  planExposure,
  type EntityFacts,
  type ExposableService,
  type ExposableServices,
  type Finding,
} from 'backstage-plugin-networking-common';
import { audited } from '../audit';
import { requireAction } from '../authorization';
import {
  readClusters,
  type CallContext,
  type ReadCluster,
  type Services,
} from '../services';

/** What an entity could expose, in every cluster. Needs exposure.create or exposure.update on it. */
export async function listServices(
  services: Services,
  entityRef: string,
  { caller, request }: CallContext,
): Promise<ExposableServices> {
  return audited(
    services.auditor,
    {
      eventId: 'service-fetch',
      request,
      meta: { queryType: 'by-entity', entityRef },
    },
    async () => {
      const entity = await services.authorizer.entity(entityRef, caller);
      requireAction(entity, 'create', 'update');
      const { facts } = entity;
      const clusters = await readClusters(services);
      return {
        entityRef: facts.ref,
        services: servicesOf(facts, clusters),
        clusters: clusters.map(cluster => ({
          ...cluster.state,
          dnsSuffix: cluster.settings.network.dnsSuffix,
          publicHttpsPort: cluster.settings.network.publicHttpsPort,
          blocked: blockedBy(cluster, facts),
        })),
      };
    },
  );
}

/** A label is free where no cluster has it: one suffix may be that of several. */
function servicesOf(
  entity: EntityFacts,
  clusters: readonly ReadCluster[],
): ExposableService[] {
  const snapshots = clusters.map(({ snapshot }) => snapshot);
  return clusters.flatMap(({ snapshot, settings }) =>
    exposableServices(entity, snapshot, settings).map(service => {
      const free = service.refusal
        ? undefined
        : freeHostLabel({ entity, service, settings, snapshots });
      return {
        ...service,
        ...(free !== undefined && { freeHostLabel: free }),
      };
    }),
  );
}

/**
 * What stands against every write to a cluster, whatever is asked for: found by
 * planning a request that says nothing but the cluster.
 */
function blockedBy(
  { snapshot, settings }: ReadCluster,
  entity: EntityFacts,
): Finding | undefined {
  const { cluster } = settings;
  const { findings } = planExposure({
    request: { entityRef: entity.ref, cluster },
    entity,
    snapshots: [snapshot],
    settings: { [cluster]: settings },
  });
  return findings.find(
    ({ severity, subject }) =>
      severity === 'blocking' &&
      (subject.kind === 'Cluster' || subject.kind === 'Gateway'),
  );
}
