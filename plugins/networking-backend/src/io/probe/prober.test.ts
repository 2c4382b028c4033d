import { resolveSettings } from 'backstage-plugin-networking-common';
import type { ProbeAddress } from './addresses';
import type { DialFacts, DialRequest } from './dial';
import { createProber, type Prober, type ProbeTarget } from './prober';

const settings = resolveSettings({
  clusters: ['local'],
  appConfig: { network: { lanIp: '192.0.2.1' } },
}).byCluster.local;

const target = (host: string, generation = 1): ProbeTarget => ({
  host,
  path: '/',
  route: { uid: 'uid', generation },
});

const ANSWER: DialFacts = { tls: { verified: true }, http: { status: 200 } };
const REFUSED: DialFacts = {
  failure: { stage: 'connect', code: 'ECONNREFUSED', message: 'refused' },
};

function setUp(
  dial: (address: ProbeAddress, request: DialRequest) => Promise<DialFacts>,
  options: { patienceMs?: number; onOutcome?: () => void } = {},
) {
  const clock = { time: Date.parse('2026-01-01T00:00:00Z') };
  const calls: string[] = [];
  const prober = createProber({
    now: () => new Date(clock.time),
    dial: (address, request) => {
      calls.push(`${request.host} ${address.address}:${address.port}`);
      return dial(address, request);
    },
    ...options,
  });
  return { clock, calls, prober };
}

describe('a probe', () => {
  it('says what was dialled, for which route, and when', async () => {
    const { prober, calls } = setUp(async () => ANSWER);
    await expect(
      prober.probe([target('shop.example')], { settings }),
    ).resolves.toEqual([
      {
        host: 'shop.example',
        address: '192.0.2.1',
        port: 443,
        path: '/',
        at: '2026-01-01T00:00:00.000Z',
        route: { uid: 'uid', generation: 1 },
        durationMs: 0,
        ...ANSWER,
      },
    ]);
    expect(calls).toEqual(['shop.example 192.0.2.1:443']);
  });

  it('asks the node port where the public port does not answer', async () => {
    const { prober } = setUp(async ({ port }) =>
      port === 443 ? REFUSED : ANSWER,
    );
    const [facts] = await prober.probe([target('shop.example')], { settings });
    expect(facts).toMatchObject({ port: 30443, http: { status: 200 } });
  });

  it('reports the public port where neither answers', async () => {
    const { prober, calls } = setUp(async () => REFUSED);
    const [facts] = await prober.probe([target('shop.example')], { settings });
    expect(facts.port).toBe(443);
    expect(calls).toHaveLength(2);
  });

  it('does not try the other port after a TLS failure', async () => {
    const { prober, calls } = setUp(async () => ({
      failure: { stage: 'tls', code: 'ECONNRESET', message: 'reset' },
    }));
    await prober.probe([target('shop.example')], { settings });
    expect(calls).toHaveLength(1);
  });

  it('is not made where no address is known', async () => {
    const { prober, calls } = setUp(async () => ANSWER);
    const unknown = resolveSettings({ clusters: ['local'] }).byCluster.local;
    await expect(
      prober.probe([target('shop.example')], { settings: unknown }),
    ).resolves.toEqual([]);
    expect(calls).toEqual([]);
  });
});

describe('probes of one host', () => {
  it('are one while the first is under way, and for two seconds after', async () => {
    const { prober, calls, clock } = setUp(async () => ANSWER);
    const ask = () => prober.probe([target('shop.example')], { settings });
    await Promise.all([ask(), ask()]);
    clock.time += 1_900;
    await ask();
    expect(calls).toHaveLength(1);
    clock.time += 2_100;
    await ask();
    expect(calls).toHaveLength(2);
  });

  it('are apart for another generation of the route and for another CA', async () => {
    const { prober, calls } = setUp(async () => ANSWER);
    await prober.probe([target('shop.example', 1)], { settings });
    await prober.probe([target('shop.example', 2)], { settings });
    await prober.probe([target('shop.example', 2)], {
      settings,
      caPem: 'another',
    });
    expect(calls).toHaveLength(3);
  });
});

describe('what a list may rest on without dialling', () => {
  const shop = target('shop.example');
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
    'a probe that ended a minute ago': { afterMs: 60_000, isKnown: true },
    'not one that ended before that': { afterMs: 60_001, isKnown: false },
    'not one of an earlier generation of the route': {
      ask: target('shop.example', 2),
      isKnown: false,
    },
    'not one of another host of the route': {
      ask: target('www.example'),
      isKnown: false,
    },
    'not one of another path': {
      ask: { ...shop, path: '/other' },
      isKnown: false,
    },
    'not one that trusted another CA': { caPem: 'another', isKnown: false },
    'not one of another address': { address: '192.0.2.2', isKnown: false },
  };

  it.each(Object.entries(LATER))('is %s', async (_, one) => {
    const { ask = shop, afterMs = 0, caPem, address, isKnown } = one;
    const { prober, calls, clock } = setUp(async () => ANSWER);
    await prober.probe([shop], { settings });
    clock.time += afterMs;
    const found = prober.recent([ask], {
      settings: address
        ? { ...settings, probe: { ...settings.probe, address } }
        : settings,
      caPem,
    });
    expect(found.map(({ http }) => http?.status)).toEqual(isKnown ? [200] : []);
    expect(calls).toHaveLength(1);
  });

  it('is nothing of a host that nobody asked for', () => {
    const { prober, calls } = setUp(async () => ANSWER);
    expect(prober.recent([shop], { settings })).toEqual([]);
    expect(calls).toEqual([]);
  });

  it('is bounded: the oldest make room', async () => {
    const { prober } = setUp(async () => ANSWER);
    const targets = Array.from({ length: 2_001 }, (_, index) =>
      target(`host-${index}.example`),
    );
    for (const one of targets) await prober.probe([one], { settings });
    const found = prober.recent(targets, { settings });
    expect(found).toHaveLength(2_000);
    expect(prober.recent([targets[0]], { settings })).toEqual([]);
  });
});

describe('many probes', () => {
  it('run at most eight at a time', async () => {
    let running = 0;
    let most = 0;
    const { prober, calls } = setUp(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(resolve => setImmediate(resolve));
      running -= 1;
      return ANSWER;
    });
    const facts = await prober.probe(
      Array.from({ length: 30 }, (_, index) => target(`host-${index}`)),
      { settings },
    );
    expect(facts).toHaveLength(30);
    expect(calls).toHaveLength(30);
    expect(most).toBe(8);
  });

  it('leave out the hosts that are not done when patience ends', async () => {
    const { prober } = setUp(
      (_, { host }) =>
        host === 'quick.example'
          ? Promise.resolve(ANSWER)
          : new Promise(() => {}),
      { patienceMs: 20 },
    );
    const facts = await prober.probe(
      [target('quick.example'), target('slow.example')],
      { settings },
    );
    expect(facts.map(({ host }) => host)).toEqual(['quick.example']);
  });
});

describe('the latest answer', () => {
  const targets = [target('shop.example')];
  const statusOf = async (prober: Prober) =>
    (await prober.latest(targets, { settings }))[0]?.http?.status;

  it('is waited for where none is known', async () => {
    const { prober, calls } = setUp(async () => ANSWER);
    expect(await statusOf(prober)).toBe(200);
    expect(calls).toHaveLength(1);
  });

  it('is served at once while it is good and of the last minute', async () => {
    const { prober, calls, clock } = setUp(async () => ANSWER);
    await statusOf(prober);
    clock.time += 9_000;
    expect(await statusOf(prober)).toBe(200);
    expect(calls).toHaveLength(1);
    clock.time += 55_000;
    expect(await statusOf(prober)).toBe(200);
    expect(calls).toHaveLength(2);
  });

  it('is asked for again meanwhile where it is some seconds old, and a change is told', async () => {
    let status = 200;
    const onOutcome = jest.fn();
    const { prober, calls, clock } = setUp(
      async () => ({ ...ANSWER, http: { status } }),
      { onOutcome },
    );
    await statusOf(prober);
    clock.time += 11_000;
    await statusOf(prober);
    await new Promise(resolve => setImmediate(resolve));
    expect(onOutcome).not.toHaveBeenCalled();
    status = 502;
    clock.time += 11_000;
    expect(await statusOf(prober)).toBe(200);
    expect(calls).toHaveLength(3);
    await new Promise(resolve => setImmediate(resolve));
    expect(onOutcome).toHaveBeenCalledTimes(1);
    expect(await statusOf(prober)).toBe(502);
  });

  it('is waited for where the last was not good', async () => {
    const { prober, calls, clock } = setUp(async () => REFUSED);
    await prober.latest(targets, { settings });
    const before = calls.length;
    clock.time += 3_000;
    await prober.latest(targets, { settings });
    expect(calls.length).toBeGreaterThan(before);
  });

  it('of an older generation is none', async () => {
    const { prober, calls } = setUp(async () => ANSWER);
    await statusOf(prober);
    await prober.latest([target('shop.example', 2)], { settings });
    expect(calls).toHaveLength(2);
  });
});
