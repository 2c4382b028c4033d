import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { Database } from './database';

/**
 * Longer than everything done under a lock can take: five requests to the cluster,
 * of ten seconds at most, and the lease is renewed before the third. A holder that dies blocks its host for this long. The clocks of
 * replicas must not differ by more than half of it.
 */
const LEASE_MS = 60_000;
const WAIT_MS = 15_000;
const RETRY_MS = 100;

const TABLE = 'locks';

interface LockRow {
  key: string;
  owner: string;
  expires_at: number;
}

/** A lease that is held. */
export interface Lease {
  /**
   * Prolong it, right before something that must not happen twice.
   *
   * @throws ConflictError where it was lost meanwhile
   * @throws DatabaseUnavailableError where nobody can tell
   */
  renew(): Promise<void>;
}

/** One writer at a time for each cluster and host, over all replicas. */
export interface ExposureLock {
  /**
   * @throws ConflictError where another holds it for longer than one waits
   * @throws DatabaseUnavailableError where it cannot be had; `work` was not begun then
   */
  run<T>(
    target: { cluster: string; host: string },
    work: (lease: Lease) => Promise<T>,
  ): Promise<T>;
}

export function createExposureLock(options: {
  database: Database;
  logger: LoggerService;
  now?: () => number;
  sleep?: (ms: number) => Promise<unknown>;
  waitMs?: number;
}): ExposureLock {
  const { database, logger, now = Date.now, waitMs = WAIT_MS } = options;
  const sleep = options.sleep ?? delay;

  const table = (knex: Knex) => knex<LockRow>(TABLE);

  /** Two statements, each atomic: whoever's id stands in the row has it. */
  const take = async (key: string, owner: string): Promise<boolean> => {
    const expires_at = now() + LEASE_MS;
    await database.write(knex =>
      table(knex).insert({ key, owner, expires_at }).onConflict('key').ignore(),
    );
    const updated = await database.write(knex =>
      table(knex)
        .where({ key })
        .andWhere(row =>
          row.where({ owner }).orWhere('expires_at', '<=', now()),
        )
        .update({ owner, expires_at }),
    );
    return updated === 1;
  };

  return {
    async run({ cluster, host }, work) {
      const key = `${cluster}/${host}`;
      const owner = randomUUID();
      const deadline = now() + waitMs;
      while (!(await take(key, owner))) {
        if (now() >= deadline) {
          throw new ConflictError(
            `Another change to host ${host} on cluster ${cluster} is under way. Apply again when it has ended.`,
          );
        }
        await sleep(RETRY_MS);
      }
      try {
        return await work({
          async renew() {
            const updated = await database.write(knex =>
              table(knex)
                .where({ key, owner })
                .update({ expires_at: now() + LEASE_MS }),
            );
            if (updated !== 1) {
              throw new ConflictError(
                `The change to host ${host} on cluster ${cluster} took too long and another one began. Apply again.`,
              );
            }
          },
        });
      } finally {
        await database
          .write(knex => table(knex).where({ key, owner }).delete())
          .catch((error: Error) =>
            // The row expires by itself; the work's own outcome matters more.
            logger.warn(`Lock ${key} could not be released`, error),
          );
      }
    },
  };
}
