import type {
  IssuedRevision,
  KeptRevision,
} from 'backstage-plugin-networking-common';
import type { Knex } from 'knex';
import type { Database } from './database';

const TABLE = 'certificates';

/** A gateway that lags behind serves the revision before, hardly ever an older one. */
const MAX_REVISIONS = 5;
/** PEM of some twenty certificates. A longer chain is not kept. */
const MAX_CHAIN_LENGTH = 64 * 1024;
/** `seen_at` in the database may be older than the truth by so much. */
const SEEN_EVERY_MS = 10 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** Of a Certificate that is gone, everything is dropped after this time. */
const GONE_AFTER_MS = 30 * DAY_MS;
/** Of a cluster that is not configured any more, or away, for so long, everything is. */
const FORGOTTEN_AFTER_MS = 90 * DAY_MS;
/** SQLite and PostgreSQL bound how many values one statement may have. */
const BATCH = 100;

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

interface Row {
  cluster: string;
  uid: string;
  revision: number;
  chain: string;
  /** PostgreSQL gives 64 bits as a text. */
  seen_at: number | string;
  present_at: number | string;
}

/** A Certificate that is there, with its current revision where its request is there too. */
export interface SeenCertificate {
  uid: string;
  issued?: IssuedRevision;
}

/**
 * The public facts of certificates that were seen in the clusters, shared by the
 * replicas and mirrored in memory: reading waits for nothing.
 */
export interface CertificateStore {
  /** Of one Certificate, newest first. The same list as long as nothing of it has changed. */
  revisions(cluster: string, uid: string): readonly KeptRevision[];
  /** Grows with every change of what {@link revisions} tells. */
  version(): number;
  /** Takes over what the database holds, of other replicas too. */
  load(): Promise<void>;
  /**
   * Keeps what is seen of a cluster. Doing it twice, or in two replicas at once, changes nothing. Memory has it at once;
   * what could not be written is written by the next call.
   *
   * @param at - milliseconds since the epoch, as the cluster was then
   */
  keep(
    cluster: string,
    seen: readonly SeenCertificate[],
    at: number,
  ): Promise<void>;
}

interface Kept extends IssuedRevision {
  seenAt: number;
  presentAt: number;
  isStored: boolean;
}

interface Mirrored {
  byRevision: Map<number, Kept>;
  list?: readonly KeptRevision[];
}

const NOTHING: readonly KeptRevision[] = [];

const sizeOf = ({ leafPem, chainPem }: IssuedRevision) =>
  [leafPem, ...chainPem].reduce((sum, { length }) => sum + length, 0);

const byUid = ([a]: readonly [string, Kept], [b]: readonly [string, Kept]) =>
  a < b ? -1 : Number(a > b);

export function createCertificateStore(options: {
  database: Database;
  /** Milliseconds since the epoch. */
  now?: () => number;
}): CertificateStore {
  const { database, now = Date.now } = options;
  const table = (knex: Knex) => knex<Row>(TABLE);
  const clusters = new Map<string, Map<string, Mirrored>>();
  let version = 0;

  const mirrorOf = (cluster: string) => {
    const known = clusters.get(cluster) ?? new Map<string, Mirrored>();
    clusters.set(cluster, known);
    return known;
  };

  /** Puts it into memory. */
  const put = (cluster: string, uid: string, kept: Kept) => {
    const mirror = mirrorOf(cluster);
    const found: Mirrored = mirror.get(uid) ?? { byRevision: new Map() };
    found.byRevision.set(kept.revision, kept);
    found.list = undefined;
    version += 1;
    mirror.set(uid, found);
  };

  const remove = async (
    cluster: string,
    keys: readonly (readonly [string, number])[],
  ) => {
    for (const batch of batchesOf(keys)) {
      await database.write(knex =>
        table(knex)
          .where({ cluster })
          .whereIn(['uid', 'revision'], batch as [string, number][])
          .delete(),
      );
    }
    const mirror = mirrorOf(cluster);
    for (const [uid, revision] of keys) {
      const found = mirror.get(uid);
      if (!found?.byRevision.delete(revision)) continue;
      found.list = undefined;
      version += 1;
      if (found.byRevision.size === 0) mirror.delete(uid);
    }
  };

  const insert = async (
    cluster: string,
    fresh: readonly (readonly [string, Kept])[],
    at: number,
  ) => {
    for (const batch of batchesOf(fresh)) {
      const rows = batch.map(([uid, { revision, leafPem, chainPem }]) => ({
        cluster,
        uid,
        revision,
        chain: [leafPem, ...chainPem].join('\n'),
        seen_at: at,
        present_at: at,
      }));
      await database.write(knex =>
        table(knex)
          .insert(rows)
          .onConflict(['cluster', 'uid', 'revision'])
          .merge(),
      );
      for (const [, kept] of batch) kept.isStored = true;
    }
  };

  /** Never puts the time back: another replica may be ahead. */
  const touch = async (
    cluster: string,
    column: 'seen_at' | 'present_at',
    keys: readonly (readonly [string, number])[],
    at: number,
  ) => {
    for (const batch of batchesOf(keys)) {
      await database.write(knex =>
        table(knex)
          .where({ cluster })
          .whereIn(['uid', 'revision'], batch as [string, number][])
          .where(column, '<', at)
          .update({ [column]: at }),
      );
    }
  };

  return {
    revisions(cluster, uid) {
      const found = clusters.get(cluster)?.get(uid);
      if (!found) return NOTHING;
      found.list ??= [...found.byRevision.values()]
        .sort((a, b) => b.revision - a.revision)
        .map(({ revision, leafPem, chainPem, seenAt }) => ({
          revision,
          leafPem,
          chainPem,
          seenAt: new Date(seenAt).toISOString(),
        }));
      return found.list;
    },

    version: () => version,

    async load() {
      const before = now() - FORGOTTEN_AFTER_MS;
      await database.write(knex =>
        table(knex).where('present_at', '<', before).delete(),
      );
      const rows = await database.read(knex => table(knex).select());
      for (const row of rows) {
        const [leafPem, ...chainPem] = row.chain.match(PEM) ?? [];
        if (leafPem === undefined) continue;
        const seenAt = Number(row.seen_at);
        const presentAt = Number(row.present_at);
        const known = clusters
          .get(row.cluster)
          ?.get(row.uid)
          ?.byRevision.get(row.revision);
        if (!known) {
          const { revision } = row;
          const kept = { revision, leafPem, chainPem, seenAt, presentAt };
          put(row.cluster, row.uid, { ...kept, isStored: true });
          continue;
        }
        // The cluster may have told of another leaf that could not be written yet.
        if (known.leafPem === leafPem) known.isStored = true;
        known.presentAt = Math.max(known.presentAt, presentAt);
        if (seenAt > known.seenAt) {
          put(row.cluster, row.uid, { ...known, seenAt });
        }
      }
    },

    async keep(cluster, seen, at) {
      const mirror = mirrorOf(cluster);
      const seenNow: [string, number][] = [];
      const presentNow: [string, number][] = [];
      for (const { uid, issued } of seen) {
        if (issued && sizeOf(issued) <= MAX_CHAIN_LENGTH) {
          const { revision, leafPem, chainPem } = issued;
          const known = mirror.get(uid)?.byRevision.get(revision);
          // What the cluster says now is true, whatever was kept.
          if (known?.leafPem !== leafPem) {
            const kept = { revision, leafPem, chainPem, isStored: false };
            put(cluster, uid, { ...kept, seenAt: at, presentAt: at });
          } else if (at - known.seenAt >= SEEN_EVERY_MS) {
            seenNow.push([uid, revision]);
          }
        }
        for (const kept of mirror.get(uid)?.byRevision.values() ?? []) {
          if (at - kept.presentAt >= DAY_MS) {
            presentNow.push([uid, kept.revision]);
          }
        }
      }
      const fresh = [...mirror].flatMap(([uid, { byRevision }]) =>
        [...byRevision.values()]
          .filter(({ isStored }) => !isStored)
          .map(kept => [uid, kept] as const),
      );
      // In one order in every replica, so that none waits for another that waits for it.
      await insert(cluster, fresh.sort(byUid), at);
      await touch(cluster, 'seen_at', seenNow, at);
      await touch(cluster, 'present_at', presentNow, at);
      for (const [keys, times] of [
        [seenNow, { seenAt: at }],
        [presentNow, { presentAt: at }],
      ] as const) {
        for (const [uid, revision] of keys) {
          const known = mirror.get(uid)?.byRevision.get(revision);
          if (known) put(cluster, uid, { ...known, ...times });
        }
      }
      await remove(
        cluster,
        [...mirror].flatMap(([uid, { byRevision }]) =>
          overdue([...byRevision.values()], at).map(
            ({ revision }) => [uid, revision] as const,
          ),
        ),
      );
    },
  };
}

/** Those beyond the newest few, and all of a Certificate that has been gone for long. */
function overdue(revisions: readonly Kept[], at: number): Kept[] {
  const newestFirst = [...revisions].sort((a, b) => b.revision - a.revision);
  return newestFirst.filter(
    ({ presentAt }, index) =>
      index >= MAX_REVISIONS || at - presentAt > GONE_AFTER_MS,
  );
}

function batchesOf<T>(items: readonly T[]): T[][] {
  const batches: T[][] = [];
  for (let start = 0; start < items.length; start += BATCH) {
    batches.push(items.slice(start, start + BATCH));
  }
  return batches;
}
