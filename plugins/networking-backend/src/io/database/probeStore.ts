import type { ProbeFacts } from 'backstage-plugin-networking-common';
import type { Knex } from 'knex';
import type { Database } from './database';

/** No host of a route is asked twice within this time, except inside a change window. */
export const PROBE_PERIOD_MS = 60_000;
/** How long after a change a host may be asked quickly, unless a good answer comes first. */
export const WINDOW_MS = 60_000;
/** Between two probes of one host inside a window. */
export const QUICK_MS = 2_000;
/** Quick probes of one host in {@link QUICK_BUDGET_MS}: two whole windows. What changes all the time is asked no more. */
const QUICK_BUDGET = 60;
const QUICK_BUDGET_MS = 10 * 60_000;
/** Some kB in practice. */
const MAX_FACTS_LENGTH = 32_000;
/** Parameters of one statement are limited in both databases. */
const BATCH = 100;

const TABLE = 'probes';

/** One host of one route of a cluster. */
export interface ProbeKey {
  cluster: string;
  host: string;
  /** uid of the route. */
  route: string;
}

/** When a host was asked, and whether it may be asked again. Times in milliseconds since the epoch. */
export interface ProbeClaim {
  evidence: string;
  /** Since when that evidence stands. */
  windowFrom: number;
  claimedAt: number;
  /** A good answer has come since `windowFrom`. */
  good: boolean;
}

/** What a probe found. */
export interface ProbeAnswer {
  answeredAt: number;
  /** Digest of what the facts are an answer to. */
  basis: string;
  facts: ProbeFacts;
}

/** The last claim of a host and its last answer, which may be that of an earlier claim. */
export interface ProbeRow {
  key: ProbeKey;
  claim: ProbeClaim;
  answer?: ProbeAnswer;
}

/** That there is an answer, and of when. */
export type ProbeAnswerMark = ProbeKey & { answeredAt: number };

/** What probes found and who may ask next, in the plugin's database: the bound on probes holds over all replicas. */
export interface ProbeStore {
  /**
   * The right to ask a host now. One replica at most gets it, once in {@link PROBE_PERIOD_MS}; where the evidence is
   * another than that of the last probe a window begins, in which it is given every {@link QUICK_MS} until a good answer
   * comes, for {@link WINDOW_MS}.
   *
   * @returns undefined where it is not given
   */
  claim(
    key: ProbeKey,
    evidence: string,
    now: number,
  ): Promise<ProbeClaim | undefined>;
  /** Keeps what was found, unless the host was asked again since. */
  answer(
    key: ProbeKey,
    claimedAt: number,
    answer: ProbeAnswer & { good: boolean },
  ): Promise<void>;
  /** Answers of other replicas, after a time: where they are. */
  answersSince(cluster: string, time: number): Promise<ProbeAnswerMark[]>;
  /** What is known of hosts, in no order. */
  read(cluster: string, keys: readonly ProbeKey[]): Promise<ProbeRow[]>;
  /** Forgets hosts that nobody has asked since. */
  prune(before: number): Promise<number>;
}

interface Row {
  cluster: string;
  host: string;
  route: string;
  evidence: string;
  // PostgreSQL gives 64-bit integers as text, SQLite gives booleans as numbers.
  window_from: number | string;
  good: boolean | number;
  claimed_at: number | string;
  quick_from: number | string;
  quick_count: number;
  answered_at: number | string | null;
  answered_by: string | null;
  basis: string | null;
  facts: string | null;
}

const CLAIM_COLUMNS = [
  'evidence',
  'window_from',
  'claimed_at',
  'good',
] as const;

const claimOf = (row: Row): ProbeClaim => ({
  evidence: row.evidence,
  windowFrom: Number(row.window_from),
  claimedAt: Number(row.claimed_at),
  good: Boolean(row.good),
});

/** @param options - `replica`: random id of this process */
export function createProbeStore(options: {
  database: Database;
  replica: string;
}): ProbeStore {
  const { database, replica } = options;
  const table = (knex: Knex) => knex<Row>(TABLE);

  /** Of a host that has a row, the conditional update which decides among replicas. */
  const take = async (
    { cluster, host, route }: ProbeKey,
    evidence: string,
    now: number,
  ): Promise<ProbeClaim | undefined> => {
    const isQuick = [now - PROBE_PERIOD_MS, now + PROBE_PERIOD_MS];
    const budgetFrom = now - QUICK_BUDGET_MS;
    const [claimed] = await database.write(knex =>
      table(knex)
        .where({ cluster, host, route })
        .andWhere(due =>
          due
            .where('claimed_at', '<=', now - PROBE_PERIOD_MS)
            // By a clock that was wrong.
            .orWhere('claimed_at', '>', now + PROBE_PERIOD_MS)
            .orWhere(quick =>
              quick
                .where('claimed_at', '<=', now - QUICK_MS)
                .andWhere(window =>
                  window
                    .whereNot({ evidence })
                    .orWhere(bad =>
                      bad
                        .where({ good: false })
                        .andWhere('window_from', '>', now - WINDOW_MS),
                    ),
                )
                .andWhere(budget =>
                  budget
                    .where('quick_count', '<', QUICK_BUDGET)
                    .orWhere('quick_from', '<=', budgetFrom),
                ),
            ),
        )
        .update({
          claimed_at: now,
          window_from: knex.raw(
            'CASE WHEN evidence = ? THEN window_from ELSE ? END',
            [evidence, now],
          ),
          good: knex.raw('CASE WHEN evidence = ? THEN good ELSE ? END', [
            evidence,
            false,
          ]),
          evidence,
          quick_from: knex.raw(
            'CASE WHEN quick_from <= ? THEN ? ELSE quick_from END',
            [budgetFrom, now],
          ),
          quick_count: knex.raw(
            `CASE WHEN quick_from <= ? THEN 0 ELSE quick_count END +
           CASE WHEN claimed_at BETWEEN ? AND ? THEN 1 ELSE 0 END`,
            [budgetFrom, isQuick[0] + 1, isQuick[1]],
          ),
        })
        .returning(CLAIM_COLUMNS),
    );
    return claimed && claimOf(claimed as Row);
  };

  return {
    async claim(key, evidence, now) {
      // A host has its row from its first probe on.
      const claimed = await take(key, evidence, now);
      if (claimed) return claimed;
      const { cluster, host, route } = key;
      // Whoever inserts the row has claimed it by that: the others find it claimed, never free.
      const [made] = await database.write(knex =>
        table(knex)
          .insert({
            cluster,
            host,
            route,
            evidence,
            window_from: now,
            good: false,
            claimed_at: now,
            quick_from: now,
            quick_count: 0,
          })
          .onConflict(['cluster', 'host', 'route'])
          .ignore()
          .returning(CLAIM_COLUMNS),
      );
      return made && claimOf(made as Row);
    },

    async answer(
      { cluster, host, route },
      claimedAt,
      { answeredAt, basis, good, facts },
    ) {
      await database.write(knex =>
        table(knex)
          .where({ cluster, host, route, claimed_at: claimedAt })
          .update({
            answered_at: answeredAt,
            answered_by: replica,
            basis,
            facts: textOf(facts),
            ...(good && { good: true }),
          }),
      );
    },

    async answersSince(cluster, time) {
      const rows = await database.read(knex =>
        table(knex)
          .where({ cluster })
          .andWhere('answered_at', '>', time)
          .whereNot({ answered_by: replica })
          .select('cluster', 'host', 'route', 'answered_at'),
      );
      return rows.map(({ answered_at, ...key }) => ({
        ...key,
        answeredAt: Number(answered_at),
      }));
    },

    async read(cluster, keys) {
      const found: ProbeRow[] = [];
      for (let start = 0; start < keys.length; start += BATCH) {
        const batch = keys
          .slice(start, start + BATCH)
          .map(({ host, route }) => [host, route]);
        const rows = await database.read(knex =>
          table(knex)
            .where({ cluster })
            .whereIn(['host', 'route'], batch)
            .select(),
        );
        found.push(...rows.map(rowOf));
      }
      return found;
    },

    prune: before =>
      database.write(knex =>
        table(knex).where('claimed_at', '<', before).delete(),
      ),
  };
}

function rowOf(row: Row): ProbeRow {
  const { cluster, host, route, answered_at, basis, facts } = row;
  const isAnswered = facts !== null && basis !== null && answered_at !== null;
  return {
    key: { cluster, host, route },
    claim: claimOf(row),
    ...(isAnswered && {
      answer: {
        answeredAt: Number(answered_at),
        basis,
        facts: JSON.parse(facts),
      },
    }),
  };
}

/** What a server sends is as long as it likes: of a chain that is too long the leaf is kept, without its names if need be. */
function textOf(facts: ProbeFacts): string {
  const text = JSON.stringify(facts);
  if (text.length <= MAX_FACTS_LENGTH) return text;
  const { chain, leaf, ...tls } = facts.tls ?? { verified: false };
  const withLeaf = JSON.stringify({ ...facts, tls: { ...tls, leaf } });
  if (withLeaf.length <= MAX_FACTS_LENGTH) return withLeaf;
  return JSON.stringify({ ...facts, tls });
}
