import { fork } from 'node:child_process';
import { join } from 'node:path';
import { REPOSITORY, routePath } from 'integration-tests';
import { NetworkingClient } from 'backstage-plugin-networking-common';
import type { ColdStart } from '../cli/cache';
import { goalsTable, ms, table, type Report } from '../report';
import { median, percentile } from '../statistics';
import type { Bench } from '../world/bench';

const COLD_STARTS = 5;
const CHANGES = 100;
const POLL_MS = 5;
const MB = 1024 * 1024;

/** Each in a process of its own: nothing is warm, and nothing else is in its memory. */
function coldStart({ platform }: Bench): Promise<ColdStart> {
  return new Promise((resolve, reject) => {
    const child = fork(join(REPOSITORY, 'packages/bench/src/cli/cache.ts'), {
      execArgv: [
        '--expose-gc',
        '-r',
        require.resolve('@backstage/cli-node/config/nodeTransform.cjs', {
          paths: [REPOSITORY],
        }),
      ],
      env: {
        ...process.env,
        BENCH_API_URL: platform.apiServer.url,
        BENCH_CA_FILE: platform.apiServer.caFile,
        BENCH_TOKEN: platform.backendToken,
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    let result: ColdStart | undefined;
    // The loader of TypeScript tells its parent which files it reads.
    child.on('message', (message: Partial<ColdStart>) => {
      if (message.syncMs !== undefined) result = message as ColdStart;
    });
    child.once('error', reject);
    child.once('exit', code =>
      result
        ? resolve(result)
        : reject(new Error(`A cold start ended with exit code ${code}`)),
    );
  });
}

/** From a write to the API server to the answer of the plugin's API that shows it, by hosts that come and go. */
async function changes(bench: Bench, api: NetworkingClient): Promise<number[]> {
  const entityRef = 'component:default/docs';
  const name = 'bench-change';
  const { gateway, network } = bench.platform.settings;
  const took: number[] = [];
  const hostNow = async () =>
    (await api.getEntityExposures(entityRef)).exposures.find(
      exposure => exposure.name === name,
    )?.hosts[0]?.host;
  try {
    for (let change = 0; change < CHANGES; change++) {
      const host = `change-${change}.${network.dnsSuffix}`;
      const start = performance.now();
      await bench.admin.apply(
        routePath('docs', name),
        {
          apiVersion: 'gateway.networking.k8s.io/v1',
          kind: 'HTTPRoute',
          metadata: {
            name,
            namespace: 'docs',
            labels: { 'backstage.io/kubernetes-id': 'docs' },
          },
          spec: {
            parentRefs: [
              {
                name: gateway.name,
                namespace: gateway.namespace,
                sectionName: gateway.httpsSection,
              },
            ],
            hostnames: [host],
            rules: [{ backendRefs: [{ name: 'docs', port: 8080 }] }],
          },
        },
        { fieldManager: 'bench', force: true },
      );
      while ((await hostNow()) !== host) {
        await new Promise(resolve => setTimeout(resolve, POLL_MS));
      }
      took.push(performance.now() - start);
    }
  } finally {
    await bench.admin.remove(routePath('docs', name));
  }
  return took;
}

/** What the watch cache costs in a large cluster, and how far behind it is. */
export async function measureCache(bench: Bench): Promise<Report> {
  const { objects } = bench.options;
  await bench.filled();
  const starts: ColdStart[] = [];
  for (let run = 0; run < COLD_STARTS; run++) {
    starts.push(await coldStart(bench));
    bench.say(`Cold start ${run + 1} of ${COLD_STARTS}`);
  }
  const backstage = await bench.backstage();
  bench.say(`${CHANGES} changes`);
  const took = await changes(bench, await backstage.as('user:default/sam'));

  const of = (key: keyof ColdStart) => starts.map(start => start[key]);
  const sync = of('syncMs');
  const block = of('blockMs');
  const heap = of('heapBytes').map(bytes => bytes / MB);
  const resident = of('residentBytes').map(bytes => bytes / MB);
  const row = (
    what: string,
    values: number[],
    write: (value: number) => string,
  ) => [what, write(median(values)), write(Math.max(...values))];
  const mb = (value: number) => `${value.toFixed(0)} MB`;
  return {
    name: 'cache',
    markdown: [
      ...table([
        [`${COLD_STARTS} cold starts`, 'median', 'worst'],
        row('until every kind is there', sync, ms),
        row('longest block of the event loop', block, ms),
        row('memory: heap, after garbage collection', heap, mb),
        row('memory: resident, after garbage collection', resident, mb),
      ]),
      '',
      ...table([
        [`${took.length} changes`, 'p50', 'p99'],
        [
          "from the write to the plugin's answer",
          ms(median(took)),
          ms(percentile(took, 0.99)),
        ],
      ]),
      '',
      ...goalsTable([
        {
          what: 'cold start, median',
          measured: median(sync) / 1_000,
          unit: 's',
          wanted: { atMost: 2 },
        },
        {
          what: 'longest block of the event loop, median',
          measured: median(block),
          unit: 'ms',
          wanted: { atMost: 50 },
        },
        {
          what: 'memory that is held, median',
          measured: median(heap),
          unit: 'MB',
          wanted: { atMost: 60 },
        },
        {
          what: "change in the cluster to the plugin's answer, p99",
          measured: percentile(took, 0.99) / 1_000,
          unit: 's',
          wanted: { atMost: 1 },
        },
      ]),
      '',
      `${objects} HTTPRoutes, Services and EndpointSlices, ${Math.max(
        ...of('objects'),
      )} objects in all. ${bench.environment}`,
    ].join('\n'),
  };
}
