import {
  isPlatformRoute,
  type ClusterSettings,
  type EndpointSlice,
  type Exposure,
  type HttpRoute,
  type NetworkingClient,
  type Service,
} from 'backstage-plugin-networking-common';
import { ROUTES as GATEWAY_API, waitFor, type Admin } from 'integration-tests';

const PAGE = 500;
const SERVICE_NAME = 'kubernetes.io/service-name';
const WATCHED = ['HTTPRoute', 'Service', 'EndpointSlice'] as const;

/**
 * What the plugin's API answers that only the route as it is now, its Services and their endpoints give, as JSON: objects that
 * Jest's tests make and those of the process around them are never strictly equal.
 */
const rowOf = ({
  uid,
  resourceVersion,
  generation,
  hosts,
  services,
}: Partial<Pick<Exposure, 'uid' | 'resourceVersion' | 'generation'>> & {
  hosts: readonly string[];
  services: Exposure['services'];
}): string =>
  JSON.stringify([
    uid,
    resourceVersion,
    generation,
    [...hosts].sort(),
    services.map(({ namespace, name, port, weight, ready, total }) => [
      `${namespace}/${name}`,
      port,
      weight,
      ready,
      total,
    ]),
  ]);

type Rows = Map<string, string>;

/** All that the API answers for all routes, and how many objects of each kind it knows. */
async function answered(api: NetworkingClient) {
  const rows: Rows = new Map();
  let cursor: string | undefined;
  do {
    const page = await api.getExposures({ limit: PAGE, cursor });
    for (const exposure of page.items) {
      const { namespace, name, hosts } = exposure;
      rows.set(
        `${namespace}/${name}`,
        rowOf({ ...exposure, hosts: hosts.map(({ host }) => host) }),
      );
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  const { clusters } = await api.getPlatform();
  const known = new Map(
    clusters.flatMap(({ kinds }) =>
      kinds.map(({ kind, objects }): [string, number] => [kind, objects]),
    ),
  );
  return { rows, known };
}

/** The same from the lists of the API server, by simpler means: slices have one port here, of the name that Services have. */
async function listed(admin: Admin, settings: ClusterSettings) {
  const [routes, services, slices] = await Promise.all([
    admin.list<HttpRoute>(`${GATEWAY_API}/httproutes`),
    admin.list<Service>('/api/v1/services'),
    admin.list<EndpointSlice>('/apis/discovery.k8s.io/v1/endpointslices'),
  ]);
  const keyOf = (namespace = '', name = '') => `${namespace}/${name}`;
  const servicesByKey = new Map(
    services.map(service => [
      keyOf(service.metadata.namespace, service.metadata.name),
      service,
    ]),
  );
  const endpointsByKey = new Map<string, boolean[]>();
  for (const { metadata, endpoints } of slices) {
    const key = keyOf(metadata.namespace, metadata.labels?.[SERVICE_NAME]);
    const ready = (endpoints ?? []).map(
      ({ conditions }) => conditions?.ready !== false,
    );
    endpointsByKey.set(key, [...(endpointsByKey.get(key) ?? []), ...ready]);
  }
  const rows: Rows = new Map();
  for (const route of routes) {
    if (isPlatformRoute(route, settings)) continue;
    const { metadata, spec } = route;
    const { namespace = '', name } = metadata;
    const backends = (spec?.rules ?? []).flatMap(
      ({ backendRefs }) => backendRefs ?? [],
    );
    rows.set(
      keyOf(namespace, name),
      rowOf({
        ...metadata,
        hosts: spec?.hostnames ?? [],
        services: backends.map(({ name: service, port, weight }) => {
          const key = keyOf(namespace, service);
          const hasPort = servicesByKey
            .get(key)
            ?.spec?.ports?.some(one => one.port === port);
          const endpoints = hasPort ? endpointsByKey.get(key) : undefined;
          return {
            namespace,
            name: service,
            port,
            weight,
            ...(endpoints && {
              ready: endpoints.filter(Boolean).length,
              total: endpoints.length,
            }),
          };
        }),
      }),
    );
  }
  const counts = [routes, services, slices].map(({ length }) => length);
  return {
    rows,
    known: new Map(WATCHED.map((kind, at) => [kind as string, counts[at]])),
  };
}

/**
 * Waits until the plugin's API answers for all routes what the API server has of them, of their Services and of the endpoints.
 *
 * @returns how many routes were compared
 * @throws Error that names what differs, where that does not come
 */
export function agree(options: {
  admin: Admin;
  api: NetworkingClient;
  settings: ClusterSettings;
}): Promise<number> {
  const { admin, api, settings } = options;
  return waitFor(
    'the cache to equal the API server',
    async () => {
      const theirs = await listed(admin, settings);
      const ours = await answered(api);
      const differing = [
        ...[...new Set([...ours.rows.keys(), ...theirs.rows.keys()])].filter(
          key => ours.rows.get(key) !== theirs.rows.get(key),
        ),
        ...WATCHED.filter(
          kind => ours.known.get(kind) !== theirs.known.get(kind),
        ),
      ];
      if (differing.length === 0) return theirs.rows.size;
      const [first] = differing;
      throw new Error(
        `${differing.length} differ, such as ${first}: ${ours.rows.get(
          first,
        )} here, ${theirs.rows.get(first)} there`,
      );
    },
    { boundMs: 300_000, intervalMs: 2_000 },
  );
}
