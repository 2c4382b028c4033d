import type { SnapshotGap } from '../../gateway-api/snapshot';
import type { KubernetesObject, Route } from '../../gateway-api/types';
import type { EntityFacts } from '../entityFacts';
import { routeName } from '../httpRoute';
import { planExposure } from '../plan';
import type { ExposureRequest } from '../types';
import {
  entityOf,
  routeOf,
  serviceOf,
  settingsOf,
  shopPlatform,
  snapshotOf,
  SUFFIX,
} from './fixtures';

export const SHOP = 'component:default/shop';
export const ID = 'backstage.io/kubernetes-id';
export const ENTITY_REF = 'idp.networking/entity-ref';
export const HOST = `shop.${SUFFIX}`;
export const NAME = routeName('shop', SHOP);
export const MANAGED = {
  'app.kubernetes.io/managed-by': 'backstage-networking',
};
/** The route that the plan of shop would write over. */
export const own = (path = `shop/${NAME}`, parts = {}) =>
  routeOf(path, [HOST], {
    labels: MANAGED,
    annotations: { [ENTITY_REF]: SHOP },
    sectionName: 'https',
    ...parts,
  });

/** A plan to make: what is left out is as on the platform on which shop can be exposed. */
export interface PlanCase {
  request?: Partial<ExposureRequest>;
  entity?: Partial<EntityFacts>;
  /** Beside the platform on which shop can be exposed. */
  add?: KubernetesObject[];
  /** In place of that platform. */
  objects?: KubernetesObject[];
  gaps?: SnapshotGap[];
  settings?: Parameters<typeof settingsOf>[0];
  mayRead?: (route: Route) => boolean;
}

export function plan(one: PlanCase) {
  const objects = one.objects ?? [...shopPlatform(), ...(one.add ?? [])];
  return planExposure({
    request: { entityRef: SHOP, ...one.request },
    entity: entityOf(one.entity),
    snapshots: [snapshotOf(objects, { gaps: one.gaps })],
    settings: { local: settingsOf(one.settings) },
    mayRead: one.mayRead,
  });
}

/** That platform without one object. */
export const without = (kind: string, name: string) =>
  shopPlatform().filter(
    object => !(object.kind === kind && object.metadata.name === name),
  );
/** That platform, its Service with other ports. */
export const ports = (
  ...list: { port: number; [field: string]: unknown }[]
) => [
  ...without('Service', 'shop'),
  serviceOf('shop/shop', { [ID]: 'shop' }, { ports: list }),
];
