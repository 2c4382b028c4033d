import type { Entity } from '@backstage/catalog-model';
import type { HostsPage } from 'backstage-plugin-networking-common';
import { startBackend, type TestBackend } from '../__testUtils__/backend';
import {
  startFakeApiServer,
  type FakeApiServer,
} from '../__testUtils__/fakeApiServer';
import {
  clusterObjects,
  ENTITIES,
  route,
  SUFFIX,
} from '../__testUtils__/world';

const COUNT = 5_000;
const TEAMS = 50;

/** A hundred routes for each of fifty teams, each with a component. */
const names = Array.from({ length: COUNT }, (_, index) => `c${index}`);
const teamOf = (index: number) => `group:default/team-${index % TEAMS}`;
const components = names.map(
  (name, index): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: { 'backstage.io/kubernetes-id': name },
    },
    relations: [{ type: 'ownedBy', targetRef: teamOf(index) }],
  }),
);

let server: FakeApiServer;
let backend: TestBackend;

beforeAll(async () => {
  server = await startFakeApiServer([
    ...clusterObjects(),
    ...names.map(name =>
      route(name, {
        namespace: 'shop',
        backend: 'shop',
        host: `${name}.${SUFFIX}`,
        labels: { 'backstage.io/kubernetes-id': name },
      }),
    ),
  ]);
  backend = await startBackend({
    server,
    entities: [...ENTITIES, ...components],
    // Who owns is asked of each entity: the policy answers with a condition.
    policy: ({ entityRef, user }) => {
      const match = /\/c(\d+)$/.exec(entityRef ?? '');
      return (
        match !== null &&
        `user:default/team-${Number(match[1]) % TEAMS}` === user
      );
    },
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

describe('of 5,000 routes, and a policy that decides by ownership', () => {
  it('a reader gets and counts those of the own team alone', async () => {
    const page = await hosts('user:default/team-7', '?limit=500');
    expect(page.totalItems).toBe(COUNT / TEAMS);
    expect(new Set(page.items.flatMap(({ owners }) => owners))).toEqual(
      new Set(['group:default/team-7']),
    );
    expect(page.facets.owner).toEqual([
      { value: 'group:default/team-7', count: COUNT / TEAMS },
    ]);
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
      '?namespace=shop&namespace=docs&search=C7.',
    );
    expect(totalItems).toBe(1);
    expect((await hosts(me, '?namespace=docs')).totalItems).toBe(0);
  });
});

it('a cursor of somebody else’s making is refused, naming it', async () => {
  const { status, body } = await backend
    .as('user:default/team-7')
    .get('/v1/hosts?cursor=bm90IGpzb24');
  expect(status).toBe(400);
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
