import type { Database } from './database';

const TABLE = 'gateway_addresses';

/** Computed addresses at which a Gateway has shown itself, shared by all replicas and kept over restarts. */
export interface GatewayAddressStore {
  /** @param place - digest of the Gateway and the addresses */
  isShown(cluster: string, place: string): Promise<boolean>;
  /** @param now - milliseconds since the epoch */
  show(cluster: string, place: string, now: number): Promise<void>;
}

export function createGatewayAddressStore(
  database: Database,
): GatewayAddressStore {
  return {
    async isShown(cluster, place) {
      const rows = await database.read(knex =>
        knex(TABLE).where({ cluster, place }).select('place'),
      );
      return rows.length > 0;
    },
    async show(cluster, place, now) {
      await database.write(knex =>
        knex(TABLE)
          .insert({ cluster, place, shown_at: now })
          .onConflict(['cluster', 'place'])
          .ignore(),
      );
    },
  };
}
