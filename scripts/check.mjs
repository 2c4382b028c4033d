/**
 * `npm run check`: what is too large for every run of `npm test`, with one count at the end.
 */
import { checkParts } from './parts/parts.mjs';
import { launchTests } from './run-tests.mjs';

launchTests({ command: 'npm run check', profile: 'check', parts: checkParts });
