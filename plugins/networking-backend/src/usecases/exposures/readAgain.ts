import {
  completePlan,
  type HttpRoute,
  type PlanDraft,
} from 'backstage-plugin-networking-common';
import { isClusterError } from '../../io/cluster';
import type { Services } from '../services';

/**
 * A route as it is after a write whose answer got lost: undefined where there is
 * none, `unknown` where the cluster does not tell. Asked once. It is listed, since
 * the backend has no right to get.
 */
export async function readAgain(
  services: Services,
  cluster: string,
  { metadata: { namespace, name } }: HttpRoute,
): Promise<HttpRoute | undefined | 'unknown'> {
  try {
    const routes = await services.clusters.client(cluster).list('HTTPRoute');
    return routes.find(
      ({ metadata }) =>
        metadata.namespace === namespace && metadata.name === name,
    );
  } catch (error) {
    if (isClusterError(error)) return 'unknown';
    throw error;
  }
}

/**
 * Is this route, which is not the version that the draft was made on, what the
 * draft wants? Then it does not matter whose write made it so.
 */
export function isAsDesired(draft: PlanDraft, live: HttpRoute): boolean {
  return (
    live.metadata.deletionTimestamp === undefined &&
    live.metadata.resourceVersion !== draft.live?.metadata.resourceVersion &&
    completePlan({ ...draft, live }, {}).diff.length === 0
  );
}
