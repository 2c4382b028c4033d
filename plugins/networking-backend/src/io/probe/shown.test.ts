import { TestDatabases } from '@backstage/backend-test-utils';
import { resolveSettings } from 'backstage-plugin-networking-common';
import { connectDatabase, type Database } from '../database';
import type { DialFacts } from './dial';
import {
  ANSWER,
  createReplicas,
  REFUSED,
  target,
} from './__testUtils__/replicas';

const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
  disableDocker: true,
});

const MINUTE = 60_000;
const SHOP = { ...target('shop.example'), issued: ['ab'] };

const settingsOf = (
  network: object = {},
  { lanIp = '192.0.2.1', gateway = 'idp-gateway', probe = {} } = {},
) =>
  resolveSettings({
    clusters: ['local'],
    appConfig: { network, gateway: { name: gateway }, probe },
    computed: { lanIp },
  }).byCluster.local;
const computed = settingsOf();

const served = (fingerprintSha256: string): DialFacts => ({
  tls: {
    verified: false,
    verificationError: 'CERT_HAS_EXPIRED',
    leaf: { subject: 'CN=x', fingerprintSha256 } as NonNullable<
      DialFacts['tls']
    >['leaf'],
  },
  http: { status: 200 },
});
const failed = (stage: 'connect' | 'tls', code: string): DialFacts => ({
  failure: { stage, code, message: '' },
});

describe.each(databases.eachSupportedId())('a computed address on %s', id => {
  let database: Database;
  let answer: DialFacts;

  beforeEach(async () => {
    const client = await databases.init(id);
    database = await connectDatabase({ getClient: async () => client });
    answer = REFUSED;
  });

  const world = () => {
    const { clock, replica } = createReplicas(database, async () => answer);
    return {
      replica,
      ask: async (prober = replica(), settings = computed) => {
        clock.time += 2 * MINUTE;
        const [facts] = (await prober.check([SHOP], { settings })).probes;
        return facts;
      },
    };
  };

  it.each<[string, DialFacts, string]>([
    ['refuses', REFUSED, 'refused'],
    ['lets time pass', failed('connect', 'ETIMEDOUT'), 'timedOut'],
    ['cannot be reached', failed('connect', 'EHOSTUNREACH'), 'unreachable'],
    ['speaks no TLS', failed('tls', 'ERR_SSL_WRONG_VERSION_NUMBER'), 'noTls'],
    [
      'serves the certificate of another program',
      served('cd'),
      'otherCertificate',
    ],
  ])('that %s proves nothing of the host', async (_, found, word) => {
    answer = found;
    const { ask, replica } = world();
    const prober = replica();
    const facts = await ask(prober);
    expect(facts.notShown?.found).toBe(word);
    expect([facts.tls, facts.http, facts.dns]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    const all = await prober.atAddress({ settings: computed });
    expect(all.map(({ notShown }) => notShown?.found)).toEqual([word]);
  });

  it.each<[string, DialFacts]>([
    ['that its CA vouches for', ANSWER],
    ['that was issued for its listener, though it has ended', served('ab')],
  ])(
    'is shown by a certificate %s, and stays so over restarts and replicas',
    async (_, found) => {
      const { ask } = world();
      expect((await ask()).notShown).toBeDefined();
      answer = found;
      expect(await ask()).toMatchObject({ tls: found.tls });
      answer = REFUSED;
      const gone = await ask();
      expect([gone.notShown, gone.failure?.code]).toEqual([
        undefined,
        'ECONNREFUSED',
      ]);
      answer = served('cd');
      expect((await ask()).notShown).toBeUndefined();
    },
  );

  it('says no more of a host that was asked before the Gateway showed itself', async () => {
    const { ask, replica } = world();
    const prober = replica();
    await ask(prober);
    answer = ANSWER;
    await ask(prober);
    const all = await prober.atAddress({ settings: computed });
    expect(all.map(({ notShown }) => notShown)).toEqual([undefined]);
  });

  it.each([
    ['the address', settingsOf({}, { lanIp: '192.0.2.2' })],
    ['the port', settingsOf({ publicHttpsPort: 8443 })],
    ['the Gateway', settingsOf({}, { gateway: 'other' })],
  ])('has to be shown again where %s changes', async (_, changed) => {
    const { ask } = world();
    answer = ANSWER;
    await ask();
    answer = REFUSED;
    expect((await ask(undefined, changed)).notShown?.found).toBe('refused');
  });

  it.each([
    ['lan_ip', settingsOf({ lanIp: '192.0.2.1' })],
    ['[probe] address', settingsOf({}, { probe: { address: '192.0.2.1' } })],
  ])('is trusted at once where %s names it', async (_, settings) => {
    const { ask } = world();
    await ask();
    const facts = await ask(undefined, settings);
    expect([facts.notShown, facts.failure?.code]).toEqual([
      undefined,
      'ECONNREFUSED',
    ]);
  });
});
