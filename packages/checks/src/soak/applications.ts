import { application, PLAYED, type Application } from 'bench';
import {
  KUBERNETES_ID,
  type ClusterSettings,
  type EndpointSlice,
  type HttpRoute,
  type Service,
} from 'backstage-plugin-networking-common';
import type { Random } from './random';

/** Routes, of which so many are at the platform's own Gateway, where they are probed. */
export const ROUTES = 2_000;
const SERVED = 100;
/** Applications at a Gateway that nobody runs, each with a Service and an EndpointSlice. */
export const APPLICATIONS = ROUTES - SERVED;
/** Components that the routes belong to. */
export const ENTITIES = 40;
/** An entity of the local platform, whose Service answers for the routes at its Gateway. */
const SERVED_BY = { namespace: 'docs', service: 'docs', port: 8080 };

const PORTS = [8080, 9090];
const MAX_ENDPOINTS = 4;

const idOf = (index: number) =>
  application(index % ENTITIES, PLAYED).route.metadata.labels?.[KUBERNETES_ID];

const withId = <T extends HttpRoute | Service>(
  object: T,
  index: number,
): T => ({
  ...object,
  metadata: {
    ...object.metadata,
    labels: { ...object.metadata.labels, [KUBERNETES_ID]: idOf(index) ?? '' },
  },
});

/** The `index`th application as the cluster is filled with it, of one of the {@link ENTITIES}. */
export function applicationAt(index: number): Application {
  const { route, service, ...rest } = application(index, PLAYED);
  return {
    ...rest,
    route: withId(route, index),
    service: withId(service, index),
  };
}

const isServed = (index: number) => index >= APPLICATIONS;

/**
 * The `index`th route in a shape that chance decides: its host is new each time, it may have another entity, path, port or
 * a second Service.
 *
 * @param turn - No two calls for one route have the same.
 */
export function routeAt(
  index: number,
  turn: number,
  { random, settings }: { random: Random; settings: ClusterSettings },
): HttpRoute {
  const { gateway, network } = settings;
  const { route, namespace, name } = application(
    index,
    isServed(index)
      ? {
          gateway: {
            namespace: gateway.namespace,
            name: gateway.name,
            sectionName: gateway.httpsSection,
          },
          controller: gateway.controller,
          dnsSuffix: network.dnsSuffix ?? '',
        }
      : PLAYED,
  );
  const { status, ...written } = route;
  const [host] = route.spec?.hostnames ?? [];
  const hostnames = [host.replace('.', `-${turn}.`)];
  const matches = [
    { path: { type: 'PathPrefix', value: random.of(['/', '/api', '/v2']) } },
  ];
  const backend = (service: string, port: number, weight: number) => ({
    group: '',
    kind: 'Service',
    name: service,
    port,
    weight,
  });
  if (isServed(index)) {
    const { namespace: served, service, port } = SERVED_BY;
    return {
      ...written,
      metadata: { name, namespace: served },
      spec: {
        ...route.spec,
        hostnames,
        rules: [{ matches, backendRefs: [backend(service, port, 1)] }],
      },
    };
  }
  // Of the same namespace, since most of a hundred in a row are.
  const second = application(index ^ 1, PLAYED);
  const backendRefs = [backend(name, random.of(PORTS), 1)];
  if (random.below(3) === 0 && second.namespace === namespace) {
    backendRefs.push(backend(second.name, random.of(PORTS), 1));
  }
  return withId(
    {
      ...written,
      spec: { ...route.spec, hostnames, rules: [{ matches, backendRefs }] },
    },
    random.below(ENTITIES),
  );
}

/** What the controller of the Gateway that nobody runs says of a route, yes or no. */
export function statusAt(index: number, turn: number, random: Random) {
  const { status } = application(index, PLAYED).route;
  return {
    parents: (status?.parents ?? []).map(({ conditions, ...parent }) => ({
      ...parent,
      conditions: conditions?.map(condition => ({
        ...condition,
        status: random.of(['True', 'False'] as const),
        message: `Turn ${turn}.`,
      })),
    })),
  };
}

/** Has its controller to be played? That of the platform's own Gateway speaks for itself. */
export const isPlayed = (index: number) => !isServed(index);

/** The Service of the `index`th application, with another port or entity. */
export function serviceAt(index: number, random: Random): Service {
  const { service } = application(index, PLAYED);
  const [port] = service.spec?.ports ?? [];
  return withId(
    {
      ...service,
      spec: {
        ...service.spec,
        ports: [{ ...port, port: random.of(PORTS) }],
      },
    },
    random.below(ENTITIES),
  );
}

/** The EndpointSlice of the `index`th application, with up to four endpoints, ready or not. */
export function sliceAt(index: number, random: Random): EndpointSlice {
  const { slice } = application(index, PLAYED);
  const [endpoint] = slice.endpoints ?? [];
  return {
    ...slice,
    endpoints: Array.from(
      { length: random.below(MAX_ENDPOINTS + 1) },
      (_, pod) => ({
        ...endpoint,
        addresses: [`10.${(index >> 8) % 256}.${index % 256}.${pod + 1}`],
        conditions: {
          ready: random.below(4) > 0,
          serving: true,
          terminating: false,
        },
      }),
    ),
  };
}
