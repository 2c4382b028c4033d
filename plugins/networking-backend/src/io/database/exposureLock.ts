import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { Finding } from 'backstage-plugin-networking-common';
import type { Knex } from 'knex';
import { databaseClock } from './clock';
import type { Database } from './database';

/** A holder that dies blocks its host for so long. */
const LEASE_MS = 10_000;
/** A holder that lives renews its lease so often, however long its work takes. */
const RENEW_MS = 3_000;
/** Renewed longer ago than this, a lease is that of a holder which stopped: one renewal is missing. */
const SILENT_MS = RENEW_MS + 1_500;
/** Longer than a change takes as a rule, and long enough to tell whether its holder still renews. */
const WAIT_MS = 6_000;
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

interface LockTarget {
  cluster: string;
  host: string;
}

/** One writer at a time for each cluster and host, over all replicas. */
export interface ExposureLock {
  /**
   * @throws ConflictError where another holds it for longer than one waits, with a finding: `ChangeUnderWay`, or
   *   `ChangeStopped` with `freeInSeconds` among its details where the holder does not renew it any more
   * @throws DatabaseUnavailableError where it cannot be had; `work` was not begun then
   */
  run<T>(target: LockTarget, work: (lease: Lease) => Promise<T>): Promise<T>;
}

/** Does work again and again until it is stopped; keeps no process alive. */
function repeat(ms: number, work: () => void): () => void {
  const timer = setInterval(work, ms);
  timer.unref();
  return () => clearInterval(timer);
}

/** @param options - `clock`, `every`, `now` and `sleep` for tests; `now` only bounds how long one waits */
export function createExposureLock(options: {
  database: Database;
  logger: LoggerService;
  clock?: (knex: Knex) => Knex.Raw;
  every?: (ms: number, work: () => void) => () => void;
  now?: () => number;
  sleep?: (ms: number) => Promise<unknown>;
}): ExposureLock {
  const {
    database,
    logger,
    clock = databaseClock,
    every = repeat,
    now = Date.now,
    sleep = delay,
  } = options;

  const table = (knex: Knex) => knex<LockRow>(TABLE);
  const expiry = (knex: Knex) => knex.raw('? + ?', [clock(knex), LEASE_MS]);

  /** Two statements, each atomic: whoever's id stands in the row has it. */
  const take = async (key: string, owner: string): Promise<boolean> => {
    await database.write(knex =>
      table(knex)
        .insert({ key, owner, expires_at: expiry(knex) })
        .onConflict('key')
        .ignore(),
    );
    const updated = await database.write(knex =>
      table(knex)
        .where({ key })
        .andWhere(row =>
          row.where({ owner }).orWhere('expires_at', '<=', clock(knex)),
        )
        .update({ owner, expires_at: expiry(knex) }),
    );
    return updated === 1;
  };

  const prolong = async (key: string, owner: string): Promise<boolean> => {
    const updated = await database.write(knex =>
      table(knex)
        .where({ key, owner })
        .update({ expires_at: expiry(knex) }),
    );
    return updated === 1;
  };

  /** For how long the lease holds if nobody renews it. Undefined where it is free by now. */
  const leftOf = async (key: string): Promise<number | undefined> => {
    const [row] = await database.read(knex =>
      table(knex)
        .where({ key })
        .select({ left: knex.raw('expires_at - ?', [clock(knex)]) }),
    );
    const left = row && Number(row.left);
    return left !== undefined && left > 0 ? left : undefined;
  };

  return {
    async run(target, work) {
      const key = `${target.cluster}/${target.host}`;
      const owner = randomUUID();
      const deadline = now() + WAIT_MS;
      while (!(await take(key, owner))) {
        if (now() >= deadline) {
          const left = await leftOf(key);
          throw isHeld(target, left);
        }
        await sleep(RETRY_MS);
      }
      const stop = every(RENEW_MS, () => {
        // What matters is asked again before the write; why it failed is in the log.
        prolong(key, owner).catch(() => {});
      });
      try {
        return await work({
          async renew() {
            if (await prolong(key, owner)) return;
            throw new ConflictError(
              `The change to host ${target.host} on cluster ${target.cluster} took too long and another one began. Apply again.`,
            );
          },
        });
      } finally {
        stop();
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

function isHeld({ cluster, host }: LockTarget, left: number | undefined) {
  const isStopped = left !== undefined && LEASE_MS - left > SILENT_MS;
  const seconds = Math.ceil((left ?? 0) / 1_000);
  const finding: Finding = {
    severity: 'blocking',
    subject: { kind: 'Host', name: host, cluster },
    ...(isStopped
      ? {
          reason: 'ChangeStopped',
          message: `Nothing was changed: a change that stopped still holds ${host}, which is free in ${seconds} s.`,
          remedy: `Try again in ${seconds} s.`,
          details: { freeInSeconds: String(seconds) },
        }
      : {
          reason: 'ChangeUnderWay',
          message: `Nothing was changed: another change to ${host} on cluster ${cluster} is under way.`,
          remedy: 'Try again when it has ended.',
        }),
  };
  return Object.assign(
    new ConflictError(`${finding.message} ${finding.remedy}`),
    { findings: [finding] },
  );
}
