/**
 * `node scripts/with-postgres.mjs COMMAND …` runs one command with PostgreSQL beside it, for a test of one's own choice:
 * the tests of the database run on it as in `npm test`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Failure } from './failure.mjs';
import { launch } from './lifecycle.mjs';
import {
  CONNECTION_VARIABLE,
  hasPostgres,
  startPostgres,
} from './postgres.mjs';

launch(async ({ processes, progress }) => {
  const [command, ...args] = process.argv.slice(2);
  if (!command) {
    throw new Failure(
      'There is no command to run.',
      'Name one: node scripts/with-postgres.mjs yarn backstage-cli repo test FILE.',
    );
  }
  if (!hasPostgres()) {
    throw new Failure(
      `There is no PostgreSQL server for ${process.platform}-${process.arch}.`,
      'Run the command without it.',
    );
  }
  const home = mkdtempSync(join(tmpdir(), 'networking-with-postgres-'));
  try {
    const { connectionString, stop } = await startPostgres({
      processes,
      folder: join(home, 'postgres'),
      logs: home,
    });
    const { code } = await processes.run('command', command, args, {
      cwd: process.cwd(),
      env: { ...process.env, [CONNECTION_VARIABLE]: connectionString },
      onLine: line => progress.line(line),
      graceMs: 60_000,
    });
    await stop();
    return code;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
