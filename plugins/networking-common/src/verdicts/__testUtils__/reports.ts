import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { parentRefWithDefaults } from '../../gateway-api/parents';
import { parseLocation } from '../../gateway-api/location';
import type { HttpRoute, KubernetesObject } from '../../gateway-api/types';
import type { ClusterSettings } from '../../settings';
import type { ProbeFacts } from '../types';
import { condition, healthyWorld, judgeWorld, type World } from './world';

/** The first document of a report: what it is about, beside the objects that follow. */
interface Report {
  /** Of settings and class. Default: that of the healthy world. */
  controller?: string;
  settings?: { network?: Partial<ClusterSettings['network']> };
  /** `namespace/name` of the route that is judged. Default: the first. */
  route?: string;
  /** Laid over the good answer of the healthy world, and of this very route. Default: never asked. */
  probe?:
    | (Partial<Omit<ProbeFacts, 'http'>> & {
        http?: ProbeFacts['http'] & { location?: string };
      })
    | null;
}

const statusOf = (route: HttpRoute, controllerName: string) => ({
  parents: (route.spec?.parentRefs ?? []).map(parentRef => ({
    controllerName,
    parentRef: parentRefWithDefaults(parentRef, route.metadata.namespace ?? ''),
    conditions: [condition('Accepted'), condition('ResolvedRefs')],
  })),
});

function withDefaults(
  object: KubernetesObject,
  world: World,
): KubernetesObject {
  const { metadata } = object;
  const filled = {
    ...object,
    metadata: {
      uid: `uid-${object.kind}-${metadata.name}`,
      generation: 1,
      creationTimestamp: '2026-11-23T11:57:00Z',
      ...metadata,
    },
  };
  if (object.kind !== 'HTTPRoute' || 'status' in object) return filled;
  const { controller } = world.settings.gateway;
  return {
    ...filled,
    ...{ status: statusOf(filled as HttpRoute, controller) },
  };
}

const isRoute = (object: KubernetesObject): object is HttpRoute =>
  object.kind === 'HTTPRoute';

const isSame = (a: KubernetesObject, b: KubernetesObject) =>
  a.kind === b.kind &&
  a.metadata.name === b.metadata.name &&
  a.metadata.namespace === b.metadata.namespace;

function probeOf(
  { probe }: Report,
  route: HttpRoute,
  world: World,
): ProbeFacts | undefined {
  if (!probe) return undefined;
  const { http, ...rest } = probe;
  const { location, ...answer } = http ?? { status: 0 };
  const { http: _, ...healthy } = world.probe!;
  const [host] = route.spec?.hostnames ?? [];
  const { uid = '', generation = 1 } = route.metadata;
  const facts = { ...healthy, host, route: { uid, generation }, ...rest };
  const asked = { host, port: facts.port, path: facts.path };
  const redirect =
    location === undefined ? undefined : parseLocation(location, asked);
  return http
    ? { ...facts, http: { ...answer, ...(redirect && { redirect }) } }
    : facts;
}

/**
 * A world of `testdata/reports`, rebuilt in few lines from what somebody reported of a URL: laid over the healthy world, whose
 * own Service is taken out where the report has a route of its own.
 */
export function readReport(name: string): World {
  const file = join(__dirname, '../testdata/reports', `${name}.yaml`);
  const [report, ...documents] = parseAllDocuments(
    readFileSync(file, 'utf8'),
  ).map(document => document.toJS()) as [Report, ...KubernetesObject[]];
  const world = healthyWorld();
  if (report.controller) {
    world.settings.gateway.controller = report.controller;
    for (const { kind, ...object } of world.objects) {
      if (kind !== 'GatewayClass') continue;
      (object as { spec?: { controllerName?: string } }).spec!.controllerName =
        report.controller;
    }
  }
  Object.assign(world.settings.network, report.settings?.network);
  const objects = documents.map(object => withDefaults(object, world));
  // Then the objects alone tell what there is of it.
  if (objects.some(({ kind }) => kind === 'Certificate'))
    world.certificate = {};
  const hasRoute = objects.some(isRoute);
  const isOfShop = ({ kind, metadata }: KubernetesObject) =>
    hasRoute &&
    ['Service', 'EndpointSlice'].includes(kind) &&
    metadata.namespace === 'shop';
  world.objects = [
    ...world.objects.filter(
      object =>
        !isOfShop(object) && !objects.some(other => isSame(other, object)),
    ),
    ...objects.filter(({ kind }) => kind !== 'HTTPRoute'),
  ];
  const routes = objects.filter(isRoute);
  const judged =
    routes.find(
      ({ metadata }) =>
        `${metadata.namespace}/${metadata.name}` === report.route,
    ) ??
    routes[0] ??
    world.route;
  world.objects.push(...routes.filter(route => route !== judged));
  world.route = judged;
  world.probe = probeOf(report, judged, world);
  return world;
}

export const judgeReport = (name: string) => judgeWorld(readReport(name));
