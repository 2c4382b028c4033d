import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  Admin,
  binDir,
  configFile,
  pathFrom,
  REPOSITORY,
  startBackstage,
} from 'integration-tests';
import { startPlatform } from 'local-platform';
import { measure } from '../measure';
import { replaceTable, toMarkdown } from '../report';

const MIN_PAIRS = 15;
const PAGE = join(REPOSITORY, 'docs/benchmarks.md');

const say = (line: string) => process.stderr.write(`${line}\n`);

/**
 * `--pairs N` (at least 15, default 20), `--update` to write the table into docs/benchmarks.md. The table goes to
 * standard output, what happens meanwhile to standard error.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      pairs: { type: 'string', default: '20' },
      update: { type: 'boolean', default: false },
    },
  });
  const pairs = Number(values.pairs);
  if (!Number.isInteger(pairs) || pairs < MIN_PAIRS) {
    throw new Error(
      `--pairs is '${values.pairs}'. Give a whole number of at least ${MIN_PAIRS}: fewer pairs say nothing about a median.`,
    );
  }
  const stateDir = pathFrom('NETWORKING_BENCH_STATE_DIR', '.local/bench');
  const stops: (() => Promise<void>)[] = [];
  const stopAll = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  process.once('SIGINT', () => {
    stopAll().finally(() => process.exit(130));
  });
  process.once('SIGTERM', () => {
    stopAll().finally(() => process.exit(143));
  });
  try {
    say('Starting the local platform');
    const platform = await startPlatform({
      stateDir: join(stateDir, 'platform'),
      binDir: binDir(),
      profile: 'test',
      configFile: configFile(),
      logger: () => {},
      onProgress: () => {},
    });
    stops.push(() => platform.stop());
    say('Starting Backstage');
    const backstage = await startBackstage({ platform, stateDir });
    stops.push(() => backstage.stop());
    const admin = new Admin({
      url: platform.apiServer.url,
      ca: await readFile(platform.apiServer.caFile, 'utf8'),
      token: platform.apiServer.adminToken,
    });
    stops.push(async () => admin.close());

    const series = await measure({
      platform,
      admin,
      api: await backstage.as('user:default/sam'),
      pairs,
      onPair: done => say(`Pair ${done} of ${pairs}`),
    });
    const table = toMarkdown({
      ...series,
      environment: `Local platform on ${availableParallelism()} cores, Node ${
        process.versions.node
      }.`,
    });
    process.stdout.write(`${table}\n`);
    if (values.update) {
      await writeFile(PAGE, replaceTable(await readFile(PAGE, 'utf8'), table));
      say(`Written to ${PAGE}`);
    }
  } finally {
    await stopAll();
  }
}

main().catch(error => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
