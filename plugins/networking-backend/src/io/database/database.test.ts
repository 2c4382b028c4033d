import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, connect, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  mockServices,
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import knexFactory, { type Knex } from 'knex';
import { createDatabase } from './database';
import { connectDatabase } from './migrations';
import { sharedSecret } from './sharedSecret';

const refused = (reason: string) =>
  expect.objectContaining({
    name: 'ServiceUnavailableError',
    reason,
    cause: undefined,
    findings: [expect.objectContaining({ reason, severity: 'blocking' })],
  });

describe('a SQLite database in a file', () => {
  let folder: string;
  const opened: Knex[] = [];
  const open = (options: object = {}) => {
    const client = knexFactory({
      client: 'better-sqlite3',
      connection: { filename: join(folder, 'networking.sqlite'), options },
      useNullAsDefault: true,
    });
    opened.push(client);
    return client;
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'networking-database-'));
  });
  afterEach(async () => {
    for (const client of opened.splice(0)) await client.destroy();
    await rm(folder, { recursive: true });
  });

  const write = (knex: Knex) =>
    knex('secrets').insert({ name: 's', value: 's3cret' });

  it('that is locked for a moment is written when that is over, and waited for without holding up the process', async () => {
    const other = open();
    let waits = 0;
    const client = open();
    const database = await connectDatabase(
      { getClient: async () => client },
      {
        sleep: async () => {
          waits += 1;
          if (waits === 3) await other.raw('ROLLBACK');
        },
      },
    );
    await other.raw('BEGIN IMMEDIATE');
    await database.write(write);
    expect(waits).toBe(3);
    expect(database.failure()).toBeUndefined();
  });

  it('that stays locked is busy, and tells so until it is written again, whatever is read meanwhile', async () => {
    const other = open();
    const client = open();
    const database = await connectDatabase(
      { getClient: async () => client },
      { sleep: async () => {} },
    );
    await other.raw('BEGIN IMMEDIATE');
    await expect(database.write(write)).rejects.toEqual(
      refused('DatabaseBusy'),
    );
    await database.read(knex => knex('secrets').select());
    expect(database.failure()).toBe('DatabaseBusy');
    await other.raw('ROLLBACK');
    await database.write(write);
    expect(database.failure()).toBeUndefined();
  });

  it('that may only be read is that, and the log has what the driver says without any value', async () => {
    const client = open();
    await connectDatabase({ getClient: async () => client });
    const logger = mockServices.logger.mock();
    const database = createDatabase(open({ readonly: true }), { logger });
    await expect(database.write(write)).rejects.toEqual(
      refused('DatabaseReadOnly'),
    );
    await expect(database.write(write)).rejects.toThrow();
    expect(logger.warn).toHaveBeenCalledTimes(1);
    const [said] = logger.warn.mock.calls[0];
    expect(said).toContain('readonly');
    expect(said).not.toContain('s3cret');
  });

  it('that has no space left is full', async () => {
    const client = open();
    const database = await connectDatabase({ getClient: async () => client });
    await client.raw('PRAGMA max_page_count = 1');
    const value = 'x'.repeat(100_000);
    await expect(
      database.write(knex => knex('secrets').insert({ name: 's', value })),
    ).rejects.toEqual(refused('DatabaseFull'));
  });

  it('is told to have failed for two minutes where nothing is written any more', async () => {
    let time = 0;
    const client = open();
    await connectDatabase({ getClient: async () => client });
    await client.schema.dropTable('secrets');
    const database = createDatabase(client, { now: () => time });
    await expect(database.write(write)).rejects.toEqual(
      refused('DatabaseFailed'),
    );
    time = 119_000;
    expect(database.failure()).toBe('DatabaseFailed');
    time = 121_000;
    expect(database.failure()).toBeUndefined();
  });

  it('that does not answer counts as away', async () => {
    const database = createDatabase(open(), { deadlineMs: 1 });
    await expect(database.read(() => new Promise(() => {}))).rejects.toEqual(
      refused('DatabaseUnreachable'),
    );
  });
});

// PostgreSQL is there in `npm test`, and below scripts/with-postgres.mjs.
const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
  disableDocker: true,
});
/** What stands between, so that a server can go away and come back at one address. */
async function proxyTo(port: number) {
  const sockets = new Set<Socket>();
  let server: Server;
  const listen = async (at: number) => {
    server = createServer(near => {
      const far = connect(port, '127.0.0.1');
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.on('error', () => {});
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>(done => {
      server.listen(at, '127.0.0.1', done);
    });
    return (server.address() as AddressInfo).port;
  };
  const own = await listen(0);
  return {
    port: own,
    async stop() {
      const closed = new Promise(done => server.close(done));
      sockets.forEach(socket => socket.destroy());
      await closed;
    },
    start: () => listen(own),
  };
}

/** A database that can go away and come back. */
async function fleeting(id: TestDatabaseId, folder: string) {
  if (id === 'SQLITE_3') {
    const client = knexFactory({
      client: 'better-sqlite3',
      connection: { filename: join(folder, 'fleeting.sqlite') },
      useNullAsDefault: true,
    });
    return {
      client,
      goAway: () => client.destroy(),
      comeBack: async () => client.initialize(),
      end: () => client.destroy(),
    };
  }
  const { connection } = (await databases.init(id)).client.config;
  const proxy = await proxyTo(Number(connection.port));
  const client = knexFactory({
    client: 'pg',
    connection: {
      ...connection,
      // Not enumerable there.
      password: connection.password,
      host: '127.0.0.1',
      port: proxy.port,
    },
  });
  return {
    client,
    goAway: proxy.stop,
    comeBack: proxy.start,
    async end() {
      await client.destroy();
      await proxy.stop();
    },
  };
}

it.each(databases.eachSupportedId())(
  'a database that stops is away, and used again when it is back: %s',
  async id => {
    const folder = await mkdtemp(join(tmpdir(), 'networking-database-'));
    const { client, goAway, comeBack, end } = await fleeting(id, folder);
    try {
      const database = await connectDatabase({ getClient: async () => client });
      const secret = await sharedSecret(database, 's');
      await goAway();
      await expect(sharedSecret(database, 's')).rejects.toEqual(
        refused('DatabaseUnreachable'),
      );
      await comeBack();
      expect((await sharedSecret(database, 's')).equals(secret)).toBe(true);
    } finally {
      await end();
      await rm(folder, { recursive: true });
    }
  },
);
