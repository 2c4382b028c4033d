/* eslint-disable @backstage/no-forbidden-package-imports, @backstage/no-mixed-plugin-imports -- the store of the cache, which the plugin does not export */
import { ObjectStore } from 'backstage-plugin-networking-backend/src/cache';
import { SNAPSHOT_KINDS } from 'backstage-plugin-networking-backend/src/io/cluster';
/* eslint-enable */
import {
  entityFacts,
  evaluateExposure,
  isHttpRoute,
  routesOfEntity,
  type KubernetesObject,
  type SnapshotKind,
} from 'backstage-plugin-networking-common';
import { ROUTES } from 'integration-tests';
import { goalsTable, table, type Report } from '../report';
import { median, percentile } from '../statistics';
import type { Bench } from '../world/bench';
import { application, components, namespacesOf } from '../world/objects';

const SIZES = [500, 1_000, 2_000, 5_000];
const ROUNDS = 1_000;
const WARM_UP = 300;
/** An entity that every size has. */
const INDEX = 123;
const EXPECTED = 'NotProbed';

const microseconds = (milliseconds: number) =>
  `${(milliseconds * 1_000).toFixed(0)} µs`;

/**
 * What one entity costs in a cluster of some size, without IO, as a function. Routes attach to the platform's own Gateway,
 * so that all of them could contend for its hosts.
 */
function evaluationIn(
  bench: Bench,
  platformObjects: readonly KubernetesObject[],
  size: number,
): () => number {
  const { settings } = bench.platform;
  const { gateway, network } = settings;
  const attachment = {
    gateway: {
      namespace: gateway.namespace,
      name: gateway.name,
      sectionName: gateway.httpsSection,
    },
    controller: gateway.controller,
    dnsSuffix: network.dnsSuffix ?? 'example.org',
  };
  const applications = Array.from({ length: size }, (_, index) =>
    application(index, attachment),
  );
  const store = new ObjectStore(SNAPSHOT_KINDS);
  const objects: KubernetesObject[] = [
    ...platformObjects,
    ...namespacesOf(size),
    ...applications.flatMap(({ route, service, slice }) => [
      route,
      service,
      slice,
    ]),
  ];
  for (const object of objects) {
    store.apply(object.kind as SnapshotKind, { type: 'ADDED', object });
  }
  const snapshot = store.snapshot({
    cluster: settings.cluster,
    observedAt: new Date().toISOString(),
    gaps: [],
  });
  const entity = entityFacts(
    components(INDEX + 1)[INDEX] as Parameters<typeof entityFacts>[0],
  );
  return () => {
    const start = performance.now();
    const routes = routesOfEntity(entity, snapshot, settings);
    const exposures = routes.flatMap(({ route, reason }) =>
      isHttpRoute(route)
        ? evaluateExposure({
            route,
            snapshot,
            settings,
            facts: { probes: {} },
            now: snapshot.observedAt,
            entities: [{ entityRef: entity.ref, reason }],
          })
        : [],
    );
    const took = performance.now() - start;
    const [exposure] = exposures;
    // Every check is passed but the probe: a verdict that comes earlier would measure less.
    if (exposure?.verdict.finding.reason !== EXPECTED) {
      throw new Error(
        `${entity.ref} is judged otherwise: ${exposure?.verdict.finding.message}`,
      );
    }
    return took;
  };
}

/** Finding and judging the routes of one entity, in clusters of several sizes in turns. In this process, without IO. */
export async function measureGrowth(bench: Bench): Promise<Report> {
  const { gateway } = bench.platform.settings;
  const platformObjects = await Promise.all([
    bench.admin.get(`${ROUTES}/gatewayclasses/${gateway.class}`),
    bench.admin.get(
      `${ROUTES}/namespaces/${gateway.namespace}/gateways/${gateway.name}`,
    ),
  ]);
  const ways = SIZES.map(size => ({
    size,
    evaluate: evaluationIn(bench, platformObjects, size),
    took: [] as number[],
  }));
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    for (let step = 0; step < ways.length; step++) {
      const way = ways[(round + step) % ways.length];
      const milliseconds = way.evaluate();
      if (round >= WARM_UP) way.took.push(milliseconds);
    }
  }
  const [smallest] = ways;
  const largest = ways[ways.length - 1];
  const growth = median(largest.took) / median(smallest.took);
  return {
    name: 'growth',
    markdown: [
      ...table([
        [
          'HTTPRoutes, Services and EndpointSlices, of each',
          'p50',
          'p99',
          'ratio to the smallest',
        ],
        ...ways.map(({ size, took }) => [
          String(size),
          microseconds(median(took)),
          microseconds(percentile(took, 0.99)),
          (median(took) / median(smallest.took)).toFixed(2),
        ]),
      ]),
      '',
      ...goalsTable([
        {
          what: `one entity among ${largest.size} to one among ${smallest.size}`,
          measured: growth,
          unit: 'times',
          wanted: { atMost: 1.25 },
        },
      ]),
      '',
      `${ROUNDS} rounds. ${bench.environment}`,
    ].join('\n'),
  };
}
