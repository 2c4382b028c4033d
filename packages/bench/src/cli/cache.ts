import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
/* eslint-disable @backstage/no-forbidden-package-imports, @backstage/no-mixed-plugin-imports -- the cache, which the plugin does not export */
import { createCachedSnapshotReader } from 'backstage-plugin-networking-backend/src/cache';
import { createLiveReader } from 'backstage-plugin-networking-backend/src/io/cluster';
import { createClusterClient } from 'backstage-plugin-networking-backend/src/io/cluster/clusterClient';
import { createTransport } from 'backstage-plugin-networking-backend/src/io/cluster/transport';
/* eslint-enable */

/** What one cold start of a cache cost. */
export interface ColdStart {
  /** From the start to the last kind that is heard of. */
  syncMs: number;
  /** The longest time in which the event loop served nobody. */
  blockMs: number;
  /** Bytes that are held after garbage collection, more than before. */
  heapBytes: number;
  residentBytes: number;
  objects: number;
}

const CLUSTER = 'local';
/** As long as a process takes to come to rest. */
const SETTLE_MS = 500;

function held() {
  for (let round = 0; round < 3; round++) global.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, rss };
}

/** Fills one watch cache from an API server, and tells its parent what that cost. Needs `--expose-gc`. */
async function main(): Promise<void> {
  const { BENCH_API_URL, BENCH_CA_FILE, BENCH_TOKEN } = process.env;
  const ca = await readFile(BENCH_CA_FILE ?? '', 'utf8');
  const transport = createTransport({
    name: CLUSTER,
    server: new URL(BENCH_API_URL ?? ''),
    options: async () => ({
      ca,
      headers: { authorization: `Bearer ${BENCH_TOKEN}` },
    }),
  });
  const client = createClusterClient(CLUSTER, transport);
  const clusters = {
    names: [CLUSTER],
    client: () => client,
    close: () => transport.close(),
  };
  const reader = createCachedSnapshotReader({
    clusters,
    live: createLiveReader({ clusters }),
    logger: { info: () => {}, warn: () => {} },
  });
  await pause(SETTLE_MS);
  const before = held();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  reader.start();
  const { health = [] } = await reader.read(CLUSTER);
  const syncMs = performance.now() - start;
  await pause(SETTLE_MS);
  delay.disable();
  const unread = health.filter(({ status }) => status !== 'synced');
  if (unread.length > 0) {
    throw new Error(
      `Not read: ${unread.map(({ kind, status }) => `${kind} ${status}`)}`,
    );
  }
  const after = held();
  const result: ColdStart = {
    syncMs,
    blockMs: delay.max / 1e6,
    heapBytes: after.heap - before.heap,
    residentBytes: after.rss - before.rss,
    objects: health.reduce((sum, { objects }) => sum + objects, 0),
  };
  process.send?.(result, () => {
    reader.close();
    clusters.close();
    process.disconnect();
  });
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
