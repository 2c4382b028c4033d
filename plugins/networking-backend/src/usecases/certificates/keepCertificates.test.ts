import {
  createSnapshot,
  resolveSettings,
  type KubernetesObject,
  type SnapshotGap,
} from 'backstage-plugin-networking-common';
import { turns, VirtualClock } from '../../cache/__testUtils__/virtualClock';
import type { SeenCertificate } from '../../io/database';
import {
  clusterObjects,
  worldCertificates,
  type WorldCertificates,
} from '../../__testUtils__/world';
import { createCertificateKeeper } from './keepCertificates';

const settings = resolveSettings({
  clusters: ['local'],
  appConfig: { network: { lanIp: '127.0.0.1' } },
}).byCluster.local;

let world: WorldCertificates;

beforeAll(async () => {
  world = await worldCertificates();
});

function setUp() {
  const clock = new VirtualClock();
  const cluster = {
    objects: [...clusterObjects(), ...world.objects],
    gaps: [] as SnapshotGap[],
    reachable: true,
  };
  const kept: { seen: readonly SeenCertificate[]; at: number }[] = [];
  const store = {
    loads: 0,
    failure: undefined as Error | undefined,
    load: async () => {
      store.loads += 1;
    },
    keep: async (
      _cluster: string,
      seen: readonly SeenCertificate[],
      at: number,
    ) => {
      if (store.failure) throw store.failure;
      kept.push({ seen, at });
    },
  };
  const errors: unknown[] = [];
  const prepared: string[] = [];
  const keeper = createCertificateKeeper({
    clusters: ['local'],
    clock,
    store,
    read: async () => ({
      settings,
      snapshot: createSnapshot({
        cluster: 'local',
        observedAt: new Date(clock.now()).toISOString(),
        objects: cluster.objects,
        gaps: cluster.gaps,
      }),
      state: {
        cluster: 'local',
        reachable: cluster.reachable,
        findings: [],
      },
    }),
    prepare: async ({ snapshot }) => void prepared.push(snapshot.observedAt),
    onError: error => errors.push(error),
  });
  const change = (kind: 'CertificateRequest' | 'EndpointSlice') =>
    keeper.changed({ type: 'objects', cluster: 'local', kind, objects: [] });
  const without = (kind: string, name: string) => {
    cluster.objects = cluster.objects.filter(
      (object: KubernetesObject) =>
        object.kind !== kind || object.metadata.name !== name,
    );
  };
  return {
    clock,
    cluster,
    keeper,
    kept,
    store,
    errors,
    prepared,
    change,
    without,
  };
}

const trimmed = (pem: string | undefined) => pem?.replace(/\s/g, '');

describe('what is kept of certificates', () => {
  it('is, at the start, the current revision of what listeners use and of the CAs behind', async () => {
    const { keeper, kept, clock } = setUp();
    keeper.start();
    await turns();
    expect(kept).toHaveLength(1);
    expect(kept[0].at).toBe(clock.now());
    const byUid = Object.fromEntries(
      kept[0].seen.map(({ uid, issued }) => [uid, issued]),
    );
    expect(Object.keys(byUid).sort()).toEqual([
      'uid-of-idp-demo-ca',
      'uid-of-idp-wildcard-cert',
    ]);
    const leaf = byUid['uid-of-idp-wildcard-cert'];
    expect(leaf?.revision).toBe(1);
    expect(trimmed(leaf?.leafPem)).toBe(trimmed(world.wildcard.cert));
    expect(leaf?.chainPem.map(trimmed)).toEqual([trimmed(world.ca.cert)]);
    keeper.close();
  });

  it('holds no key', async () => {
    const { keeper, kept } = setUp();
    keeper.start();
    await turns();
    expect(JSON.stringify(kept)).not.toContain('PRIVATE KEY');
    keeper.close();
  });

  it('is looked at once for many changes that come together', async () => {
    const { clock, change, kept } = setUp();
    for (let i = 0; i < 50; i += 1) change('CertificateRequest');
    await clock.advance(1_000);
    expect(kept).toHaveLength(1);
    change('CertificateRequest');
    await clock.advance(4_999);
    expect(kept).toHaveLength(1);
    await clock.advance(1);
    expect(kept).toHaveLength(2);
  });

  it('is not looked at for what has nothing to do with certificates', async () => {
    const { clock, change, kept } = setUp();
    change('EndpointSlice');
    await clock.advance(60_000);
    expect(kept).toEqual([]);
  });

  it('names a Certificate whose request is gone, without what was issued', async () => {
    const { clock, change, kept, without } = setUp();
    without('CertificateRequest', 'idp-wildcard-cert-1');
    change('CertificateRequest');
    await clock.advance(1_000);
    expect(kept[0].seen).toContainEqual({ uid: 'uid-of-idp-wildcard-cert' });
  });

  it('is nothing of a Certificate that no listener uses', async () => {
    const { clock, change, kept, without } = setUp();
    without('Gateway', 'idp-gateway');
    change('CertificateRequest');
    await clock.advance(1_000);
    expect(kept[0].seen.map(({ uid }) => uid)).toEqual(['uid-of-idp-demo-ca']);
  });

  it.each([
    ['is out of reach', { reachable: false }],
    [
      'does not tell of Certificates',
      { gaps: [{ kind: 'Certificate', reason: 'Forbidden', message: '' }] },
    ],
    [
      'does not tell of requests',
      {
        gaps: [
          { kind: 'CertificateRequest', reason: 'NotServed', message: '' },
        ],
      },
    ],
  ] as [string, Partial<{ reachable: boolean; gaps: SnapshotGap[] }>][])(
    'stays as it is while the cluster %s: nothing counts as gone',
    async (_, change) => {
      const { clock, cluster, keeper, kept } = setUp();
      Object.assign(cluster, change);
      keeper.changed({ type: 'health', cluster: 'local' });
      await clock.advance(1_000);
      expect(kept).toEqual([]);
    },
  );

  it('is looked at every ten minutes without a change, with what other replicas kept', async () => {
    const { clock, keeper, kept, store } = setUp();
    keeper.start();
    await clock.advance(21 * 60_000);
    expect(kept).toHaveLength(3);
    expect(store.loads).toBe(2);
    keeper.close();
  });

  it('has what changed followed before somebody asks', async () => {
    const { clock, change, prepared } = setUp();
    change('CertificateRequest');
    await clock.advance(1_000);
    expect(prepared).toHaveLength(1);
  });

  it('goes on after a failure of the database', async () => {
    const { clock, change, kept, store, errors, prepared } = setUp();
    store.failure = new Error('no database');
    change('CertificateRequest');
    await clock.advance(1_000);
    expect(errors).toEqual([store.failure]);
    expect(prepared).toHaveLength(1);
    store.failure = undefined;
    change('CertificateRequest');
    await clock.advance(5_000);
    expect(kept).toHaveLength(1);
  });

  it('ends when it is closed', async () => {
    const { clock, keeper, kept, change } = setUp();
    keeper.start();
    await turns();
    keeper.close();
    change('CertificateRequest');
    await clock.advance(60 * 60_000);
    expect(kept).toHaveLength(1);
  });
});
