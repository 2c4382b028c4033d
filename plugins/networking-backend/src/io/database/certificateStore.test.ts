import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { IssuedRevision } from 'backstage-plugin-networking-common';
import type { Knex } from 'knex';
import { createCertificateStore } from './certificateStore';
import type { Database } from './database';
import { connectDatabase } from './migrations';

// PostgreSQL is there in `npm test`, and below scripts/with-postgres.mjs.
const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
  disableDocker: true,
});

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Beyond 32 bits. */
const START = Date.parse('2026-03-01T12:00:00Z');

const pem = (text: string) =>
  `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----`;

const issued = (
  revision: number,
  text = `leaf${revision}`,
): IssuedRevision => ({
  revision,
  leafPem: pem(text),
  chainPem: [pem('ca'), pem('root')],
});

describe.each(databases.eachSupportedId())(
  'what is kept of certificates on %s',
  id => {
    let client: Knex;
    let database: Database;

    beforeEach(async () => {
      client = await databases.init(id);
      database = await connectDatabase(
        mockServices.database.mock({ getClient: async () => client }),
      );
    });

    const replica = (now = START) =>
      createCertificateStore({ database, now: () => now });

    /** A backend that has just started. */
    const restarted = async (now = START) => {
      const store = replica(now);
      await store.load();
      return store;
    };

    const revisionsOf = (
      store: ReturnType<typeof createCertificateStore>,
      uid = 'uid-1',
      cluster = 'local',
    ) => store.revisions(cluster, uid).map(({ revision }) => revision);

    it('is there after a restart, with leaf, chain and when it was last seen', async () => {
      await replica().keep(
        'local',
        [{ uid: 'uid-1', issued: issued(3) }],
        START,
      );
      const store = await restarted();
      expect(store.revisions('local', 'uid-1')).toEqual([
        { ...issued(3), seenAt: '2026-03-01T12:00:00.000Z' },
      ]);
    });

    it('is of that cluster and that uid alone', async () => {
      await replica().keep(
        'local',
        [{ uid: 'uid-1', issued: issued(3) }],
        START,
      );
      const store = await restarted();
      expect(store.revisions('local', 'uid-2')).toEqual([]);
      expect(store.revisions('other', 'uid-1')).toEqual([]);
    });

    it('is read from memory at once, before the database has it', async () => {
      const store = replica();
      const kept = store.keep(
        'local',
        [{ uid: 'uid-1', issued: issued(1) }],
        START,
      );
      expect(revisionsOf(store)).toEqual([1]);
      await kept;
    });

    it('is what the cluster told last, though the database was away then', async () => {
      const store = replica();
      const seen = (text: string) => [
        { uid: 'uid-1', issued: issued(1, text) },
      ];
      await store.keep('local', seen('before'), START);
      await client.schema.renameTable('certificates', 'away');
      await expect(store.keep('local', seen('after'), START)).rejects.toThrow();
      await client.schema.renameTable('away', 'certificates');
      await store.load();
      await store.keep('local', seen('after'), START);
      const [revision] = (await restarted()).revisions('local', 'uid-1');
      expect(revision.leafPem).toBe(pem('after'));
    });

    it('is kept once, whichever of several replicas see it, and however often', async () => {
      const replicas = [replica(), replica(), replica()];
      const seen = [{ uid: 'uid-1', issued: issued(1) }];
      await Promise.all(replicas.map(one => one.keep('local', seen, START)));
      await replicas[0].keep('local', seen, START + 1);
      expect(await client('certificates').select()).toHaveLength(1);
    });

    it('is the newest five revisions, newest first', async () => {
      const store = replica();
      for (let revision = 1; revision <= 7; revision += 1) {
        await store.keep(
          'local',
          [{ uid: 'uid-1', issued: issued(revision) }],
          START + revision,
        );
      }
      expect(revisionsOf(store)).toEqual([7, 6, 5, 4, 3]);
      expect(revisionsOf(await restarted())).toEqual([7, 6, 5, 4, 3]);
    });

    it('stays while the Certificate is there, however long its request has been gone', async () => {
      const store = replica();
      await store.keep('local', [{ uid: 'uid-1', issued: issued(1) }], START);
      for (let days = 1; days <= 40; days += 1) {
        await store.keep('local', [{ uid: 'uid-1' }], START + days * DAY);
      }
      expect((await restarted()).revisions('local', 'uid-1')).toEqual([
        { ...issued(1), seenAt: '2026-03-01T12:00:00.000Z' },
      ]);
    });

    it('is dropped when the Certificate has been gone for 30 days, and not before', async () => {
      const store = replica();
      await store.keep('local', [{ uid: 'uid-1', issued: issued(1) }], START);
      await store.keep('local', [], START + 29 * DAY);
      expect(revisionsOf(await restarted())).toEqual([1]);
      await store.keep('local', [], START + 31 * DAY);
      expect(revisionsOf(store)).toEqual([]);
      expect(await client('certificates').select()).toEqual([]);
    });

    it('is dropped where nobody has heard of its cluster for long', async () => {
      await replica().keep(
        'gone',
        [{ uid: 'uid-1', issued: issued(1) }],
        START,
      );
      await restarted(START + 89 * DAY);
      expect(await client('certificates').select()).toHaveLength(1);
      await restarted(START + 91 * DAY);
      expect(await client('certificates').select()).toEqual([]);
    });

    it('says when it was last seen to within ten minutes, and never puts that back', async () => {
      const seen = [{ uid: 'uid-1', issued: issued(1) }];
      const [ahead, behind] = [replica(), replica()];
      await ahead.keep('local', seen, START);
      await behind.load();
      await ahead.keep('local', seen, START + 30 * MINUTE);
      await behind.keep('local', seen, START + 15 * MINUTE);
      const store = await restarted();
      expect(store.revisions('local', 'uid-1')[0].seenAt).toBe(
        '2026-03-01T12:30:00.000Z',
      );
    });

    it('is what the cluster says now, where that was kept otherwise', async () => {
      const store = replica();
      await store.keep('local', [{ uid: 'uid-1', issued: issued(1) }], START);
      const other = issued(1, 'another');
      await store.keep('local', [{ uid: 'uid-1', issued: other }], START + 1);
      expect((await restarted()).revisions('local', 'uid-1')).toMatchObject([
        { leafPem: pem('another') },
      ]);
    });

    it('is the same list as long as nothing changes', async () => {
      const store = replica();
      const seen = [{ uid: 'uid-1', issued: issued(1) }];
      await store.keep('local', seen, START);
      const list = store.revisions('local', 'uid-1');
      await store.keep('local', seen, START + MINUTE);
      await store.load();
      expect(store.revisions('local', 'uid-1')).toBe(list);
      await store.keep('local', [{ uid: 'uid-1', issued: issued(2) }], START);
      expect(store.revisions('local', 'uid-1')).not.toBe(list);
    });

    it('learns from other replicas', async () => {
      const [first, second] = [replica(), replica()];
      await first.keep('local', [{ uid: 'uid-1', issued: issued(1) }], START);
      await second.load();
      expect(revisionsOf(second)).toEqual([1]);
    });

    it('is written later where the database failed', async () => {
      const seen = [{ uid: 'uid-1', issued: issued(1) }];
      const store = replica();
      await client.schema.renameTable('certificates', 'away');
      await expect(store.keep('local', seen, START)).rejects.toThrow();
      expect(revisionsOf(store)).toEqual([1]);
      await client.schema.renameTable('away', 'certificates');
      await store.keep('local', seen, START + 1);
      expect(revisionsOf(await restarted())).toEqual([1]);
    });

    it('is no chain that nobody needs', async () => {
      const huge = { ...issued(1), chainPem: [pem('A'.repeat(70_000))] };
      const store = replica();
      await store.keep('local', [{ uid: 'uid-1', issued: huge }], START);
      expect(revisionsOf(store)).toEqual([]);
    });

    it('is of hundreds of certificates as of one', async () => {
      const seen = Array.from({ length: 450 }, (_, index) => ({
        uid: `uid-${index}`,
        issued: issued(1),
      }));
      const store = replica();
      await store.keep('local', seen, START);
      await store.keep('local', seen, START + 2 * DAY);
      const after = await restarted();
      expect(after.revisions('local', 'uid-449')[0].seenAt).toBe(
        '2026-03-03T12:00:00.000Z',
      );
      await store.keep('local', [], START + 40 * DAY);
      expect(await client('certificates').select()).toEqual([]);
    });
  },
);
