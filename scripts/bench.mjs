/**
 * `npm run bench`: the paired benchmarks of packages/bench on a local platform of their own. Arguments are theirs.
 */
import { join } from 'node:path';

import { typeScriptCommand, typeScriptEnvironment } from './backstage.mjs';
import { profileFolders, root } from './checkout.mjs';
import { Failure } from './failure.mjs';
import { launch } from './lifecycle.mjs';
import { takeProfile } from './lock.mjs';
import {
  requireLinux,
  requireNode,
  requireTools,
  requireWritable,
} from './preflight.mjs';
import { setUp } from './setup.mjs';

launch(async ({ processes, progress }) => {
  const folders = profileFolders('bench');
  requireNode();
  requireLinux();
  requireWritable();
  requireTools(['setpriv', 'npm', 'tar']);
  takeProfile('bench');
  const { nodeHome, binDir } = await setUp({
    processes,
    progress,
    logs: folders.logs,
  });

  const logFile = join(folders.logs, 'bench.log');
  const { code, tail } = await processes.run(
    'bench',
    ...typeScriptCommand(
      nodeHome,
      'packages/bench/src/cli/bench.ts',
      ...process.argv.slice(2),
    ),
    {
      cwd: root,
      env: {
        ...typeScriptEnvironment(nodeHome),
        NETWORKING_BIN_DIR: binDir,
        NETWORKING_BENCH_STATE_DIR: folders.dir,
      },
      logFile,
      graceMs: 60_000,
      onLine: line => progress.line(line),
    },
  );
  if (code !== 0) {
    throw new Failure('The benchmark did not come to its end.', '', {
      details: tail,
      logFile,
    });
  }
  return 0;
});
