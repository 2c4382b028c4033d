import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';

/**
 * 32 random bytes under a name, the same for every replica: whoever asks first makes them.
 *
 * @param name - at most 64 characters
 */
export async function sharedSecret(
  database: Knex,
  name: string,
): Promise<Buffer> {
  await database('secrets')
    .insert({ name, value: randomBytes(32).toString('base64') })
    .onConflict('name')
    .ignore();
  const [{ value }] = await database('secrets').where({ name }).select('value');
  return Buffer.from(value, 'base64');
}
