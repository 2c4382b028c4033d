import type { Knex } from 'knex';
import type { Database } from './database';

const TABLE = 'certificate_states';

/** A certificate of a cluster, by `namespace/name` of its Secret. */
export interface CertificateKey {
  cluster: string;
  certificate: string;
}

/** A state that a certificate is or was in, and who was told of it. Times are milliseconds since the epoch. */
export interface CertificateStateRow extends CertificateKey {
  state: string;
  since: number;
  seenAt: number;
  toldAt?: number;
  /** Entity refs. */
  toldTo: string[];
}

/** What was told of certificates in trouble, shared by all replicas. */
export interface CertificateStates {
  of(cluster: string): Promise<CertificateStateRow[]>;
  /** It is in this state now. */
  seen(key: CertificateKey, state: string, at: number): Promise<void>;
  /** These were told of it, beside those who were before. */
  told(
    key: CertificateKey,
    state: string,
    to: readonly string[],
    at: number,
  ): Promise<void>;
  /** Forgets one state, or all of them where none is named. */
  forget(key: CertificateKey, state?: string): Promise<void>;
}

interface Row {
  cluster: string;
  certificate: string;
  state: string;
  /** PostgreSQL gives 64-bit integers as text. */
  since: number | string;
  seen_at: number | string;
  told_at: number | string | null;
  told_to: string;
}

export function createCertificateStates(database: Database): CertificateStates {
  const table = (knex: Knex) => knex<Row>(TABLE);
  const rowOf = (row: Row): CertificateStateRow => ({
    cluster: row.cluster,
    certificate: row.certificate,
    state: row.state,
    since: Number(row.since),
    seenAt: Number(row.seen_at),
    ...(row.told_at !== null && { toldAt: Number(row.told_at) }),
    toldTo: JSON.parse(row.told_to) as string[],
  });
  return {
    async of(cluster) {
      const rows = await database.read(knex =>
        table(knex)
          .where({ cluster })
          .orderBy(['certificate', 'since', 'state'])
          .select(),
      );
      return rows.map(rowOf);
    },

    async seen({ cluster, certificate }, state, at) {
      await database.write(knex =>
        table(knex)
          .insert({
            cluster,
            certificate,
            state,
            since: at,
            seen_at: at,
            told_at: null,
            told_to: '[]',
          })
          .onConflict(['cluster', 'certificate', 'state'])
          .merge(['seen_at']),
      );
    },

    async told({ cluster, certificate }, state, to, at) {
      const where = { cluster, certificate, state };
      const tell = async (transaction: Knex) => {
        const rows = table(transaction);
        const row = await rows.clone().where(where).first('told_to');
        if (!row) return;
        const before = JSON.parse(row.told_to) as string[];
        await rows
          .clone()
          .where(where)
          .update({
            told_at: at,
            told_to: JSON.stringify([...new Set([...before, ...to])]),
          });
      };
      await database.write(knex => knex.transaction(tell));
    },

    async forget({ cluster, certificate }, state) {
      await database.write(knex =>
        table(knex)
          .where({
            cluster,
            certificate,
            ...(state !== undefined && { state }),
          })
          .delete(),
      );
    },
  };
}
