import { InputError } from '@backstage/errors';
import { parse } from 'smol-toml';
import {
  findStrangeCharacter,
  foreignEncoding,
  refusalOf,
  strangeInValue,
  type StrangeCharacter,
} from './characters';
import type { SettingValue } from './checks';
import {
  definitionOf,
  FOREIGN_KEYS,
  SETTING_DEFINITIONS,
  type SettingDefinition,
} from './definitions';
import { lineAndColumn, scanKeys, type KeyPosition } from './scanner';
import { closest } from './suggest';

/** A value that config.toml sets, with its place. @public */
export interface ConfigFileValue {
  /** Set for values of `[clusters.<name>.…]`. */
  cluster?: string;
  /** `network.lan_ip`. */
  key: string;
  value: SettingValue;
  /** From 1. */
  line: number;
  column: number;
}

/** A key in one of our tables that no setting has. Its value is not kept. @public */
export interface ConfigFileProblem {
  key: string;
  line: number;
  column: number;
  /** The key that was probably meant. */
  didYouMean?: string;
}

/**
 * What config.toml says about our settings, and nothing else of it: the same file holds other tools' tokens.
 * @public
 */
export interface ConfigFile {
  path?: string;
  /** ISO 8601; set by whoever reads the file. */
  readAt?: string;
  values: readonly ConfigFileValue[];
  problems: readonly ConfigFileProblem[];
}

/**
 * config.toml cannot be used. The message names line, column and key, and what is expected there; it never holds text
 * of the file. Its `name` is `InputError`.
 * @public
 */
export class ConfigFileError extends InputError {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly key?: string;

  constructor(options: {
    path?: string;
    line: number;
    column: number;
    key?: string;
    problem: string;
  }) {
    const { path = 'config.toml', line, column, key, problem } = options;
    const place = `${path}:${line}:${column}`;
    super(`${place}: ${key ? `${key}: ` : ''}${problem}`);
    this.line = line;
    this.column = column;
    this.key = key;
  }
}

const TABLES = [
  ...new Set(SETTING_DEFINITIONS.map(definition => definition.table)),
] as const;

// Keys of the reference platform's other tables: with ours, the only words of a broken file that a message may repeat.
// In a file whose quotes are out of step, anything else could be a piece of a secret.
const NAMEABLE = new Set([
  ...SETTING_DEFINITIONS.map(definition => definition.key),
  ...FOREIGN_KEYS,
  'cluster.name',
  'git.github_token',
  'registry.password',
]);

const SYNTAX: Record<string, string> = {
  'each key-value declaration must be followed by an end-of-line':
    'something follows the value on this line; begin a new line, or put text values in quotes',
  'expected comma or end of structure':
    'a comma or a closing bracket is missing',
  'trying to redefine an already defined table or value':
    'this key or table stands twice in the file; keep one',
  'incomplete key-value: cannot find end of key':
    'a line must hold a [table], a key = value, or a # comment',
  'illegal character in key':
    'a line must hold a [table], a key = value, or a # comment',
  'control characters are not allowed in strings':
    'the closing quote is missing on this line',
  'unfinished string': 'the closing quote is missing',
  'unfinished array': 'the closing ] is missing',
  'unfinished table': 'the closing bracket is missing',
  'invalid value':
    'this value cannot be read; text values need quotes, and no value may be empty',
};

/** The first line of the parser's message is a fixed sentence; what follows quotes the file. */
function syntaxProblem(message: string): string {
  const sentence = message.split('\n')[0].replace(/^[^:]*: /, '');
  return `not valid TOML: ${
    SYNTAX[sentence] ?? 'check quotes, brackets and commas here'
  }`;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  (Object.getPrototypeOf(value) === Object.prototype ||
    Object.getPrototypeOf(value) === null);

/** `clusters.a.network.lan_ip` → `network.lan_ip`. */
const withoutCluster = (path: readonly string[]) =>
  (path[0] === 'clusters' ? path.slice(2) : path).join('.');

interface Place {
  line: number;
  column: number;
}

/** At the place of a fault; the key is named where the fault lies within it and its name may be repeated. */
function faultAt(text: string, at: Place, problem: string, path?: string) {
  const culprit = scanKeys(text)
    .reverse()
    .find(key => lineAndColumn(text, key.offset).line <= at.line);
  const inside =
    culprit &&
    (culprit.end === Infinity ||
      lineAndColumn(text, culprit.end).line >= at.line);
  const key = inside ? withoutCluster(culprit.path) : undefined;
  return new ConfigFileError({
    path,
    ...at,
    key: key !== undefined && NAMEABLE.has(key) ? key : undefined,
    problem,
  });
}

function strangeError(
  text: string,
  { offset, name, remedy }: StrangeCharacter,
  path?: string,
) {
  return faultAt(
    text,
    lineAndColumn(text, offset),
    `not valid TOML: ${name} stands here; ${remedy}`,
    path,
  );
}

/** @throws ConfigFileError for the first thing that is no TOML */
function parseDocument(text: string, path?: string): Record<string, unknown> {
  const encoding = foreignEncoding(text);
  if (encoding) {
    throw new ConfigFileError({
      path,
      line: 1,
      column: 1,
      problem: `the file is ${encoding}, and TOML is UTF-8; save it as UTF-8`,
    });
  }
  // The parser takes some of them, and of the others it does not tell which they are.
  const strange = findStrangeCharacter(text);
  let document: Record<string, unknown>;
  try {
    document = parse(text);
  } catch (error) {
    const { line, column, message } = error as Partial<Place> & {
      message: string;
    };
    // Depth and size limits of the parser carry no place.
    const at = line && column ? { line, column } : { line: 1, column: 1 };
    if (strange && lineAndColumn(text, strange.offset).line <= at.line) {
      throw strangeError(text, strange, path);
    }
    throw faultAt(text, at, syntaxProblem(message), path);
  }
  if (strange) throw strangeError(text, strange, path);
  return document;
}

class Reader {
  readonly values: ConfigFileValue[] = [];
  readonly problems: ConfigFileProblem[] = [];
  readonly #text: string;
  readonly #path?: string;
  readonly #keys: KeyPosition[];

  constructor(text: string, path?: string) {
    this.#text = text;
    this.#path = path;
    this.#keys = scanKeys(text);
  }

  #place(path: readonly string[]) {
    const begins = (key: KeyPosition) =>
      path.every((part, index) => key.path[index] === part);
    const key =
      this.#keys.find(
        candidate => candidate.path.length === path.length && begins(candidate),
      ) ?? this.#keys.find(begins);
    return lineAndColumn(this.#text, key?.offset ?? 0);
  }

  /** Where a character stands in the text of a value; undefined where it is written as an escape. */
  #placeIn(path: readonly string[], character: string) {
    const key = this.#keys.find(candidate =>
      path.every((part, index) => candidate.path[index] === part),
    );
    if (!key) return undefined;
    const offset = this.#text.indexOf(character, key.offset);
    return offset >= 0 && offset < key.end
      ? lineAndColumn(this.#text, offset)
      : undefined;
  }

  #unknown(path: readonly string[], known: readonly string[]) {
    const word = path[path.length - 1];
    this.problems.push({
      key: path.join('.'),
      ...this.#place(path),
      didYouMean: closest(word, known),
    });
  }

  #table(value: unknown, path: readonly string[]): Record<string, unknown> {
    if (isRecord(value)) return value;
    throw new ConfigFileError({
      path: this.#path,
      ...this.#place(path),
      key: path.join('.'),
      problem: `expected a table, written [${path.join('.')}]`,
    });
  }

  #value(
    definition: SettingDefinition,
    value: unknown,
    path: readonly string[],
    cluster?: string,
  ) {
    const place = this.#place(path);
    if (!definition.accepts(value)) {
      const strange = strangeInValue(value);
      throw new ConfigFileError({
        path: this.#path,
        ...place,
        ...(strange && this.#placeIn(path, strange.character)),
        key: path.join('.'),
        problem: refusalOf(definition.expects, value),
      });
    }
    const key = (cluster === undefined ? path : path.slice(2)).join('.');
    this.values.push({ cluster, key, value, ...place });
  }

  tables(
    document: Record<string, unknown>,
    root: readonly string[],
    cluster?: string,
  ) {
    for (const table of TABLES) {
      if (document[table] === undefined) continue;
      const path = [...root, table];
      const names = SETTING_DEFINITIONS.filter(
        definition => definition.table === table,
      ).map(definition => definition.name.replace(/\.\*$/, ''));
      for (const [name, value] of Object.entries(
        this.#table(document[table], path),
      )) {
        const here = [...path, name];
        if (FOREIGN_KEYS.includes(`${table}.${name}`)) continue;
        const definition = definitionOf(`${table}.${name}`);
        if (definition) this.#value(definition, value, here, cluster);
        else if (names.includes(name)) this.#named(value, here, cluster);
        else this.#unknown(here, names);
      }
    }
  }

  /** A table whose keys are names that the admin chooses: namespaces. */
  #named(value: unknown, path: readonly string[], cluster?: string) {
    for (const [name, item] of Object.entries(this.#table(value, path))) {
      const here = [...path, name];
      const key = (cluster === undefined ? here : here.slice(2)).join('.');
      const definition = definitionOf(key);
      if (definition) this.#value(definition, item, here, cluster);
      else this.#unknown(here, []);
    }
  }

  clusters(value: unknown) {
    for (const [cluster, tables] of Object.entries(
      this.#table(value, ['clusters']),
    )) {
      const root = ['clusters', cluster];
      const record = this.#table(tables, root);
      for (const name of Object.keys(record)) {
        if (!(TABLES as readonly string[]).includes(name)) {
          this.#unknown([...root, name], TABLES);
        }
      }
      this.tables(record, root, cluster);
    }
  }
}

/**
 * Reads our tables of a config.toml: `[network] [gateway] [certificates] [policies] [probe] [clusters.<name>.<table>]`.
 * Everything else in it is dropped at once and never kept.
 *
 * A byte order mark at the very beginning is passed over, as TOML 1.1 has it. Any other character that is not what it looks
 * like is named with its place.
 *
 * @param text - of the file, decoded as UTF-8; bytes that are not become U+FFFD, and are refused where they count
 * @param path - for messages and provenance; default `config.toml`
 * @throws ConfigFileError for a syntax error anywhere in the file, and for a wrong type or bad value in our tables.
 * Unknown keys of our tables do not throw: they are in `problems`.
 * @public
 */
export function parseConfigToml(text: string, path?: string): ConfigFile {
  const body = text.replace(/^\uFEFF/, '');
  const document = parseDocument(body, path);
  const reader = new Reader(body, path);
  reader.tables(document, []);
  if (document.clusters !== undefined) reader.clusters(document.clusters);
  return { path, values: reader.values, problems: reader.problems };
}
