import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import knexFactory, { type Knex } from 'knex';

const inMemory = (): Knex =>
  knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });

/**
 * A database in memory that a test reads and changes beside the networking plugin of its backends; one for several backends
 * makes them replicas. Backstage's own services get one each.
 *
 * @returns `feature` for `startBackend`; `destroy` at the end of the test
 */
export function sharedDatabase(): {
  knex: Knex;
  feature: ReturnType<typeof createServiceFactory>;
  destroy(): Promise<void>;
} {
  const knex = inMemory();
  const all = new Map([['networking', knex]]);
  const ofPlugin = (id: string) => {
    const database = all.get(id) ?? inMemory();
    all.set(id, database);
    return database;
  };
  return {
    knex,
    feature: createServiceFactory({
      service: coreServices.database,
      deps: { plugin: coreServices.pluginMetadata },
      factory: ({ plugin }) => ({
        getClient: async () => ofPlugin(plugin.getId()),
      }),
    }),
    async destroy() {
      for (const database of all.values()) await database.destroy();
    },
  };
}
