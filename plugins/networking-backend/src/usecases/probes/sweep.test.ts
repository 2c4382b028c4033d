import {
  createSnapshot,
  resolveSettings,
  type ProbeFacts,
} from 'backstage-plugin-networking-common';
import { accepted, clusterObjects, route } from '../../__testUtils__/world';
import { VirtualClock } from '../../cache/__testUtils__/virtualClock';
import type { Prober, ProbeTarget, SeenAddress } from '../../io/probe';
import type { Services } from '../services';
import { sweepHosts, type Swept } from './sweep';

const MINUTE = 60_000;

const settingsOf = (cluster: string, probe: object) =>
  resolveSettings({
    clusters: [cluster],
    appConfig: {
      network: { lanIp: '192.0.2.1' },
      gateway: {
        controller: 'traefik.io/gateway-controller',
        class: 'local-traefik',
      },
      probe,
    },
  }).byCluster[cluster];

const snapshotOf = (cluster: string, hosts: number) =>
  createSnapshot({
    cluster,
    observedAt: '2026-01-01T00:00:00Z',
    objects: [
      ...clusterObjects(),
      ...Array.from({ length: hosts }, (_, index) => {
        const made = accepted(route(`host-${index}`));
        made.metadata.uid = `uid-${index}`;
        return made;
      }),
    ],
  });

const CONNECTED: Partial<ProbeFacts> = {
  tls: { verified: true },
  http: { status: 200 },
};
const AWAY: Partial<ProbeFacts> = {
  failure: { stage: 'connect', code: 'ETIMEDOUT', message: 'No connection' },
};

interface Options {
  clusters?: Record<
    string,
    { hosts: number; probe?: object; isAway?: boolean }
  >;
  /** Milliseconds that one dial takes. */
  takes?: number;
  answer?(host: string, dialled: number): Partial<ProbeFacts>;
}

/** Clusters with hosts, and a prober that holds each to once a minute. */
function setUp({
  clusters = { local: { hosts: 20 } },
  takes = 10,
  answer = () => CONNECTED,
}: Options) {
  const clock = new VirtualClock();
  const never = new AbortController().signal;
  const asked = new Map<string, number>();
  /** Since when what a host hangs on stands, where it has just changed. */
  const windows = new Map<string, number>();
  /** Hosts that have changed since they were last asked. */
  const changed = new Set<string>();
  const dialled: { host: string; at: number }[] = [];
  const inferred: { host: string; seen: SeenAddress }[] = [];
  const most: Record<string, number> = {};
  const running: Record<string, number> = {};
  const warn = jest.fn();
  const debug = jest.fn();
  const prune = jest.fn(async () => {});
  const prober = {
    refresh: async () => {},
    prune,
    askedAt: ({ host }: ProbeTarget) => asked.get(host) ?? 0,
    async sweep(target: ProbeTarget, { settings }, seen?: SeenAddress) {
      const { host, path } = target;
      const { cluster } = settings;
      const window = windows.get(host);
      const period = window && clock.now() - window < MINUTE ? 2_000 : MINUTE;
      if (clock.now() - (asked.get(host) ?? 0) < period) return undefined;
      asked.set(host, clock.now());
      if (changed.delete(host)) windows.set(host, clock.now());
      const since = windows.get(host);
      const base = {
        host,
        path,
        address: '192.0.2.1',
        port: 443,
        at: new Date(clock.now()).toISOString(),
        durationMs: 0,
        ...(since && { unchangedSince: new Date(since).toISOString() }),
      };
      if (seen) {
        inferred.push({ host, seen });
        return { ...base, ...seen.facts };
      }
      dialled.push({ host, at: clock.now() });
      running[cluster] = (running[cluster] ?? 0) + 1;
      most[cluster] = Math.max(most[cluster] ?? 0, running[cluster]);
      await clock.sleep(takes, never);
      running[cluster] -= 1;
      return { ...base, ...answer(host, dialled.length) };
    },
  } satisfies Partial<Prober>;
  const names = Object.keys(clusters);
  const services = {
    clusters: { names },
    settings: {
      byCluster: () =>
        Object.fromEntries(
          names.map(name => [
            name,
            settingsOf(name, clusters[name].probe ?? {}),
          ]),
        ),
    },
    snapshots: {
      read: async (name: string) => ({
        snapshot: snapshotOf(name, clusters[name].hosts),
        state: { cluster: name, reachable: !clusters[name].isAway },
      }),
    },
    certificates: { lookup: () => () => [], material: () => undefined },
    prober,
    logger: { warn, debug },
  } as unknown as Services;
  const sweep = async (signal = never): Promise<Swept[]> => {
    const began = clock.now();
    let swept: Swept[] | undefined;
    void sweepHosts(services, { clock, signal }).then(found => {
      swept = found;
    });
    while (!swept) await clock.advance(500);
    expect(clock.now() - began).toBeLessThan(MINUTE);
    const rest = began + MINUTE - clock.now();
    await clock.advance(rest);
    return swept;
  };
  return {
    clock,
    dialled,
    inferred,
    most,
    sweep,
    asked,
    changed,
    warn,
    debug,
    prune,
  };
}

const count = (list: readonly { host: string }[]) =>
  list.reduce(
    (found, { host }) => found.set(host, (found.get(host) ?? 0) + 1),
    new Map<string, number>(),
  );

describe('a sweep', () => {
  it('asks every host that nobody opened, spread over the minute, a few at a time', async () => {
    const { sweep, dialled, most } = setUp({
      clusters: { local: { hosts: 200, probe: { concurrency: 4 } } },
      takes: 500,
    });
    const [swept] = await sweep();
    expect(swept).toMatchObject({ known: 200, dialled: 200, left: 0 });
    expect(count(dialled).size).toBe(200);
    expect(most.local).toBeLessThanOrEqual(4);
    const times = dialled.map(({ at }) => at);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(30_000);
  });

  it('knows a few hosts that nobody asked before within seconds', async () => {
    const { sweep, dialled, clock } = setUp({
      clusters: { local: { hosts: 6 } },
    });
    const began = clock.now();
    await sweep();
    expect(dialled).toHaveLength(6);
    for (const { at } of dialled) expect(at - began).toBeLessThan(4_000);
  });

  it('asks each host once a minute and never sooner, for an hour', async () => {
    const { sweep, dialled } = setUp({ clusters: { local: { hosts: 30 } } });
    for (let minute = 0; minute < 60; minute++) await sweep();
    for (const [host, times] of count(dialled)) {
      expect([host, times]).toEqual([host, 60]);
    }
    const last = new Map<string, number>();
    for (const { host, at } of dialled) {
      expect(at - (last.get(host) ?? 0)).toBeGreaterThanOrEqual(MINUTE);
      last.set(host, at);
    }
  });

  it('leaves no host out where timers end a little early', async () => {
    const { sweep, dialled, clock } = setUp({
      clusters: { local: { hosts: 30 } },
    });
    await sweep();
    const exact = clock.sleep;
    clock.sleep = (milliseconds, signal) =>
      exact(milliseconds > 5 ? milliseconds - 3 : milliseconds, signal);
    for (let minute = 1; minute < 5; minute++) await sweep();
    expect(new Set(count(dialled).values())).toEqual(new Set([5]));
  });

  it('asks first what was asked longest ago, and not again what a tab has just asked', async () => {
    const { sweep, dialled, asked, clock } = setUp({
      clusters: { local: { hosts: 3, probe: { concurrency: 1 } } },
    });
    const host = (index: number) => `host-${index}.127-0-0-1.nip.io`;
    asked.set(host(0), clock.now() - 70_000);
    asked.set(host(1), clock.now() - 300_000);
    asked.set(host(2), clock.now() - 1_000);
    const [swept] = await sweep();
    expect(dialled.map(one => one.host)).toEqual([host(1), host(0)]);
    expect(swept).toMatchObject({ known: 3, due: 2 });
  });

  it('of a longer interval asks each host once in it, spread over its minutes', async () => {
    const { sweep, dialled } = setUp({
      clusters: { local: { hosts: 50, probe: { interval: '5m' } } },
    });
    const perMinute: number[] = [];
    for (let minute = 0; minute < 10; minute++) {
      const before = dialled.length;
      await sweep();
      perMinute.push(dialled.length - before);
    }
    expect(perMinute).toEqual(Array(10).fill(10));
    expect([...count(dialled).values()]).toEqual(Array(50).fill(2));
  });

  it('ends before the next begins, and goes on with what it did not reach', async () => {
    const { sweep, dialled } = setUp({
      clusters: { local: { hosts: 40, probe: { concurrency: 2 } } },
      takes: 5_000,
    });
    const [first] = await sweep();
    expect(first.left).toBeGreaterThan(0);
    await sweep();
    expect(count(dialled).size).toBe(40);
  });

  it('stops at once when the backend does', async () => {
    const { sweep, dialled, clock } = setUp({
      clusters: { local: { hosts: 200 } },
    });
    const stop = new AbortController();
    void clock
      .sleep(10_000, new AbortController().signal)
      .then(() => stop.abort());
    const [swept] = await sweep(stop.signal);
    expect(swept.left).toBeGreaterThan(100);
    expect(dialled.length).toBeLessThan(60);
  });

  it('asks once more what answers badly right after a change, when the gateway must have heard of it', async () => {
    const { sweep, dialled, changed } = setUp({
      clusters: { local: { hosts: 3, probe: { concurrency: 1 } } },
      answer: () => ({ tls: { verified: true }, http: { status: 404 } }),
    });
    const host = 'host-1.127-0-0-1.nip.io';
    changed.add(host);
    await sweep();
    const [first, second, ...more] = dialled
      .filter(one => one.host === host)
      .map(({ at }) => at);
    expect(second - first).toBeGreaterThanOrEqual(11_000);
    expect(more).toEqual([]);
    expect(count(dialled).get('host-2.127-0-0-1.nip.io')).toBe(1);
  });

  it('leaves out clusters that are away and those whose gateway is not to be dialled, and keeps the others apart', async () => {
    const { sweep, dialled } = setUp({
      clusters: {
        local: { hosts: 5 },
        away: { hosts: 5, isAway: true },
        none: { hosts: 5, probe: { address: 'none' } },
      },
    });
    const swept = await sweep();
    expect(swept.map(({ cluster }) => cluster)).toEqual(['local']);
    expect(dialled).toHaveLength(5);
  });

  it('forgets what is gone for a day, or for ten intervals where that is longer', async () => {
    const { sweep, prune, clock } = setUp({
      clusters: { local: { hosts: 1, probe: { interval: '24h' } } },
    });
    const began = clock.now();
    await sweep();
    expect(prune).toHaveBeenCalledWith(began - 10 * 24 * 60 * MINUTE);
  });
});

describe('a gateway that takes no connection', () => {
  it('is not tried for each of a thousand hosts: what was found is told of the others, and why', async () => {
    const { sweep, dialled, inferred, debug } = setUp({
      clusters: { local: { hosts: 1_000 } },
      takes: 5_000,
      answer: () => AWAY,
    });
    const [swept] = await sweep();
    expect(swept).toMatchObject({ known: 1_000, left: 0 });
    expect(dialled.length).toBeLessThan(100);
    expect(inferred.length + dialled.length).toBe(1_000);
    expect(inferred[0].seen.facts.failure).toEqual({
      stage: 'connect',
      code: 'ETIMEDOUT',
      message: expect.stringMatching(/not tried for this one$/),
    });
    expect(debug).toHaveBeenCalledWith(
      expect.stringMatching(/takes no connection/),
    );
  });

  it('is asked for every host again as soon as one of them is let in', async () => {
    const { sweep, dialled, inferred } = setUp({
      clusters: { local: { hosts: 300, probe: { concurrency: 1 } } },
      answer: (_, tries) => (tries <= 10 ? AWAY : CONNECTED),
    });
    await sweep();
    expect(inferred.length).toBeLessThan(130);
    expect(dialled.length).toBeGreaterThan(170);
  });

  it('for some hosts alone is no gateway that is away', async () => {
    const { sweep, inferred } = setUp({
      answer: (_, tries) => (tries % 3 === 0 ? CONNECTED : AWAY),
    });
    await sweep();
    expect(inferred).toEqual([]);
  });
});
