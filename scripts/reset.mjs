/**
 * `npm run reset`: empties the one folder that holds all state. Packages and Go's own caches stay.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { profiles, stateDir } from './checkout.mjs';
import { Failure } from './failure.mjs';
import { launch } from './lifecycle.mjs';
import { requireNothingRuns } from './lock.mjs';
import { requireWritable } from './preflight.mjs';

launch(async ({ progress }) => {
  requireWritable();
  requireNothingRuns(profiles);
  await progress.during('Emptying .local', async () => {
    for (const name of names(stateDir)) {
      try {
        rmSync(join(stateDir, name), { recursive: true, force: true });
      } catch (error) {
        throw new Failure(
          `${error.path ?? join(stateDir, name)} cannot be removed (${
            error.code
          }).`,
          'Remove .local as the user who owns it, then run this again.',
        );
      }
    }
  });
  return 0;
});

function names(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
