import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { connectDatabase, type Database } from '../database';
import {
  ANSWER,
  createReplicas,
  REFUSED,
  settings,
  target,
  UNREADY,
} from './__testUtils__/replicas';

// PostgreSQL is there in `npm test`, and below scripts/with-postgres.mjs.
const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
  disableDocker: true,
});

const SHOP = target('shop.example');
const ask = { settings };
const MINUTE = 60_000;
/** Waits for another replica while the clock stands still. */
const sleep = () => new Promise(resolve => setImmediate(resolve));

describe.each(databases.eachSupportedId())('replicas on %s', id => {
  let client: Knex;
  let database: Database;

  beforeEach(async () => {
    client = await databases.init(id);
    database = await connectDatabase({ getClient: async () => client });
  });

  it('that race for one host dial it once, and all know the answer', async () => {
    const { replica, calls } = createReplicas(database, async () => ANSWER);
    const found = await Promise.all(
      Array.from({ length: 6 }, () => replica({ sleep }).latest([SHOP], ask)),
    );
    expect(calls).toHaveLength(1);
    expect(found.map(([facts]) => facts?.http?.status)).toEqual(
      Array(6).fill(200),
    );
  });

  it('know what another one found, without dialling', async () => {
    const { replica, calls, clock } = createReplicas(
      database,
      async () => ANSWER,
    );
    const [a, b] = [replica(), replica()];
    await a.check([SHOP], ask);
    expect(await b.recent([SHOP], ask)).toHaveLength(1);
    const docs = target('docs.example');
    await a.check([docs], ask);
    clock.time += 12_000;
    expect(await b.recent([SHOP, docs], ask)).toHaveLength(2);
    expect(await b.latest([SHOP, docs], ask)).toHaveLength(2);
    expect(calls).toHaveLength(2);
  });

  it('ask anew, and tell what they find, when a clock that was an hour ahead is set right', async () => {
    const answers = [ANSWER, UNREADY];
    const { replica, clock } = createReplicas(
      database,
      async () => answers.shift()!,
    );
    const [a, b] = [replica(), replica()];
    clock.time += 60 * MINUTE;
    await a.check([SHOP], ask);
    await b.recent([SHOP], ask);
    clock.time -= 60 * MINUTE;
    const [found] = await a.latest([SHOP], ask);
    expect(found).toMatchObject({ http: { status: 503 } });
    expect(await b.recent([SHOP], ask)).toMatchObject([
      { http: { status: 503 } },
    ]);
  });

  it('look at the database once in two seconds, for all of their readers', async () => {
    const { replica, clock } = createReplicas(database, async () => ANSWER);
    const [a, b] = [replica(), replica()];
    await a.check([SHOP], ask);
    const queries: string[] = [];
    const count = async (afterMs: number) => {
      clock.time += afterMs;
      queries.length = 0;
      await Promise.all(
        Array.from({ length: 50 }, () => b.recent([SHOP], ask)),
      );
      return queries.length;
    };
    client.on('query', ({ sql }) => queries.push(sql));
    expect(await count(0)).toBe(2);
    expect(await count(1_900)).toBe(0);
    expect(await count(12_000)).toBe(1);
  });

  it('know of a host what was found at its address for others, without dialling it', async () => {
    const { replica, calls } = createReplicas(database, async () => ANSWER);
    const [a, b] = [replica(), replica()];
    const seen = {
      address: { address: '192.0.2.1', port: 443 },
      facts: REFUSED,
    };
    expect(await a.sweep(SHOP, ask, seen)).toMatchObject(REFUSED);
    expect(await b.recent([SHOP], ask)).toMatchObject([
      { host: 'shop.example', port: 443, ...REFUSED },
    ]);
    expect(calls).toEqual([]);
  });

  it('tell their readers when another one finds something else', async () => {
    let answer = ANSWER;
    const { replica, clock } = createReplicas(database, async () => answer);
    const onOutcome = jest.fn();
    const [a, b] = [replica(), replica({ onOutcome })];
    await a.check([SHOP], ask);
    await b.recent([SHOP], ask);
    answer = UNREADY;
    clock.time += MINUTE;
    await a.check([SHOP], ask);
    clock.time += 12_000;
    await b.recent([SHOP], ask);
    expect(onOutcome.mock.calls.map(([, { http }]) => http.status)).toEqual([
      200, 503,
    ]);
  });

  it('ask a host once a minute together, however many read its tab', async () => {
    const { replica, calls, clock } = createReplicas(
      database,
      async () => ANSWER,
    );
    // Some seconds apart by their clocks.
    const all = [
      replica({ sleep }),
      replica({ sleep, skewMs: 3_000 }),
      replica({ sleep, skewMs: -2_000 }),
    ];
    for (let second = 0; second < 600; second++) {
      await Promise.all(all.map(one => one.check([SHOP], ask)));
      clock.time += 1_000;
    }
    expect(calls.length).toBeGreaterThanOrEqual(10);
    expect(calls.length).toBeLessThanOrEqual(11);
  });

  it('ask every two seconds together after a change, until the first good answer', async () => {
    let answer = UNREADY;
    const { replica, calls, clock } = createReplicas(
      database,
      async () => answer,
    );
    const all = [replica({ sleep }), replica({ sleep })];
    for (let second = 0; second < 20; second++) {
      await Promise.all(all.map(one => one.check([SHOP], ask)));
      clock.time += 1_000;
    }
    expect(calls.length).toBeGreaterThanOrEqual(8);
    expect(calls.length).toBeLessThanOrEqual(20);
    answer = ANSWER;
    clock.time += 2_000;
    await all[0].check([SHOP], ask);
    const before = calls.length;
    for (let second = 0; second < 20; second++) {
      await Promise.all(all.map(one => one.check([SHOP], ask)));
      clock.time += 1_000;
    }
    expect(calls).toHaveLength(before);
  });

  it('do not wait for one that died while it asked, and ask when its minute is over', async () => {
    const { replica, calls, clock } = createReplicas(
      database,
      async () => ANSWER,
    );
    const dead = replica({ dial: () => new Promise(() => {}), patienceMs: 10 });
    await dead.check([SHOP], ask);
    const b = replica();
    const before = clock.time;
    expect((await b.check([SHOP], ask)).probes).toEqual([]);
    expect(clock.time - before).toBeLessThan(10_000);
    clock.time = before + MINUTE;
    expect((await b.check([SHOP], ask)).asked).toEqual(['shop.example']);
    expect(calls).toHaveLength(1);
  });

  it('forget hosts that nobody asks any more', async () => {
    const { replica, clock } = createReplicas(database, async () => ANSWER);
    const a = replica();
    await a.check([SHOP], ask);
    clock.time += MINUTE;
    await a.prune(clock.time);
    expect(await a.recent([SHOP], ask)).toEqual([]);
    expect(await client('probes').select()).toEqual([]);
  });
});
