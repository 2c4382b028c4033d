import type {
  ExposurePlan,
  ExposureRequest,
} from 'backstage-plugin-networking-common';
import { audited } from '../audit';
import type { CallContext, Services } from '../services';
import { authorizeRequest, completeWithDryRun, draftPlan } from './draftPlan';

/**
 * What applying a request would do; changes nothing. A request that would be
 * refused is a plan too, with blocking findings. Needs exposure.create, or
 * exposure.update where the route exists.
 */
export async function readPlan(
  services: Services,
  request: ExposureRequest,
  { caller, request: httpRequest }: CallContext,
): Promise<ExposurePlan> {
  return audited(
    services.auditor,
    {
      eventId: 'exposure-plan',
      request: httpRequest,
      meta: { entityRef: request.entityRef },
    },
    async outcome => {
      const authorized = await authorizeRequest(services, request, caller);
      const drafted = await draftPlan(services, authorized);
      const plan = await completeWithDryRun(services, drafted, caller);
      outcome.action = plan.action;
      outcome.host = plan.host;
      return plan;
    },
  );
}
