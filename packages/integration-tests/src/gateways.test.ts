import { join } from 'node:path';
import {
  isBad,
  meaningOf,
  planExposure,
  waitForVerdict,
  type Condition,
  type EntityFacts,
  type Gateway,
  type JudgedObject,
} from 'backstage-plugin-networking-common';
import { CLUSTER_NAME } from 'local-platform';
import { judgingIn, summary } from './gateways/judging';
import {
  referenceRoutes,
  referredByReference,
} from './gateways/referenceRoutes';
import {
  expectationOf,
  REFERRED,
  ROUTE_CASES,
  routeOf,
} from './gateways/routes';
import {
  CILIUM_SETTINGS,
  GATEWAYS,
  startGateways,
  stateDir,
  type GatewaysWorld,
} from './gateways/world';
import { listeners } from './suites/listeners';
import { listenerSets } from './suites/listenerSets';
import { waitFor } from './world/waitFor';
import { ALEX, SAM, startOn, type World } from './world/world';

// Bounds for what hangs.
jest.setTimeout(120_000);
const START_BOUND_MS = 300_000;

const SENTENCES = Object.keys(ROUTE_CASES);
const SHOP: EntityFacts = {
  ref: 'component:default/shop',
  kind: 'Component',
  namespace: 'default',
  name: 'shop',
  owners: ['group:default/team-shop'],
  kubernetesId: 'shop',
  kubernetesNamespace: 'shop',
};

describe('Cilium and Traefik on one API server', () => {
  let current: GatewaysWorld | undefined;
  const world = () => {
    if (!current) throw new Error('The platform did not start');
    return current;
  };
  const {
    admin,
    settingsOf,
    apply,
    judge,
    conditionsOf,
    waitUntilWritten,
    gatewayParts,
  } = judgingIn(world);

  beforeAll(async () => {
    current = await startGateways();
    for (const object of REFERRED) await apply(object);
    for (const sentence of SENTENCES) {
      for (const gateway of GATEWAYS) {
        await apply(routeOf(sentence, gateway, settingsOf(gateway)));
      }
    }
  }, START_BOUND_MS);
  afterAll(() => current?.stop(), START_BOUND_MS);

  describe.each(GATEWAYS)('%s', gateway => {
    it.each(SENTENCES)('judges a route that %s', async sentence => {
      const { writes, reads, says } = expectationOf(
        ROUTE_CASES[sentence],
        gateway,
      );
      const route = routeOf(sentence, gateway, settingsOf(gateway));
      await waitUntilWritten(route, gateway, writes);
      const { verdict } = await judge(route, gateway);
      expect(`${verdict.word} ${verdict.finding.reason}`).toBe(reads);
      expect(verdict.finding.message).toMatch(says ?? /./);
      expect(verdict.finding.remedy).toBeTruthy();
    });

    describe('judges a route at a listener that', () => {
      listeners(judgingIn(world), gateway);
    });

    it('writes no reason that has no sentence of its own', async () => {
      const snapshot = await world().snapshot();
      const { controller, class: gatewayClass } = settingsOf(gateway).gateway;
      const gateways = snapshot
        .list('Gateway')
        .filter(({ spec }) => spec?.gatewayClassName === gatewayClass);
      const written: Record<JudgedObject, Condition[]> = {
        HTTPRoute: snapshot
          .list('HTTPRoute')
          .flatMap(route => route.status?.parents ?? [])
          .filter(({ controllerName }) => controllerName === controller)
          .flatMap(({ conditions }) => conditions ?? []),
        Gateway: gateways.flatMap(({ status }) => status?.conditions ?? []),
        Listener: gateways
          .flatMap(({ status }) => status?.listeners ?? [])
          .flatMap(({ conditions }) => conditions ?? []),
        ListenerSet: [],
        GatewayClass: snapshot
          .list('GatewayClass')
          .filter(({ spec }) => spec?.controllerName === controller)
          .flatMap(({ status }) => status?.conditions ?? []),
      };
      const bad = (Object.keys(written) as JudgedObject[]).flatMap(object =>
        written[object].filter(isBad).map(condition => ({ object, condition })),
      );
      expect(bad.length).toBeGreaterThan(5);
      expect(
        bad.filter(({ object, condition }) => !meaningOf(object, condition)),
      ).toEqual([]);
    });

    it('accepts what the plugin generates, and again after a change', async () => {
      const planned = async (service: string) => {
        const plan = planExposure({
          request: {
            entityRef: SHOP.ref,
            service: { name: service, port: 8080 },
            hostLabel: `planned-${gateway}`,
          },
          entity: SHOP,
          snapshots: [await world().snapshot()],
          settings: { [CLUSTER_NAME]: settingsOf(gateway) },
        });
        expect(
          plan.findings.filter(({ severity }) => severity === 'blocking'),
        ).toEqual([]);
        return plan.desired!;
      };
      for (const [index, service] of ['shop-v1', 'shop-v2'].entries()) {
        const route = await planned(service);
        await apply(route);
        await waitUntilWritten(route, gateway, 'good');
        const { verdict, generation, url } = await judge(route, gateway).then(
          exposure => ({ ...exposure, url: exposure.hosts[0].url }),
        );
        expect(generation).toBe(index + 1);
        expect(verdict.word).toBe('Unknown');
        expect(verdict.finding.message).toMatch(/^Accepted, not yet proved: /);
        expect(url).toContain(`planned-${gateway}.`);
      }
    });

    it('reports a Gateway that is in order', async () => {
      expect(await gatewayParts(gateway)).toEqual([
        'gatewayclass good',
        'gateway good',
        'listener good',
        'listener good',
      ]);
    });
  });

  it.each([
    [
      'a redirect beside a rewrite',
      { type: 'URLRewrite', urlRewrite: { hostname: 'shop.example.com' } },
    ],
    [
      'two redirects',
      { type: 'RequestRedirect', requestRedirect: { scheme: 'https' } },
    ],
  ])(
    'neither gets to judge %s: the API server refuses it',
    async (_, filter) => {
      const route = routeOf('is healthy', 'cilium', settingsOf('cilium'));
      route.metadata.name = 'two-filters';
      route.spec!.rules = [
        {
          filters: [
            { type: 'RequestRedirect', requestRedirect: { scheme: 'https' } },
            filter,
          ],
        },
      ];
      await expect(apply(route)).rejects.toMatchObject({ status: 422 });
    },
  );

  it('Cilium accepts the routes of the reference platform unchanged, and their being reachable in clear is told', async () => {
    for (const object of referredByReference()) await apply(object);
    const routes = referenceRoutes(settingsOf('cilium'));
    for (const route of routes) await apply(route);
    for (const route of routes) await waitUntilWritten(route, 'cilium', 'good');
    const snapshot = await world().snapshot();
    for (const { metadata } of routes) {
      const route = snapshot.get(
        'HTTPRoute',
        metadata.namespace,
        metadata.name,
      )!;
      const { findings } = world().judge(route, snapshot, settingsOf('cilium'));
      expect(findings.map(({ reason }) => reason)).toContain(
        'AlsoReachableInClear',
      );
    }
    const redirect = snapshot.get(
      'HTTPRoute',
      'kube-system',
      'http-to-https-redirect',
    )!;
    expect(summary(conditionsOf(redirect, 'cilium'))).toBe('good');
  });

  describe('a ListenerSet of Cilium’s Gateway', () => {
    listenerSets(judgingIn(world));
  });

  it('a Gateway of Cilium without an address says so, and its routes are no worse for it', async () => {
    const node = { apiVersion: 'v1', kind: 'Node', name: 'local-node' };
    const { status } = await admin().get<
      { status?: { addresses?: unknown } } & Gateway
    >(node);
    const { gateway } = settingsOf('cilium');
    const programmed = async () => {
      const { status: seen } = await admin().get<Gateway>({
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'Gateway',
        namespace: gateway.namespace,
        name: gateway.name,
      });
      const found = seen?.conditions?.find(({ type }) => type === 'Programmed');
      return `${found?.status} ${found?.reason}`;
    };
    const waitUntilProgrammed = (wanted: string) =>
      waitFor(`Programmed=${wanted}`, async () =>
        (await programmed()) === wanted ? true : undefined,
      );
    await waitUntilProgrammed('True Programmed');
    await admin().patchStatus(node, { addresses: [] });
    try {
      await waitUntilProgrammed('False AddressNotAssigned');
      const route = routeOf('is healthy', 'cilium', settingsOf('cilium'));
      const { verdict, findings } = await judge(route, 'cilium');
      expect(`${verdict.word} ${verdict.finding.reason}`).toBe(
        'Unknown ProbeOff',
      );
      expect(
        findings.find(({ reason }) => reason === 'AddressNotAssigned'),
      ).toMatchObject({ severity: 'info' });
      expect(await gatewayParts('cilium')).toEqual([
        'gatewayclass good',
        'gateway good AddressNotAssigned',
        'listener good AddressNotAssigned',
        'listener good AddressNotAssigned',
      ]);
    } finally {
      await admin().patchStatus(node, { addresses: status?.addresses });
    }
    await waitUntilProgrammed('True Programmed');
  });

  // Last: it takes the platform down with it.
  describe("the plugin's backend on Cilium's Gateway", () => {
    let served: World | undefined;
    const as = (person: string) => served!.as(person);

    beforeAll(async () => {
      served = await startOn(world().platform, {
        logFile: join(stateDir(), 'backend.log'),
        settings: CILIUM_SETTINGS,
      });
    }, START_BOUND_MS);
    afterAll(() => served?.stop(), START_BOUND_MS);

    it('exposes a component, waits no longer than for the acceptance, and proves nothing', async () => {
      const { exposure } = await as(SAM).apply({
        entityRef: SHOP.ref,
        service: { name: 'shop', port: 8080 },
        hostLabel: 'served',
      });
      const seen = await waitForVerdict({
        client: as(SAM),
        address: exposure,
        generation: exposure.generation,
        // Longer than the test may take.
        timeoutMs: 600_000,
      });
      expect(seen.verdict).toMatchObject({
        word: 'Unknown',
        finding: { reason: 'ProbeOff', params: { isAccepted: true } },
      });
      expect(seen.tls.word).toBe('Good');
      expect(seen.hosts[0]).not.toHaveProperty('probe');
      expect(
        summary(
          conditionsOf(
            await served!.admin.route('shop', exposure.name),
            'cilium',
          ),
        ),
      ).toBe('good');
    });

    it('shows an admin a platform that is in order', async () => {
      const bad = async () =>
        (await as(ALEX).getPlatform()).clusters.flatMap(({ parts }) =>
          parts.filter(({ state }) => state !== 'good'),
        );
      await waitFor('every part to be good', async () => {
        const found = await bad();
        if (found.length > 0) throw new Error(JSON.stringify(found));
        return true;
      });
      expect(await bad()).toEqual([]);
    });
  });
});
