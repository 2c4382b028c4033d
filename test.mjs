/**
 * `npm test`: everything there is to check, with one count at the end.
 */
import { launch } from './scripts/lifecycle.mjs';
import { runTests } from './scripts/run-tests.mjs';

const NOTHING_RAN = '0 passed, 1 failed';
let counted = false;

launch(
  async launcher => {
    const code = await runTests(launcher, process.argv.slice(2));
    counted = true;
    return code;
  },
  { lastLine: () => (counted ? undefined : NOTHING_RAN) },
);
