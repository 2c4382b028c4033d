import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Database } from './database';
import { connectDatabase } from './migrations';
import { createRenewalStore } from './renewalStore';

// PostgreSQL is there in `npm test`, and below scripts/with-postgres.mjs.
const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
  disableDocker: true,
});

describe.each(databases.eachSupportedId())('renewals on %s', id => {
  let database: Database;
  let time: number;

  beforeEach(async () => {
    const client = await databases.init(id);
    database = await connectDatabase(
      mockServices.database.mock({ getClient: async () => client }),
    );
    time = 1_800_000_000_000;
  });

  const replica = () =>
    createRenewalStore({
      database,
      clock: knex => knex.raw('CAST(? AS BIGINT)', [time]),
    });

  it('one of many that ask at once has the turn', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => replica().take('a')),
    );
    expect(answers.filter(left => left === undefined)).toHaveLength(1);
    expect(answers.filter(left => left === 60_000)).toHaveLength(7);
  });

  it('the turn is free again after a minute, and not a millisecond before', async () => {
    await replica().take('a');
    time += 59_999;
    expect(await replica().take('a')).toBe(1);
    expect(await replica().taken()).toEqual(new Map([['a', 1]]));
    time += 1;
    expect(await replica().taken()).toEqual(new Map());
    expect(await replica().take('a')).toBeUndefined();
  });

  it('each certificate has its own turns', async () => {
    await replica().take('a');
    time += 10_000;
    expect(await replica().take('b')).toBeUndefined();
    expect(await replica().taken()).toEqual(
      new Map([
        ['a', 50_000],
        ['b', 60_000],
      ]),
    );
  });

  it('a turn that is given back is free at once', async () => {
    await replica().take('a');
    await replica().giveBack('a');
    expect(await replica().take('a')).toBeUndefined();
  });

  it('a clock that is set back holds nobody for longer than a minute', async () => {
    await replica().take('a');
    time -= 3_600_000;
    expect(await replica().taken()).toEqual(new Map());
    expect(await replica().take('a')).toBeUndefined();
  });

  it('the clock of the database tells the present', async () => {
    const store = createRenewalStore({ database });
    expect(await store.take('a')).toBeUndefined();
    expect(await store.take('a')).toBeGreaterThan(0);
  });
});
