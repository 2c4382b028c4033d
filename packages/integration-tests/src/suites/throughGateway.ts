import { waitForVerdict } from 'backstage-plugin-networking-common';
import { getInClear, getVerified } from '../world/gateway';
import { waitFor } from '../world/waitFor';
import { PAT, SAM, type World } from '../world/world';
import {
  addressOf,
  CLUSTER,
  PAYMENTS,
  removeRoutes,
  SHOP,
  type Suite,
} from './support';

/** Real requests through the real gateway, with the certificate verified. */
export const throughGateway: Suite = world => {
  const shopHost = () => world().hostOf('shop');
  const api = () => world().as(SAM);
  let ca: string;

  const get = (host: string, path?: string) =>
    getVerified({
      address: world().platform.gateway.address,
      port: world().platform.gateway.httpsPort,
      host,
      path,
      ca,
    });
  const getUntil = (host: string, status: number) =>
    waitFor(`${host} to answer ${status}`, async () => {
      const answer = await get(host);
      return answer.status === status ? answer : undefined;
    });

  const exposeShop = (service = 'shop', replace?: boolean) =>
    api().apply({
      entityRef: SHOP,
      service: { name: service, port: 8080 },
      hostLabel: 'shop',
      replace,
    });
  const verdictOf = async (current: World) => {
    const [exposure] = (await current.as(SAM).getEntityExposures(SHOP))
      .exposures;
    return exposure.verdict;
  };

  beforeAll(async () => {
    ca = (await api().getCa(CLUSTER)).pem;
  });
  // Each test begins with a gateway that has forgotten the one before.
  afterEach(async () => {
    await removeRoutes(world().admin);
    for (const label of ['shop', 'payments']) {
      await getUntil(world().hostOf(label), 404);
    }
  });

  it('answers with the demo service, verified against the CA of the API and no other', async () => {
    await exposeShop('shop-v1');

    const answer = await getUntil(shopHost(), 200);

    expect(answer.body).toContain('shop v1 says hello');
    expect(answer.issuer).toBe('idp-demo-ca');
    const { gateway } = world().platform;
    await expect(
      getVerified({
        address: gateway.address,
        port: gateway.httpsPort,
        host: shopHost(),
        ca: world().platformCa,
      }),
    ).rejects.toThrow(/certificate/);
  });

  it('follows an update to another version', async () => {
    await exposeShop('shop-v1');
    await getUntil(shopHost(), 200);
    await exposeShop('shop-v2', true);
    await waitFor('version 2 to answer', async () =>
      (await get(shopHost())).body.includes('shop v2 says hello')
        ? true
        : undefined,
    );
  });

  it('redirects requests in clear to HTTPS on the public port', async () => {
    await exposeShop();
    const { gateway } = world().platform;
    const answer = await getInClear({
      address: gateway.address,
      port: gateway.httpPort,
      host: shopHost(),
      path: '/cart?item=1',
    });
    expect(answer.status).toBe(301);
    expect(answer.headers.location).toBe(
      `https://${shopHost()}:${gateway.httpsPort}/cart?item=1`,
    );
  });

  it('answers 404 on a host that nobody exposed, and after a removal', async () => {
    expect((await get(world().hostOf('nobody'))).status).toBe(404);

    const { exposure } = await exposeShop();
    await getUntil(shopHost(), 200);
    await api().remove({ ...addressOf(exposure), uid: exposure.uid });
    await getUntil(shopHost(), 404);
  });

  it('becomes Live for the generation that was applied, with TLS good', async () => {
    const { exposure } = await exposeShop();

    const seen = await waitForVerdict({
      client: api(),
      address: addressOf(exposure),
      generation: exposure.generation,
    });

    expect(seen.verdict.word).toBe('Live');
    expect(seen.tls).toMatchObject({
      word: 'Good',
      coversHost: true,
      issuer: { name: 'idp-demo-ca' },
    });
    expect(seen.hosts).toHaveLength(1);
    expect(seen.hosts[0]).toMatchObject({
      host: shopHost(),
      url: `https://${shopHost()}:${world().platform.gateway.httpsPort}`,
      verdict: { word: 'Live' },
      probe: {
        http: { status: 200 },
        tls: { verified: true },
        route: { uid: exposure.uid, generation: exposure.generation },
      },
    });
  });

  it('is asked now where somebody wants to know, and not again within the minute', async () => {
    const { exposure } = await exposeShop();
    await waitForVerdict({
      client: api(),
      address: addressOf(exposure),
      generation: exposure.generation,
    });

    const {
      asked,
      againAt,
      exposure: seen,
    } = await api().probe(addressOf(exposure));

    expect(asked).toEqual([]);
    expect(seen.verdict.word).toBe('Live');
    const { at } = seen.hosts[0].probe!;
    expect(Date.parse(againAt!)).toBeGreaterThan(Date.parse(at));
  });

  it('says Broken, and how requests fail, while the process behind an accepted route is stopped', async () => {
    const { platform } = world();
    const { exposure } = await exposeShop('shop-v1');
    await getUntil(shopHost(), 200);
    const accepted = () =>
      waitFor('the route to be accepted', async () => {
        const route = await world().admin.route('shop', exposure.name);
        return route.status?.parents?.some(({ conditions }) =>
          conditions?.some(
            ({ type, status }) => type === 'Accepted' && status === 'True',
          ),
        )
          ? true
          : undefined;
      });
    await accepted();
    await platform.workloads.stop('shop-v1');
    try {
      const verdict = await waitFor('the verdict to be Broken', async () => {
        const seen = await verdictOf(world());
        return seen.word === 'Broken' ? seen : undefined;
      });
      expect(verdict.finding.message).toMatch(/50[23]/);
      await accepted();
    } finally {
      await platform.workloads.start('shop-v1');
    }
    await waitFor('the verdict to be Live again', async () =>
      (await verdictOf(world())).word === 'Live' ? true : undefined,
    );
  });

  it('serves two teams side by side on the one listener', async () => {
    await exposeShop();
    await world()
      .as(PAT)
      .apply({
        entityRef: PAYMENTS,
        service: { name: 'payments', port: 8080 },
      });
    const bodies = await Promise.all(
      [shopHost(), world().hostOf('payments')].map(
        async host => (await getUntil(host, 200)).body,
      ),
    );
    expect(bodies[0]).toContain('shop');
    expect(bodies[1]).toContain('payments');
  });
};
