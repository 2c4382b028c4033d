import { TestDatabases } from '@backstage/backend-test-utils';
import { resolveSettings } from 'backstage-plugin-networking-common';
import type { Knex } from 'knex';
import { connectDatabase, type Database } from '../database';
import type { DialFacts } from './dial';
import {
  ANSWER,
  createReplicas,
  REFUSED,
  settings,
  target,
  UNREADY,
  type Dial,
} from './__testUtils__/replicas';
import type { Prober, ProberOptions } from './prober';
import type { ProbeTarget } from './target';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

let client: Knex;
let database: Database;

beforeEach(async () => {
  client = await databases.init('SQLITE_3');
  database = await connectDatabase({ getClient: async () => client });
});

function setUp(dial: Dial, options: Partial<ProberOptions> = {}) {
  const { replica, ...rest } = createReplicas(database, dial);
  return { ...rest, prober: replica(options) };
}

const SHOP = target('shop.example');
const turn = () => new Promise(resolve => setImmediate(resolve));
/** Until what nobody waits for has come to its end in the database too. */
const settled = async () => {
  for (let count = 0; count < 20; count++) await turn();
};

describe('a probe', () => {
  it('says what was dialled, for which route, when, and since when nothing has changed', async () => {
    const { prober, calls } = setUp(async () => ANSWER);
    await expect(prober.check([SHOP], { settings })).resolves.toEqual({
      asked: ['shop.example'],
      againAt: Date.parse('2026-01-01T00:01:00Z'),
      probes: [
        {
          host: 'shop.example',
          address: '192.0.2.1',
          port: 443,
          path: '/',
          at: '2026-01-01T00:00:00.000Z',
          route: { uid: 'uid', generation: 1 },
          durationMs: 0,
          unchangedSince: '2026-01-01T00:00:00.000Z',
          ...ANSWER,
        },
      ],
    });
    expect(calls).toEqual(['shop.example 192.0.2.1:443']);
  });

  it('says where the host leads, and dials nothing that a resolver answers', async () => {
    const dns = {
      state: 'other' as const,
      expected: '192.0.2.1',
      addresses: ['203.0.113.9'],
      resolver: '192.0.2.53',
    };
    const lookUp = jest.fn(async () => dns);
    const { prober, calls } = setUp(async () => ANSWER, { lookUp });
    const resolver = '192.0.2.53';
    const { probes } = await prober.check([SHOP], {
      settings: { ...settings, probe: { ...settings.probe, resolver } },
    });
    expect(probes[0].dns).toEqual(dns);
    expect(lookUp).toHaveBeenCalledWith(
      'shop.example',
      { resolver, expected: '192.0.2.1' },
      expect.any(AbortSignal),
    );
    expect(calls).toEqual(['shop.example 192.0.2.1:443']);
  });

  it('asks the node port where the public port does not answer', async () => {
    const { prober } = setUp(async ({ port }) =>
      port === 443 ? REFUSED : ANSWER,
    );
    const { probes } = await prober.check([SHOP], { settings });
    expect(probes).toMatchObject([{ port: 30443, http: { status: 200 } }]);
  });

  it('reports the public port where neither answers', async () => {
    const { prober, calls } = setUp(async () => REFUSED);
    const { probes } = await prober.check([SHOP], { settings });
    expect(probes[0].port).toBe(443);
    expect(calls).toHaveLength(2);
  });

  it('does not try the other port after a TLS failure', async () => {
    const { prober, calls } = setUp(async () => ({
      failure: { stage: 'tls', code: 'ECONNRESET', message: 'reset' },
    }));
    await prober.check([SHOP], { settings });
    expect(calls).toHaveLength(1);
  });

  it.each([undefined, 'none'])(
    'is not made where the address is %s',
    async address => {
      const { prober, calls } = setUp(async () => ANSWER);
      const { byCluster } = resolveSettings({
        clusters: ['local'],
        appConfig: address ? { probe: { address } } : {},
      });
      const options = { settings: byCluster.local };
      expect(await prober.check([SHOP], options)).toEqual({
        probes: [],
        asked: [],
      });
      expect(await prober.latest([SHOP], options)).toEqual([]);
      expect(await prober.sweep(SHOP, options)).toBeUndefined();
      expect(calls).toEqual([]);
    },
  );
});

describe('an answer of a moment ago', () => {
  it('is known to be outdated where what it hangs on has changed since', async () => {
    const { prober, clock, calls } = setUp(async () => ANSWER);
    await prober.check([target('shop.example', { hangsOn: '1 of 1 ready' })], {
      settings,
    });
    clock.time += 100;
    const changed = target('shop.example', { hangsOn: '0 of 1 ready' });
    const { probes, asked } = await prober.check([changed], { settings });
    expect(asked).toEqual([]);
    expect(calls).toHaveLength(1);
    expect(probes).toMatchObject([
      {
        at: '2026-01-01T00:00:00.000Z',
        unchangedSince: '2026-01-01T00:00:00.100Z',
      },
    ]);
  });
});

describe('a check', () => {
  it('is one probe, however many ask at once and for a minute after', async () => {
    const { prober, calls, clock } = setUp(async () => ANSWER);
    const ask = () => prober.check([SHOP], { settings });
    const both = await Promise.all([ask(), ask()]);
    expect(both.map(({ asked }) => asked)).toEqual([
      ['shop.example'],
      ['shop.example'],
    ]);
    clock.time += 59_000;
    const known = await ask();
    expect(known.asked).toEqual([]);
    expect(known.againAt).toBe(clock.time + 1_000);
    expect(known.probes.map(({ at }) => at)).toEqual([
      '2026-01-01T00:00:00.000Z',
    ]);
    expect(calls).toHaveLength(1);
    clock.time += 1_000;
    expect((await ask()).asked).toEqual(['shop.example']);
    expect(calls).toHaveLength(2);
  });

  it('asks again at once for another generation of the route, another CA and whatever else the answer hangs on', async () => {
    const { prober, calls, clock } = setUp(async () => ANSWER);
    const changes: [ProbeTarget, string?][] = [
      [target('shop.example')],
      [target('shop.example', { generation: 2 })],
      [target('shop.example', { generation: 2 }), 'another'],
      [target('shop.example', { generation: 2, hangsOn: 'x' }), 'another'],
    ];
    for (const [one, caPem] of changes) {
      await prober.check([one], { settings, caPem });
      clock.time += 2_000;
    }
    expect(calls).toHaveLength(4);
  });

  it('gives what it knows where nothing can be kept', async () => {
    const onError = jest.fn();
    const { replica, clock, calls } = createReplicas(
      database,
      async () => ANSWER,
    );
    let isDown = false;
    const prober = replica({
      onError,
      wrap: store => ({
        ...store,
        claim: (...args) =>
          isDown ? Promise.reject(new Error('down')) : store.claim(...args),
        read: (...args) =>
          isDown ? Promise.reject(new Error('down')) : store.read(...args),
      }),
    });
    await prober.check([SHOP], { settings });
    isDown = true;
    clock.time += 60_000;
    const { probes, asked } = await prober.check([SHOP], { settings });
    expect(probes).toHaveLength(1);
    expect(asked).toEqual([]);
    expect(calls).toHaveLength(1);
    expect(onError).toHaveBeenCalled();
  });
});

describe('what a list may rest on without dialling', () => {
  const LATER: Record<
    string,
    {
      ask?: ProbeTarget;
      afterMs?: number;
      caPem?: string;
      address?: string;
      isKnown: boolean;
    }
  > = {
    'an answer of two and a half intervals ago': {
      afterMs: 150_000,
      isKnown: true,
    },
    'not one before that': { afterMs: 150_001, isKnown: false },
    'one from before the endpoints changed': {
      ask: target('shop.example', { hangsOn: 'other' }),
      isKnown: true,
    },
    'not one of an earlier generation of the route': {
      ask: target('shop.example', { generation: 2 }),
      isKnown: false,
    },
    'not one of another route': {
      ask: target('shop.example', { uid: 'other' }),
      isKnown: false,
    },
    'not one of another host of the route': {
      ask: target('www.example'),
      isKnown: false,
    },
    'not one of another path': {
      ask: { ...SHOP, path: '/other' },
      isKnown: false,
    },
    'not one that trusted another CA': { caPem: 'another', isKnown: false },
    'not one of another address': { address: '192.0.2.2', isKnown: false },
  };

  it.each(Object.entries(LATER))('is %s', async (_, one) => {
    const { ask = SHOP, afterMs = 0, caPem, address, isKnown } = one;
    const { prober, calls, clock } = setUp(async () => ANSWER);
    await prober.check([SHOP], { settings });
    clock.time += afterMs;
    const found = await prober.recent([ask], {
      settings: address
        ? { ...settings, probe: { ...settings.probe, address } }
        : settings,
      caPem,
    });
    expect(found.map(({ http }) => http?.status)).toEqual(isKnown ? [200] : []);
    expect(calls).toHaveLength(1);
  });

  it('is nothing of a host that nobody asked for', async () => {
    const { prober, calls } = setUp(async () => ANSWER);
    expect(await prober.recent([SHOP], { settings })).toEqual([]);
    expect(calls).toEqual([]);
  });

  it('is older where the interval is longer', async () => {
    const { prober, clock } = setUp(async () => ANSWER);
    await prober.check([SHOP], { settings });
    clock.time += 20 * 60_000;
    const interval = '10m';
    const slower = { ...settings, probe: { ...settings.probe, interval } };
    expect(await prober.recent([SHOP], { settings })).toEqual([]);
    expect(await prober.recent([SHOP], { settings: slower })).toHaveLength(1);
  });
});

describe('many probes', () => {
  it('of readers run at most as many at a time as the settings say, and those of a sweep beside them', async () => {
    const running = { readers: 0, sweep: 0 };
    const most = { readers: 0, sweep: 0 };
    const { prober, calls } = setUp(async (_, { host }) => {
      const kind = host.startsWith('swept') ? 'sweep' : 'readers';
      running[kind] += 1;
      most[kind] = Math.max(most[kind], running[kind]);
      await settled();
      running[kind] -= 1;
      return ANSWER;
    });
    const hosts = (name: string) =>
      Array.from({ length: 30 }, (_, index) => target(`${name}-${index}`));
    const [{ probes }] = await Promise.all([
      prober.check(hosts('host'), { settings }),
      ...hosts('swept').map(one => prober.sweep(one, { settings })),
    ]);
    expect(probes).toHaveLength(30);
    expect(calls).toHaveLength(60);
    expect(most).toEqual({ readers: 8, sweep: 8 });
  });

  it('leave out the hosts that are not done when patience ends', async () => {
    const { prober } = setUp(
      (_, { host }) =>
        host === 'quick.example'
          ? Promise.resolve(ANSWER)
          : new Promise(() => {}),
      { patienceMs: 100 },
    );
    const { probes } = await prober.check(
      [target('quick.example'), target('slow.example')],
      { settings },
    );
    expect(probes.map(({ host }) => host)).toEqual(['quick.example']);
  });
});

describe('the latest answer', () => {
  const statusOf = async (prober: Prober, one = SHOP) =>
    (await prober.latest([one], { settings }))[0]?.http?.status;

  it('is waited for where none is known', async () => {
    const { prober, calls } = setUp(async () => ANSWER);
    expect(await statusOf(prober)).toBe(200);
    expect(calls).toHaveLength(1);
  });

  it('is served at once while it is good, and asked for again when a minute is over, and a change is told', async () => {
    let answer = ANSWER;
    const onOutcome = jest.fn();
    const { prober, calls, clock } = setUp(async () => answer, { onOutcome });
    await statusOf(prober);
    expect(onOutcome).toHaveBeenCalledTimes(1);
    clock.time += 59_000;
    expect(await statusOf(prober)).toBe(200);
    expect(calls).toHaveLength(1);
    answer = UNREADY;
    clock.time += 1_000;
    expect(await statusOf(prober)).toBe(200);
    await settled();
    expect(calls).toHaveLength(2);
    expect(onOutcome).toHaveBeenCalledTimes(2);
    expect(onOutcome).toHaveBeenLastCalledWith(
      { cluster: 'local', host: 'shop.example', route: 'uid' },
      expect.objectContaining({ http: { status: 503 } }),
    );
    expect(await statusOf(prober)).toBe(503);
  });

  it('is waited for where the last was good and is older than any sweep leaves it', async () => {
    let answer = ANSWER;
    const { prober, clock } = setUp(async () => answer);
    await statusOf(prober);
    answer = UNREADY;
    clock.time += 91_000;
    expect(await statusOf(prober)).toBe(503);
  });

  it('of a host that lastingly answers badly is asked for again after a minute and not sooner, however often it is read', async () => {
    const { prober, calls, clock } = setUp(async () => UNREADY);
    await statusOf(prober);
    clock.time += 60_000;
    await statusOf(prober);
    const after = calls.length;
    for (let second = 0; second < 59; second++) {
      clock.time += 1_000;
      expect(await statusOf(prober)).toBe(503);
    }
    expect(calls).toHaveLength(after);
  });

  it('comes within two seconds once a host is mended, within the minute after a change', async () => {
    let answer = UNREADY;
    const { prober, clock } = setUp(async () => answer);
    await statusOf(prober);
    clock.time += 30_000;
    answer = ANSWER;
    expect(await statusOf(prober)).toBe(200);
  });

  it('is asked for again, and not waited for, where the endpoints have changed', async () => {
    let answer = ANSWER;
    const { prober, calls, clock } = setUp(async () => answer);
    await statusOf(prober);
    clock.time += 5_000;
    answer = UNREADY;
    const changed = target('shop.example', { hangsOn: 'no endpoints' });
    expect(await statusOf(prober, changed)).toBe(200);
    await settled();
    expect(calls).toHaveLength(2);
    expect(await statusOf(prober, changed)).toBe(503);
  });

  it('comes within two seconds once the gateway serves what was issued, within the minute after the renewal', async () => {
    const served = (fingerprintSha256: string): DialFacts => ({
      ...ANSWER,
      tls: {
        verified: true,
        leaf: {
          subject: 'CN=shop',
          issuer: 'CN=ca',
          dnsNames: ['shop.example'],
          serialNumber: '01',
          notBefore: '2026-01-01T00:00:00Z',
          notAfter: '2027-01-01T00:00:00Z',
          isCa: false,
          fingerprintSha256,
        },
      },
    });
    let answer = served('AA');
    const { prober, calls, clock } = setUp(async () => answer);
    const leafOf = async (issued: string) => {
      const [facts] = await prober.latest(
        [{ ...target('shop.example', { hangsOn: issued }), issued: [issued] }],
        { settings },
      );
      return facts.tls?.leaf?.fingerprintSha256;
    };
    await leafOf('AA');
    clock.time += 5_000;
    expect(await leafOf('AA')).toBe('AA');
    expect(calls).toHaveLength(1);

    await leafOf('BB');
    await settled();
    clock.time += 20_000;
    answer = served('BB');
    expect(await leafOf('BB')).toBe('BB');
    const after = calls.length;
    clock.time += 20_000;
    expect(await leafOf('BB')).toBe('BB');
    expect(calls).toHaveLength(after);
  });

  it('of an older generation is none', async () => {
    const { prober, calls, clock } = setUp(async () => ANSWER);
    await statusOf(prober);
    clock.time += 2_000;
    await prober.latest([target('shop.example', { generation: 2 })], {
      settings,
    });
    expect(calls).toHaveLength(2);
  });

  it('costs no query while it holds', async () => {
    const queries = jest.fn();
    const { prober } = setUp(async () => ANSWER);
    await statusOf(prober);
    await settled();
    client.on('query', queries);
    for (let count = 0; count < 50; count++) await statusOf(prober);
    expect(queries).not.toHaveBeenCalled();
  });
});
