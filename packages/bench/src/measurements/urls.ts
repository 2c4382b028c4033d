import { setTimeout as pause } from 'node:timers/promises';
import type { EntityExposures } from 'backstage-plugin-networking-common';
import { waitFor } from 'integration-tests';
import { goalsTable, ms, table, type Report } from '../report';
import { median, percentile } from '../statistics';
import type { Bench } from '../world/bench';
import { TimedHttp } from '../world/timedHttp';
import { MANY, ONE, refOf } from '../world/urls';

const PERSON = 'user:default/sam';
const WARM_UP = 30;
const KILOBYTE = 1_000;

export const exposuresOf = (entity: typeof ONE) =>
  `/api/networking/v1/exposures?entityRef=${encodeURIComponent(refOf(entity))}`;

/** Resolves with the first answer that has all URLs of an entity. */
export async function waitForUrls(
  http: TimedHttp,
  entity: typeof ONE,
): Promise<EntityExposures> {
  return waitFor(
    `${entity.name} to have ${entity.urls} URLs`,
    async () => {
      const { body } = await http.send('GET', exposuresOf(entity));
      const answer = JSON.parse(body) as EntityExposures;
      return answer.totalItems === entity.urls ? answer : undefined;
    },
    { boundMs: 180_000, intervalMs: 500 },
  );
}

type Way = 'one' | 'many' | 'page' | 'whole' | 'oneFirst' | 'manyFirst';
type Series = Record<Way, { times: number[]; bytes: number }>;

const TITLES: Record<Way, string> = {
  one: 'one URL, whole',
  many: `${MANY.urls} URLs, the first rows`,
  page: 'the next rows, by their ids',
  whole: 'one of them, whole',
  oneFirst: 'one URL, when nobody has read for a while',
  manyFirst: `${MANY.urls} URLs, when nobody has read for a while`,
};

/** Those that follow one another, and those before which nobody reads for so long that nothing is shared. */
const TOGETHER: readonly Way[] = ['one', 'many', 'page', 'whole'];
const ALONE: readonly Way[] = ['oneFirst', 'manyFirst'];
const SHARED_MS = 2_000;
const ALONE_ROUNDS = 15;

const emptySeries = (): Series => {
  const none = () => ({ times: [], bytes: 0 });
  return {
    one: none(),
    many: none(),
    page: none(),
    whole: none(),
    oneFirst: none(),
    manyFirst: none(),
  };
};

async function measure(
  http: TimedHttp,
  paths: Record<Way, string>,
  rounds: number,
): Promise<Series> {
  const series = emptySeries();
  const read = async (way: Way) => {
    const { status, milliseconds, body } = await http.send('GET', paths[way]);
    if (status !== 200) throw new Error(`An answer was ${status}: ${body}`);
    series[way].times.push(milliseconds);
    series[way].bytes = Math.max(series[way].bytes, Buffer.byteLength(body));
  };
  const inTurns = async (ways: readonly Way[], round: number) => {
    for (let step = 0; step < ways.length; step++) {
      if (ways === ALONE) await pause(SHARED_MS * 1.25);
      await read(ways[(round + step) % ways.length]);
    }
  };
  for (let round = 0; round < WARM_UP; round++) await inTurns(TOGETHER, round);
  Object.assign(series, emptySeries());
  for (let round = 0; round < rounds; round++) await inTurns(TOGETHER, round);
  for (let round = 0; round < ALONE_ROUNDS; round++) {
    await inTurns(ALONE, round);
  }
  return series;
}

/** The tab of an entity with many URLs beside that of one with one. */
export async function measureUrls(bench: Bench): Promise<Report> {
  const { rounds } = bench.options;
  await bench.withUrls();
  const backstage = await bench.backstage();
  const http = new TimedHttp({
    baseUrl: backstage.baseUrl,
    token: await backstage.tokenOf(PERSON),
  });
  try {
    await waitForUrls(http, ONE);
    const { rows, order } = await waitForUrls(http, MANY);
    const next = order.slice(rows.length, 2 * rows.length);
    const [{ cluster, namespace, name }] = rows;
    bench.say(`${rounds} rounds as ${PERSON}`);
    const series = await measure(
      http,
      {
        one: exposuresOf(ONE),
        many: exposuresOf(MANY),
        page: `${exposuresOf(MANY)}${next.map(id => `&id=${id}`).join('')}`,
        whole: `/api/networking/v1/exposures/${cluster}/${namespace}/${name}`,
        oneFirst: exposuresOf(ONE),
        manyFirst: exposuresOf(MANY),
      },
      rounds,
    );
    return reportOf(bench, series);
  } finally {
    http.close();
  }
}

function reportOf(bench: Bench, series: Series): Report {
  const p50 = (way: Way) => median(series[way].times);
  const rowsOf = (ways: readonly Way[]) =>
    ways.map(way => [
      TITLES[way],
      ms(p50(way)),
      ms(percentile(series[way].times, 0.99)),
      (p50(way) / p50(ways[0])).toFixed(2),
      `${(series[way].bytes / KILOBYTE).toFixed(1)} kB`,
    ]);
  return {
    name: 'urls',
    markdown: [
      ...table([
        ['read', 'p50', 'p99', 'ratio to one URL', 'largest answer'],
        ...rowsOf(TOGETHER),
        ...rowsOf(ALONE),
      ]),
      '',
      ...goalsTable([
        {
          what: `${MANY.urls} URLs to one URL`,
          measured: p50('many') / p50('one'),
          unit: 'times',
          wanted: { atMost: 5 },
        },
        {
          what: `${MANY.urls} URLs to one URL, when nobody has read for a while`,
          measured: p50('manyFirst') / p50('oneFirst'),
          unit: 'times',
          wanted: { atMost: 5 },
        },
        {
          what: `largest answer of ${MANY.urls} URLs`,
          measured: Math.max(series.many.bytes, series.page.bytes) / KILOBYTE,
          unit: 'kB',
          wanted: { atMost: 200 },
        },
      ]),
      '',
      `${bench.options.rounds} rounds, and ${ALONE_ROUNDS} with a pause before each read. ${bench.environment}`,
    ].join('\n'),
  };
}
