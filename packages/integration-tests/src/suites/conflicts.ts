import type { HttpRoute } from 'backstage-plugin-networking-common';
import { routePath } from '../world/admin';
import { changesSomething } from '../world/auditLog';
import { ALEX, SAM } from '../world/world';
import { authored, refusal, removeRoutes, SHOP, type Suite } from './support';

const OTHER_MANAGER = 'nightly-script';

/** Two who want the same: field managers, entities, and requests at the same time. */
export const conflicts: Suite = world => {
  const api = () => world().as(SAM);

  afterEach(() => removeRoutes(world().admin));

  describe('with a field that another field manager took', () => {
    const request = {
      entityRef: SHOP,
      service: { name: 'shop', port: 8080 },
      hostLabel: 'shop',
    };

    beforeEach(async () => {
      const { exposure } = await api().apply(request);
      const { admin } = world();
      const route = await admin.route(exposure.namespace, exposure.name);
      const rules = structuredClone(route.spec?.rules ?? []);
      rules[0].backendRefs![0].name = 'shop-v2';
      await admin.apply(
        routePath(exposure.namespace, exposure.name),
        {
          apiVersion: route.apiVersion,
          kind: route.kind,
          metadata: { name: exposure.name, namespace: exposure.namespace },
          spec: { ...route.spec, rules },
        },
        { fieldManager: OTHER_MANAGER, force: true },
      );
    });

    it('shows the owner of the field in the plan', async () => {
      const plan = await api().plan(request);
      const finding = plan.findings.find(
        ({ reason }) => reason === 'FieldOwnedByOther',
      );
      expect(finding?.severity).toBe('blocking');
      expect(finding?.message).toContain(OTHER_MANAGER);
    });

    it('answers 409 naming the other field manager, and writes nothing', async () => {
      const { result, events } = await world().audit.during(() =>
        refusal(api().apply(request)),
      );
      expect(result).toMatchObject({ status: 409, name: 'ConflictError' });
      expect(result.message).toContain(OTHER_MANAGER);
      expect(
        events
          .filter(changesSomething)
          .filter(({ responseStatus }) => (responseStatus?.code ?? 0) < 300),
      ).toEqual([]);
    });

    it('refuses takeOwnership to a developer', async () => {
      const refused = await refusal(
        api().apply({ ...request, takeOwnership: true }),
      );
      expect(refused).toMatchObject({ status: 403, name: 'NotAllowedError' });
    });

    it('moves no live traffic with it that nobody confirmed', async () => {
      const refused = await refusal(
        world()
          .as(ALEX)
          .apply({ ...request, takeOwnership: true }),
      );
      expect(refused).toMatchObject({
        status: 409,
        reasons: ['LiveTrafficMoves'],
      });
    });

    it('lets a platform admin take the field over', async () => {
      const result = await world()
        .as(ALEX)
        .apply({ ...request, takeOwnership: true, replace: true });
      expect(result.action).toBe('update');
      const route = await world().admin.route('shop', result.exposure.name);
      expect(route.spec?.rules?.[0].backendRefs?.[0].name).toBe('shop');
      // Now the developer is the only one to want something of it, and nothing is in the way.
      expect((await api().apply(request)).action).toBe('unchanged');
    });
  });

  describe('with two entities of one name', () => {
    const TWIN = 'component:default/twin';
    const OTHER_TWIN = 'component:other/twin';
    const undo: (() => void)[] = [];

    beforeAll(() => {
      const { catalog } = world();
      const shop = catalog.get(SHOP)!;
      for (const namespace of ['default', 'other']) {
        undo.push(
          catalog.put({
            ...shop,
            metadata: { ...shop.metadata, name: 'twin', namespace },
          }),
        );
      }
    });
    afterAll(() => undo.forEach(step => step()));

    const exposeTwin = (entityRef: string, hostLabel?: string) =>
      api().apply({
        entityRef,
        service: { name: 'shop', port: 8080 },
        hostLabel,
      });

    it('gives the host to the first and tells the second which route has it', async () => {
      const first = await exposeTwin(TWIN);
      expect(first.plan.host).toBe(world().hostOf('twin'));

      const refused = await refusal(exposeTwin(OTHER_TWIN));

      expect(refused.status).toBe(409);
      expect(refused.reasons).toContain('HostTaken');
      expect(refused.text).toContain(first.exposure.name);
      expect(await world().admin.routes('shop')).toHaveLength(1);
    });

    it('gives their routes different names, so that neither can overwrite the other', async () => {
      const [one, other] = await Promise.all(
        [TWIN, OTHER_TWIN].map(entityRef =>
          api().plan({ entityRef, service: { name: 'shop', port: 8080 } }),
        ),
      );
      expect(one.host).toBe(other.host);
      expect(one.name).not.toBe(other.name);
    });

    it('lets one of two applies at once win and tells the other', async () => {
      const outcomes = await Promise.allSettled([
        exposeTwin(TWIN, 'race'),
        exposeTwin(OTHER_TWIN, 'race'),
      ]);

      const won = outcomes.filter(({ status }) => status === 'fulfilled');
      const lost = outcomes.filter(
        (outcome): outcome is PromiseRejectedResult =>
          outcome.status === 'rejected',
      );
      expect(won).toHaveLength(1);
      expect(lost).toHaveLength(1);
      const told = await refusal(Promise.reject(lost[0].reason));
      expect(told.status).toBe(409);
      expect(told.reasons).toContain('HostTaken');
      const holders = (await world().admin.routes()).filter(route =>
        route.spec?.hostnames?.includes(world().hostOf('race')),
      );
      expect(holders).toHaveLength(1);
    });

    it('does not let one overwrite the route of the other by its name', async () => {
      const { exposure } = await exposeTwin(TWIN);
      const before = await world().admin.route('shop', exposure.name);
      await refusal(exposeTwin(OTHER_TWIN));
      expect(
        authored(await world().admin.route('shop', exposure.name)),
      ).toEqual(authored(before));
    });
  });

  describe('with a host that a route of no entity has', () => {
    const HIDDEN = 'hidden-by-hand';

    beforeEach(async () => {
      const { admin, platform } = world();
      const { gateway } = platform.settings;
      await admin.apply<HttpRoute>(
        routePath('payments', HIDDEN),
        {
          apiVersion: 'gateway.networking.k8s.io/v1',
          kind: 'HTTPRoute',
          metadata: { name: HIDDEN, namespace: 'payments' },
          spec: {
            parentRefs: [
              {
                name: gateway.name,
                namespace: gateway.namespace,
                sectionName: gateway.httpsSection,
              },
            ],
            hostnames: [world().hostOf('taken')],
            rules: [{ backendRefs: [{ name: 'nobodys', port: 1 }] }],
          },
        },
        { fieldManager: 'kubectl' },
      );
    });

    const ask = (userRef: string) =>
      refusal(
        world()
          .as(userRef)
          .apply({
            entityRef: SHOP,
            service: { name: 'shop', port: 8080 },
            hostLabel: 'taken',
          }),
      );

    it('tells a developer of a route of another team, and not its name', async () => {
      const refused = await ask(SAM);
      expect(refused.status).toBe(409);
      expect(refused.text).toContain('route of another team');
      expect(refused.text).not.toContain(HIDDEN);
      expect(refused.text).not.toContain('payments');
    });

    it('names it to a platform admin', async () => {
      expect((await ask(ALEX)).text).toContain(HIDDEN);
    });
  });
};
