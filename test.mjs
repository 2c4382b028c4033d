/**
 * `npm test`: everything there is to check, with one count at the end.
 */
import { testParts } from './scripts/parts/parts.mjs';
import { launchTests } from './scripts/run-tests.mjs';

launchTests({ command: 'npm test', profile: 'test', parts: testParts });
