import type { Entity } from '@backstage/catalog-model';
import {
  KUBERNETES_ID,
  KUBERNETES_LABEL_SELECTOR,
  KUBERNETES_NAMESPACE,
} from 'backstage-plugin-networking-common';
import { changesSomething } from '../world/auditLog';
import { PAT, SAM } from '../world/world';
import {
  addressOf,
  PAYMENTS,
  refusal,
  removeRoutes,
  SHOP,
  type Suite,
} from './support';

/** The backend may write where its caller may not: every way to use that is tried here. */
export const deputy: Suite = world => {
  afterEach(() => removeRoutes(world().admin));

  /** The call is refused with 403, and the API server saw no write of any kind. */
  async function refusedWithoutWrite(call: () => Promise<unknown>) {
    const { result, events } = await world().audit.during(() =>
      refusal(call()),
    );
    expect(result).toMatchObject({ status: 403, name: 'NotAllowedError' });
    expect(events.filter(changesSomething)).toEqual([]);
    expect(await world().admin.routes('payments')).toEqual([]);
    return result;
  }

  let edited = 0;

  /** A component of the caller's own team with annotations that its owner may write as they like. */
  async function withAnnotations<T>(
    annotations: Record<string, string>,
    act: (entityRef: string) => Promise<T>,
  ): Promise<T> {
    const { catalog } = world();
    const shop: Entity = catalog.get(SHOP)!;
    // The backend keeps what it knows of an entity for some seconds: a new name is read at once.
    const name = `edited-${(edited += 1)}`;
    const undo = catalog.put({
      ...shop,
      metadata: { ...shop.metadata, name, annotations },
    });
    try {
      return await act(`component:default/${name}`);
    } finally {
      undo();
    }
  }

  it('refuses a foreign namespace that the request names', async () => {
    const refused = await refusedWithoutWrite(() =>
      world()
        .as(SAM)
        .apply({
          entityRef: SHOP,
          namespace: 'payments',
          service: { name: 'payments', port: 8080 },
        }),
    );
    expect(refused.reasons).toContain('NamespaceNotGranted');
  });

  it('refuses a foreign namespace that an edited annotation names', () =>
    withAnnotations(
      {
        [KUBERNETES_ID]: 'payments',
        [KUBERNETES_NAMESPACE]: 'payments',
      },
      entityRef =>
        refusedWithoutWrite(() =>
          world()
            .as(SAM)
            .apply({
              entityRef,
              service: { name: 'payments', port: 8080 },
            }),
        ),
    ));

  it('refuses a foreign namespace that an edited annotation and the request name', () =>
    withAnnotations(
      {
        [KUBERNETES_ID]: 'payments',
        [KUBERNETES_NAMESPACE]: 'payments',
      },
      entityRef =>
        refusedWithoutWrite(() =>
          world()
            .as(SAM)
            .apply({
              entityRef,
              namespace: 'payments',
              service: { name: 'payments', port: 8080 },
              hostLabel: 'mine',
            }),
        ),
    ));

  it('refuses a foreign namespace that a label selector reaches', async () => {
    const [service] = await world().admin.list<{
      metadata: { labels?: Record<string, string> };
    }>('/api/v1/namespaces/payments/services');
    const selector = Object.entries(service.metadata.labels ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
    expect(selector).not.toBe('');
    await withAnnotations(
      {
        [KUBERNETES_LABEL_SELECTOR]: selector,
        [KUBERNETES_NAMESPACE]: 'payments',
      },
      entityRef =>
        refusedWithoutWrite(() =>
          world()
            .as(SAM)
            .apply({
              entityRef,
              namespace: 'payments',
              service: { name: 'payments', port: 8080 },
            }),
        ),
    );
  });

  it('refuses an entity that the caller does not own', () =>
    refusedWithoutWrite(() =>
      world()
        .as(SAM)
        .apply({
          entityRef: PAYMENTS,
          service: { name: 'payments', port: 8080 },
        }),
    ));

  it.each(['kube-system', 'cert-manager', 'backstage'])(
    'refuses namespace %s',
    async namespace => {
      const { result, events } = await world().audit.during(() =>
        refusal(
          world()
            .as(SAM)
            .apply({
              entityRef: SHOP,
              namespace,
              service: { name: 'shop', port: 8080 },
            }),
        ),
      );
      expect(result.status).toBe(403);
      expect(events.filter(changesSomething)).toEqual([]);
    },
  );

  it('does not offer Services of a namespace that does not grant the entity', async () => {
    const { services } = await world().as(SAM).getServices(SHOP);
    expect(
      services.filter(({ refusal: reason }) => !reason).map(({ name }) => name),
    ).toEqual(expect.arrayContaining(['shop', 'shop-v1', 'shop-v2']));
    expect(services.filter(({ namespace }) => namespace !== 'shop')).toEqual(
      [],
    );
  });

  it('lets the owner of another component see an exposure and neither change nor remove it', async () => {
    const { exposure } = await world()
      .as(SAM)
      .apply({ entityRef: SHOP, service: { name: 'shop', port: 8080 } });
    const pat = world().as(PAT);

    const seen = await pat.getEntityExposures(SHOP);
    expect(seen.exposures.map(({ name }) => name)).toEqual([exposure.name]);
    expect(seen.permissions).toEqual({
      create: false,
      update: false,
      delete: false,
    });

    const { result, events } = await world().audit.during(() =>
      refusal(pat.remove({ ...addressOf(exposure), uid: exposure.uid })),
    );
    expect(result.status).toBe(403);
    expect(events.filter(changesSomething)).toEqual([]);
    expect(await world().admin.routes('shop')).toHaveLength(1);
  });

  it('does not let a route be taken over by exposing another entity under its name', async () => {
    const { exposure } = await world()
      .as(PAT)
      .apply({
        entityRef: PAYMENTS,
        service: { name: 'payments', port: 8080 },
      });
    const { result } = await world().audit.during(() =>
      refusal(
        world()
          .as(SAM)
          .apply({
            entityRef: SHOP,
            service: { name: 'shop', port: 8080 },
            hostLabel: 'payments',
          }),
      ),
    );
    expect(result.reasons).toContain('HostTaken');
    expect(
      (await world().admin.route('payments', exposure.name)).metadata.uid,
    ).toBe(exposure.uid);
  });
};
