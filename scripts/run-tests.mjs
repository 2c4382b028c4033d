/**
 * Runs the parts of a command that tests: what needs no servers while they are built, then what needs them.
 */
import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';

import { buildApp } from './app-build.mjs';
import { profileFolders } from './checkout.mjs';
import { describeFailure, Failure } from './failure.mjs';
import { buildCilium, buildServers } from './go-build.mjs';
import { launch } from './lifecycle.mjs';
import { takeProfile } from './lock.mjs';
import { provideNode } from './node24.mjs';
import { platformTestEnvironment } from './parts/parts.mjs';
import { failedOnce, summary, total } from './parts/tally.mjs';
import {
  requireLinux,
  requireNode,
  requireTools,
  requireWritable,
} from './preflight.mjs';
import { formatElapsed } from './progress.mjs';
import { parseTestArguments } from './test-arguments.mjs';
import { installPackages } from './yarn.mjs';

/** @typedef {Parameters<Parameters<typeof import('./lifecycle.mjs').launch>[0]>[0]} Launcher */

/**
 * Launches a command that tests. Its last line is its count, whatever happens.
 *
 * @param {{
 *   command: string,
 *   profile: string,
 *   parts: import('./parts/parts.mjs').Part[],
 * }} options `command`: as a person types it
 */
export function launchTests(options) {
  let counted = false;
  launch(
    async launcher => {
      const code = await runTests(launcher, options, process.argv.slice(2));
      counted = true;
      return code;
    },
    { lastLine: () => (counted ? undefined : NOTHING_RAN) },
  );
}

const NOTHING_RAN = '0 passed, 1 failed';

/**
 * @param {Launcher} launcher
 * @param {Parameters<typeof launchTests>[0]} options
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
async function runTests({ processes, progress }, options, args) {
  const { command, profile, parts } = options;
  const names = parseTestArguments(
    args,
    parts.map(({ name }) => name),
    command,
  );
  const chosen = parts.filter(({ name }) => names.includes(name));
  const leftOut = parts.filter(part => !chosen.includes(part));
  const needed = need => chosen.some(({ needs }) => needs.includes(need));

  const folders = profileFolders(profile);
  requireNode();
  requireWritable();
  requireTools([
    'npm',
    'tar',
    'setpriv',
    ...(needed('go') ? ['go'] : []),
    ...(needed('python') ? ['python3'] : []),
    ...(needed('kubectl') ? ['kubectl'] : []),
  ]);
  takeProfile(profile);
  if (needed('servers')) {
    requireLinux();
  }
  mkdirSync(folders.logs, { recursive: true });

  const log = name => join(folders.logs, `${name}.log`);
  const nodeHome = await provideNode({ processes, progress });
  const tools = { nodeHome, processes, progress };
  const programs = {};
  const servers = attempt(
    needed('servers') &&
      buildServers({ ...tools, logFile: log('go-build') }).then(
        folder => (programs.servers = folder),
      ),
  );
  // After the servers, of which more waits, whether or not they could be built.
  const cilium = attempt(
    servers.then(
      () =>
        needed('cilium') &&
        buildCilium({ ...tools, logFile: log('go-build-cilium') }).then(
          folder => (programs.cilium = folder),
        ),
    ),
  );
  await installPackages({ ...tools, logFile: log('yarn-install') });

  const results = [];
  const runPart = async (part, obstacle) => {
    const since = Date.now();
    const result = obstacle
      ? didNotStart(obstacle)
      : await execute(part, {
          ...tools,
          dir: folders.dir,
          logs: folders.logs,
          env:
            part.needs.length > 0
              ? platformTestEnvironment(folders.dir, programs)
              : undefined,
        });
    results.push({
      name: part.name,
      elapsed: formatElapsed(Date.now() - since),
      log: result.logFile && relative(process.cwd(), result.logFile),
      ...result,
    });
  };

  for (const part of chosen.filter(({ needs }) => needs.length === 0)) {
    await runPart(part);
  }
  const serversFailure = await servers;
  const appFailure = await attempt(
    needed('app') && buildApp({ ...tools, logFile: log('app-build') }),
  );
  for (const part of chosen.filter(({ needs }) => needs.length > 0)) {
    const forPart = {
      servers: async () => serversFailure,
      cilium: () => cilium,
      app: async () => appFailure,
      go: async () => undefined,
      python: async () => undefined,
      kubectl: async () => undefined,
    };
    const obstacles = await Promise.all(
      part.needs.map(need => forPart[need]()),
    );
    await runPart(part, obstacles.find(Boolean));
  }

  progress.line('');
  summary(
    results,
    leftOut.map(({ name }) => name),
  ).forEach(line => progress.line(line));
  return total(results).failed === 0 ? 0 : 1;
}

/** What stopped some work, undefined where it came to its end; the work goes on beside the parts. */
function attempt(work) {
  return Promise.resolve(work).then(
    () => undefined,
    error => error,
  );
}

const didNotStart = error => ({
  tally: failedOnce(
    `did not start: ${
      error instanceof Failure
        ? `${error.message} ${error.remedy}`.trim()
        : describeFailure(error)
    }`,
  ),
  details: describeFailure(error),
});

async function execute(part, context) {
  const { progress } = context;
  const step = progress.step(part.title);
  const result = await part.run({ ...context, step }).catch(didNotStart);
  const { passed, failed } = result.tally;
  const text = `${passed} passed, ${failed} failed`;
  if (failed === 0) {
    step.done(text);
  } else {
    step.fail(text);
    progress.line(result.details);
  }
  return result;
}
