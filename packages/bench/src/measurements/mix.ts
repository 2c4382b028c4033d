import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from 'integration-tests';
import { goalsTable, ms, table, type Report } from '../report';
import { median, percentile } from '../statistics';
import type { Bench } from '../world/bench';
import { TimedHttp } from '../world/timedHttp';
import { MANY } from '../world/urls';
import { exposuresOf, waitForUrls } from './urls';

/** To whom the example policy allows everything, administration as well. */
const PERSON = 'user:default/alex';
const API = '/api/networking/v1';
const ENTITY = 'component:default/shop';
const A_SECOND = 45;
const SECONDS = 60;
/** A backend that has just started has catalog entities to process, hosts to ask, and code to compile. */
const WARM_UP_SECONDS = 45;

interface Kind {
  title: string;
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
}

const get = (title: string, path: string): Kind => ({
  title,
  method: 'GET',
  path: `${API}${path}`,
});

/** What the pages of the plugin ask, one of each kind. */
function kindsOf(whole: string): Kind[] {
  const entityRef = encodeURIComponent(ENTITY);
  return [
    get('the tab of an entity', `/exposures?entityRef=${entityRef}`),
    {
      title: `the tab of an entity with ${MANY.urls} URLs`,
      method: 'GET',
      path: exposuresOf(MANY),
    },
    get('one exposure, whole', `/exposures/${whole}`),
    get('the list of exposures', '/exposures'),
    get('the table of hosts', '/hosts'),
    get('Services that can be exposed', `/services?entityRef=${entityRef}`),
    {
      title: 'a plan',
      method: 'POST',
      path: `${API}/plans`,
      body: {
        entityRef: ENTITY,
        service: { name: 'shop', port: 8080 },
        hostLabel: 'mix',
      },
    },
    get('certificates', '/certificates'),
    get('the platform', '/platform'),
    get('the settings', '/settings'),
  ];
}

/** Asks each kind in turn at an even pace, whether or not those before have been answered. */
async function ask(
  http: TimedHttp,
  kinds: readonly Kind[],
  seconds: number,
): Promise<number[][]> {
  const times = kinds.map((): number[] => []);
  const failures: Error[] = [];
  const send = async (place: number) => {
    const { title, method, path, body } = kinds[place];
    try {
      const answer = await http.send(method, path, { body });
      times[place].push(answer.milliseconds);
      if (answer.status === 200) return;
      throw new Error(`${title} was answered ${answer.status}: ${answer.body}`);
    } catch (error) {
      failures.push(error as Error);
    }
  };
  const began = performance.now();
  const asked: Promise<void>[] = [];
  for (let turn = 0; turn < A_SECOND * seconds; turn++) {
    const wait = began + (turn * 1_000) / A_SECOND - performance.now();
    if (wait > 0) await pause(wait);
    if (failures.length > 0) break;
    asked.push(send(turn % kinds.length));
  }
  await Promise.all(asked);
  if (failures.length > 0) throw failures[0];
  return times;
}

/** Ten kinds of requests at once: does one make the others wait? */
export async function measureMix(bench: Bench): Promise<Report> {
  await bench.withUrls();
  const backstage = await bench.backstage();
  const alex = await backstage.as(PERSON);
  await waitFor('shop to be exposed', () =>
    alex.apply({
      entityRef: ENTITY,
      service: { name: 'shop', port: 8080 },
      hostLabel: 'mix',
    }),
  );
  const { rows } = await alex.getEntityExposures(ENTITY);
  const [{ cluster, namespace, name }] = rows;
  const kinds = kindsOf([cluster, namespace, name].join('/'));
  const http = new TimedHttp({
    baseUrl: backstage.baseUrl,
    token: await backstage.tokenOf(PERSON),
  });
  try {
    await waitForUrls(http, MANY);
    bench.say(`${A_SECOND} requests a second for ${SECONDS} s`);
    await ask(http, kinds, WARM_UP_SECONDS);
    // Others on the same cores delay this process as they delay Backstage.
    const late = monitorEventLoopDelay({ resolution: 1 });
    late.enable();
    const times = await ask(http, kinds, SECONDS);
    late.disable();
    const p99 = (values: readonly number[]) => percentile(values, 0.99);
    return {
      name: 'mix',
      markdown: [
        ...table([
          ['request', 'number', 'p50', 'p99', 'ratio'],
          ...kinds.map(({ title }, index) => [
            title,
            String(times[index].length),
            ms(median(times[index])),
            ms(p99(times[index])),
            (p99(times[index]) / median(times[index])).toFixed(2),
          ]),
        ]),
        '',
        ...goalsTable(
          kinds.map(({ title }, index) => ({
            what: `${title}: p99 to its own p50`,
            measured: p99(times[index]) / median(times[index]),
            unit: 'times' as const,
            wanted: { atMost: 5 },
          })),
        ),
        '',
        `${A_SECOND} requests a second for ${SECONDS} s. Timers of the process that asked came ${ms(
          late.percentile(99) / 1e6,
        )} late (p99), ${ms(late.max / 1e6)} at most. ${bench.environment}`,
      ].join('\n'),
    };
  } finally {
    http.close();
  }
}
