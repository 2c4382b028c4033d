import { readFile, writeFile } from 'node:fs/promises';
import { parse, stringify } from 'yaml';

/** What somebody does in an editor who follows the README. */

/** @throws Error where the file stays as it was */
async function edit(
  file: string,
  change: (text: string) => string,
): Promise<void> {
  const before = await readFile(file, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`Nothing to change in ${file}.`);
  await writeFile(file, after);
}

/** Adds lines of a JSON object, as they stand, to the resolutions of a package.json. */
export const addResolutions = (file: string, lines: string) =>
  edit(file, text => {
    const manifest = JSON.parse(text);
    Object.assign((manifest.resolutions ??= {}), JSON.parse(`{${lines}}`));
    return `${JSON.stringify(manifest, null, 2)}\n`;
  });

/** Parts code into its import statements and the rest. */
function importsOf(code: string): { imports: string; rest: string } {
  const pattern = /^import [^;]+;\n?/gm;
  return {
    imports: (code.match(pattern) ?? []).map(line => line.trim()).join('\n'),
    rest: code.replace(pattern, '').trim(),
  };
}

const withImports = (text: string, imports: string) => {
  const last = [...text.matchAll(/^import [^;]+;$/gm)].pop();
  if (!last || imports === '') return text;
  const end = last.index + last[0].length;
  return `${text.slice(0, end)}\n${imports}${text.slice(end)}`;
};

/** Puts the imports of some code among those of a file, and its default export in place of that of the file. */
export const replaceDefaultExport = (file: string, code: string) =>
  edit(file, text => {
    const { imports, rest } = importsOf(code);
    return `${withImports(
      text.slice(0, text.indexOf('export default ')),
      imports,
    )}${rest}\n`;
  });

/** Puts the imports of some code among those of a file, and the rest before a line of it. */
export const insertBefore = (file: string, line: string, code: string) =>
  edit(file, text => {
    const { imports, rest } = importsOf(code);
    return withImports(text, imports).replace(
      new RegExp(`^${line.replace(/[.()]/g, '\\$&')}`, 'm'),
      found => `${rest}\n\n${found}`,
    );
  });

/** Puts some code in the place of the statement that adds a module to a backend. */
export const replaceModule = (file: string, module: string, code: string) =>
  edit(file, text => {
    const { imports, rest } = importsOf(code);
    const statement = new RegExp(
      `^backend\\.add\\(\\s*import\\('${module}'\\),?\\s*\\);`,
      'm',
    );
    return withImports(text, imports).replace(statement, () => rest);
  });

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function merged(before: unknown, over: unknown): unknown {
  if (Array.isArray(over)) {
    return [...(Array.isArray(before) ? before : []), ...over];
  }
  if (!isObject(over)) return over;
  const all = isObject(before) ? before : {};
  return Object.entries(over).reduce(
    (result, [key, value]) => ({ ...result, [key]: merged(all[key], value) }),
    all,
  );
}

/** Lays values over those of a YAML file: objects by key, and what stands in a list is added to it. */
export const mergeYaml = (file: string, values: object) =>
  edit(file, text => stringify(merged(parse(text), values)));
