import {
  evaluateExposure,
  evaluatePlatform,
  hostsToProbe,
  resolveSettings,
  routesOfEntity,
  type ClusterSettings,
  type EntityFacts,
  type HttpRoute,
  type KubernetesObject,
  type ProbeFacts,
  type Snapshot,
} from 'backstage-plugin-networking-common';
import { CLUSTER_NAME } from 'local-platform';
import {
  readConformanceManifests,
  type Manifest,
} from './conformance/manifests';
import {
  gatewayClassOf,
  gatewaysOf,
  NOW,
  overHttps,
  served,
  snapshotOf,
  type Told,
} from './conformance/world';

const CONTROLLERS = [
  'io.cilium/gateway-controller',
  'traefik.io/gateway-controller',
  'gateway.envoyproxy.io/gatewayclass-controller',
];

/** Listeners on the ports 80 and 443, as most of the suite's Gateways have them. */
const settingsWith = (controller: string): ClusterSettings =>
  resolveSettings({
    clusters: [CLUSTER_NAME],
    appConfig: { gateway: { controller } },
    computed: { lanIp: '127.0.0.1', interface: 'lo' },
  }).byCluster[CLUSTER_NAME];

const WORDS = ['Live', 'Pending', 'Degraded', 'Broken', 'Unknown'];

const isHttpRoute = (object: KubernetesObject): object is HttpRoute =>
  object.kind === 'HTTPRoute';

/** Everything in its namespace is its own. */
const entityOf = ({ metadata }: HttpRoute): EntityFacts => ({
  ref: 'component:default/conformance',
  kind: 'Component',
  namespace: 'default',
  name: 'conformance',
  owners: ['group:default/conformance'],
  kubernetesNamespace: metadata.namespace,
  labelSelector: '!app.kubernetes.io/none',
});

const probeOf = (
  host: string,
  status: number,
  { metadata }: HttpRoute,
): ProbeFacts => ({
  host,
  address: '127.0.0.1',
  port: 443,
  path: '/',
  at: NOW,
  route: { uid: metadata.uid!, generation: 1 },
  durationMs: 1,
  tls: { verified: true },
  http: { status },
});

const SAID: Record<string, Told> = {
  'where nobody has said anything': {},
  'where all is found good and answers 200': {
    status: 'True',
    answer: 200,
  },
  'where all is found bad and answers 404': {
    status: 'False',
    answer: 404,
  },
  'where all is found bad and answers 200': {
    status: 'False',
    answer: 200,
  },
};

/** Takes no platform: what is judged here lies in files. */
describe("the manifests of the Gateway API's conformance suite", () => {
  let base: Manifest[];
  let tests: Manifest[];
  beforeAll(async () => {
    const { gateway } = settingsWith(CONTROLLERS[0]);
    ({ base, tests } = await readConformanceManifests(gateway.class));
  });

  /** How many HTTPRoutes there are, by their text alone. */
  const written = () =>
    [...base, ...tests].flatMap(
      ({ text }) => text.match(/^kind: HTTPRoute\s*$/gm) ?? [],
    ).length;

  const judge = (
    route: HttpRoute,
    snapshot: Snapshot,
    settings: ClusterSettings,
    { answer }: Told,
  ) => {
    const judgeWith = (probes: Record<string, ProbeFacts>) =>
      evaluateExposure({
        route,
        snapshot,
        settings,
        facts: { probes },
        now: NOW,
        entities: [],
      });
    const hosts = [
      ...hostsToProbe(route, snapshot, settings),
      ...judgeWith({}).hosts,
    ].map(({ host }) => host);
    return judgeWith(
      answer === undefined
        ? {}
        : Object.fromEntries(
            hosts.map(host => [host, probeOf(host, answer, route)]),
          ),
    );
  };

  it('are read to the last HTTPRoute', () => {
    const all = [...base, ...tests];
    const read = all.flatMap(({ objects }) => objects).filter(isHttpRoute);
    expect(read).toHaveLength(written());
    expect(written()).toBeGreaterThan(100);
  });

  describe.each(CONTROLLERS)('under %s', controller => {
    const ours = settingsWith(controller);

    /** The words of every HTTPRoute, at the Gateway of the settings and at those that it names. */
    const wordsOf = (
      told: Told,
      as: (object: KubernetesObject) => KubernetesObject,
    ) => {
      const routes = new Set<string>();
      const words: string[] = [];
      for (const { name, objects } of tests) {
        const world = [
          gatewayClassOf(ours),
          ...base.flatMap(each => each.objects),
          ...objects,
        ].map(object => served(as(object), told, controller));
        const snapshot = snapshotOf(world);
        for (const route of world.filter(isHttpRoute)) {
          const of = `${name}: ${route.metadata.namespace}/${route.metadata.name}`;
          routes.add(of);
          for (const at of [ours.gateway, ...gatewaysOf(route, snapshot)]) {
            const settings = { ...ours, gateway: { ...ours.gateway, ...at } };
            const { verdict, hosts } = judge(route, snapshot, settings, told);
            words.push(verdict.word);
            const all = [verdict, ...hosts.map(host => host.verdict)];
            expect([of, hosts.length > 0]).toEqual([of, true]);
            for (const { word, finding } of all) {
              expect([of, WORDS.includes(word), finding]).toEqual([
                of,
                true,
                expect.objectContaining({
                  reason: expect.stringMatching(/^[A-Z]\w+$/),
                  message: expect.stringMatching(/\S/),
                }),
              ]);
            }
            const parts = evaluatePlatform({ snapshot, settings, now: NOW });
            expect([of, parts.length > 0]).toEqual([of, true]);
          }
          expect(
            routesOfEntity(entityOf(route), snapshot, ours).map(
              found => found.route.metadata.uid,
            ),
          ).toContain(route.metadata.uid);
        }
      }
      expect(routes.size).toBe(written());
      return words;
    };

    it.each(Object.entries(SAID))(
      'give every HTTPRoute a verdict %s',
      (_, told) => {
        const words = wordsOf(told, object => object);
        expect(words.length).toBeGreaterThan(100);
      },
    );

    it.each(Object.entries(SAID))(
      'give every HTTPRoute a verdict over HTTPS %s',
      (_, told) => {
        const words = wordsOf(told, overHttps);
        const isProved = told.status === 'True' && told.answer === 200;
        expect(words.includes('Live')).toBe(isProved);
      },
    );
  });
});
