import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import {
  createDatabase,
  type Database,
  type DatabaseOptions,
} from './database';

/**
 * SQLite works on the event loop, and with its rollback journal each commit waits there for the disk several times: every
 * request waited with it. With a write-ahead log (https://www.sqlite.org/wal.html) a commit appends, and the disk is waited for
 * at checkpoints. What a power failure may take are the last commits, never those before; a database in memory has no log.
 */
async function useWriteAheadLog(client: Knex): Promise<void> {
  const { client: driver } = client.client.config;
  if (driver === 'better-sqlite3')
    await client.raw('PRAGMA journal_mode = WAL');
}

/**
 * SQLite waits for a lock of another process on the event loop too, five seconds by default, and every request with it: it
 * says at once that the database is locked, and {@link createDatabase} waits.
 */
async function waitElsewhere(client: Knex): Promise<void> {
  const { client: driver } = client.client.config;
  if (driver === 'better-sqlite3') await client.raw('PRAGMA busy_timeout = 0');
}

/** The plugin's database with its tables in place. What the driver throws here stops the plugin, as Backstage has it. */
export async function connectDatabase(
  database: DatabaseService,
  options?: DatabaseOptions,
): Promise<Database> {
  const client = await database.getClient();
  await useWriteAheadLog(client);
  if (!database.migrations?.skip) {
    await client.migrate.latest({
      directory: resolvePackagePath(
        'backstage-plugin-networking-backend',
        'migrations',
      ),
    });
  }
  await waitElsewhere(client);
  return createDatabase(client, options);
}
