import { setImmediate as nextTurn } from 'node:timers/promises';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { createExposureLock } from './exposureLock';
import type { Database } from './database';
import { connectDatabase } from './migrations';

// PostgreSQL is there in `npm test`, and below scripts/with-postgres.mjs.
const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
  disableDocker: true,
});

const TARGET = { cluster: 'local', host: 'shop.127-0-0-1.nip.io' };
const OTHER = { cluster: 'local', host: 'docs.127-0-0-1.nip.io' };

/** A promise and the means to end it. */
function gate() {
  let open: () => void = () => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return { open, opened };
}

describe.each(databases.eachSupportedId())('the lock on %s', id => {
  let client: Knex;
  let database: Database;
  let time: number;
  /** What a holder does every three seconds. */
  let renewals: (() => void)[];

  beforeEach(async () => {
    client = await databases.init(id);
    database = await connectDatabase(
      mockServices.database.mock({ getClient: async () => client }),
    );
    time = 1_000_000;
    renewals = [];
  });

  /** A replica of the backend; whoever waits lets the clock run. */
  const replica = (sleep?: () => Promise<void>) =>
    createExposureLock({
      database,
      clock: knex => knex.raw('CAST(? AS BIGINT)', [time]),
      every: (_ms, work) => {
        renewals.push(work);
        return () => {
          renewals = renewals.filter(one => one !== work);
        };
      },
      logger: mockServices.logger.mock(),
      now: () => time,
      sleep:
        sleep ??
        (async () => {
          time += 1_000;
        }),
    });

  const rows = () => client('locks').select();

  it('is released after the work, whether it succeeds or fails', async () => {
    await expect(replica().run(TARGET, async () => 'done')).resolves.toBe(
      'done',
    );
    await expect(
      replica().run(TARGET, async () => {
        throw new Error('work failed');
      }),
    ).rejects.toThrow('work failed');
    expect(await rows()).toEqual([]);
  });

  it('lets the second writer of a host in when the first has ended', async () => {
    const order: string[] = [];
    const first = gate();
    const entered = gate();
    const firstRun = replica().run(TARGET, async () => {
      entered.open();
      await first.opened;
      order.push('first');
    });
    await entered.opened;
    const secondRun = replica(async () => {
      first.open();
      await firstRun;
    }).run(TARGET, async () => {
      order.push('second');
    });
    await Promise.all([firstRun, secondRun]);
    expect(order).toEqual(['first', 'second']);
  });

  it('does not keep writers of other hosts apart', async () => {
    await replica().run(TARGET, () => replica().run(OTHER, async () => {}));
    expect(await rows()).toEqual([]);
  });

  const KEY = `${TARGET.cluster}/${TARGET.host}`;
  const expiry = async () =>
    Number((await client('locks').where({ key: KEY }).first()).expires_at);

  it('refuses who waited too long while the holder renews, naming the host', async () => {
    await replica().run(TARGET, async () => {
      const waiting = replica(async () => {
        time += 1_000;
        const before = await expiry();
        renewals.forEach(renew => renew());
        while ((await expiry()) === before) await nextTurn();
      });
      await expect(waiting.run(TARGET, async () => 'never')).rejects.toEqual(
        expect.objectContaining({
          name: 'ConflictError',
          findings: [
            expect.objectContaining({
              reason: 'ChangeUnderWay',
              subject: expect.objectContaining({ name: TARGET.host }),
            }),
          ],
        }),
      );
    });
    expect(renewals).toEqual([]);
  });

  it('says of a holder that stopped when its host is free', async () => {
    await client('locks').insert({
      key: KEY,
      owner: 'a replica that died',
      expires_at: time + 10_000,
    });
    await expect(
      replica().run(TARGET, async () => 'never'),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      findings: [{ reason: 'ChangeStopped', details: { freeInSeconds: '4' } }],
    });
    time += 4_000;
    await expect(replica().run(TARGET, async () => 'done')).resolves.toBe(
      'done',
    );
  });

  it('holds for ten seconds by the clock of the database, whatever that of the replica', async () => {
    const lock = createExposureLock({
      database,
      logger: mockServices.logger.mock(),
      now: () => 0,
    });
    const before = Date.now();
    const expiresAt = await lock.run(TARGET, expiry);
    // The two clocks are of one machine, and the databases round.
    expect(expiresAt).toBeGreaterThan(before + 9_900);
    expect(expiresAt).toBeLessThan(Date.now() + 10_100);
  });

  it('expires, so that a replica that died blocks nobody for good', async () => {
    await client('locks').insert({
      key: KEY,
      owner: 'a replica that died',
      expires_at: time + 5_000,
    });
    await expect(replica().run(TARGET, async () => 'done')).resolves.toBe(
      'done',
    );
  });

  it('tells a holder whose lease was taken over', async () => {
    await replica().run(TARGET, async lease => {
      await expect(lease.renew()).resolves.toBeUndefined();
      time += 120_000;
      await replica().run(TARGET, async () => {
        await expect(lease.renew()).rejects.toMatchObject({
          name: 'ConflictError',
        });
      });
    });
  });
});
