import type {
  ClusterState,
  Exposure,
  ExposurePlan,
  HostRow,
} from 'backstage-plugin-networking-common';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import { accepted, clusterObjects, route } from '../__testUtils__/world';

const SHOP = 'component:default/shop';

let near: FakeApiServer;
let far: FakeApiServer;
let backend: TestBackend;

beforeAll(async () => {
  near = await startFakeApiServer();
  far = await startFakeApiServer();
  backend = await startBackend({ server: near, others: { far } });
});

afterAll(async () => {
  await backend.stop();
  await near.close();
  await far.close();
});

beforeEach(() => {
  const ofShop = { labels: { 'backstage.io/kubernetes-id': 'shop' } };
  near.reset(...clusterObjects(), accepted(route('shop-near', ofShop)));
  far.reset(...clusterObjects(), accepted(route('shop-far', ofShop)));
});

const sam = () => backend.as('user:default/sam');
const tab = async (): Promise<{
  exposures: Exposure[];
  clusters: ClusterState[];
}> => (await sam().get(`/v1/exposures?entityRef=${SHOP}`)).body;
const places = (rows: readonly { cluster: string; name: string }[]) =>
  rows.map(({ cluster, name }) => `${cluster} ${name}`).sort();
/** Nothing answers at the address that is dialled. */
const NO_GATEWAY = [{ reason: 'GatewayUnreachable' }];
const BOTH = ['far shop-far', 'local shop-near'];

describe('an entity that is exposed in two clusters', () => {
  it('shows both, each with its cluster', async () => {
    const { exposures, clusters } = await tab();
    expect(places(exposures)).toEqual(BOTH);
    expect(clusters).toMatchObject([
      { cluster: 'local', reachable: true, findings: NO_GATEWAY },
      { cluster: 'far', reachable: true, findings: NO_GATEWAY },
    ]);
  });

  it('shows both where one does not answer, and judges the other as ever', async () => {
    await tab();
    const before = (await tab()).exposures.find(
      ({ cluster }) => cluster === 'local',
    );
    far.goDown();
    const { exposures, clusters } = await tab();
    expect(places(exposures)).toEqual(BOTH);
    expect(clusters).toMatchObject([
      { cluster: 'local', reachable: true, findings: NO_GATEWAY },
      {
        cluster: 'far',
        reachable: false,
        observedAt: expect.any(String),
        findings: [{ reason: 'ClusterUnreachable' }],
      },
    ]);
    const [lost, kept] = ['far', 'local'].map(name =>
      exposures.find(({ cluster }) => cluster === name),
    );
    expect(lost?.verdict.word).toBe('Unknown');
    expect(kept?.verdict.finding.reason).toBe(before?.verdict.finding.reason);
    expect(kept?.verdict.word).not.toBe('Unknown');
  });

  it('is listed with the hosts of both, also where one does not answer', async () => {
    const hosts = async (): Promise<HostRow[]> =>
      (await sam().get('/v1/hosts')).body.items;
    expect(places(await hosts())).toEqual(BOTH);
    far.goDown();
    expect(places(await hosts())).toEqual(BOTH);
  });
});

describe('a kind that the cache has lost touch with', () => {
  /** The cache is refused what everybody else is given. */
  async function loseNamespaces() {
    await tab();
    near.intercept(({ path, query }, outgoing) => {
      const isOfCache = query.watch === 'true' || query.limit === '100';
      if (path !== '/api/v1/namespaces' || !isOfCache) return false;
      outgoing.writeHead(503).end('{}');
      return true;
    });
    near.cut();
    const isLost = async () =>
      (await tab()).clusters[0].findings.some(
        ({ reason }) => reason === 'KindsUnreachable',
      );
    while (!(await isLost()));
  }

  it.each([
    ['a plan', '/v1/plans', 200],
    ['an apply', '/v1/exposures', 201],
  ])('is asked again before %s is refused for it', async (_, path, status) => {
    await loseNamespaces();
    const answer = await sam().post(path, {
      entityRef: SHOP,
      cluster: 'local',
      hostLabel: 'www',
    });
    expect(answer.status).toBe(status);
    expect(answer.body.action).toBe('create');
  });
});

describe('a write', () => {
  const request = { entityRef: SHOP, cluster: 'local', hostLabel: 'www' };
  const plan = async (rest: object = {}): Promise<ExposurePlan> =>
    (await sam().post('/v1/plans', { ...request, ...rest })).body;

  it('goes to the cluster that it names, and to no other', async () => {
    const { body } = await sam().post('/v1/exposures', request);
    expect(body.exposure.cluster).toBe('local');
    expect(near.writes()).toHaveLength(1);
    expect(far.writes()).toEqual([]);
  });

  it('to one is planned and carried out while the other does not answer', async () => {
    far.goDown();
    expect((await plan()).action).toBe('create');
    expect((await sam().post('/v1/exposures', request)).status).toBe(201);
  });

  it('to the one that does not answer is refused, and says so', async () => {
    far.goDown();
    const { action, findings } = await plan({ cluster: 'far' });
    expect(action).toBe('refused');
    expect(findings[0]).toMatchObject({
      reason: 'ClusterUnreachable',
      params: { cluster: 'far', isTokenRefused: false },
    });
  });

  it('that names no cluster asks which, where both could take it', async () => {
    const { action, findings } = await plan({ cluster: undefined });
    expect(action).toBe('refused');
    expect(findings.map(({ reason }) => reason)).toContain('ClusterAmbiguous');
  });
});

it('the CA of one cluster is asked for by its name', async () => {
  const { status, body } = await sam().get('/v1/ca');
  expect(status).toBe(409);
  expect(body.error.message).toMatch(/cluster.*local, far/);
});
