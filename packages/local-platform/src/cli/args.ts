/** The arguments are not understood; the message names the one and what is known. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/**
 * Reads `--name value` pairs.
 * @throws UsageError for an unknown or repeated name, a missing value, or a required name that is not given.
 */
export function parseArgs<Name extends string, Required extends Name>(
  argv: readonly string[],
  names: readonly Name[],
  required: readonly Required[],
): Partial<Record<Name, string>> & Record<Required, string> {
  const known = names.map(name => `--${name}`).join(', ');
  const values: Partial<Record<string, string>> = {};
  for (let i = 0; i < argv.length; i += 2) {
    const name = argv[i].replace(/^--/, '');
    if (!argv[i].startsWith('--') || !names.includes(name as Name)) {
      throw new UsageError(`Unknown argument ${argv[i]}: use ${known}.`);
    }
    if (argv[i + 1] === undefined) {
      throw new UsageError(`The argument --${name} has no value.`);
    }
    if (values[name] !== undefined) {
      throw new UsageError(`The argument --${name} is given twice.`);
    }
    values[name] = argv[i + 1];
  }
  for (const name of required) {
    if (!values[name]) throw new UsageError(`Give --${name} a value.`);
  }
  return values as Partial<Record<Name, string>> & Record<Required, string>;
}
