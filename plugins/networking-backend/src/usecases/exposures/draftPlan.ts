import { NotAllowedError } from '@backstage/errors';
import type { Permission } from '@backstage/plugin-permission-common';
import {
  blockingFindings,
  completePlan,
  exposureCreatePermission,
  exposureUpdatePermission,
  planExposure,
  platformUpdatePermission,
  type ExposurePlan,
  type ExposureRequest,
  type Finding,
  type HttpRoute,
  type PlanDraft,
  type Route,
  ROUTE_KINDS,
} from 'backstage-plugin-networking-common';
import type { Caller } from '../../io/catalog';
import { isClusterError } from '../../io/cluster';
import { requireAction, type AuthorizedEntity } from '../authorization';
import { clusterFindings } from '../refusals';
import { readClusters, type ReadCluster, type Services } from '../services';
import { authorizedAmong } from './authorizedRoutes';

/** A request by someone who may expose the entity, or change its exposures. */
export interface AuthorizedRequest {
  request: ExposureRequest;
  entity: AuthorizedEntity;
  caller: Caller;
}

/** A draft, and the clusters it was made from. */
export interface DraftedPlan {
  draft: PlanDraft;
  clusters: ReadCluster[];
}

/**
 * Everything about a request that can be decided before a cluster is read. The
 * entity is read afresh: its owners decide what it may be exposed from.
 *
 * @throws NotFoundError for an entity that the caller may not see
 * @throws NotAllowedError where the caller may neither create nor update
 */
export async function authorizeRequest(
  services: Services,
  request: ExposureRequest,
  caller: Caller,
): Promise<AuthorizedRequest> {
  const entity = await services.authorizer.entity(request.entityRef, caller, {
    fresh: true,
  });
  requireAction(entity, 'create', 'update');
  if (request.takeOwnership) {
    await services.authorizer.require(platformUpdatePermission, caller);
  }
  return {
    request: { ...request, entityRef: entity.facts.ref },
    entity,
    caller,
  };
}

/**
 * Reads, plans, and authorizes what the request says that it is, or the plan turns
 * out to be: a creation, or an update of a live route, which also needs the entity
 * that this route names.
 *
 * @throws NotAllowedError
 */
export async function draftPlan(
  services: Services,
  { request, entity, caller }: AuthorizedRequest,
  options: { fresh?: boolean; cluster?: string } = {},
): Promise<DraftedPlan> {
  const only = options.cluster ?? request.cluster;
  const isKnown = only === undefined || services.clusters.names.includes(only);
  const clusters = isKnown
    ? await readClusters(services, {
        only,
        fresh: options.fresh,
        retry: true,
      })
    : [];
  const draft = await planReadably(services, clusters, {
    request,
    entity,
    caller,
  });
  const action = actionOf(draft);
  if (action) requireAction(entity, action);
  const { liveEntityRef } = draft;
  if (
    action === 'update' &&
    liveEntityRef !== undefined &&
    liveEntityRef !== entity.facts.ref
  ) {
    await requireUpdate(services, liveEntityRef, caller);
  }
  return { draft, clusters };
}

/**
 * Plans twice where other routes matter: the first pass finds out which, so that
 * only those are checked for whether the caller may read of them.
 */
async function planReadably(
  services: Services,
  clusters: ReadCluster[],
  { request, entity, caller }: AuthorizedRequest,
): Promise<PlanDraft> {
  const plan = (mayRead: (route: Route) => boolean) =>
    planExposure({
      request,
      entity: entity.facts,
      snapshots: clusters.map(({ snapshot }) => snapshot),
      settings: services.settings.byCluster(),
      mayRead,
    });
  const others = new Set<Route>();
  const first = plan(route => {
    others.add(route);
    return false;
  });
  if (others.size === 0) return first;
  const readable = await Promise.all(
    clusters.map(cluster => {
      const own = new Set<Route>(
        ROUTE_KINDS.flatMap(kind => [...cluster.snapshot.list(kind)]),
      );
      return authorizedAmong(
        services,
        cluster,
        caller,
        [...others].filter(route => own.has(route)),
      );
    }),
  );
  const routes = new Set(readable.flat().map(({ route }) => route));
  return routes.size === 0 ? first : plan(route => routes.has(route));
}

async function requireUpdate(
  services: Services,
  entityRef: string,
  caller: Caller,
): Promise<void> {
  const other = await services.authorizer
    .entity(entityRef, caller, { fresh: true })
    .catch(error => {
      if (error.name === 'NotFoundError') return undefined;
      throw error;
    });
  if (!other) {
    throw new NotAllowedError(
      'The route that has this name belongs to an entity that you may not see. Choose another hostLabel.',
    );
  }
  requireAction(other, 'update');
}

/**
 * What a draft is: what its request says that it is, so that one who may only add is told what is there, else what it
 * turns out to be. Undefined where it is neither said nor known.
 */
function actionOf({
  request,
  live,
  desired,
}: PlanDraft): 'create' | 'update' | undefined {
  if (request.intent) return request.intent;
  if (live) return 'update';
  return desired ? 'create' : undefined;
}

/** Those of which applying a draft needs one: it is not known which where there is nothing to apply. */
function permissionsOf(draft: PlanDraft): [Permission, ...Permission[]] {
  switch (actionOf(draft)) {
    case 'create':
      return [exposureCreatePermission];
    case 'update':
      return [exposureUpdatePermission];
    default:
      return [exposureCreatePermission, exposureUpdatePermission];
  }
}

/**
 * The plan with the API server's own word on it: a dry run where nothing stands
 * against the draft yet, whose refusal is a finding.
 */
export async function completeWithDryRun(
  services: Services,
  { draft }: DraftedPlan,
  caller: Caller,
): Promise<ExposurePlan> {
  const { desired, resolved } = draft;
  const refused = services.authorizer.writeRefusal(
    caller,
    ...permissionsOf(draft),
  );
  const findings: Finding[] = refused ? [refused] : [];
  if (
    !desired ||
    !resolved ||
    blockingFindings([...draft.findings, ...findings]).length > 0
  ) {
    return completePlan(draft, { findings });
  }
  try {
    // Not conditional on a version: what is compared with is the object that the server has now.
    const dryRun = await services.clusters
      .client(resolved.cluster)
      .applyRoute(desired, {
        dryRun: true,
        force: resolved.takeOwnership,
      });
    return completePlan(draft, { dryRun, findings });
  } catch (error) {
    if (!isClusterError(error)) throw error;
    return completePlan(draft, {
      findings: [...findings, ...clusterFindings(error, desired)],
    });
  }
}

/**
 * An update carries the resourceVersion that it was planned on: one field manager
 * never conflicts with itself, so nothing else would tell that the route changed.
 */
export function toApply(draft: PlanDraft, desired: HttpRoute): HttpRoute {
  const resourceVersion = draft.live?.metadata.resourceVersion;
  return resourceVersion === undefined
    ? desired
    : { ...desired, metadata: { ...desired.metadata, resourceVersion } };
}
