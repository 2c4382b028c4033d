import type { Knex } from 'knex';

/** Milliseconds since 1970 by the database's own clock: those of replicas may differ. */
export function databaseClock(knex: Knex): Knex.Raw {
  return knex.client.config.client === 'better-sqlite3'
    ? knex.raw(
        "CAST(ROUND((julianday('now') - 2440587.5) * 86400000) AS INTEGER)",
      )
    : knex.raw('CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)');
}
