/**
 * Yarn of the version that package.json names, and the install of the packages that the lockfile names.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { root, stateDir } from './checkout.mjs';
import { cleanEnvironment } from './environment.mjs';
import { Failure } from './failure.mjs';
import { withLock } from './lock.mjs';
import { nodeProgram } from './node24.mjs';
import { providePackage } from './npm-package.mjs';
import { createStamps, hashOf } from './stamps.mjs';

/** The steps of `yarn install` that take time, by the words that Yarn begins them with. */
const STEPS = ['Resolution step', 'Fetch step', 'Link step'];

/** Also named by `packageManager` in package.json, for those who live in Yarn. */
export const VERSION = '4.13.0';
const HOME = join(stateDir, `yarn-${VERSION}`);
const PROGRAM = join('bin', 'yarn.js');

/** The command line of Yarn, for `processes.start`. */
export function yarnCommand(nodeHome, ...args) {
  return [nodeProgram(nodeHome), [join(HOME, PROGRAM), ...args]];
}

/** The folder of each workspace, relative to the root. */
export function workspaceFolders() {
  return ['packages', 'plugins'].flatMap(parent =>
    readdirSync(join(root, parent), { withFileTypes: true })
      .map(entry => join(parent, entry.name))
      .filter(folder => existsSync(join(root, folder, 'package.json'))),
  );
}

function installKey(nodeHome) {
  return hashOf({
    base: root,
    files: [
      'package.json',
      'yarn.lock',
      '.yarnrc.yml',
      ...workspaceFolders().map(folder => join(folder, 'package.json')),
    ].map(file => join(root, file)),
    strings: [nodeHome, process.arch],
  });
}

/**
 * @param {{
 *   nodeHome: string,
 *   processes: import('./processes.mjs').Processes,
 *   progress: ReturnType<typeof import('./progress.mjs').createProgress>,
 *   logFile: string,
 * }} options
 */
export function installPackages(options) {
  return withLock('packages', options.progress, () => install(options));
}

async function install({ nodeHome, processes, progress, logFile }) {
  await providePackage({
    spec: `@yarnpkg/cli-dist@${VERSION}`,
    title: `Yarn ${VERSION}`,
    size: '1 MB',
    integrity:
      'c0YdSja652OezJqFnz9+pZwKfKAiBu2aRPJiHPU73sirTGgvQRTyaS5Y6PQHAmmaoa3RjCY6f3L2q9g8S/urqw==',
    home: HOME,
    program: PROGRAM,
    processes,
    progress,
  });
  const stamps = createStamps();
  const key = installKey(nodeHome);
  if (
    stamps.matches('install', key) &&
    existsSync(join(root, 'node_modules', '.yarn-state.yml'))
  ) {
    return;
  }
  stamps.clear('install');
  await progress.during('Installing the packages with Yarn', async step => {
    const env = {
      ...cleanEnvironment(process.env, nodeHome),
      YARN_ENABLE_PROGRESS_BARS: 'false',
      YARN_ENABLE_TELEMETRY: 'false',
    };
    Object.assign(env, await registrySettings({ nodeHome, processes, env }));
    const [cacheFolder] = await capture(
      processes,
      yarnCommand(nodeHome, 'config', 'get', 'cacheFolder'),
      env,
    );
    const total = (
      readFileSync(join(root, 'yarn.lock'), 'utf8').match(/^ {2}checksum:/gm) ??
      []
    ).length;

    let current = 0;
    const report = () => {
      const name = STEPS[current].replace(' step', '').toLowerCase();
      const fetched =
        current === 1 ? `, ${countArchives(cacheFolder, total)} packages` : '';
      step.update({
        text: `step ${current + 1} of ${STEPS.length}, ${name}${fetched}`,
      });
    };
    report();
    const timer = setInterval(report, 1000);
    const result = await processes
      .run('yarn install', ...yarnCommand(nodeHome, 'install', '--immutable'), {
        cwd: root,
        env,
        logFile,
        onLine(line) {
          const begun = STEPS.findIndex(name => line.includes(`┌ ${name}`));
          if (begun >= 0) {
            current = begun;
          }
        },
      })
      .finally(() => clearInterval(timer));
    if (result.code !== 0) {
      throw installFailure(result);
    }
  });
  stamps.set('install', key);
}

function countArchives(folder, total) {
  try {
    const done = readdirSync(folder).filter(name => name.endsWith('.zip'));
    return `${Math.min(done.length, total)} of ${total}`;
  } catch {
    return `0 of ${total}`;
  }
}

/**
 * Yarn does not read npm's settings. Where Yarn was told of no registry it is told of npm's, for this run only: npm's own
 * default serves the same packages.
 */
async function registrySettings({ nodeHome, processes, env }) {
  const [setting] = await capture(
    processes,
    yarnCommand(nodeHome, 'config', 'npmRegistryServer', '--json'),
    env,
  );
  if (!isDefault(setting)) {
    return {};
  }
  const [npmRegistry] = await capture(
    processes,
    ['npm', ['config', 'get', 'registry']],
    env,
  );
  if (!URL.canParse(npmRegistry)) {
    return {};
  }
  const { protocol, hostname } = new URL(npmRegistry);
  return {
    YARN_NPM_REGISTRY_SERVER: npmRegistry.replace(/\/$/, ''),
    ...(protocol === 'http:' && { YARN_UNSAFE_HTTP_WHITELIST: hostname }),
  };
}

/** Whether a setting that Yarn prints as JSON has the value that Yarn comes with. */
function isDefault(setting = '') {
  try {
    const { effective, default: usual } = JSON.parse(setting);
    return effective === usual;
  } catch {
    return false;
  }
}

/** The lines that a command prints on stdout or stderr, empty where it fails. */
async function capture(processes, [command, args], env) {
  const lines = [];
  const { code } = await processes.run(command, command, args, {
    cwd: root,
    env,
    onLine: line => lines.push(line.trim()),
  });
  return code === 0 ? lines.filter(line => !line.startsWith('npm ')) : [];
}

function installFailure({ tail, logFile }) {
  const more = { details: tail, logFile };
  if (/YN0028/.test(tail)) {
    return new Failure(
      'The lockfile does not fit the package.json files.',
      'Run `yarn install`, commit yarn.lock, then run this again.',
      more,
    );
  }
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET|RequestError|YN0035/.test(
      tail,
    )
  ) {
    return new Failure(
      'Yarn could not reach the npm registry.',
      "Check the network, and that `npm view node` works; another registry is named by npm's setting `registry` or by YARN_NPM_REGISTRY_SERVER. Then run this again.",
      { logFile },
    );
  }
  if (/ENOSPC/.test(tail)) {
    return new Failure(
      'The disk is full.',
      'Free about 10 GB, then run this again.',
      more,
    );
  }
  return new Failure(
    'Yarn could not install the packages.',
    'See the lines above, then run this again.',
    more,
  );
}
