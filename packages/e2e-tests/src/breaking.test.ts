import {
  CHANGES_CHANNEL,
  type HttpRoute,
  type Gateway,
  type KubernetesObject,
} from 'backstage-plugin-networking-common';
import { waitFor } from 'integration-tests';
import type { Page } from 'playwright-core';
import { exposureOf, seeVerdict, signIn } from './pages';
import { createStory } from './story';
import { startWorld, type World } from './world';

// Bounds for what hangs.
jest.setTimeout(180_000);
const START_BOUND_MS = 420_000;

const cameFirst = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  namespace: 'docs',
  name: 'came-first',
};

/**
 * A demo service broken in five ways, by the cluster's admin and behind the back of the page. The tab stays open all the
 * time and is never loaded again: it has to say what happens to requests and what to do, and be Live again once mended.
 */
describe('a service is broken, and the open tab says how and what to do', () => {
  let world: World;
  let page: Page;
  let host: string;
  let route: HttpRoute;
  let loads = 0;
  /** What came over the page's WebSockets, which are those of signals. */
  const told: string[] = [];
  const step = createStory(() => world);
  const shop = () => exposureOf(page, host);
  const reads = async (sentence: RegExp) =>
    shop().getByText(sentence).first().waitFor();
  /** The picture of the way marks and names one stop. */
  const stopsAt = async (stop: string) =>
    shop()
      .getByRole('list', { name: /^Request path to shop\./ })
      .getByRole('listitem')
      .filter({ hasText: 'Fails here' })
      .filter({ hasText: stop })
      .waitFor();
  const routeRef = () => ({
    apiVersion: route.apiVersion,
    kind: route.kind,
    namespace: route.metadata.namespace,
    name: route.metadata.name,
  });
  const gatewayRef = () => {
    const { name, namespace } = world.platform.settings.gateway;
    return {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      namespace,
      name,
    };
  };
  const patchRoute = (spec: HttpRoute['spec']) =>
    world.platform.admin.patch(routeRef(), { spec });
  const patchListeners = async (
    change: (
      listener: NonNullable<NonNullable<Gateway['spec']>['listeners']>[number],
    ) => object,
  ) => {
    const gateway = await world.platform.admin.get<Gateway>(gatewayRef());
    await world.platform.admin.patch(gatewayRef(), {
      spec: {
        listeners: gateway.spec?.listeners?.map(listener => ({
          ...listener,
          ...change(listener),
        })),
      },
    });
  };
  const isLive = () => seeVerdict(shop(), 'Live');

  beforeAll(async () => {
    world = await startWorld();
    page = await world.newPage();
    page.on('websocket', socket =>
      socket.on('framereceived', ({ payload }) => told.push(String(payload))),
    );
    const { network } = world.platform.settings;
    host = `shop.${network.dnsSuffix}:${network.publicHttpsPort}`;
    const sam = await world.backstage.as('user:default/sam');
    const request = {
      entityRef: 'component:default/shop',
      service: { name: 'shop-v2', port: 8080 },
      hostLabel: 'shop',
    };
    await waitFor('shop to be exposed', async () => {
      const { plan } = await sam.apply(request);
      return plan.name;
    });
    const { exposures } = await sam.getEntityExposures(request.entityRef);
    const [{ cluster, namespace, name }] = exposures;
    const { manifest } = await sam.getExposure({ cluster, namespace, name });
    route = manifest as HttpRoute;
  }, START_BOUND_MS);
  afterAll(() => world?.stop(), START_BOUND_MS);

  it(
    'is Live to begin with',
    step(async () => {
      await signIn(page, 'Sam');
      await page.goto('/catalog/default/component/shop/networking');
      page.on('load', () => loads++);
      await isLive();
    }),
  );

  it(
    'has its process stopped: no ready endpoints, and to look after the Service',
    step(async () => {
      await world.platform.workloads.stop('shop-v2');
      await seeVerdict(shop(), 'Broken');
      await stopsAt('ready');
      await reads(/Requests get 50[23].*Service shop\/shop-v2 has no ready/);
      await reads(/Check why the pods of Service shop\/shop-v2 aren't ready/);
      await world.screens.takeOnce(page, 'broken-process');
      await world.platform.workloads.start('shop-v2');
      await isLive();
    }),
  );

  it(
    'its route names a wrong port: the ports that the Service has',
    step(async () => {
      const rules = route.spec?.rules ?? [];
      await patchRoute({
        rules: rules.map(rule => ({
          ...rule,
          backendRefs: rule.backendRefs?.map(ref => ({ ...ref, port: 9999 })),
        })),
      });
      await seeVerdict(shop(), 'Broken');
      await stopsAt('Service shop-v2:9999');
      await reads(/Requests get 50\d: Service shop\/shop-v2 has no port 9999/);
      await reads(/Choose one of its ports for HTTPRoute shop\/\S+: 8080\./);
      await world.screens.takeOnce(page, 'broken-port');
      await patchRoute({ rules });
      await isLive();
    }),
  );

  it(
    'its route names a listener that the gateway has not',
    step(async () => {
      const parentRefs = route.spec?.parentRefs ?? [];
      await patchRoute({
        parentRefs: parentRefs.map(ref => ({
          ...ref,
          sectionName: 'nowhere',
        })),
      });
      // No listener gives the host a port any more, so the exposure is named by its host alone.
      const dead = exposureOf(page, host.replace(/:\d+$/, ''));
      await seeVerdict(dead, 'Broken');
      await dead
        .getByText(/no listener.*nowhere/)
        .first()
        .waitFor();
      await dead
        .getByText(/Attach .* to a listener that is there: https/)
        .first()
        .waitFor();
      await world.screens.takeOnce(page, 'broken-section');
      await patchRoute({ parentRefs });
      await isLive();
    }),
  );

  it(
    'the gateway stops taking routes from its namespace',
    step(async () => {
      await patchListeners(() => ({
        allowedRoutes: { namespaces: { from: 'Same' } },
      }));
      const dead = page.getByRole('region', {
        name: new RegExp(`^${host.replace(/:\d+$/, '').replace(/\./g, '\\.')}`),
      });
      await seeVerdict(dead, 'Broken');
      await dead
        .getByText(/The gateway doesn't take routes from namespace shop/i)
        .first()
        .waitFor();
      await dead
        .getByText(/Ask .* to allow (it|namespace shop)/)
        .first()
        .waitFor();
      await world.screens.takeOnce(page, 'broken-namespace');
      await patchListeners(() => ({
        allowedRoutes: { namespaces: { from: 'All' } },
      }));
      await isLive();
    }),
  );

  it(
    'an older route of another team has its host: by whom it is shadowed',
    step(async () => {
      const { admin } = world.platform;
      const live = await admin.get<HttpRoute>(routeRef());
      await admin.delete(routeRef());
      const backend = { name: 'docs', port: 8080 };
      await admin.create({
        apiVersion: route.apiVersion,
        kind: 'HTTPRoute',
        metadata: {
          name: 'came-first',
          namespace: 'docs',
          labels: { 'backstage.io/kubernetes-id': 'docs' },
        },
        spec: {
          parentRefs: live.spec?.parentRefs,
          hostnames: live.spec?.hostnames,
          rules: [{ backendRefs: [backend] }],
        },
      } as KubernetesObject);
      // Creation times have whole seconds.
      await waitFor('the next second', async () => {
        const other = await admin.get(cameFirst);
        const { creationTimestamp } = other.metadata;
        return Date.now() - Date.parse(creationTimestamp ?? '') > 1100
          ? true
          : undefined;
      });
      const { labels, annotations, name, namespace } = live.metadata;
      await admin.create({
        apiVersion: live.apiVersion,
        kind: live.kind,
        metadata: { name, namespace, labels, annotations },
        spec: live.spec,
      } as KubernetesObject);
      await seeVerdict(shop(), 'Broken');
      await reads(
        /go to docs\/came-first \(owner: component:default\/docs\), which is older/,
      );
      await world.screens.takeOnce(page, 'broken-shadowed');
      await admin.delete(cameFirst);
      await isLive();
    }),
  );

  it(
    'its cluster does not answer: one calm line with the age of what is shown',
    step(async () => {
      const notice = page.getByText(/^Cluster local does not answer\./);
      world.clusterWay.goDown();
      await notice
        .filter({ hasText: /Showing what was read (just now|.* ago)/ })
        .waitFor();
      await shop().waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      await world.screens.takeOnce(page, 'cluster-away');
      world.clusterWay.heal();
      await notice.waitFor({ state: 'detached' });
      await isLive();
    }),
  );

  it(
    'the page is told of changes by topics from which nothing can be read',
    step(async () => {
      const changes = told
        .map(text => JSON.parse(text))
        .filter(({ channel }) => channel === CHANGES_CHANNEL);
      expect(changes.length).toBeGreaterThan(0);
      for (const { message } of changes) {
        expect(message).toEqual({
          topics: expect.arrayContaining([expect.any(String)]),
        });
        for (const topic of message.topics) {
          expect(topic).toMatch(/^[\w-]{16,}$/);
        }
      }
      expect(told.join()).not.toMatch(/shop|docs|local|127-0-0-1/);
    }),
  );

  it(
    'all that on a page that was never loaded again and threw no error',
    step(async () => {
      expect(loads).toBe(0);
      expect(world.pageErrors).toEqual([]);
    }),
  );
});
