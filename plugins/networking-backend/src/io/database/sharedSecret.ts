import { randomBytes } from 'node:crypto';
import type { Database } from './database';

/**
 * 32 random bytes under a name, the same for every replica: whoever asks first makes them.
 *
 * @param name - at most 64 characters
 */
export async function sharedSecret(
  database: Database,
  name: string,
): Promise<Buffer> {
  const made = randomBytes(32).toString('base64');
  await database.write(knex =>
    knex('secrets').insert({ name, value: made }).onConflict('name').ignore(),
  );
  const [{ value }] = await database.read(knex =>
    knex('secrets').where({ name }).select('value'),
  );
  return Buffer.from(value, 'base64');
}
