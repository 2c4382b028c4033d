import { ConflictError } from '@backstage/errors';
import {
  blockingFindings,
  type ApplyResult,
  type ExposurePlan,
  type ExposureRequest,
  type Finding,
  type HttpRoute,
} from 'backstage-plugin-networking-common';
import { fieldConflicts, isClusterError } from '../../io/cluster';
import type { Lease } from '../../io/database';
import { audited } from '../audit';
import { clusterFindings, refusal } from '../refusals';
import { readClusters, type CallContext, type Services } from '../services';
import { hostOwnershipFindings } from './afterApply';
import {
  authorizeRequest,
  completeWithDryRun,
  draftPlan,
  toApply,
  type AuthorizedRequest,
} from './draftPlan';
import { evaluateRoutes } from './evaluate';

/** What was agreed to, and where it goes. */
interface Target extends AuthorizedRequest {
  cluster: string;
  host: string;
  digest?: string;
}

/**
 * Applies a request. Under a lock for the cluster and host it is read and planned
 * again, so that what is written is what was judged. Needs exposure.create, or
 * exposure.update where the route exists.
 *
 * @throws an error with `findings` where something stands against it, and with
 * `plan` where the plan is not the one with the given digest any more
 */
export async function applyExposure(
  services: Services,
  { digest, ...request }: ExposureRequest & { digest?: string },
  { caller, request: httpRequest }: CallContext,
): Promise<ApplyResult> {
  return audited(
    services.auditor,
    {
      eventId: 'exposure-apply',
      severityLevel: 'medium',
      request: httpRequest,
      meta: {
        entityRef: request.entityRef,
        takeOwnership: request.takeOwnership,
      },
    },
    async outcome => {
      services.authorizer.requireWrites(caller);
      const authorized = await authorizeRequest(services, request, caller);
      const { draft } = await draftPlan(services, authorized);
      const { resolved, host, name } = draft;
      outcome.cluster = resolved?.cluster ?? request.cluster;
      outcome.namespace = resolved?.namespace ?? request.namespace;
      outcome.name = name;
      outcome.host = host;
      const blocking = blockingFindings(draft.findings);
      if (blocking.length > 0) throw refusal(blocking);
      if (!resolved || !host) {
        throw new ConflictError(
          'The request could not be resolved to a host. Name cluster, namespace and service.',
        );
      }
      const target = {
        ...authorized,
        digest,
        host,
        cluster: resolved.cluster,
      };
      const result = await services.lock.run(target, lease =>
        applyLocked(services, target, lease),
      );
      outcome.action = result.action;
      return result;
    },
  );
}

async function applyLocked(
  services: Services,
  target: Target,
  lease: Lease,
  isRetry = false,
): Promise<ApplyResult> {
  const { cluster, host, digest, caller } = target;
  const drafted = await draftPlan(services, target, { fresh: true, cluster });
  const plan = await completeWithDryRun(services, drafted, caller);
  if (digest !== undefined && digest !== plan.digest) {
    throw planChanged(plan);
  }
  const blocking = blockingFindings(plan.findings);
  if (blocking.length > 0) throw refusal(blocking, plan);
  const { draft } = drafted;
  const { desired, live, resolved } = draft;
  if (!desired || !resolved || draft.host !== host) throw planChanged(plan);

  let written: HttpRoute;
  if (plan.action === 'unchanged' && live) {
    written = live;
  } else {
    await lease.renew();
    try {
      written = await services.clusters
        .client(cluster)
        .applyRoute(toApply(draft, desired), { force: resolved.takeOwnership });
    } catch (error) {
      if (!isClusterError(error)) throw error;
      const isStale =
        error.httpStatus === 409 && fieldConflicts(error).length === 0;
      if (isStale && !isRetry) {
        return applyLocked(services, target, lease, true);
      }
      throw refusal(clusterFindings(error, desired), plan);
    } finally {
      services.snapshots.invalidate(cluster);
    }
  }
  return {
    action: plan.action === 'refused' ? 'unchanged' : plan.action,
    plan,
    exposure: await judge(services, target, written),
  };
}

/** The exposure as the cluster has it now, and who else claims its host. */
async function judge(
  services: Services,
  { cluster, host, entity, caller }: Target,
  written: HttpRoute,
): Promise<ApplyResult['exposure']> {
  const [read] = await readClusters(services, { only: cluster, fresh: true });
  const { namespace, name } = written.metadata;
  const route = read.snapshot.get('HTTPRoute', namespace, name) ?? written;
  const [exposure] = await evaluateRoutes(
    services,
    read,
    [{ route, entities: [{ facts: entity.facts, reason: 'annotation' }] }],
    { probe: false },
  );
  const findings = await hostOwnershipFindings(services, read, {
    host,
    route,
    caller,
  });
  return { ...exposure, findings: [...findings, ...exposure.findings] };
}

function planChanged(plan: ExposurePlan): Error {
  const finding: Finding = {
    reason: 'PlanChanged',
    severity: 'blocking',
    message:
      'Nothing was written: what applying would do has changed since the plan was shown.',
    remedy: 'Look at the new plan and apply again.',
    subject: {
      kind: 'ExposurePlan',
      name: plan.name ?? plan.request.entityRef,
      cluster: plan.request.cluster,
    },
  };
  return Object.assign(
    new ConflictError(`${finding.message} ${finding.remedy}`),
    { findings: [finding, ...plan.findings], plan },
  );
}
