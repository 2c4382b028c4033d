/**
 * Node 24, which Backstage needs and Debian 12 lacks, from the npm registry: the package holds the program and the headers
 * that native modules are built against.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { stateDir } from './checkout.mjs';
import { cleanEnvironment } from './environment.mjs';
import { Failure } from './failure.mjs';
import { withLock } from './lock.mjs';

const VERSION = '24.21.0';

/** sha512 of the packages, as the registry publishes it. */
const INTEGRITY = {
  'linux-x64':
    '3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  'linux-arm64':
    'FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
};

/**
 * The home of a Node that runs Backstage, fetched where it is not there yet. There is no such package for other systems:
 * there, the Node that runs this has to do.
 *
 * @param {{
 *   processes: import('./processes.mjs').Processes,
 *   progress: ReturnType<typeof import('./progress.mjs').createProgress>,
 *   folder?: string,
 *   integrity?: Record<string, string>,
 * }} options
 * @returns {Promise<string>} the folder that holds `bin/node`
 */
export async function provideNode({
  processes,
  progress,
  folder = stateDir,
  integrity = INTEGRITY,
}) {
  const target = `${process.platform}-${process.arch}`;
  const wanted = integrity[target];
  if (!wanted) {
    return ownNode(target);
  }
  const home = join(folder, `node-${target}-${VERSION}`);
  const fetchOnce = async () => {
    if (existsSync(join(home, 'bin', 'node'))) {
      return;
    }
    await progress.during(`Fetching Node ${VERSION} with npm`, async step => {
      mkdirSync(folder, { recursive: true });
      const temporary = mkdtempSync(join(folder, 'node-fetch-'));
      try {
        step.update({ text: 'downloading 52 MB' });
        const archive = await download(processes, target, temporary);
        step.update({ text: 'checking' });
        await requireIntegrity(archive, wanted);
        step.update({ text: 'unpacking 189 MB' });
        execFileSync('tar', ['-xzf', archive, '-C', temporary], {
          stdio: 'pipe',
        });
        renameSync(join(temporary, 'package'), home);
      } finally {
        rmSync(temporary, { recursive: true, force: true });
      }
    });
  };
  await withLock('node', progress, fetchOnce, join(folder, 'locks'));
  return home;
}

async function download(processes, target, folder) {
  const { code, tail } = await processes.run(
    'npm pack',
    'npm',
    [
      'pack',
      `node-${target}@${VERSION}`,
      '--pack-destination',
      folder,
      '--ignore-scripts',
      '--loglevel=error',
      '--fetch-retries=1',
      '--fetch-retry-mintimeout=1000',
    ],
    { cwd: folder, env: cleanEnvironment(process.env) },
  );
  const archive = readdirSync(folder).find(name => name.endsWith('.tgz'));
  if (code !== 0 || !archive) {
    throw new Failure(
      `Node ${VERSION} could not be fetched from the npm registry.`,
      "Check the network, and that `npm view node` works (npm's settings `registry`, `proxy` and `cafile`), then run this again.",
      { details: /^npm error .*\breason: .*/m.exec(tail)?.[0] ?? tail },
    );
  }
  return join(folder, archive);
}

export async function requireIntegrity(archive, wanted) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  if (hash.digest('base64') !== wanted) {
    throw new Failure(
      `The package of Node ${VERSION} that the npm registry sent is not the published one: its sha512 differs.`,
      "Check npm's setting `registry`, then run this again.",
    );
  }
}

function ownNode(target) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major !== 22 && major !== 24) {
    throw new Failure(
      `Backstage runs on Node 22 or 24, this is ${process.version}, and there is no package of Node 24 for ${target} to fetch.`,
      `Install Node 24 and run this again with it.`,
    );
  }
  return dirname(dirname(process.execPath));
}

/** @param {string} home */
export const nodeProgram = home => join(home, 'bin', 'node');
