import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

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

/** The plugin's database with its tables in place. */
export async function connectDatabase(
  database: DatabaseService,
): Promise<Knex> {
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
  return client;
}
