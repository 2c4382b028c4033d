import {
  gatewayOf,
  listenerOf,
  settingsOf,
  snapshotOf,
  SUFFIX,
} from '../exposures/__testUtils__/fixtures';
import {
  COMPONENTS,
  EXPECTED,
  REDIRECT,
  ROUTES,
  NAMESPACES,
  SERVICES,
} from '../exposures/__testUtils__/referencePlatform';
import { isHttpRoute, routesOfEntity } from '../exposures/matching';
import type { ClusterSettings } from '../settings/types';
import { evaluateExposure } from './evaluate';

const gateway = {
  ...gatewayOf(
    listenerOf({ name: 'http', port: 80, protocol: 'HTTP' }),
    listenerOf({ tls: { certificateRefs: [{ name: 'idp-wildcard-cert' }] } }),
  ),
  // Addresses of nodes, at which nobody is told to ask.
  status: { addresses: [{ type: 'IPAddress', value: '172.18.0.3' }] },
};

const snapshot = snapshotOf([
  gateway,
  ...NAMESPACES,
  ...SERVICES,
  ...ROUTES,
  REDIRECT,
]);

/** What each component's tab shows: its URLs, with the reason why they are its. */
function tabs(settings: ClusterSettings) {
  return Object.fromEntries(
    COMPONENTS.map(entity => [
      entity.name,
      Object.fromEntries(
        routesOfEntity(entity, snapshot, settings).flatMap(
          ({ route, reason }) =>
            isHttpRoute(route)
              ? evaluateExposure({
                  route,
                  snapshot,
                  settings,
                  facts: {},
                  now: '2030-01-01T00:00:00Z',
                  entities: [{ entityRef: entity.ref, reason }],
                }).hosts.map(({ url }) => [url, reason])
              : [],
        ),
      ),
    ]),
  );
}

/** The same, from the table of what each URL belongs to. */
const expectedTabs = (port: string) =>
  Object.fromEntries(
    COMPONENTS.map(({ name }) => [
      name,
      Object.fromEntries(
        Object.entries(EXPECTED)
          .filter(([, reasons]) => name in reasons)
          .map(([label, reasons]) => [
            `https://${label}.${SUFFIX}${port}`,
            reasons[name],
          ]),
      ),
    ]),
  );

describe('the tabs of the reference platform, unchanged', () => {
  it.each([
    ['behind a mapped port', 443, ''],
    ['on the node port itself', 30443, ':30443'],
  ])('show the URLs %s, with the reason', (_, publicHttpsPort, port) => {
    const shown = tabs(settingsOf({ network: { publicHttpsPort } }));
    expect(shown).toEqual(expectedTabs(port));
    const urls = new Set(Object.values(shown).flatMap(Object.keys));
    expect([...urls].sort()).toEqual(
      [
        'argocd',
        'backstage',
        'dex',
        'events',
        'grafana',
        'pyrra',
        'sonarqube',
        'vault',
        'workflows',
      ].map(label => `https://${label}.${SUFFIX}${port}`),
    );
  });

  it('say of each route that it is also reachable in clear, beside the redirect', () => {
    for (const route of ROUTES) {
      const healthy = structuredClone(route);
      healthy.status = {
        parents: [
          {
            controllerName: settingsOf().gateway.controller,
            parentRef: route.spec!.parentRefs![0],
            conditions: [
              { type: 'Accepted', status: 'True' },
              { type: 'ResolvedRefs', status: 'True' },
            ],
          },
        ],
      };
      const { findings } = evaluateExposure({
        route: healthy,
        snapshot,
        settings: settingsOf(),
        facts: {},
        now: '2030-01-01T00:00:00Z',
        entities: [],
      });
      const [host] = route.spec!.hostnames!;
      expect(
        findings.find(({ reason }) => reason === 'AlsoReachableInClear')
          ?.params,
      ).toMatchObject({ url: `http://${host}` });
    }
  });
});
