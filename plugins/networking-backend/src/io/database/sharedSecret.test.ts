import { TestDatabases } from '@backstage/backend-test-utils';
import { connectDatabase } from './migrations';
import { sharedSecret } from './sharedSecret';

const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
  disableDocker: true,
});

it.each(databases.eachSupportedId())(
  'a shared secret on %s is made once, by whichever of many replicas comes first',
  async id => {
    const client = await databases.init(id);
    const database = await connectDatabase({ getClient: async () => client });
    const secrets = await Promise.all(
      Array.from({ length: 10 }, () => sharedSecret(database, 'topics')),
    );
    expect(new Set(secrets.map(secret => secret.toString('hex'))).size).toBe(1);
    expect(secrets[0]).toHaveLength(32);
    const other = await sharedSecret(database, 'other');
    expect(other.equals(secrets[0])).toBe(false);
  },
);
