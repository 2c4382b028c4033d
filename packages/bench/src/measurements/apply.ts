import { setTimeout as pause } from 'node:timers/promises';
import type {
  HttpRoute,
  NetworkingApi,
} from 'backstage-plugin-networking-common';
import { FIELD_MANAGER } from 'backstage-plugin-networking-common';
import { getVerified, routePath, waitFor, type Admin } from 'integration-tests';
import type { Platform } from 'local-platform';
import { ms, table, type Report } from '../report';
import { median, percentile } from '../statistics';
import type { Bench } from '../world/bench';

/** What one way of exposing took, in milliseconds, by run. */
interface Series {
  /** From the first byte sent to the answer of the write. */
  written: number[];
  /** From the first byte sent to the first verified 200. */
  answered: number[];
}

const REQUEST = {
  entityRef: 'component:default/shop',
  service: { name: 'shop', port: 8080 },
  hostLabel: 'bench',
};

/**
 * A gateway that gathers changes holds the next one back for some time after the last. Without a pause, the removal
 * before each measurement would begin that time, and whatever is slow about a write would hide in it.
 */
const SETTLE_MS = 1_500;

/** Short beside what is measured, long enough to leave the cores to the gateway. */
const POLL_INTERVAL_MS = 5;

/**
 * Exposes one host again and again, by the plugin and by a bare server-side apply of the very manifest that the plugin
 * would write, in pairs whose order alternates: what slows the machine down for a while slows both.
 */
async function measure(options: {
  platform: Platform;
  admin: Admin;
  api: NetworkingApi;
  pairs: number;
  onPair(done: number): void;
}): Promise<{ plugin: Series; bare: Series }> {
  const { platform, admin, api } = options;
  const { pem: ca } = await api.getCa(platform.settings.cluster);
  const plan = await api.plan(REQUEST);
  const [manifest] = plan.objects;
  if (plan.action !== 'create' || !plan.host || !manifest) {
    throw new Error(
      `The benchmark cannot expose its host: ${plan.action}, ${plan.findings
        .map(({ message }) => message)
        .join(' ')}`,
    );
  }
  const host = plan.host;
  const path = routePath(
    manifest.metadata.namespace ?? '',
    manifest.metadata.name,
  );

  const answers = (status: number) =>
    waitFor(
      `${host} to answer ${status}`,
      async () => {
        const answer = await getVerified({
          address: platform.gateway.address,
          port: platform.gateway.httpsPort,
          host,
          ca,
        });
        return answer.status === status ? true : undefined;
      },
      { intervalMs: POLL_INTERVAL_MS },
    );

  async function time(write: () => Promise<unknown>) {
    await pause(SETTLE_MS);
    const start = performance.now();
    await write();
    const written = performance.now() - start;
    await answers(200);
    const answered = performance.now() - start;
    await admin.remove(path);
    await answers(404);
    return { written, answered };
  }
  const ways = {
    plugin: () => time(() => api.apply(REQUEST)),
    bare: () =>
      time(() =>
        admin.apply<HttpRoute>(path, manifest, {
          fieldManager: FIELD_MANAGER,
        }),
      ),
  };

  // The first of each fills caches and opens connections, and does not count.
  await answers(404);
  await ways.plugin();
  await ways.bare();

  const result = {
    plugin: { written: [], answered: [] } as Series,
    bare: { written: [], answered: [] } as Series,
  };
  for (let pair = 0; pair < options.pairs; pair++) {
    const order =
      pair % 2 === 0
        ? (['plugin', 'bare'] as const)
        : (['bare', 'plugin'] as const);
    for (const way of order) {
      const { written, answered } = await ways[way]();
      result[way].written.push(written);
      result[way].answered.push(answered);
    }
    options.onPair(pair + 1);
  }
  return result;
}

/** Applies to an empty cluster, in pairs with a bare apply of the same manifest. */
export async function measureApply(bench: Bench): Promise<Report> {
  const { pairs } = bench.options;
  const { plugin, bare } = await measure({
    platform: bench.platform,
    admin: bench.admin,
    api: await (await bench.backstage()).as('user:default/sam'),
    pairs,
    onPair: done => bench.say(`Pair ${done} of ${pairs}`),
  });
  const row = (name: string, values: number[], reference: number[]) => [
    name,
    ms(median(values)),
    ms(percentile(values, 0.9)),
    (median(values) / median(reference)).toFixed(2),
  ];
  return {
    name: 'apply',
    markdown: [
      ...table([
        ['from the request to', 'median', 'p90', 'ratio of medians'],
        row('the answer of `POST /v1/exposures`', plugin.written, bare.written),
        row('the answer of a bare apply', bare.written, bare.written),
        row(
          'the first verified 200 after `POST /v1/exposures`',
          plugin.answered,
          bare.answered,
        ),
        row(
          'the first verified 200 after a bare apply',
          bare.answered,
          bare.answered,
        ),
      ]),
      '',
      `${pairs} pairs. ${bench.environment}`,
    ].join('\n'),
  };
}
