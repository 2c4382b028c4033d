import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  createCertificateStates,
  type CertificateStates,
} from './certificateStates';
import type { Database } from './database';
import { connectDatabase } from './migrations';

// PostgreSQL runs where BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING is set.
const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
  disableDocker: true,
});

const KEY = { cluster: 'local', certificate: 'kube-system/wildcard' };
const SHOP = 'group:default/team-shop';
const DOCS = 'group:default/team-docs';

describe.each(databases.eachSupportedId())(
  'the states of certificates on %s',
  id => {
    let database: Database;
    let states: CertificateStates;

    beforeEach(async () => {
      const client = await databases.init(id);
      database = await connectDatabase(
        mockServices.database.mock({ getClient: async () => client }),
      );
      states = createCertificateStates(database);
    });

    it('hold since when each is there, and when it was last seen', async () => {
      await states.seen(KEY, 'due', 1_700_000_000_000);
      await states.seen(KEY, 'due', 1_700_000_060_000);
      expect(await states.of('local')).toEqual([
        {
          ...KEY,
          state: 'due',
          since: 1_700_000_000_000,
          seenAt: 1_700_000_060_000,
          toldTo: [],
        },
      ]);
    });

    it('hold who was told, each once', async () => {
      await states.seen(KEY, 'due', 1_000);
      await states.told(KEY, 'due', [SHOP], 2_000);
      await states.seen(KEY, 'due', 3_000);
      await states.told(KEY, 'due', [SHOP, DOCS], 4_000);
      expect(await states.of('local')).toMatchObject([
        { seenAt: 3_000, toldAt: 4_000, toldTo: [SHOP, DOCS] },
      ]);
    });

    it('say nothing of a telling whose state was forgotten meanwhile', async () => {
      await states.told(KEY, 'due', [SHOP], 2_000);
      expect(await states.of('local')).toEqual([]);
    });

    it('are forgotten one by one or all at once, and only of one certificate', async () => {
      const other = { ...KEY, certificate: 'shop/own' };
      await states.seen(KEY, 'due', 1_000);
      await states.seen(KEY, 'failing', 2_000);
      await states.seen(KEY, 'overdue', 3_000);
      await states.seen(other, 'due', 4_000);
      await states.forget(KEY, 'failing');
      expect((await states.of('local')).map(({ state }) => state)).toEqual([
        'due',
        'overdue',
        'due',
      ]);
      await states.forget(KEY);
      expect(await states.of('local')).toMatchObject([other]);
    });

    it('are kept apart by cluster', async () => {
      await states.seen(KEY, 'due', 1_000);
      expect(await states.of('another')).toEqual([]);
    });
  },
);
