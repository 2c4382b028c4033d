import {
  createSnapshot,
  resolveSettings,
  type ProbeFacts,
} from 'backstage-plugin-networking-common';
import { clusterObjects, route } from '../../__testUtils__/world';
import type { ReadCluster, Services } from '../services';
import { addressFindings, readerStates } from './addressStates';

const REFUSED: ProbeFacts['failure'] = {
  stage: 'connect',
  code: 'ECONNREFUSED',
  message: '',
};

function setup(options: {
  computed?: object;
  /** Listener of the one route. */
  listener?: string;
  reachable?: boolean;
  probes?: Partial<ProbeFacts>[];
}) {
  const { listener = 'https', reachable = true, probes = [] } = options;
  const settings = resolveSettings({
    clusters: ['local'],
    appConfig: { gateway: { class: 'local-traefik' } },
    computed: { lanIp: '192.0.2.1', ...options.computed },
  }).byCluster.local;
  settings.network.publicHttpsPort = 30443;
  const shop = route('shop');
  shop.metadata.uid = 'shop';
  shop.spec!.parentRefs![0].sectionName = listener;
  const cluster = {
    settings,
    state: { cluster: 'local', reachable, findings: [] },
    snapshot: createSnapshot({
      cluster: 'local',
      observedAt: '2026-01-01T00:00:00Z',
      objects: [...clusterObjects(), shop],
    }),
  } as unknown as ReadCluster;
  const atAddress = jest.fn(async () =>
    probes.map(
      rest =>
        ({
          at: '2026-01-01T00:00:00Z',
          address: '192.0.2.1',
          port: 30443,
          route: { uid: 'shop', generation: 1 },
          ...rest,
        } as ProbeFacts),
    ),
  );
  const services = {
    prober: { atAddress },
    database: { failure: () => undefined },
  } as unknown as Services;
  return { services, cluster, atAddress };
}

type Case = [string, Parameters<typeof setup>[0], string[]];
const none = { computed: { lanIp: undefined } };
const gone = { route: { uid: 'gone', generation: 1 } };

describe('what the platform is told of the address', () => {
  it.each<Case>([
    ['is that none is known', none, ['ProbeAddressUnknown']],
    [
      'is nothing where every host is served in clear',
      { ...none, listener: 'http' },
      [],
    ],
    [
      'is that no host gets through',
      { probes: [{ failure: REFUSED }] },
      ['GatewayUnreachable'],
    ],
    [
      'does not hang on what a route answered that is gone',
      { probes: [{ failure: REFUSED }, { ...gone, http: { status: 200 } }] },
      ['GatewayUnreachable'],
    ],
    [
      'is nothing by what a route that is gone found',
      { probes: [{ ...gone, failure: REFUSED }] },
      [],
    ],
  ])('%s', async (_, options, reasons) => {
    const { services, cluster } = setup(options);
    const found = await addressFindings(services, cluster);
    expect(found.map(({ reason }) => reason)).toEqual(reasons);
  });
});

describe('what readers are told of a cluster', () => {
  const toldOf = async (
    options: Parameters<typeof setup>[0],
    ...reasons: string[]
  ) => {
    const { services, cluster, atAddress } = setup(options);
    const [state] = await readerStates(
      services,
      [cluster],
      reasons.map(reason => ({
        cluster: 'local',
        finding: {
          reason,
          severity: 'warning',
          message: '',
          subject: { kind: '', name: '' },
        },
      })),
    );
    return {
      told: state.findings.map(({ reason }) => reason),
      looked: atAddress.mock.calls.length > 0,
    };
  };

  it('is what hosts of theirs share', async () => {
    expect(
      await toldOf(
        { probes: [{ failure: REFUSED }] },
        'ProbeRefused',
        'Answered',
      ),
    ).toEqual({ told: ['GatewayUnreachable'], looked: true });
    expect((await toldOf(none, 'ProbeAddressUnknown')).told).toEqual([
      'ProbeAddressUnknown',
    ]);
  });

  it('is not what their hosts have nothing of, for which nobody looks', async () => {
    expect(
      await toldOf({ probes: [{ failure: REFUSED }] }, 'NoReadyEndpoints'),
    ).toEqual({ told: [], looked: false });
  });

  it('is not what none of them says', async () => {
    expect((await toldOf(none, 'ProbeRefused')).told).toEqual([]);
  });

  it('is nothing of the address where the cluster is away', async () => {
    expect(
      await toldOf({ ...none, reachable: false }, 'ProbeAddressUnknown'),
    ).toEqual({ told: [], looked: false });
  });
});
