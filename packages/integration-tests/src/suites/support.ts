import { ResponseError } from '@backstage/errors';
import type {
  ExposureAddress,
  Finding,
  HttpRoute,
} from 'backstage-plugin-networking-common';
import { routePath, type Admin } from '../world/admin';
import type { World } from '../world/world';

/** A suite registers its tests; `world` may be called from inside hooks and tests only. */
export type Suite = (world: () => World) => void;

export const CLUSTER = 'local';
export const SHOP = 'component:default/shop';
export const PAYMENTS = 'component:default/payments';

/** What the HTTP API answered instead of what was asked for. */
export interface Refusal {
  status: number;
  name: string;
  message: string;
  findings: Finding[];
  /** Reasons of the findings. */
  reasons: string[];
  /** The whole answer, to look for what it must not hold. */
  text: string;
}

/** The refusal that a call must end in. */
export async function refusal(call: Promise<unknown>): Promise<Refusal> {
  let answer: unknown;
  try {
    answer = await call;
  } catch (error) {
    if (!(error instanceof ResponseError)) throw error;
    const body = error.body.error as { name: string; message: string } & {
      findings?: Finding[];
    };
    const findings = body.findings ?? [];
    return {
      status: error.statusCode,
      name: body.name,
      message: body.message,
      findings,
      reasons: findings.map(finding => finding.reason),
      text: JSON.stringify(error.body),
    };
  }
  throw new Error(`Expected a refusal, got ${JSON.stringify(answer)}`);
}

export const addressOf = (exposure: ExposureAddress): ExposureAddress => ({
  cluster: exposure.cluster,
  namespace: exposure.namespace,
  name: exposure.name,
});

/** A route without what only the server writes. */
export function authored(route: HttpRoute) {
  const { name, namespace, labels, annotations } = route.metadata;
  return {
    apiVersion: route.apiVersion,
    kind: route.kind,
    metadata: { name, namespace, labels, annotations },
    spec: route.spec,
  };
}

/** Removes every route of the demo namespaces, whoever made it. */
export async function removeRoutes(admin: Admin): Promise<void> {
  for (const namespace of ['shop', 'payments', 'docs']) {
    for (const route of await admin.routes(namespace)) {
      await admin.remove(routePath(namespace, route.metadata.name));
    }
  }
}
