/**
 * Runs the programs behind the parts of `npm test` and counts what they report.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { root } from '../checkout.mjs';
import { cleanEnvironment } from '../environment.mjs';
import { yarnCommand } from '../yarn.mjs';
import { oneCheck, settle, tallyJest } from './tally.mjs';

/**
 * @typedef {{
 *   nodeHome: string,
 *   processes: import('../processes.mjs').Processes,
 *   progress: ReturnType<typeof import('../progress.mjs').createProgress>,
 *   dir: string,
 *   logs: string,
 *   step: { update(at: object): void },
 *   env?: NodeJS.ProcessEnv,
 * }} PartContext `dir`: what a part keeps while it runs
 */

/** @param {PartContext} context */
function partEnvironment({ nodeHome, env }) {
  return { ...cleanEnvironment(process.env, nodeHome), CI: 'true', ...env };
}

/**
 * A program that either passes or does not.
 *
 * @param {PartContext} context
 * @param {string} name
 * @param {string[]} yarnArgs
 */
export async function runCheck(context, name, yarnArgs) {
  const logFile = join(context.logs, `${name}.log`);
  const { code, tail } = await context.processes.run(
    name,
    ...yarnCommand(context.nodeHome, ...yarnArgs),
    { cwd: root, env: partEnvironment(context), logFile },
  );
  return {
    tally: oneCheck(name, code),
    details: code === 0 ? '' : tail,
    logFile,
  };
}

/**
 * @param {PartContext} context
 * @param {string} name
 * @param {{ cwd: string, yarnArgs: string[], expectedFiles: string[] }} run
 */
export async function runJest(context, name, { cwd, yarnArgs, expectedFiles }) {
  const logFile = join(context.logs, `${name}.log`);
  const reportFile = join(context.logs, `${name}.json`);
  mkdirSync(context.logs, { recursive: true });
  rmSync(reportFile, { force: true });
  const env = partEnvironment(context);
  env.NODE_OPTIONS = `${
    env.NODE_OPTIONS ?? ''
  } --experimental-vm-modules`.trim();
  const progress = createJestProgress(expectedFiles.length);
  const { code, tail } = await context.processes.run(
    name,
    ...yarnCommand(
      context.nodeHome,
      ...yarnArgs,
      '--json',
      `--outputFile=${reportFile}`,
      '--reporters=default',
      `--reporters=${join(root, 'scripts/parts/jest-progress.cjs')}`,
    ),
    {
      cwd,
      env,
      logFile,
      graceMs: 60_000,
      onLine: line => context.step.update(progress.read(line)),
      isUnlogged: isProgress,
    },
  );
  const report = readReport(reportFile) ?? { testResults: [] };
  const tally = settle(tallyJest(report, expectedFiles.map(fromRoot)), code);
  return {
    tally,
    details: tally.failed === 0 ? '' : describeJestFailures(report) || tail,
    logFile,
  };
}

const isProgress = line => line.startsWith('@tests ');

/** How far Jest is, from the lines of its own reporter and of jest-progress.cjs. */
export function createJestProgress(totalFiles) {
  let files = 0;
  let tests = 0;
  return {
    read(line) {
      if (isProgress(line)) {
        tests = Number(line.split(' ')[1]);
      } else if (/^(PASS|FAIL) /.test(line)) {
        files += 1;
      }
      return {
        done: files,
        total: totalFiles,
        text: `files, ${tests} tests`,
      };
    },
  };
}

const fromRoot = file => relative(root, file);

function readReport(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    for (const result of report.testResults) {
      result.name = fromRoot(result.name);
    }
    return report;
  } catch {
    return undefined;
  }
}

/** Failures that are told in full; the problems name them all. */
const TOLD_FAILURES = 10;

/** Lines of each. */
const TOLD_LINES = 25;

/**
 * The first lines of the failures of a report. What fails many tests with the same words, as a set-up does, is told once.
 *
 * @param {Parameters<typeof tallyJest>[0]} report
 */
export function describeJestFailures(report) {
  const told = new Set();
  return report.testResults
    .flatMap(({ name, message, assertionResults }) => {
      const failed = assertionResults.filter(
        ({ status }) => status === 'failed',
      );
      return assertionResults.length > 0
        ? failed.map(({ fullName, failureMessages }) => ({
            title: `${name}: ${fullName}`,
            text: stripVTControlCharacters(failureMessages.join('\n')),
          }))
        : [{ title: name, text: stripVTControlCharacters(message ?? '') }];
    })
    .filter(({ text }) => text && !told.has(text) && told.add(text))
    .slice(0, TOLD_FAILURES)
    .map(
      ({ title, text }) =>
        `${title}\n${text.split('\n').slice(0, TOLD_LINES).join('\n')}\n`,
    )
    .join('\n');
}
