import {
  createSnapshot,
  resolveSettings,
  type KubernetesObject,
  type ProbeFacts,
} from 'backstage-plugin-networking-common';
import { accepted, clusterObjects, route } from '../../__testUtils__/world';
import type { Prober, ProbeTarget } from '../../io/probe';
import type { ReadCluster, Services } from '../services';
import { evaluateRoutes } from './evaluate';

const NOW = new Date('2026-11-01T12:00:00Z');
const AFTER = '2026-11-01T12:00:01Z';
const SHOP = accepted(route('shop', { host: 'shop.127-0-0-1.nip.io' }));
SHOP.metadata.uid = 'uid-of-shop';

const { byCluster } = resolveSettings({
  clusters: ['local'],
  appConfig: {
    network: { lanIp: '127.0.0.1' },
    gateway: {
      controller: 'traefik.io/gateway-controller',
      class: 'local-traefik',
    },
  },
});

const clusterOf = (objects: KubernetesObject[]) =>
  ({
    snapshot: createSnapshot({
      cluster: 'local',
      observedAt: NOW.toISOString(),
      objects,
    }),
    settings: byCluster.local,
    state: { cluster: 'local', reachable: true },
  } as unknown as ReadCluster);

const answer = (target: ProbeTarget, status: number): ProbeFacts => ({
  host: target.host,
  path: target.path,
  address: '127.0.0.1',
  port: byCluster.local.network.publicHttpsPort,
  at: NOW.toISOString(),
  durationMs: 1,
  route: target.route,
  tls: { verified: true },
  http: { status },
});

/** A gateway that answered 200 a moment ago, and by now gives another status. */
function gatewayThatGives(status: number) {
  const prober = {
    latest: jest.fn(async (targets: readonly ProbeTarget[]) =>
      targets.map(target => answer(target, 200)),
    ),
    check: jest.fn(async (targets: readonly ProbeTarget[]) => ({
      probes: targets.map(target => ({ ...answer(target, status), at: AFTER })),
      asked: targets.map(({ host }) => host),
    })),
  } satisfies Partial<Prober>;
  const services = {
    prober,
    now: () => NOW,
    certificates: { lookup: () => () => [], material: () => undefined },
  } as unknown as Services;
  return { prober, services };
}

describe('an answer of a moment ago', () => {
  const judge = async (services: Services, objects: KubernetesObject[]) => {
    const [exposure] = await evaluateRoutes(
      services,
      clusterOf(objects),
      [{ route: SHOP, entities: [] }],
      { probes: 'latest' },
    );
    return exposure.hosts[0];
  };
  const objects = [...clusterObjects(), SHOP];
  const withoutService = objects.filter(
    ({ kind, metadata }) => !(kind === 'Service' && metadata.name === 'shop'),
  );

  it('is not taken for proof that requests go on where the Service is gone', async () => {
    const { services, prober } = gatewayThatGives(500);
    const { verdict, way } = await judge(services, withoutService);
    expect(verdict).toMatchObject({
      word: 'Broken',
      finding: { message: expect.stringMatching(/^Requests get 500: Service/) },
    });
    expect(way.filter(({ state }) => state === 'failing')).toHaveLength(1);
    expect(prober.check).toHaveBeenCalledTimes(1);
  });

  it('counts where a new one is as good', async () => {
    const { services } = gatewayThatGives(200);
    expect((await judge(services, withoutService)).verdict.word).toBe('Live');
    expect(services.prober.check).toHaveBeenCalledTimes(1);
  });

  it('is enough where the cluster tells of no trouble', async () => {
    const { services, prober } = gatewayThatGives(500);
    expect((await judge(services, objects)).verdict.word).toBe('Live');
    expect(prober.check).not.toHaveBeenCalled();
  });
});
