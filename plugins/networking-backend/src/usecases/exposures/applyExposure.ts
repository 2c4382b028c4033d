import { ConflictError } from '@backstage/errors';
import {
  blockingFindings,
  completePlan,
  exposureCreatePermission,
  exposureUpdatePermission,
  unconfirmedFindings,
  type ApplyResult,
  type ExposurePlan,
  type ExposureRequest,
  type Finding,
  type HttpRoute,
} from 'backstage-plugin-networking-common';
import { fieldConflicts, isClusterError } from '../../io/cluster';
import type { Lease } from '../../io/database';
import { audited, type AuditMeta } from '../audit';
import {
  clusterFindings,
  refusal,
  unknownOutcome,
  unlessDatabaseFails,
} from '../refusals';
import type { CallContext, Services } from '../services';
import { judgeApplied } from './afterApply';
import {
  authorizeRequest,
  completeWithDryRun,
  draftPlan,
  toApply,
  type AuthorizedRequest,
} from './draftPlan';
import { isAsDesired, readAgain } from './readAgain';

/** Controllers write a status some times in a row; each write moves the version that ours depends on. */
const MAX_TRIES = 5;

/** What was agreed to, and where it goes. */
interface Target extends Omit<AuthorizedRequest, 'entity'> {
  cluster: string;
  host: string;
  digest?: string;
  /** What the audit event says. */
  outcome: AuditMeta;
}

/**
 * Applies a request. Under a lock for the cluster and host it is authorized, read
 * and planned again, so that what is written is what was judged. Needs
 * exposure.create, or exposure.update where the route exists. Once it is written,
 * nothing that fails afterwards makes a failure of it.
 *
 * @throws an error with `findings` and `plan` where something stands against it,
 * where it takes live requests and does not say `replace`, and where the plan is
 * not the one with the given digest any more
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
        intent: request.intent,
        replace: request.replace,
      },
    },
    async outcome => {
      services.authorizer.requireWrites(
        caller,
        exposureCreatePermission,
        exposureUpdatePermission,
      );
      const authorized = await authorizeRequest(services, request, caller);
      let { draft } = await draftPlan(services, authorized);
      if (blockingFindings(draft.findings).length > 0) {
        // What stands against it may be over, and the cache not told of it yet.
        ({ draft } = await draftPlan(services, authorized, { fresh: true }));
      }
      const { resolved, host, name } = draft;
      outcome.cluster = resolved?.cluster ?? request.cluster;
      outcome.namespace = resolved?.namespace ?? request.namespace;
      outcome.name = name;
      outcome.host = host;
      const blocking = blockingFindings(draft.findings);
      if (blocking.length > 0) throw refusal(blocking, completePlan(draft, {}));
      if (!resolved || !host) {
        throw new ConflictError(
          'The request could not be resolved to a host. Name cluster, namespace and service.',
        );
      }
      const target = {
        request: authorized.request,
        caller,
        digest,
        host,
        cluster: resolved.cluster,
        outcome,
      };
      const result = await unlessDatabaseFails('notWritten', () =>
        services.lock.run(target, lease =>
          applyLocked(services, target, lease),
        ),
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
): Promise<ApplyResult> {
  let agreed = target.digest;
  for (let tries = 1; ; tries++) {
    const outcome = await tryToApply(services, { ...target, agreed }, lease);
    if ('result' in outcome) return outcome.result;
    if (tries === MAX_TRIES) throw outcome.refusal;
    agreed = outcome.plan.digest;
  }
}

/** Plans and writes once. Where the route was written meanwhile, nothing is, and another try may go better. */
async function tryToApply(
  services: Services,
  target: Omit<Target, 'digest'> & { agreed?: string },
  lease: Lease,
): Promise<{ result: ApplyResult } | { plan: ExposurePlan; refusal: Error }> {
  const { cluster, host, agreed, caller, request, outcome } = target;
  const authorized = await authorizeRequest(services, request, caller);
  const drafted = await draftPlan(services, authorized, {
    fresh: true,
    cluster,
  });
  const plan = await completeWithDryRun(services, drafted, caller);
  if (agreed !== undefined && agreed !== plan.digest) throw planChanged(plan);
  const blocking = blockingFindings(plan.findings);
  if (blocking.length > 0) throw refusal(blocking, plan);
  const unconfirmed = unconfirmedFindings(plan);
  if (unconfirmed.length > 0) throw refusal(unconfirmed, plan);
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
      const refused = () => refusal(clusterFindings(error, desired), plan);
      if (error.httpStatus === 409 && fieldConflicts(error).length === 0) {
        return { plan, refusal: refused() };
      }
      if (!error.mayHaveTakenEffect) throw refused();
      outcome.write = 'unknown';
      const found = await readAgain(services, cluster, desired);
      if (!found || found === 'unknown' || !isAsDesired(draft, found)) {
        throw refusal(unknownOutcome(error, desired), plan);
      }
      outcome.write = 'confirmed';
      written = found;
    }
  }
  const exposure = await judgeApplied(services, {
    before: drafted.clusters[0],
    host,
    entity: authorized.entity,
    caller,
    written,
  });
  return {
    result: {
      action: plan.action === 'refused' ? 'unchanged' : plan.action,
      plan,
      exposure,
    },
  };
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
