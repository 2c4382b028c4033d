import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pathFrom, REPOSITORY } from 'integration-tests';
import { MEASUREMENTS } from '../measurements';
import { replaceReport } from '../report';
import { startBench } from '../world/bench';

const PAGE = join(REPOSITORY, 'docs/benchmarks.md');

const began = Date.now();
const say = (line: string) =>
  process.stderr.write(
    `${String(Math.round((Date.now() - began) / 1_000)).padStart(
      4,
    )} s  ${line}\n`,
  );

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least) {
    throw new Error(
      `--${name} is '${text}'. Give a whole number of at least ${least}.`,
    );
  }
  return number;
}

function namesOf(only: string | undefined): string[] {
  const known = Object.keys(MEASUREMENTS);
  if (only === undefined) return known;
  const asked = only.split(',').map(name => name.trim());
  const unknown = asked.find(name => !known.includes(name));
  if (unknown !== undefined) {
    throw new Error(
      `--only names '${unknown}'. Give some of: ${known.join(', ')}.`,
    );
  }
  return known.filter(name => asked.includes(name));
}

/**
 * Runs the measurements, and prints the table of each to standard output; what happens meanwhile goes to standard error.
 *
 * `--only NAME,…` runs some; `--update` writes the tables into docs/benchmarks.md; `--pairs N` (default 20), `--objects N`
 * (default 5000), `--rounds N` (default 200) and `--sweeps N` (default 5, a minute each) change how much is measured; `--profile FOLDER` writes a CPU profile of
 * Backstage.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      pairs: { type: 'string', default: '20' },
      objects: { type: 'string', default: '5000' },
      rounds: { type: 'string', default: '200' },
      sweeps: { type: 'string', default: '5' },
      profile: { type: 'string' },
      update: { type: 'boolean', default: false },
    },
  });
  const names = namesOf(values.only);
  const bench = await startBench({
    stateDir: pathFrom('NETWORKING_BENCH_STATE_DIR', '.local/bench'),
    // Fewer pairs say nothing about a median.
    pairs: wholeNumber('pairs', values.pairs, 15),
    objects: wholeNumber('objects', values.objects, 100),
    rounds: wholeNumber('rounds', values.rounds, 20),
    sweeps: wholeNumber('sweeps', values.sweeps, 1),
    ...(values.profile && { profileDir: values.profile }),
    say,
  });
  const end = (code: number) => () => {
    bench.stop().finally(() => process.exit(code));
  };
  process.once('SIGINT', end(130));
  process.once('SIGTERM', end(143));
  try {
    for (const name of names) {
      say(`Measuring: ${name}`);
      const report = await MEASUREMENTS[name](bench);
      process.stdout.write(`\n## ${name}\n\n${report.markdown}\n\n`);
      if (!values.update) continue;
      await writeFile(
        PAGE,
        replaceReport(await readFile(PAGE, 'utf8'), report),
      );
      say(`Written to ${PAGE}`);
    }
  } finally {
    await bench.stop();
  }
}

main().catch(error => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
