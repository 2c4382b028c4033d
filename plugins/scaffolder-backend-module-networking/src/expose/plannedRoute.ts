import { InputError } from '@backstage/errors';
import type { ExposurePlan } from 'backstage-plugin-networking-common';

/** What the action says about the route; plain strings, so that a checkpoint can keep it. */
export type RouteOutputs = {
  url: string;
  host: string;
  namespace: string;
  name: string;
  manifest: string;
};

/**
 * The route of a plan that was not refused.
 *
 * @throws InputError where the plan leaves open what it would make.
 */
export function plannedRoute(plan: ExposurePlan): {
  cluster: string;
  outputs: RouteOutputs;
} {
  const { url, host, name, yaml } = plan;
  const { cluster, namespace, entityRef } = plan.request;
  if (!url || !host || !name || !cluster || !namespace) {
    throw new InputError(
      `The request does not say enough to expose ${entityRef}. Name cluster, namespace, service and port`,
    );
  }
  return { cluster, outputs: { url, host, namespace, name, manifest: yaml } };
}
