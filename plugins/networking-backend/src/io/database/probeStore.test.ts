import { TestDatabases } from '@backstage/backend-test-utils';
import type { ProbeFacts } from 'backstage-plugin-networking-common';
import type { Knex } from 'knex';
import type { Database } from './database';
import { connectDatabase } from './migrations';
import { createProbeStore, type ProbeKey, type ProbeStore } from './probeStore';

// PostgreSQL is there in `npm test`, and below scripts/with-postgres.mjs.
const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
  disableDocker: true,
});

const SHOP: ProbeKey = { cluster: 'local', host: 'shop.example', route: 'uid' };
const DOCS: ProbeKey = { ...SHOP, host: 'docs.example' };
const MINUTE = 60_000;

const facts = (more: Partial<ProbeFacts> = {}): ProbeFacts => ({
  host: 'shop.example',
  address: '192.0.2.1',
  port: 443,
  path: '/',
  at: '2026-11-01T12:00:00.000Z',
  durationMs: 3,
  tls: { verified: true },
  http: { status: 200 },
  ...more,
});

describe.each(databases.eachSupportedId())('what probes found, on %s', id => {
  let client: Knex;
  let database: Database;
  let time: number;
  let a: ProbeStore;
  let b: ProbeStore;

  beforeEach(async () => {
    client = await databases.init(id);
    database = await connectDatabase({ getClient: async () => client });
    time = 1_700_000_000_000;
    a = createProbeStore({ database, replica: 'a' });
    b = createProbeStore({ database, replica: 'b' });
  });

  const isClaimed = async (store = a, evidence = 'one', key = SHOP) =>
    (await store.claim(key, evidence, time)) !== undefined;

  const answer = async (good: boolean, store = a, key = SHOP) => {
    const [{ claimed_at }] = await client('probes').where(key).select();
    await store.answer(key, Number(claimed_at), {
      answeredAt: time,
      basis: 'basis',
      good,
      facts: facts(good ? {} : { http: { status: 503 } }),
    });
  };

  /** Asks every second for a while, as an open tab could, and counts. */
  const asksWithin = async (
    milliseconds: number,
    options: { good?: boolean; evidence?: (second: number) => string } = {},
  ) => {
    const at: number[] = [];
    for (let passed = 0; passed < milliseconds; passed += 1_000) {
      const second = passed / 1_000;
      if (await isClaimed(a, options.evidence?.(second) ?? 'one')) {
        at.push(second);
        await answer(options.good ?? false);
      }
      time += 1_000;
    }
    return at;
  };

  it('gives the right to ask to exactly one of many that race', async () => {
    const stores = Array.from({ length: 12 }, (_, index) =>
      createProbeStore({ database, replica: String(index) }),
    );
    const claims = await Promise.all(stores.map(store => isClaimed(store)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    time += MINUTE;
    const again = await Promise.all(stores.map(store => isClaimed(store)));
    expect(again.filter(Boolean)).toHaveLength(1);
  });

  it('shows whoever is refused, at once, that somebody asks', async () => {
    const seen = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const store = index % 2 ? a : b;
        if (await isClaimed(store)) return [];
        const [row] = await store.read(SHOP.cluster, [SHOP]);
        return [row.claim.claimedAt];
      }),
    );
    expect(seen.flat()).toEqual(Array(19).fill(time));
  });

  it('keeps hosts, routes and clusters apart', async () => {
    expect(await isClaimed()).toBe(true);
    for (const other of [
      DOCS,
      { ...SHOP, route: 'other' },
      { ...SHOP, cluster: 'other' },
    ]) {
      expect(await isClaimed(a, 'one', other)).toBe(true);
    }
  });

  it('asks a host that answers well once a minute', async () => {
    const at = await asksWithin(60 * MINUTE, { good: true });
    expect(at).toHaveLength(60);
    expect(at.slice(0, 3)).toEqual([0, 60, 120]);
  });

  it('asks a host that lastingly answers badly every two seconds for a minute, and then once a minute', async () => {
    const at = await asksWithin(60 * MINUTE);
    expect(at.filter(second => second < 60)).toHaveLength(30);
    const later = at.filter(second => second >= 60);
    expect(later.length).toBeGreaterThan(57);
    expect(later.length).toBeLessThan(61);
  });

  it('asks again at once after a change, and every two seconds until a good answer comes', async () => {
    await isClaimed();
    await answer(true);
    time += 10_000;
    expect(await isClaimed()).toBe(false);
    expect(await isClaimed(b, 'two')).toBe(true);
    await answer(false, b);
    time += 1_000;
    expect(await isClaimed(a, 'two')).toBe(false);
    time += 1_000;
    const claim = await a.claim(SHOP, 'two', time);
    expect(claim).toEqual({
      evidence: 'two',
      windowFrom: time - 2_000,
      claimedAt: time,
      good: false,
    });
    await answer(true);
    time += 5_000;
    expect(await isClaimed(b, 'two')).toBe(false);
    await expect(b.read('local', [SHOP])).resolves.toEqual([
      {
        key: SHOP,
        claim: { ...claim!, good: true },
        answer: { answeredAt: time - 5_000, basis: 'basis', facts: facts() },
      },
    ]);
  });

  it('does not begin to ask quickly once more where a good answer came in the window', async () => {
    await isClaimed();
    await answer(true);
    await answer(false);
    time += 10_000;
    expect(await isClaimed()).toBe(false);
  });

  it('does not follow what changes all the time: some dozen quick probes in ten minutes', async () => {
    const at = await asksWithin(60 * MINUTE, { evidence: String });
    expect(at.length).toBeGreaterThan(60);
    expect(at.length).toBeLessThanOrEqual(6 * 70);
  });

  it('lets another replica ask when the minute of one that died is over', async () => {
    await isClaimed();
    await answer(true);
    time += MINUTE;
    expect(await isClaimed(a)).toBe(true);
    time += MINUTE - 1;
    expect(await isClaimed(b)).toBe(false);
    time += 1;
    expect(await isClaimed(b)).toBe(true);
  });

  it('does not keep an answer that came after the host was asked again', async () => {
    const first = await a.claim(SHOP, 'one', time);
    time += MINUTE;
    const second = await b.claim(SHOP, 'one', time);
    const late = { answeredAt: time, basis: 'late', good: true };
    await b.answer(SHOP, second!.claimedAt, {
      ...late,
      basis: 'second',
      facts: facts(),
    });
    await a.answer(SHOP, first!.claimedAt, { ...late, facts: facts() });
    const [row] = await b.read('local', [SHOP]);
    expect(row.answer?.basis).toBe('second');
  });

  it('is not kept from asking by a clock that was far ahead, and is by one that is some seconds ahead', async () => {
    await a.claim(SHOP, 'one', time + 5_000);
    expect(await isClaimed(b)).toBe(false);
    await a.claim(DOCS, 'one', time + 24 * 60 * MINUTE);
    expect(await isClaimed(b, 'one', DOCS)).toBe(true);
  });

  it('tells a replica what the others found, and not what it found itself', async () => {
    await isClaimed(a);
    await answer(true, a);
    await isClaimed(b, 'one', DOCS);
    await answer(true, b, DOCS);
    const marks = (store: ProbeStore, since: number) =>
      store.answersSince('local', since);
    expect(await marks(a, time - 1)).toEqual([{ ...DOCS, answeredAt: time }]);
    expect(await marks(b, time - 1)).toEqual([{ ...SHOP, answeredAt: time }]);
    expect(await marks(b, time)).toEqual([]);
    expect(await b.answersSince('other', 0)).toEqual([]);
  });

  it('reads very many at once', async () => {
    const keys = Array.from({ length: 250 }, (_, index) => ({
      ...SHOP,
      host: `host-${index}.example`,
    }));
    for (const key of keys) {
      await isClaimed(a, 'one', key);
      await answer(true, a, key);
    }
    expect(await b.read('local', keys)).toHaveLength(250);
    expect(await b.read('local', [])).toEqual([]);
  });

  it('bounds what a server can have it keep', async () => {
    const claim = await a.claim(SHOP, 'one', time);
    const certificate = {
      subject: 'CN=x',
      issuer: 'CN=y',
      dnsNames: Array.from({ length: 5_000 }, (_, index) => `${index}.example`),
      serialNumber: '01',
      notBefore: '',
      notAfter: '',
      fingerprintSha256: '',
      isCa: false,
    };
    await a.answer(SHOP, claim!.claimedAt, {
      answeredAt: time,
      basis: 'basis',
      good: false,
      facts: facts({
        tls: { verified: false, leaf: certificate, chain: [certificate] },
      }),
    });
    const [{ facts: text }] = await client('probes').select('facts');
    expect(text.length).toBeLessThan(33_000);
    const [row] = await a.read('local', [SHOP]);
    expect(row.answer?.facts.tls).toEqual({ verified: false });
  });

  it('forgets hosts that nobody has asked for long', async () => {
    await isClaimed();
    time += 60 * MINUTE;
    await isClaimed(a, 'one', DOCS);
    expect(await a.prune(time - 1)).toBe(1);
    const rows = await client('probes').select('host');
    expect(rows).toEqual([{ host: 'docs.example' }]);
  });
});
