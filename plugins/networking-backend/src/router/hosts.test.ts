import type { Entity } from '@backstage/catalog-model';
import type { HostsPage, HttpRoute } from 'backstage-plugin-networking-common';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import type { Policy } from '../__testUtils__/permissions';
import {
  accepted,
  clusterObjects,
  endpoints,
  ENTITIES,
  namespace,
  route,
  service,
  SUFFIX,
} from '../__testUtils__/world';
import { systemClock } from '../cache';

const COUNT = 5_000;
const TEAMS = 50;

/** A hundred routes for each of fifty teams, each with a component. */
const names = Array.from({ length: COUNT }, (_, index) => `c${index}`);
const teamOf = (index: number) => `team-${index % TEAMS}`;
const componentOf = (name: string, team: string, id = name): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, annotations: { 'backstage.io/kubernetes-id': id } },
  relations: [{ type: 'ownedBy', targetRef: `group:default/${team}` }],
});
const components = [
  ...names.map((name, index) => componentOf(name, teamOf(index))),
  // The route of c9 belongs to a component of another team too.
  componentOf('c10-shared', teamOf(10), 'c9'),
];
const routeFor = (name: string, team: string) =>
  route(name, {
    namespace: team,
    backend: 'web',
    host: `${name}.${SUFFIX}`,
    labels: { 'backstage.io/kubernetes-id': name },
  });
const routes = names.map((name, index) => routeFor(name, teamOf(index)));
/** Has the host of c7, which is younger. */
const rival: HttpRoute = {
  ...routeFor('c11', teamOf(11)),
  spec: routes[7].spec,
};
rival.metadata.creationTimestamp = '2026-11-01T00:00:00Z';
routes[11] = accepted(rival);
routes[7] = accepted(routes[7]);
routes[7].metadata.creationTimestamp = '2026-11-02T00:00:00Z';
const nobodys = [1, 2, 3].map(index =>
  route(`nobodys-${index}`, { namespace: 'nobody', backend: 'unknown' }),
);

let server: FakeApiServer;
let backend: TestBackend;

/** Who owns is asked of each entity: the policy answers with a condition. */
const policy: Policy = ({ entityRef, user, permission }) => {
  if (permission === 'networking.platform.read') {
    return user === 'user:default/platform';
  }
  const match = /\/c(\d+)(-shared)?$/.exec(entityRef ?? '');
  return match !== null && `user:default/${teamOf(Number(match[1]))}` === user;
};
policy.ofEveryEntity = user =>
  ((
    {
      'user:default/platform': 'ALLOW',
      'user:default/reader': 'ALLOW',
      'user:default/nobody': 'DENY',
    } as const
  )[user]);

beforeAll(async () => {
  server = await startFakeApiServer([
    ...clusterObjects(),
    ...routes,
    ...nobodys,
    namespace('nobody'),
    ...Array.from({ length: TEAMS }, (_, index) => [
      namespace(teamOf(index)),
      service('web', teamOf(index)),
      endpoints('web', teamOf(index)),
    ]).flat(),
  ]);
  backend = await startBackend({
    server,
    entities: [...ENTITIES, ...components],
    policy,
    clock: systemClock,
  });
}, 120_000);
afterAll(async () => {
  await backend?.stop();
  await server?.close();
});

const hosts = async (user: string, query = ''): Promise<HostsPage> => {
  const { body, status } = await backend.as(user).get(`/v1/hosts${query}`);
  expect(status).toBe(200);
  return body;
};

/** Timers other than the clock. */
const REAL = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;

/** Everything that an answer tells of rows, but for the rows that the caller may read. */
const offered = ({ facets, totalItems }: HostsPage) => ({
  totalItems,
  ...Object.fromEntries(
    Object.entries(facets).map(([name, values]) => [
      name,
      values.map(({ value, count }) => `${value} ${count}`),
    ]),
  ),
});

describe('of 5,000 routes, and a policy that decides by ownership', () => {
  it('a reader gets and counts those of the own team alone, and is offered no other value to filter by', async () => {
    const page = await hosts('user:default/team-6', '?limit=500');
    expect(page.items).toHaveLength(100);
    expect(new Set(page.items.flatMap(({ owners }) => owners))).toEqual(
      new Set(['group:default/team-6']),
    );
    expect(offered(page)).toEqual({
      totalItems: 100,
      verdict: ['Pending 100'],
      owner: ['group:default/team-6 100'],
      namespace: ['team-6 100'],
      cluster: ['local 100'],
      reason: ['NoStatusYet 100'],
    });
  });

  it('an empty search finds all', async () => {
    const [all, searched] = [
      await hosts('user:default/team-7', ''),
      await hosts('user:default/team-7', '?search='),
    ];
    expect(searched.totalItems).toBe(all.totalItems);
    expect(searched.items).toEqual(all.items);
  });

  it('what is asked of others’ rows finds nothing, by whatever filter or search', async () => {
    for (const query of [
      '?search=c6.',
      '?search=team-6',
      '?namespace=team-6',
      '?owner=group:default/team-6',
      '?namespace=nobody',
      '?search=nobodys',
      '?reason=Answered',
    ]) {
      const page = await hosts('user:default/team-7', query);
      expect([query, page.items, page.totalItems]).toEqual([query, [], 0]);
      expect(JSON.stringify(page.facets)).not.toMatch(/team-6|nobody/);
    }
  });

  it('a row of two teams is each team’s, with the own entity and owner alone', async () => {
    for (const [team, entity] of [
      ['team-9', 'component:default/c9'],
      ['team-10', 'component:default/c10-shared'],
    ]) {
      const page = await hosts(`user:default/${team}`, '?search=c9.');
      expect(page.items).toMatchObject([
        {
          name: 'c9',
          owners: [`group:default/${team}`],
          entities: [{ entityRef: entity }],
        },
      ]);
      expect(page.facets.owner).toEqual([
        { value: `group:default/${team}`, count: 1 },
      ]);
    }
  });

  it('those in trouble come first, and whose route has a host is not told to others', async () => {
    const page = await hosts('user:default/team-7', '?limit=1');
    expect(page.items[0].verdict).toMatchObject({
      word: 'Broken',
      finding: {
        reason: 'RouteShadowed',
        message: expect.stringContaining('an older route of another team'),
      },
    });
    expect(page.facets.verdict).toEqual([
      { value: 'Broken', count: 1 },
      { value: 'Pending', count: 99 },
    ]);
    expect(JSON.stringify(page)).not.toMatch(/team-11|c11/);
    const all = await hosts('user:default/reader', '?limit=1');
    expect(all.items[0].verdict.finding.message).toContain(
      'team-11/c11 (owner: component:default/c11), which is older',
    );
  });

  it('who may read every entity is asked about none, and sees routes of none where the platform may be read', async () => {
    backend.permissions.authorize.mockClear();
    const reader = await hosts('user:default/reader');
    expect(reader.totalItems).toBe(COUNT);
    expect(reader.facets.namespace.map(({ value }) => value)).not.toContain(
      'nobody',
    );
    const platform = await hosts('user:default/platform');
    expect(platform.totalItems).toBe(COUNT + nobodys.length);
    expect(platform.facets.namespace).toContainEqual({
      value: 'nobody',
      count: nobodys.length,
    });
    expect(
      backend.permissions.authorize.mock.calls.flatMap(([requests]) =>
        requests.filter(request => 'resourceRef' in request),
      ),
    ).toEqual([]);
  });

  it('who may read no entity sees nothing, and is offered nothing', async () => {
    const page = await hosts('user:default/nobody');
    expect(page.items).toEqual([]);
    expect(offered(page)).toEqual({
      totalItems: 0,
      verdict: [],
      owner: [],
      namespace: [],
      cluster: [],
      reason: [],
    });
  });

  it('a route that has just changed is neither missing nor uncounted', async () => {
    // An evaluation is shared for two seconds: the clock stands still between the two reads.
    jest.useFakeTimers({ now: Date.now() + 10_000, doNotFake: [...REAL] });
    await hosts('user:default/team-12');
    const { metadata } = routes[12];
    const labels = { ...metadata.labels, changed: 'yes' };
    server.put({ ...routes[12], metadata: { ...metadata, labels } });
    const page = await hosts('user:default/team-12', '?search=c12.');
    jest.useRealTimers();
    expect(page.totalItems).toBe(1);
  });

  it('entities are asked about by the hundred, and once in a while', async () => {
    const me = 'user:default/team-8';
    backend.permissions.authorize.mockClear();
    await hosts(me);
    const calls = backend.permissions.authorize.mock.calls.map(
      ([requests]) => requests.length,
    );
    expect(Math.max(...calls)).toBeLessThanOrEqual(100);
    backend.permissions.authorize.mockClear();
    await hosts(me, '?search=c1');
    expect(
      backend.permissions.authorize.mock.calls.flatMap(([requests]) =>
        requests.filter(request => 'resourceRef' in request),
      ),
    ).toEqual([]);
  });

  it('no API server is asked', async () => {
    await hosts('user:default/team-7');
    server.requests.length = 0;
    await hosts('user:default/team-7');
    expect(server.requests).toEqual([]);
  });

  it('pages follow one another and filters narrow', async () => {
    const me = 'user:default/team-7';
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await hosts(me, `?limit=30&sort=host${cursor}`);
      seen.push(...page.items.map(({ host }) => host));
      cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
    } while (cursor);
    expect(seen).toEqual([...new Set(seen)].sort());
    expect(seen).toHaveLength(COUNT / TEAMS);
    const { totalItems } = await hosts(
      me,
      '?namespace=team-7&namespace=docs&search=C7.',
    );
    expect(totalItems).toBe(1);
    expect((await hosts(me, '?namespace=docs')).totalItems).toBe(0);
  });
});

it('a cursor of somebody else’s making is refused, naming it', async () => {
  const { status, body } = await backend
    .as('user:default/team-7')
    .get('/v1/hosts?cursor=bm90IGpzb24');
  expect(status).toBe(404);
  expect(body.error.message).toContain('cursor');
});

it('an answer that still holds is not sent again, and still asks who may read it', async () => {
  const me = backend.as('user:default/team-7');
  const first = await me.get('/v1/hosts');
  expect(first.headers['cache-control']).toBe('private, no-cache');
  const again = await me
    .get('/v1/hosts')
    .set('If-None-Match', first.headers.etag);
  expect(again.status).toBe(304);
  const other = await backend
    .as('user:default/team-9')
    .get('/v1/hosts')
    .set('If-None-Match', first.headers.etag);
  expect(other.status).toBe(200);
});
