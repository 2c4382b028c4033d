import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexFactory, { type Knex } from 'knex';
import { connectDatabase } from './migrations';

describe('a SQLite database in a file', () => {
  let folder: string;
  const opened: Knex[] = [];
  const connect = async () => {
    const client = knexFactory({
      client: 'better-sqlite3',
      connection: { filename: join(folder, 'networking.sqlite') },
      useNullAsDefault: true,
    });
    opened.push(client);
    await connectDatabase({ getClient: async () => client });
    return client;
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'networking-database-'));
  });
  afterEach(async () => {
    for (const client of opened.splice(0)) await client.destroy();
    await rm(folder, { recursive: true });
  });

  it('appends what is committed to a log: the event loop does not wait for the disk at each commit', async () => {
    const database = await connect();
    expect(await database.raw('PRAGMA journal_mode')).toEqual([
      { journal_mode: 'wal' },
    ]);
    // NORMAL (https://www.sqlite.org/pragma.html#pragma_synchronous): the log is flushed at checkpoints alone.
    expect(await database.raw('PRAGMA synchronous')).toEqual([
      { synchronous: 1 },
    ]);
  });

  it('has what was committed after it was closed and opened again, with its tables as they were', async () => {
    const database = await connect();
    const row = { name: 'kept', value: 'a' };
    await database('secrets').insert(row);
    await database.destroy();
    const again = await connect();
    expect(await again('secrets').where({ name: 'kept' })).toMatchObject([row]);
  });
});
