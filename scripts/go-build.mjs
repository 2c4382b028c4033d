/**
 * Builds the programs of the local platform with Go, by the command that packages/local-platform has for it. It needs no
 * package, so that it can run while they are installed.
 */
import { join } from 'node:path';

import { root, shared } from './checkout.mjs';
import { cleanEnvironment } from './environment.mjs';
import { Failure } from './failure.mjs';
import { withLock } from './lock.mjs';
import { nodeProgram } from './node24.mjs';
import { lastWords, readPlatformLine } from './platform-output.mjs';

/**
 * The Go modules of packages/local-platform. `alone`: what it is called in a sentence of its own.
 */
const MODULES = {
  servers: {
    title: "Building the local platform's servers with Go",
    alone: 'The servers',
  },
  cilium: {
    title: "Building Cilium's Gateway controllers with Go",
    alone: "Cilium's Gateway controllers",
  },
};

/**
 * @typedef {{
 *   nodeHome: string,
 *   processes: import('./processes.mjs').Processes,
 *   progress: ReturnType<typeof import('./progress.mjs').createProgress>,
 *   logFile: string,
 * }} BuildOptions
 */

/**
 * @param {BuildOptions} options
 * @returns {Promise<string>} the folder that holds the programs
 */
export function buildServers(options) {
  return withLock('servers', options.progress, () => build('servers', options));
}

/**
 * @param {BuildOptions} options
 * @returns {Promise<string>} the folder that holds Cilium's Gateway controllers
 */
export function buildCilium(options) {
  return withLock('cilium', options.progress, () => build('cilium', options));
}

async function build(module, { nodeHome, processes, progress, logFile }) {
  const { title, alone } = MODULES[module];
  let step;
  let binDir;
  const { code, tail } = await processes.run(
    `build of ${module}`,
    nodeProgram(nodeHome),
    [
      '--import',
      join(root, 'scripts/bare-typescript.mjs'),
      '--no-warnings',
      join(root, 'packages/local-platform/src/cli/build.ts'),
      '--cache',
      shared.servers,
      '--module',
      module,
    ],
    {
      cwd: root,
      env: cleanEnvironment(process.env, nodeHome),
      logFile,
      onLine(line) {
        const { event, at } = readPlatformLine(line);
        if (event?.event === 'built') {
          binDir = event.binDir;
        } else if (at) {
          step ??= progress.step(title);
          step.update(at);
        }
      },
    },
  );
  if (code !== 0 || !binDir) {
    step?.fail();
    throw new Failure(
      lastWords(tail) || `${alone} could not be built (exit code ${code}).`,
      '',
      { logFile: step && logFile },
    );
  }
  step?.done();
  return binDir;
}
