import {
  KUBERNETES_ID,
  type HttpRoute,
} from 'backstage-plugin-networking-common';
import { routePath } from '../world/admin';
import { getVerified } from '../world/gateway';
import { waitFor } from '../world/waitFor';
import { SAM, type World } from '../world/world';
import { CLUSTER } from './support';
import type { TlsSuite } from './tlsSupport';

const SWEPT = ['swept-one', 'swept-two'];

/** A route of `shop` at the Gateway's own listener, which nobody made with the plugin. */
function create({ admin, hostOf, platform }: World, label: string) {
  const { gateway } = platform.settings;
  const route: HttpRoute = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {
      name: label,
      namespace: 'shop',
      labels: { [KUBERNETES_ID]: 'shop' },
    },
    spec: {
      parentRefs: [
        {
          name: gateway.name,
          namespace: gateway.namespace,
          sectionName: gateway.httpsSection,
        },
      ],
      hostnames: [hostOf(label)],
      rules: [{ backendRefs: [{ name: 'shop', port: 8080 }] }],
    },
  };
  return admin.create(routePath('shop'), route);
}

/** Makes the routes that are left to the sweep: it takes up to a minute, in which other tests can run. */
export async function leaveToSweep(world: World): Promise<void> {
  for (const label of SWEPT) await create(world, label);
}

/** Who is asked, when, and what is made of it. */
export const tlsProbing: TlsSuite = world => {
  const api = () => world().as(SAM);
  const addressOf = (name: string) => ({
    cluster: CLUSTER,
    namespace: 'shop',
    name,
  });
  const remove = (label: string) =>
    world().admin.remove(routePath('shop', label));

  /** Rows of the list, which dials nothing. */
  const rowsOf = async (search: string, of: Pick<World, 'as'> = world()) =>
    (await of.as(SAM).getHosts({ search })).items;
  const allLive = (of?: Pick<World, 'as'>) =>
    waitFor(
      'the swept hosts to be Live on the list',
      async () => {
        const rows = await rowsOf('swept', of);
        const words = rows.map(({ verdict }) => verdict.word);
        if (words.length === SWEPT.length && words.every(is => is === 'Live')) {
          return rows;
        }
        throw new Error(`they are ${words.join(', ')}`);
      },
      // A sweep begins once a minute, and is spread over most of it.
      { boundMs: 150_000, intervalMs: 500 },
    );
  const handshakes = () =>
    SWEPT.map(label => world().probes.countOf(world().hostOf(label)));

  afterAll(async () => {
    for (const label of SWEPT) await remove(label);
  });

  it('hosts that nobody opened are Live on the list, since a sweep asks them', async () => {
    const rows = await allLive();
    expect(rows.map(({ tls }) => tls.word)).toEqual(['Good', 'Good']);
    expect(Math.min(...handshakes())).toBeGreaterThan(0);
  });

  it('however many read, a host is asked no more than once a minute', async () => {
    const [label] = SWEPT;
    const [before] = handshakes();
    const { probe } = (await api().getExposure(addressOf(label))).hosts[0];
    for (let round = 0; round < 10; round++) {
      await api().getExposure(addressOf(label));
      await rowsOf('swept');
    }
    const checks = await Promise.all(
      [1, 2, 3].map(() => api().probe(addressOf(label))),
    );
    // A minute may end meanwhile, and then somebody is the first to ask again.
    const [after] = handshakes();
    expect(after - before).toBeLessThanOrEqual(1);
    for (const { exposure, againAt } of checks) {
      const { at } = exposure.hosts[0].probe!;
      expect(Date.parse(at)).toBeGreaterThanOrEqual(Date.parse(probe!.at));
      expect(Date.parse(againAt!) - Date.parse(at)).toBeGreaterThan(50_000);
    }
  });

  it('a host that was never asked is asked by Check now, once for all who press it', async () => {
    await create(world(), 'checked');
    try {
      const host = world().hostOf('checked');
      await waitFor('the gateway to accept the route', async () => {
        const [row] = await rowsOf('checked');
        const { params = {} } = row?.verdict.finding ?? {};
        return 'isAccepted' in params && params.isAccepted ? true : undefined;
      });
      // It says so before it serves it.
      const { gateway } = world().platform;
      const { pem } = await api().getCa(CLUSTER);
      await waitFor('the gateway to answer 200', async () => {
        const { status } = await getVerified({
          address: gateway.address,
          port: gateway.httpsPort,
          host,
          ca: pem,
        });
        return status === 200 ? true : undefined;
      });
      const before = world().probes.countOf(host);
      const answers = await Promise.all(
        [1, 2, 3].map(() => api().probe(addressOf('checked'))),
      );
      for (const { exposure, asked } of answers) {
        expect(asked).toEqual([host]);
        expect(exposure.hosts[0]).toMatchObject({
          verdict: { word: 'Live' },
          probe: { host, http: { status: 200 } },
        });
      }
      expect(world().probes.countOf(host) - before).toBe(1);
      expect(await world().auditEvents('exposure-probe')).toContainEqual(
        expect.objectContaining({
          status: 'succeeded',
          actor: expect.objectContaining({ actorId: SAM }),
        }),
      );
    } finally {
      await remove('checked');
    }
  });

  it('results outlive the backend: a list that is read right after a restart tells them, and nobody is asked for it', async () => {
    await allLive();
    await world().restartBackend();
    const asked = world().probes.seen.length;
    const rows = await waitFor('the list', async () => {
      const found = await rowsOf('swept');
      return found.length === SWEPT.length ? found : undefined;
    });
    expect(rows.map(({ verdict }) => verdict.word)).toEqual(['Live', 'Live']);
    expect(world().probes.seen.slice(asked)).toEqual([]);
  });

  it('two replicas share what they find, and the minute', async () => {
    const replica = await world().startReplica();
    try {
      await allLive(replica);
      const [label] = SWEPT;
      const here = await api().probe(addressOf(label));
      const [before] = handshakes();
      const there = await replica.as(SAM).probe(addressOf(label));
      expect(there.asked).toEqual([]);
      expect(there.exposure.hosts[0].probe?.at).toBe(
        here.exposure.hosts[0].probe?.at,
      );
      expect(handshakes()[0]).toBe(before);
    } finally {
      await replica.stop();
    }
  });

  it('what the cluster calls Accepted and the proxy does not serve is not Live, and Broken where its connections end', async () => {
    const { admin, gatewayApi, hostOf, probes } = world();
    gatewayApi.hold();
    try {
      await create(world(), 'unserved');
      // What Cilium does once its configuration for the proxy has become too large: it says that all is well.
      const { status } = await admin.route('shop', SWEPT[0]);
      const route = await admin.route('shop', 'unserved');
      await admin.replace(`${routePath('shop', 'unserved')}/status`, {
        ...route,
        status,
      });
      // Traefik says of a host that it does not know what any service may say of a path.
      const either = await world().readUntil(
        'unserved',
        'of the gateway or of the service',
        ({ verdict }) => verdict.finding.reason === 'AnswerAmbiguous',
      );
      expect(either.verdict).toMatchObject({
        word: 'Degraded',
        finding: {
          params: { status: 404 },
          remedy: expect.any(String),
        },
      });

      // Envoy ends the connection of a host that it does not know.
      probes.unknown.add(hostOf('unserved'));
      const { verdict } = await world().readUntil(
        'unserved',
        'Broken',
        exposure => exposure.verdict.word === 'Broken',
      );
      expect(verdict.finding).toMatchObject({
        reason: 'TlsHandshakeFailed',
        message: expect.stringMatching(/ends them before TLS is set up/),
      });
    } finally {
      probes.unknown.clear();
      gatewayApi.heal();
      await remove('unserved');
    }
  });

  it.each([
    ['elsewhere', ['203.0.113.9'], 'DnsLeadsElsewhere'],
    ['nowhere', [], 'DnsFiltersPrivateAddresses'],
    ['home', ['127.0.0.1'], 'DnsLeadsToGateway'],
  ])(
    'a name that leads %s is told, and only the address of the settings is dialled',
    async (label, addresses, reason) => {
      const { dns, hostOf, probes } = world();
      dns.lead(hostOf(label), addresses);
      await create(world(), label);
      try {
        const exposure = await world().readUntil(
          label,
          'answered',
          ({ hosts }) => hosts[0].probe?.http?.status === 200,
        );
        expect(exposure.hosts[0].dns?.finding.reason).toBe(reason);
        expect(exposure.hosts[0].dns?.facts?.addresses).toEqual(addresses);
        expect(dns.asked).toContain(hostOf(label));
        expect(probes.countOf(hostOf(label))).toBeGreaterThan(0);
      } finally {
        await remove(label);
      }
    },
  );
};
