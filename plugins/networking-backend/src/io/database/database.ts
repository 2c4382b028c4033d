import { setTimeout as delay } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import {
  DatabaseUnavailableError,
  driverWords,
  failureOf,
  type DatabaseFailure,
} from './failure';

/** A database that does not answer by then counts as away. knex would wait a minute for a connection, and TCP for longer. */
const DEADLINE_MS = 10_000;
/** So long a statement that finds the database locked is tried again, and so often. */
const LOCKED_MS = 1_000;
const RETRY_MS = 25;
/** A failure is told for so long, unless the same is done with success before: every minute something is written. */
const TOLD_MS = 2 * 60_000;
/** The same failure comes to the log at most so often. */
const LOG_MS = 60_000;

/** The plugin's database: the only way to it, so that no caller meets what a driver throws. */
export interface Database {
  /**
   * Work that reads, or that writes. It is begun anew where the database is locked by another, so all of it is one
   * statement or one transaction.
   *
   * @throws DatabaseUnavailableError
   */
  read<T>(work: (knex: Knex) => PromiseLike<T>): Promise<T>;
  write<T>(work: (knex: Knex) => PromiseLike<T>): Promise<T>;
  /** Why the last write or read failed; undefined where it did not. */
  failure(): DatabaseFailure | undefined;
}

type Kind = 'read' | 'write';

export interface DatabaseOptions {
  logger?: LoggerService;
  /** Milliseconds since the epoch. */
  now?: () => number;
  sleep?: (ms: number) => Promise<unknown>;
  deadlineMs?: number;
}

export function createDatabase(
  knex: Knex,
  options: DatabaseOptions = {},
): Database {
  const {
    logger,
    now = Date.now,
    sleep = delay,
    deadlineMs = DEADLINE_MS,
  } = options;
  const failed = new Map<Kind, { reason: DatabaseFailure; at: number }>();
  const loggedAt = new Map<DatabaseFailure, number>();

  const log = (reason: DatabaseFailure, error: unknown) => {
    if (now() - (loggedAt.get(reason) ?? -Infinity) < LOG_MS) return;
    loggedAt.set(reason, now());
    logger?.warn(
      `The database of plugin networking does not do what it is asked (${reason}): ${driverWords(
        error,
      )}`,
    );
  };

  const withinDeadline = async <T>(
    work: (knex: Knex) => PromiseLike<T>,
  ): Promise<T> => {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () =>
          reject(
            Object.assign(new Error(`no answer within ${deadlineMs} ms`), {
              code: 'ETIMEDOUT',
            }),
          ),
        deadlineMs,
      );
    });
    try {
      return await Promise.race([work(knex), deadline]);
    } finally {
      clearTimeout(timer);
    }
  };

  const run = async <T>(
    kind: Kind,
    work: (knex: Knex) => PromiseLike<T>,
  ): Promise<T> => {
    for (let waited = 0; ; waited += RETRY_MS) {
      try {
        const result = await withinDeadline(work);
        failed.delete(kind);
        if (kind === 'write') failed.delete('read');
        return result;
      } catch (error) {
        const isLocked = String((error as { code?: unknown })?.code).startsWith(
          'SQLITE_BUSY',
        );
        if (!isLocked || waited >= LOCKED_MS) {
          const reason = failureOf(error);
          failed.set(kind, { reason, at: now() });
          log(reason, error);
          throw new DatabaseUnavailableError(reason);
        }
      }
      await sleep(RETRY_MS);
    }
  };

  return {
    read: work => run('read', work),
    write: work => run('write', work),
    failure: () =>
      (['write', 'read'] as const)
        .map(kind => failed.get(kind))
        .find(one => one && Math.abs(now() - one.at) <= TOLD_MS)?.reason,
  };
}
