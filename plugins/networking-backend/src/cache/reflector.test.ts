import type { HttpRoute } from 'backstage-plugin-networking-common';
import { ModelServer } from './__testUtils__/modelServer';
import { routeOf } from './__testUtils__/routes';
import { VirtualClock } from './__testUtils__/virtualClock';
import { ClusterCache } from './clusterCache';
import type { ClusterChange } from './types';

async function setUp() {
  const server = new ModelServer();
  const clock = new VirtualClock();
  const changes: ClusterChange[] = [];
  for (const name of ['a', 'b', 'c']) server.put(routeOf('x', name, 1));
  const cache = new ClusterCache({
    cluster: 'local',
    kinds: ['HTTPRoute'],
    source: () => server,
    clock,
    onChange: change => changes.push(change),
  });
  await clock.advance(0);
  const names = () =>
    cache
      .read()
      .snapshot.list('HTTPRoute')
      .map(({ metadata }) => metadata.name)
      .sort()
      .join('');
  const health = () => cache.read().health[0];
  /** Whole minutes of a server that sends its bookmarks. */
  const minutes = async (count: number) => {
    for (let minute = 0; minute < count; minute++) {
      await clock.advance(60_000);
      server.bookmark();
      await clock.advance(0);
    }
  };
  const lists = () =>
    server.requests.filter(request => request === 'list').length;
  const watches = () => server.requests.length - lists();
  return {
    server,
    clock,
    cache,
    changes,
    names,
    health,
    minutes,
    lists,
    watches,
  };
}

describe('a reflector', () => {
  it('lists in pages and watches from the version of the list', async () => {
    const { server, names, health } = await setUp();
    expect(server.requests).toEqual(['list', 'list', 'watch 103']);
    expect(names()).toBe('abc');
    expect(health()).toMatchObject({ status: 'synced', objects: 3 });
  });

  it.each([
    ['small ones in large pages', 100, [100, 500]],
    ['large ones in small pages', 10_000, [100, 48]],
    ['huge ones in pages of few', 400_000, [100, 20]],
  ])(
    'lists %s, so that none takes long to parse',
    async (_, characters, limits) => {
      const { server, clock } = await setUp();
      server.put({
        ...routeOf('x', 'a', 1),
        spec: { hostnames: ['h'.repeat(characters)] },
      } as HttpRoute);
      server.pageSize = 1;
      server.limits.length = 0;
      server.compact();
      server.failNext({ status: 410 });
      server.cut();
      await clock.advance(5_000);
      expect(server.limits.slice(0, 2)).toEqual(limits);
    },
  );

  it('makes no request while nothing goes wrong', async () => {
    const { server, minutes } = await setUp();
    const before = server.requests.length;
    await minutes(60);
    expect(server.requests).toHaveLength(before);
  });

  it('watches on from the last version where the server ends a watch', async () => {
    const { server, clock, names, lists } = await setUp();
    server.put(routeOf('x', 'd', 1));
    await clock.advance(2_000);
    server.endWatches();
    await clock.advance(0);
    expect(server.requests[server.requests.length - 1]).toBe('watch 104');
    expect(names()).toBe('abcd');
    expect(lists()).toBe(2);
  });

  it('watches from a bookmark, so that an idle kind does not expire', async () => {
    const { server, clock, minutes, lists } = await setUp();
    for (let count = 0; count < 5; count++) {
      server.put(routeOf('y', 'busy', count));
    }
    await minutes(1);
    server.compact();
    server.cut();
    await clock.advance(5_000);
    expect(lists()).toBe(2);
    expect(server.openWatches).toBe(1);
  });

  it.each<[string, (server: ModelServer) => void]>([
    [
      'as the answer to a watch',
      server => {
        server.hang();
        server.delete('x/a');
        server.compact();
        server.heal();
        server.cut();
      },
    ],
    [
      'in the stream',
      server => {
        server.hang();
        server.delete('x/a');
        server.heal();
        server.cut();
        server.failNext({ errorEvent: 410 });
      },
    ],
  ])(
    'lists again after 410 %s, and tells of what was deleted meanwhile',
    async (_, expire) => {
      const { server, clock, changes, names, health, lists } = await setUp();
      changes.length = 0;
      expire(server);
      await clock.advance(5_000);
      expect(names()).toBe('bc');
      expect(lists()).toBe(3);
      expect(
        changes.flatMap(change =>
          change.type === 'objects'
            ? change.objects.map(({ metadata }) => metadata.name)
            : [],
        ),
      ).toEqual(['a']);
      expect(health().status).toBe('synced');
    },
  );

  it('lists again after a line that is no event', async () => {
    const { server, clock, names, lists } = await setUp();
    server.malformedLine();
    server.delete('x/b');
    await clock.advance(5_000);
    expect(names()).toBe('ac');
    expect(lists()).toBe(3);
  });

  it('begins the list anew where a page of it has expired', async () => {
    const { server, clock, cache, names } = await setUp();
    server.malformedLine();
    server.failNext({ status: 410 });
    await clock.advance(10_000);
    expect(names()).toBe('abc');
    cache.close();
  });

  it('notices a peer that is gone without a word, and keeps one watch', async () => {
    const { server, clock, names, health } = await setUp();
    server.hang();
    server.put(routeOf('x', 'd', 1));
    await clock.advance(60_000);
    expect(names()).toBe('abc');
    server.heal();
    await clock.advance(40_000);
    expect(names()).toBe('abcd');
    expect(health().status).toBe('synced');
    expect(server.openWatches).toBe(1);
  });

  it('lives through ten minutes in which nothing is answered and nothing is closed', async () => {
    const { server, clock, cache, names, health } = await setUp();
    const before = new Date(clock.now()).toISOString();
    server.swallow();
    server.put(routeOf('x', 'd', 1));
    server.delete('x/a');
    await clock.advance(100_000);
    expect(health().status).toBe('unreachable');
    await clock.advance(500_000);
    expect(names()).toBe('abc');
    expect(cache.read().snapshot.observedAt).toBe(before);
    expect(server.openWatches).toBe(0);
    expect(server.requests.length).toBeLessThan(50);
    server.heal();
    await clock.advance(31_000);
    expect(names()).toBe('bcd');
    expect(health().status).toBe('synced');
    expect(server.openWatches).toBe(1);
  });

  it('waits longer after each failure, up to half a minute, and never gives up', async () => {
    const { server, clock, watches } = await setUp();
    server.failNext(...Array(400).fill({ code: 'ECONNREFUSED' }));
    server.cut();
    const before = watches();
    await clock.advance(60_000);
    const early = watches() - before;
    expect(early).toBeGreaterThan(4);
    expect(early).toBeLessThan(9);
    await clock.advance(3_600_000);
    expect(watches() - before - early).toBe(160);
  });

  it('serves what it last knew while the server is away, and says since when', async () => {
    const { server, clock, cache, names, health, changes } = await setUp();
    const before = new Date(clock.now()).toISOString();
    server.failNext(...Array(400).fill({ code: 'ECONNREFUSED' }));
    server.cut();
    await clock.advance(300_000);
    expect(names()).toBe('abc');
    const { snapshot } = cache.read();
    expect(snapshot.observedAt).toBe(before);
    expect(snapshot.gaps).toMatchObject([
      { kind: 'HTTPRoute', reason: 'Unreachable' },
    ]);
    expect(health().lastError).toContain('ECONNREFUSED');
    changes.length = 0;
    server.heal();
    await clock.advance(31_000);
    expect(cache.read().snapshot.gaps).toEqual([]);
    expect(health()).not.toHaveProperty('lastError');
    expect(changes).toEqual([{ type: 'health', cluster: 'local' }]);
  });

  it('says nothing of one cut that is mended at once', async () => {
    const { server, clock, changes } = await setUp();
    changes.length = 0;
    server.cut();
    await clock.advance(5_000);
    expect(changes).toEqual([]);
  });

  it('says at once of a cut that it is away, where it waits for long since it failed a moment ago', async () => {
    const { server, clock, health } = await setUp();
    server.failNext(...Array(4).fill({ code: 'ECONNREFUSED' }));
    server.cut();
    await clock.advance(60_000);
    expect(health().status).toBe('synced');
    server.cut();
    await clock.advance(0);
    expect(health().status).toBe('unreachable');
    await clock.advance(31_000);
    expect(health().status).toBe('synced');
  });

  it('goes on with a token that was renewed after 401', async () => {
    const { server, clock, names, health } = await setUp();
    server.failNext(...Array(3).fill({ status: 401 }));
    server.cut();
    await clock.advance(4_000);
    expect(health().status).toBe('unreachable');
    expect(names()).toBe('abc');
    server.put(routeOf('x', 'd', 1));
    await clock.advance(30_000);
    expect(health().status).toBe('synced');
    expect(names()).toBe('abcd');
  });

  it('comes again when 429 says so, and not before', async () => {
    const { server, clock, watches } = await setUp();
    server.failNext({ status: 429, retryAfterSeconds: 20 });
    server.cut();
    await clock.advance(2_000);
    const before = watches();
    await clock.advance(18_000);
    expect(watches()).toBe(before);
    await clock.advance(2_000);
    expect(watches()).toBe(before + 1);
    expect(server.openWatches).toBe(1);
  });

  it.each([
    [404, 'notServed', 'NotServed'],
    [403, 'forbidden', 'Forbidden'],
  ] as const)(
    'takes %s as a fact, forgets what it knew, and finds the kind when it appears',
    async (status, word, gap) => {
      const { server, clock, cache, names, health } = await setUp();
      server.failNext(...Array(20).fill({ status }));
      server.cut();
      await clock.advance(30_000);
      expect(health().status).toBe(word);
      expect(names()).toBe('');
      expect(cache.read().snapshot.gaps).toMatchObject([{ reason: gap }]);
      server.heal();
      await clock.advance(40_000);
      expect(health().status).toBe('synced');
      expect(names()).toBe('abc');
    },
  );

  it.each([404, 403])(
    'does not believe %s at once, since a server that starts refuses what it allows later',
    async status => {
      const { server, clock, names, changes, health } = await setUp();
      changes.length = 0;
      server.failNext(...Array(3).fill({ status }));
      server.cut();
      for (let second = 0; second < 20; second++) {
        await clock.advance(1_000);
        expect(names()).toBe('abc');
      }
      expect(changes).toEqual([]);
      expect(health().status).toBe('synced');
      expect(server.openWatches).toBe(1);
    },
  );

  it('says at once of a kind that was never there that it is not, and asks again soon', async () => {
    const server = new ModelServer();
    const clock = new VirtualClock();
    server.failNext({ status: 403 }, { status: 403 });
    const cache = new ClusterCache({
      cluster: 'local',
      kinds: ['HTTPRoute'],
      source: () => server,
      clock,
      onChange: () => {},
    });
    await clock.advance(0);
    expect(cache.read().health[0].status).toBe('forbidden');
    await clock.advance(5_000);
    expect(cache.read().health[0].status).toBe('synced');
    cache.close();
  });

  it('lists again where nothing was heard, as of a server that was put back to an older state', async () => {
    const { server, clock, names, lists } = await setUp();
    server.hang();
    server.delete('x/a');
    server.heal();
    await clock.advance(95_000);
    expect(names()).toBe('bc');
    expect(lists()).toBe(3);
  });

  it('lists again where the server goes on refusing to watch from its version', async () => {
    const { server, clock, names, lists } = await setUp();
    server.failNext(...Array(2).fill({ status: 504 }));
    server.cut();
    server.delete('x/a');
    await clock.advance(20_000);
    expect(names()).toBe('bc');
    expect(lists()).toBe(3);
  });

  it('leaves nothing open when it is closed while it lists', async () => {
    const { server, clock, cache } = await setUp();
    server.malformedLine();
    await clock.advance(1_199);
    cache.close();
    await clock.advance(600_000);
    expect(server.openWatches).toBe(0);
    expect(server.listsUnderWay).toBe(0);
  });

  it('leaves nothing open when it is closed while it connects', async () => {
    const { server, clock, cache } = await setUp();
    server.endWatches();
    cache.close();
    await clock.advance(600_000);
    expect(server.openWatches).toBe(0);
  });
});
