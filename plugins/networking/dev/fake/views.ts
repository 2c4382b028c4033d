import {
  exposureRow,
  findExposures,
  type EntityExposures,
  type EntityExposuresQuery,
  type ExposableServices,
  type Exposure,
  type WayStop,
} from 'backstage-plugin-networking-common';
import { certificateExposures } from './certificates';
import {
  HTTPS_PORT,
  SUFFIX,
  brokenExposure,
  degraded,
  expiringTls,
  exposure,
  finding,
  notShown,
  pending,
  secondsAgo,
  unknown,
  way,
} from './exposures';

/** What the tab of an entity shows, whole. */
export type Shown = Omit<
  EntityExposures,
  'rows' | 'order' | 'totalItems' | 'verdicts' | 'url'
>;

const PAGE = 25;
const WHOLE_HOSTS = 8;

/** What the backend answers of it. */
export function answerOf(
  { exposures, ...shown }: Shown,
  { search, id, limit }: EntityExposuresQuery = {},
): EntityExposures {
  const all = exposures.map(one => ({ exposure: one, id: one.uid }));
  const { items, ...counted } = findExposures(all, search);
  const page = id
    ? id.flatMap(wanted => all.find(one => one.id === wanted) ?? [])
    : items.slice(0, limit ?? PAGE);
  const isWhole =
    [search, id, limit].every(value => value === undefined) &&
    exposures.flatMap(({ hosts }) => hosts).length <= WHOLE_HOSTS;
  return {
    ...shown,
    ...counted,
    rows: page.map(one => exposureRow(one.exposure, one.id)),
    order: items.map(one => one.id),
    totalItems: items.length,
    exposures: isWhole ? exposures : [],
  };
}

const ALL = { create: true, update: true, delete: true };
const NONE = { create: false, update: false, delete: false };

/** What the tab gets for an entity. */
export const view = (
  entityRef: string,
  exposures: Exposure[],
  more: Partial<Shown> = {},
): Shown => ({
  entityRef,
  exposures,
  clusters: [
    {
      cluster: 'local',
      reachable: true,
      observedAt: secondsAgo(1),
      findings: [],
    },
  ],
  permissions: ALL,
  ...more,
});

/** Services of an entity: two that can be exposed and two that cannot. */
export const services = (
  entityRef: string,
  names: readonly string[],
  namespace = names[0],
): ExposableServices => ({
  entityRef,
  services: [
    ...names.map(name => ({
      cluster: 'local',
      namespace,
      name,
      ports: [
        { port: 8080, name: 'http', appProtocol: 'http' },
        ...(name === names[0] ? [{ port: 9090, name: 'metrics' }] : []),
      ],
    })),
    {
      cluster: 'local',
      namespace,
      name: `${names[0]}-peers`,
      ports: [{ port: 7000 }],
      refusal: finding(
        'ServiceHeadless',
        `Service ${namespace}/${names[0]}-peers is headless (without a cluster IP), and this platform gives no URLs to such Services. Cilium itself would send requests to its pods.`,
        {
          severity: 'blocking',
          remedy: 'Choose a Service with a cluster IP.',
          subject: { kind: 'Service', namespace, name: `${names[0]}-peers` },
        },
      ),
    },
  ],
  clusters: [
    {
      cluster: 'local',
      reachable: true,
      observedAt: secondsAgo(1),
      findings: [],
      dnsSuffix: SUFFIX,
      publicHttpsPort: HTTPS_PORT,
    },
  ],
});

const LONG = 'customer-identity-verification-and-document-exchange-gateway-eu';

const many = (): Exposure[] =>
  Array.from({ length: 24 }, (_, index) => {
    const label = `warehouse-${String(index + 1).padStart(2, '0')}`;
    const options = { namespace: 'warehouse', service: 'warehouse' };
    if (index === 7) {
      return exposure(label, {
        ...options,
        verdict: brokenExposure().verdict,
        status: 503,
      });
    }
    if (index === 15) {
      return exposure(label, {
        ...options,
        verdict: degraded(),
        tls: expiringTls(),
      });
    }
    return exposure(label, options);
  });

/** As many as one asks for; some in trouble, some with a long name. */
export const depot = (count: number): Shown =>
  view(
    'component:default/depot',
    Array.from({ length: count }, (_, index) => {
      const number = String(index + 1).padStart(3, '0');
      return exposure(
        index % 10 === 5 ? `${LONG.slice(0, 59)}-${number}` : `depot-${number}`,
        {
          namespace: 'depot',
          service: 'depot',
          ...(index % 97 === 5 && {
            verdict: brokenExposure().verdict,
            status: 503,
          }),
          ...(index % 71 === 3 && { verdict: degraded(), tls: expiringTls() }),
        },
      );
    }),
  );

const EDGE = 'edge.example.com';

/** A verdict that says at which stop requests fail. */
const fails = (
  label: string,
  stop: WayStop['kind'],
  reason: string,
  message: string,
  remedy: string,
  ready = stop === 'endpoints' ? '0 of 2 ready' : undefined,
): Exposure =>
  exposure(label, {
    namespace: 'failures',
    service: label,
    status: 503,
    verdict: {
      word: 'Broken',
      finding: finding(reason, message, { severity: 'error', remedy }),
    },
    stops: way(
      {
        namespace: 'failures',
        name: `${label}-k3v9q2mx`,
        service: `${label}:8080`,
        ready,
      },
      { stop, state: 'failing', note: message },
    ),
  });

/** One exposure for each stop at which requests may fail. */
const failures = (): Exposure[] => [
  fails(
    'address',
    'address',
    'ConnectionRefused',
    'Requests fail: nothing takes connections at 192.0.2.20:30443.',
    'Ask the platform admins to look at the Service of Gateway kube-system/idp-gateway.',
  ),
  fails(
    'section',
    'listener',
    'NoMatchingParent',
    'Requests get 404: Gateway kube-system/idp-gateway has no listener nowhere.',
    'Set sectionName of HTTPRoute failures/section-k3v9q2mx to one of: http, https.',
  ),
  fails(
    'shadowed',
    'route',
    'RouteShadowed',
    'Requests for / on this host go to docs/home (owner: team-docs), which is older.',
    'Choose another host label, or ask team-docs to give this one up.',
  ),
  fails(
    'port',
    'service',
    'BackendPortNotFound',
    'Requests get 500: Service failures/port has no port 9999.',
    'Choose one of its ports for HTTPRoute failures/port-k3v9q2mx: 8080.',
  ),
  fails(
    'loop',
    'service',
    'RedirectsToItself',
    'Browsers give up on /: it is redirected to itself for ever.',
    'Have Service failures/loop trust the header X-Forwarded-Proto, or turn off its own redirect to HTTPS: TLS ends at the gateway, so every request reaches it in clear.',
  ),
  fails(
    'unnamed',
    'endpoints',
    'EndpointsLackPort',
    'Requests get 502: Service failures/unnamed has 2 ready pods, none with port http-web (TCP).',
    'Correct targetPort of Service failures/unnamed, or name the port of its containers http-web.',
    '0 of 2 pods serve port http-web',
  ),
  fails(
    'process',
    'endpoints',
    'NoReadyEndpoints',
    'Requests get 502: Service failures/process has no ready endpoints.',
    'Check why the pods of Service failures/process are not ready.',
  ),
];

/** Twelve hosts of a cluster of their own that share one cause, but for one that is in trouble by itself. */
export const uncheckedView = (): Shown => {
  const cluster = 'lab';
  return view(
    'component:default/unchecked',
    Array.from({ length: 12 }, (_, index) => {
      const label = `unchecked-${String(index + 1).padStart(2, '0')}`;
      return exposure(label, {
        cluster,
        namespace: 'unchecked',
        verdict:
          index === 4
            ? brokenExposure().verdict
            : notShown(`${label}.${SUFFIX}:${HTTPS_PORT}`),
        stops: way(
          {
            namespace: 'unchecked',
            name: `${label}-k3v9q2mx`,
            service: `${label}:8080`,
          },
          { stop: 'address', state: 'unknown' },
        ),
      });
    }),
    {
      clusters: [
        {
          cluster,
          reachable: true,
          findings: [
            finding(
              'GatewayNotShown',
              `Hosts of cluster ${cluster} are not checked from here: Backstage has not found the gateway's address.`,
              {
                severity: 'warning',
                remedy:
                  "Open a URL yourself to see whether it answers, and ask the platform's admins to set [probe] address.",
              },
            ),
          ],
        },
      ],
    },
  );
};

/** The imaginary components and what their tabs show; an Error is what the backend would answer. */
export const scenarios = (): Record<
  string,
  { exposures: Shown | Error; services: ExposableServices }
> => {
  const ref = (name: string) => `component:default/${name}`;
  const of = (name: string, exposures: Exposure[], more?: Partial<Shown>) => ({
    exposures: view(ref(name), exposures, more),
    services: services(ref(name), [name, `${name}-v2`]),
  });
  return {
    [ref('shop')]: of('shop', [exposure('shop'), brokenExposure()]),
    [ref('payments')]: of('payments', [
      exposure('payments', {
        namespace: 'payments',
        verdict: pending(),
        stops: way(
          {
            namespace: 'payments',
            name: 'payments-k3v9q2mx',
            service: 'payments:8080',
          },
          { stop: 'route', state: 'waiting' },
        ),
      }),
    ]),
    [ref('docs')]: of('docs', []),
    [ref('visitor')]: of('visitor', [], { permissions: NONE }),
    [ref('tenant')]: of('tenant', [], {
      notMatched: [
        finding(
          'NamespaceNotGranted',
          'Namespace payments on cluster local is not granted to the owners of component:default/tenant, so only routes that are annotated with it belong to it there.',
          {
            severity: 'info',
            remedy:
              'Ask the owners of namespace payments to annotate the routes of component:default/tenant with idp.networking/entity-ref: component:default/tenant, or to add group:default/team-tenant to annotation idp.networking/owners of the namespace.',
            subject: { kind: 'Namespace', name: 'payments', cluster: 'local' },
          },
        ),
      ],
    }),
    [ref('legacy')]: of(
      'legacy',
      [
        exposure('legacy', {
          cluster: 'attic',
          namespace: 'legacy',
          verdict: unknown(),
          stops: way(
            {
              namespace: 'legacy',
              name: 'legacy-k3v9q2mx',
              service: 'legacy:8080',
            },
            { stop: 'listener', state: 'unknown' },
          ),
          managed: false,
          managedBy: 'Helm',
        }),
        exposure('reports', {
          namespace: 'legacy',
          verdict: degraded(),
          tls: expiringTls(),
        }),
      ],
      {
        clusters: [
          {
            cluster: 'attic',
            reachable: false,
            observedAt: secondsAgo(190),
            findings: [
              finding('ClusterUnreachable', 'Cluster attic does not answer.', {
                severity: 'warning',
              }),
            ],
          },
          {
            cluster: 'local',
            reachable: true,
            observedAt: secondsAgo(1),
            findings: [],
          },
        ],
      },
    ),
    [ref('twin')]: of(
      'twin',
      [
        exposure('twin', { namespace: 'twin', name: 'twin' }),
        exposure('twin', {
          cluster: 'edge',
          namespace: 'twin',
          name: 'twin',
          suffix: EDGE,
          uid: 'uid-edge-twin',
          verdict: brokenExposure().verdict,
          status: 503,
        }),
      ],
      {
        clusters: ['local', 'edge'].map(cluster => ({
          cluster,
          reachable: true,
          observedAt: secondsAgo(1),
          findings: [],
        })),
      },
    ),
    [ref('failures')]: of('failures', failures()),
    [ref('warehouse')]: of('warehouse', many()),
    [ref('certificates')]: of('certificates', certificateExposures()),
    [ref('long-names')]: {
      exposures: view(ref('long-names'), [
        exposure(LONG, {
          namespace: 'customer-identity-verification-production',
          service: LONG,
        }),
      ]),
      services: services(
        ref('long-names'),
        [LONG],
        'customer-identity-verification-production',
      ),
    },
  };
};
