import type { Knex } from 'knex';
import { databaseClock } from './clock';
import type { Database } from './database';

const TABLE = 'renewals';

/** A certificate is renewed on request at most so often. */
const PERIOD_MS = 60_000;

interface RenewalRow {
  uid: string;
  requested_at: number;
}

/** Which certificates were renewed on request within the last minute, over all replicas. By the uid of the Certificate. */
export interface RenewalStore {
  /**
   * Takes the turn of a certificate: of several that ask at once one has it.
   *
   * @returns undefined where it was taken, else for how many milliseconds it is not free
   * @throws DatabaseUnavailableError where nobody can tell
   */
  take(uid: string): Promise<number | undefined>;
  /** Gives a turn back that was taken and not used. */
  giveBack(uid: string): Promise<void>;
  /** For how many milliseconds which certificates have no turn. */
  taken(): Promise<Map<string, number>>;
}

/** @param options - `clock` for tests */
export function createRenewalStore(options: {
  database: Database;
  clock?: (knex: Knex) => Knex.Raw;
}): RenewalStore {
  const { database, clock = databaseClock } = options;
  const table = (knex: Knex) => knex<RenewalRow>(TABLE);

  const taken = async () => {
    const rows = await database.read(knex =>
      table(knex).select('uid', {
        left: knex.raw('requested_at + ? - ?', [PERIOD_MS, clock(knex)]),
      }),
    );
    return new Map(
      rows
        .map(({ uid, left }) => [uid, Number(left)] as const)
        .filter(([, left]) => left > 0 && left <= PERIOD_MS),
    );
  };

  return {
    taken,
    async take(uid) {
      await database.write(knex =>
        table(knex)
          .where(
            'requested_at',
            '<=',
            knex.raw('? - ?', [clock(knex), PERIOD_MS]),
          )
          // A clock that was set back would hold it for longer.
          .orWhere(
            'requested_at',
            '>',
            knex.raw('? + ?', [clock(knex), PERIOD_MS]),
          )
          .delete(),
      );
      const inserted = await database.write(knex =>
        table(knex)
          .insert({ uid, requested_at: clock(knex) as unknown as number })
          .onConflict('uid')
          .ignore()
          .returning('uid'),
      );
      if (inserted.length > 0) return undefined;
      // It may have become free this very moment: the next attempt finds it so.
      return (await taken()).get(uid) ?? 1;
    },
    async giveBack(uid) {
      await database.write(knex => table(knex).where({ uid }).delete());
    },
  };
}
