/**
 * Builds packages/app once for its sources, so that the backend can serve app and API from one origin.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './checkout.mjs';
import { cleanEnvironment } from './environment.mjs';
import { Failure } from './failure.mjs';
import { withLock } from './lock.mjs';
import { createStamps, filesUnder, hashOf } from './stamps.mjs';
import { workspaceFolders, yarnCommand } from './yarn.mjs';

const APP = 'packages/app';

/** The files of config that decide how the app is built. What the backend tells the app at run time is not part of it. */
export const APP_CONFIG = ['app-config.yaml'];

/** Names that no build reads: results of a build, and tests. */
const isNoSource = name =>
  ['node_modules', 'dist', 'dist-types', 'coverage', 'dev'].includes(name) ||
  /\.test\.tsx?$|^report.*\.api\.md$/.test(name);

/**
 * The workspaces that a package is built from: itself and, through all of them, those it depends on.
 *
 * @param {string} start folder of the package, relative to the root
 * @param {Map<string, string>} folders folder by package name
 * @param {(folder: string) => { dependencies?: Record<string, string> }} readPackage
 */
export function workspaceClosure(start, folders, readPackage) {
  const found = new Set();
  const visit = folder => {
    if (found.has(folder)) {
      return;
    }
    found.add(folder);
    for (const name of Object.keys(readPackage(folder).dependencies ?? {})) {
      const dependency = folders.get(name);
      if (dependency) {
        visit(dependency);
      }
    }
  };
  visit(start);
  return [...found].sort();
}

const readPackage = folder =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));

function appKey() {
  const folders = new Map(
    workspaceFolders().map(folder => [readPackage(folder).name, folder]),
  );
  const sources = workspaceClosure(APP, folders, readPackage).flatMap(folder =>
    filesUnder(join(root, folder), isNoSource),
  );
  const shared = ['yarn.lock', 'package.json', 'backstage.json', ...APP_CONFIG];
  return hashOf({
    base: root,
    files: [...sources, ...shared.map(file => join(root, file))],
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
export function buildApp(options) {
  return withLock('app', options.progress, () => build(options));
}

async function build({ nodeHome, processes, progress, logFile }) {
  const stamps = createStamps();
  const key = appKey();
  if (
    stamps.matches('app', key) &&
    existsSync(join(root, APP, 'dist', 'index.html'))
  ) {
    return;
  }
  stamps.clear('app');
  await progress.during('Building the app', async () => {
    const { code, tail } = await processes.run(
      'build of the app',
      ...yarnCommand(
        nodeHome,
        'backstage-cli',
        'package',
        'build',
        ...APP_CONFIG.flatMap(file => ['--config', join(root, file)]),
      ),
      {
        cwd: join(root, APP),
        env: {
          ...cleanEnvironment(process.env, nodeHome),
          NODE_ENV: 'production',
        },
        logFile,
      },
    );
    if (code !== 0) {
      throw new Failure(
        'The app could not be built.',
        'Mend what the lines above name, then run this again.',
        { details: tail, logFile },
      );
    }
  });
  stamps.set('app', key);
}
