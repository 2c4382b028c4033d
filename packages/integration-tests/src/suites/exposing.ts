import { waitFor } from '../world/waitFor';
import { parse } from 'yaml';
import type {
  ApplyResult,
  HttpRoute,
  Service,
} from 'backstage-plugin-networking-common';
import { FIELD_MANAGER } from 'backstage-plugin-networking-common';
import { changesSomething } from '../world/auditLog';
import { SAM } from '../world/world';
import {
  addressOf,
  authored,
  CLUSTER,
  refusal,
  removeRoutes,
  SHOP,
  type Suite,
} from './support';

const request = {
  entityRef: SHOP,
  service: { name: 'shop', port: 8080 },
  hostLabel: 'shop',
};

/** Apply, re-apply, update and remove, against what the API server then holds. */
export const exposing: Suite = world => {
  const api = () => world().as(SAM);
  const live = ({ exposure }: ApplyResult) =>
    world().admin.route(exposure.namespace, exposure.name);

  afterEach(() => removeRoutes(world().admin));

  it('plans without writing, and applies exactly the manifest of the plan', async () => {
    const { admin, audit } = world();
    const { result: plan, events } = await audit.during(() =>
      api().plan(request),
    );

    expect(plan.action).toBe('create');
    expect(
      plan.findings.filter(({ severity }) => severity === 'blocking'),
    ).toEqual([]);
    expect(events.filter(changesSomething)).toEqual([]);
    expect(await admin.routes('shop')).toEqual([]);

    const result = await api().apply({ ...request, digest: plan.digest });
    expect(result.action).toBe('create');
    const route = await live(result);
    expect(authored(route)).toEqual(authored(plan.objects[0]));
    expect(authored(route)).toEqual(authored(parse(plan.yaml)));
    expect(
      route.metadata.managedFields
        ?.filter(({ subresource }) => !subresource)
        .map(({ manager, operation }) => ({ manager, operation })),
    ).toEqual([{ manager: FIELD_MANAGER, operation: 'Apply' }]);
  });

  it('writes section name, group, kind and weight out, and no port of the parent', async () => {
    const route = await live(await api().apply(request));
    expect(route.spec?.parentRefs).toEqual([
      {
        group: 'gateway.networking.k8s.io',
        kind: 'Gateway',
        namespace: 'kube-system',
        name: 'idp-gateway',
        sectionName: 'https',
      },
    ]);
    expect(route.spec?.hostnames).toEqual([world().hostOf('shop')]);
    expect(route.spec?.rules?.[0].backendRefs).toEqual([
      { group: '', kind: 'Service', name: 'shop', port: 8080, weight: 1 },
    ]);
  });

  it('changes nothing when the same request is applied again, and says so', async () => {
    const before = await live(await api().apply(request));

    const { result, events } = await world().audit.during(() =>
      api().apply(request),
    );

    expect(result.action).toBe('unchanged');
    expect(result.plan.diff).toEqual([]);
    expect(events.filter(changesSomething)).toEqual([]);
    // Its version may have moved: the controller says of the route what it thinks of it.
    const ours = ({ metadata }: HttpRoute) => ({
      uid: metadata.uid,
      generation: metadata.generation,
      applied: metadata.managedFields?.filter(
        ({ manager }) => manager === FIELD_MANAGER,
      ),
    });
    expect(ours(await live(result))).toEqual(ours(before));
  });

  describe('with a Service of two ports', () => {
    const path = '/api/v1/namespaces/shop/services';

    beforeAll(async () => {
      const { admin } = world();
      const shop = await admin.get<Service>(`${path}/shop`);
      await admin.create<Service>(path, {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: {
          name: 'shop-two-ports',
          namespace: 'shop',
          labels: shop.metadata.labels,
          annotations: shop.metadata.annotations,
        },
        spec: {
          selector: shop.spec?.selector,
          ports: [
            { name: 'http', port: 8080, protocol: 'TCP' },
            { name: 'admin', port: 9090, protocol: 'TCP' },
          ],
        },
      });
      await waitFor('the Service to be seen', async () => {
        const { services } = await api().getServices(SHOP);
        return services.find(({ name }) => name === 'shop-two-ports');
      });
    });
    afterAll(() => world().admin.remove(`${path}/shop-two-ports`));

    it('updates the port in place and shows the one changed field', async () => {
      const onPort = (port: number) => ({
        ...request,
        service: { name: 'shop-two-ports', port },
      });
      const before = await live(await api().apply(onPort(8080)));

      const result = await api().apply({ ...onPort(9090), replace: true });

      expect(result.action).toBe('update');
      expect(result.plan.diff).toEqual([
        {
          path: 'spec.rules[0].backendRefs[0].port',
          before: 8080,
          after: 9090,
        },
      ]);
      const after = await live(result);
      expect(after.metadata.uid).toBe(before.metadata.uid);
      expect(after.spec?.rules?.[0].backendRefs?.[0].port).toBe(9090);
    });

    it('asks which port where the request names none', async () => {
      const plan = await api().plan({
        ...request,
        service: { name: 'shop-two-ports' },
      });
      expect(plan.action).toBe('refused');
      expect(plan.findings.map(({ reason }) => reason)).toContain(
        'PortAmbiguous',
      );
    });
  });

  describe('at a URL that the component has already', () => {
    const second = { ...request, service: { name: 'shop-v2', port: 8080 } };
    const answering = async (name: string) =>
      (await world().admin.route('shop', name)).spec?.rules?.[0]
        .backendRefs?.[0].name;

    it.each([
      ['adding', { intent: 'create' as const }, 'AlreadyExposed'],
      ['changing', { intent: 'update' as const }, 'LiveTrafficMoves'],
      ['a request that says neither', {}, 'LiveTrafficMoves'],
    ])(
      'refuses %s another Service with 409, and writes nothing',
      async (_, intent, reason) => {
        const { exposure } = await api().apply(request);
        const { result, events } = await world().audit.during(() =>
          refusal(api().apply({ ...second, ...intent })),
        );
        expect(result).toMatchObject({ status: 409, reasons: [reason] });
        expect(events.filter(changesSomething)).toEqual([]);
        expect(await answering(exposure.name)).toBe('shop');
      },
    );

    it('changes it where the plan that says who answers then is confirmed', async () => {
      const { exposure } = await api().apply(request);
      const change = {
        ...second,
        intent: 'update' as const,
        uid: exposure.uid,
      };
      const plan = await api().plan(change);
      expect(plan.findings).toMatchObject([
        {
          reason: 'LiveTrafficMoves',
          params: {
            from: [{ kind: 'Service', name: 'shop', port: 8080 }],
            to: [{ kind: 'Service', name: 'shop-v2', port: 8080 }],
          },
        },
      ]);
      const result = await api().apply({
        ...change,
        digest: plan.digest,
        replace: true,
      });
      expect(result.action).toBe('update');
      expect(result.exposure.uid).toBe(exposure.uid);
      expect(await answering(exposure.name)).toBe('shop-v2');
    });

    it('adds the free label that the refused plan offers', async () => {
      await api().apply(request);
      const adding = { ...second, intent: 'create' as const };
      const { freeHostLabel } = await api().plan(adding);
      const result = await api().apply({
        ...adding,
        hostLabel: freeHostLabel,
      });
      expect(result.action).toBe('create');
      expect(await world().admin.routes('shop')).toHaveLength(2);
    });
  });

  it('is refused with 409 when the plan has changed since it was shown', async () => {
    const plan = await api().plan(request);
    await api().apply({ ...request, service: { name: 'shop-v2', port: 8080 } });

    const refused = await refusal(
      api().apply({ ...request, digest: plan.digest }),
    );

    expect(refused).toMatchObject({ status: 409, name: 'ConflictError' });
  });

  it.each([
    ['is not a DNS label', 'Shop_1', 'HostLabelInvalid'],
    ['would be read as another address', '10-0-0-1', 'HostEmbedsAddress'],
    ['is longer than 63 characters', 'a'.repeat(64), 'HostTooLong'],
    ['browsers show as another', 'xn--80ak6aa92e', 'HostLooksLikeAnother'],
    ['does not decode', 'xn--99999999', 'HostLabelUndecodable'],
  ])(
    'refuses a host label that %s with 409 and writes nothing',
    async (_, hostLabel, reason) => {
      const { result, events } = await world().audit.during(() =>
        refusal(api().apply({ ...request, hostLabel })),
      );
      expect(result.status).toBe(409);
      expect(result.reasons).toContain(reason);
      expect(events.filter(changesSomething)).toEqual([]);
    },
  );

  it('refuses a Service port that does not exist and names the ports that do', async () => {
    const refused = await refusal(
      api().apply({ ...request, service: { name: 'shop', port: 81 } }),
    );
    expect(refused.reasons).toContain('PortMissing');
    expect(refused.text).toContain('8080');
  });

  it('refuses to remove by a stale uid, and the route stays', async () => {
    const result = await api().apply(request);

    const refused = await refusal(
      api().remove({
        ...addressOf(result.exposure),
        uid: '00000000-0000-4000-8000-000000000000',
      }),
    );

    expect(refused).toMatchObject({ status: 409, name: 'ConflictError' });
    expect((await live(result)).metadata.uid).toBe(result.exposure.uid);
  });

  it('removes, and answers 404 to a second removal', async () => {
    const { exposure } = await api().apply(request);
    const target = { ...addressOf(exposure), uid: exposure.uid };

    await api().remove(target);

    expect(await world().admin.routes('shop')).toEqual([]);
    expect(await refusal(api().remove(target))).toMatchObject({ status: 404 });
  });

  it('does not remove a route that somebody else made', async () => {
    const { admin } = world();
    const plan = await api().plan(request);
    const foreign = authored(plan.objects[0]);
    const route = await admin.apply(
      `/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes/by-hand`,
      {
        ...foreign,
        metadata: { name: 'by-hand', namespace: 'shop' },
      },
      { fieldManager: 'kubectl' },
    );

    const refused = await refusal(
      api().remove({
        cluster: CLUSTER,
        namespace: 'shop',
        name: 'by-hand',
        uid: route.metadata.uid ?? '',
      }),
    );

    expect(refused.status).toBeGreaterThanOrEqual(403);
    expect(await admin.routes('shop')).toHaveLength(1);
  });
};
