/**
 * Runs the programs behind the parts of `npm test` and counts what they report.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

import { root } from '../checkout.mjs';
import { cleanEnvironment } from '../environment.mjs';
import { yarnCommand } from '../yarn.mjs';
import { oneCheck, settle, tallyJest } from './tally.mjs';

/**
 * @typedef {{
 *   nodeHome: string,
 *   processes: import('../processes.mjs').Processes,
 *   logs: string,
 *   step: { update(at: object): void },
 *   env?: NodeJS.ProcessEnv,
 * }} PartContext
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
  const report = readReport(reportFile);
  const tally = settle(
    tallyJest(report ?? { testResults: [] }, expectedFiles.map(fromRoot)),
    code,
  );
  const messages = (report?.testResults ?? []).flatMap(jestMessages);
  return {
    tally,
    details: tally.failed === 0 ? '' : messages.slice(0, 10).join('\n') || tail,
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

/** The first lines of each failure of a file. */
function jestMessages({ name, message, assertionResults }) {
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  const texts =
    failed.length > 0
      ? failed.map(
          ({ fullName, failureMessages }) =>
            `${fullName}\n${failureMessages.join('\n')}`,
        )
      : [message].filter(text => text && assertionResults.length === 0);
  return texts.map(
    text => `${name}: ${text.split('\n').slice(0, 25).join('\n')}\n`,
  );
}
