import type { EntityExposures } from 'backstage-plugin-networking-common';
import { waitFor } from 'integration-tests';
import { goalsTable, ms, table, type Report } from '../report';
import { median, percentile } from '../statistics';
import type { Bench } from '../world/bench';
import { TimedHttp, type TimedAnswer } from '../world/timedHttp';

const ENTITY = 'component:default/shop';
const READ = `/api/networking/v1/exposures?entityRef=${encodeURIComponent(
  ENTITY,
)}`;
const BY_NAME = '/api/catalog/entities/by-name/component/default/shop';
const QUERY = '/api/kubernetes/resources/custom/query';

/** The kinds that an answer of ours is made of. */
const KINDS = [
  ['gateway.networking.k8s.io', 'v1', 'httproutes'],
  ['gateway.networking.k8s.io', 'v1', 'gateways'],
  ['', 'v1', 'services'],
  ['discovery.k8s.io', 'v1', 'endpointslices'],
  ['cert-manager.io', 'v1', 'certificates'],
  ['cert-manager.io', 'v1', 'certificaterequests'],
].map(([group, apiVersion, plural]) => ({ group, apiVersion, plural }));

const PEOPLE = [
  {
    ref: 'user:default/sam',
    policy: 'decided by ownership',
  },
  {
    // The example policy allows the platform team everything, without a condition.
    ref: 'user:default/alex',
    policy: 'everything allowed',
  },
];

const WARM_UP = 30;

type Way = 'read' | 'unchanged' | 'catalog' | 'kubernetes';
type Series = Record<Way, number[]>;

const TITLES: Record<Way, string> = {
  read: 'entity read, `GET /api/networking/v1/exposures?entityRef=`',
  unchanged: 'entity read with `If-None-Match`, answered 304',
  catalog: 'bare catalog read, `GET /api/catalog/entities/by-name/…`',
  kubernetes: 'six kinds, `POST /api/kubernetes/resources/custom/query`',
};

/** The four ways to ask, each of which looks at its answer. */
function waysOf(http: TimedHttp): Record<Way, () => Promise<number>> {
  let etag = '';
  const timed = ({ milliseconds, status, body }: TimedAnswer, wanted = 200) => {
    if (status !== wanted) {
      throw new Error(`An answer was ${status}: ${body.slice(0, 500)}`);
    }
    return milliseconds;
  };
  return {
    read: async () => {
      const answer = await http.send('GET', READ);
      etag = answer.etag ?? '';
      return timed(answer);
    },
    unchanged: async () => {
      for (;;) {
        const answer = await http.send('GET', READ, {
          headers: { 'if-none-match': etag },
        });
        // It did change: it says when its host was probed last, which is renewed every few seconds.
        if (answer.status !== 200) return timed(answer, 304);
        etag = answer.etag ?? '';
      }
    },
    catalog: async () => timed(await http.send('GET', BY_NAME)),
    kubernetes: async () => {
      const answer = await http.send('POST', QUERY, {
        body: { entityRef: ENTITY, auth: {}, customResources: KINDS },
      });
      const [cluster] = JSON.parse(answer.body).items ?? [];
      if (!cluster || cluster.errors.length > 0) {
        throw new Error(
          `The Kubernetes plugin answered ${answer.body.slice(0, 500)}`,
        );
      }
      return timed(answer);
    },
  };
}

async function interleave(
  ways: Record<Way, () => Promise<number>>,
  rounds: number,
): Promise<Series> {
  const names = Object.keys(ways) as Way[];
  const series: Series = {
    read: [],
    unchanged: [],
    catalog: [],
    kubernetes: [],
  };
  for (let round = 0; round < WARM_UP + rounds; round++) {
    for (let step = 0; step < names.length; step++) {
      const name = names[(round + step) % names.length];
      const milliseconds = await ways[name]();
      if (round >= WARM_UP) series[name].push(milliseconds);
    }
  }
  return series;
}

/** What is measured has to be worth it: a route that is Live, with everything that it is made of. */
async function waitUntilLive(http: TimedHttp): Promise<EntityExposures> {
  return waitFor(
    'the exposure of shop to be Live',
    async () => {
      const { body } = await http.send('GET', READ);
      const answer = JSON.parse(body) as EntityExposures;
      const [exposure] = answer.exposures ?? [];
      if (exposure?.verdict.word === 'Live') return answer;
      throw new Error(exposure?.verdict.finding.message ?? body);
    },
    { boundMs: 180_000, intervalMs: 500 },
  );
}

/** Reads of one entity through HTTP, beside what Backstage offers without this plugin. */
export async function measureRead(bench: Bench): Promise<Report> {
  const { rounds, objects } = bench.options;
  await bench.filled();
  const backstage = await bench.backstage();
  const sam = await backstage.as(PEOPLE[0].ref);
  await waitFor('shop to be exposed', () =>
    sam.apply({
      entityRef: ENTITY,
      service: { name: 'shop', port: 8080 },
      hostLabel: 'read',
    }),
  );

  const measured: { policy: string; series: Series; requests: number }[] = [];
  for (const { ref, policy } of PEOPLE) {
    bench.say(`Reading as ${ref}`);
    const http = new TimedHttp({
      baseUrl: backstage.baseUrl,
      token: await backstage.tokenOf(ref),
    });
    try {
      await waitUntilLive(http);
      const ways = waysOf(http);
      const series = await interleave(ways, rounds);
      const { events } = await bench.audit.during(async () => {
        for (let round = 0; round < rounds; round++) await ways.read();
      });
      measured.push({
        policy,
        series,
        // The cache's own watches end every few minutes and begin again, whoever reads.
        requests: events.filter(({ verb }) => verb !== 'watch').length,
      });
    } finally {
      http.close();
    }
  }

  const ratio = (series: Series, of: Way, to: Way) =>
    median(series[of]) / median(series[to]);
  return {
    name: 'read',
    markdown: [
      ...measured.flatMap(({ policy, series }) => [
        ...table([
          [`permissions: ${policy}`, 'p50', 'p99', 'ratio to the catalog'],
          ...(Object.keys(TITLES) as Way[]).map(way => [
            TITLES[way],
            ms(median(series[way])),
            ms(percentile(series[way], 0.99)),
            ratio(series, way, 'catalog').toFixed(2),
          ]),
        ]),
        '',
      ]),
      ...goalsTable(
        measured.flatMap(({ policy, series, requests }) => [
          {
            what: `entity read to catalog read, ${policy}`,
            measured: ratio(series, 'read', 'catalog'),
            unit: 'times' as const,
            wanted: { atMost: 1.6 },
          },
          {
            what: `Kubernetes plugin to entity read, ${policy}`,
            measured: ratio(series, 'kubernetes', 'read'),
            unit: 'times' as const,
            wanted: { atLeast: 4 },
          },
          {
            what: `requests to the API server during ${rounds} entity reads, ${policy}`,
            measured: requests,
            unit: 'requests' as const,
            wanted: { atMost: 0 },
          },
        ]),
      ),
      '',
      `${rounds} rounds for each person, with ${objects} HTTPRoutes, Services and EndpointSlices. ${bench.environment}`,
    ].join('\n'),
  };
}
