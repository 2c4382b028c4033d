import {
  createSnapshot,
  resolveSettings,
  type CertificateFacts,
  type EntityFacts,
  type HttpRoute,
  type KubernetesObject,
  type SnapshotGap,
} from 'backstage-plugin-networking-common';
import { createEvaluatedRoutes } from '../../../exposures';
import type { ReadCluster, Services } from '../../../services';
import { iso } from './facts';

/** Everything that a run of the notifier looks at. */
export interface World {
  facts: CertificateFacts;
  entities: ReadonlyMap<string, EntityFacts[]>;
  notify: string[];
  reachable: boolean;
  gaps: SnapshotGap[];
  objects: KubernetesObject[];
}

const read = (world: World, now: number): ReadCluster =>
  ({
    snapshot: createSnapshot({
      cluster: 'local',
      observedAt: iso(now),
      objects: world.objects,
      gaps: world.gaps,
    }),
    state: { cluster: 'local', reachable: world.reachable, findings: [] },
  } as unknown as ReadCluster);

/**
 * What a replica works with, in a world as it is when it is made.
 *
 * @param now - milliseconds since the epoch
 */
export const servicesOf = (world: World, now: () => number): Services =>
  ({
    clusters: { names: ['local'] },
    snapshots: { read: async () => read(world, now()) },
    settings: {
      byCluster: () =>
        resolveSettings({
          clusters: ['local'],
          appConfig: {
            network: { lanIp: '127.0.0.1' },
            gateway: {
              controller: 'traefik.io/gateway-controller',
              class: 'local-traefik',
            },
            certificates: { notify: world.notify },
          },
        }).byCluster,
    },
    certificates: {
      lookup: () => () => [world.facts],
      material: () => undefined,
    },
    prober: { recent: async () => [] },
    evaluatedRoutes: createEvaluatedRoutes(),
    routeEntities: {
      match: async (routes: HttpRoute[]) =>
        new Map(
          routes.map(one => [
            one,
            {
              entities: (world.entities.get(one.metadata.name) ?? []).map(
                found => ({ facts: found, reason: 'annotation' }),
              ),
            },
          ]),
        ),
    },
    now: () => new Date(now()),
  } as unknown as Services);
