/**
 * The command line of `npm test` and `npm run check`.
 */
import { parseArgs } from 'node:util';

import { Failure } from './failure.mjs';

/**
 * @param {string[]} args
 * @param {string[]} known the parts in their order
 * @param {string} command as a person types it
 * @returns {string[]} the parts to run, in their order
 */
export function parseTestArguments(args, known, command) {
  const usage = `Run \`${command}\` for everything, or \`${command} -- --only a,b\` with some of: ${known.join(
    ', ',
  )}.`;
  let only;
  try {
    ({ only } = parseArgs({
      args,
      options: { only: { type: 'string', multiple: true } },
    }).values);
  } catch (error) {
    throw new Failure(`${error.message.split('. ')[0]}.`, usage);
  }
  if (!only) {
    return known;
  }
  const asked = only.flatMap(text => text.split(',')).map(text => text.trim());
  const unknown = asked.find(name => !known.includes(name));
  if (unknown !== undefined) {
    throw new Failure(`There is no part '${unknown}'.`, usage);
  }
  return known.filter(name => asked.includes(name));
}
