import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CONFIG, CONTRACT } from './paths';
import { runProgram } from '../program';

/** What a run of schemathesis came to, as its own report has it. */
export interface Run {
  exit_code: number;
  /** False where it ended before it had asked everything. */
  complete: boolean;
  operations: { total: number; tested: number };
  test_cases: { generated: number; with_failures: number };
  phases: Record<string, { status: string }>;
  /** Requests that could not be made or sent. */
  errors: unknown[];
  /** What was found, each with a request that shows it, without its token; empty where nothing was. */
  found: string;
  /** Its own summary, for the log. */
  summary: string;
}

/**
 * Runs schemathesis over the contract.
 *
 * @param options.program - Path of `st`.
 * @param options.url - Where the paths of the contract begin.
 * @param options.folder - Takes the report and what is told while it runs.
 */
export async function runSchemathesis(options: {
  program: string;
  url: string;
  token: string;
  folder: string;
}): Promise<Run> {
  const { program, url, token, folder } = options;
  const report = join(folder, 'report.json');
  await rm(report, { force: true });
  const { output } = await runProgram(
    program,
    [
      ...['--config-file', CONFIG],
      ...['run', CONTRACT],
      ...['--url', url],
      ...['--report', 'json', '--report-json-path', report],
      '--no-color',
    ],
    {
      logFile: join(folder, 'schemathesis.log'),
      // Not among the arguments, which every user of the machine can read.
      env: { SCHEMATHESIS_TOKEN: token, PYTHONUTF8: '1' },
    },
  );
  const text = await readFile(report, 'utf8').catch(() => {
    throw new Error(`schemathesis ended without a report:\n${output}`);
  });
  return {
    ...JSON.parse(text),
    found: sectionOf(output, 'FAILURES'),
    summary: sectionOf(output, 'SUMMARY'),
  };
}

/** The lines under a heading such as `==== FAILURES ====`, up to the next. */
function sectionOf(output: string, heading: string): string {
  const isHeading = (line: string) => /^=+ .+ =+$/.test(line);
  const lines = output.split('\n');
  const start = lines.findIndex(
    line => isHeading(line) && line.includes(` ${heading} `),
  );
  if (start < 0) return '';
  const rest = lines.slice(start + 1);
  const end = rest.findIndex(isHeading);
  return rest
    .slice(0, end < 0 ? rest.length : end)
    .join('\n')
    .trim();
}
