import { InputError } from '@backstage/errors';
import { noteOnKey, refusalOf } from './characters';
import type { SettingValue } from './checks';
import {
  camelCase,
  SETTING_DEFINITIONS,
  type SettingDefinition,
} from './definitions';
import { closest } from './suggest';

/** A value from one source, for one cluster or for all. */
export interface SourcedValue {
  cluster?: string;
  key: string;
  value: SettingValue;
  location: string;
}

/** Keys of the backend itself, beside the tables of settings. */
const BACKEND_KEYS = [
  'configFile',
  'useCurrentContext',
  'allowWithoutPermissions',
];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Environment variables reach the app-config as text, so a number, true or false may come as one. */
function coerce({ type }: SettingDefinition, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (type === 'integer' && /^\d+$/.test(value)) return Number(value);
  if (type === 'true or false' && /^(true|false)$/.test(value)) {
    return value === 'true';
  }
  return value;
}

const TABLES = [...new Set(SETTING_DEFINITIONS.map(({ table }) => table))];

function refuseUnknown(
  from: Record<string, unknown>,
  prefix: string,
  known: readonly string[],
): void {
  for (const name of Object.keys(from)) {
    if (known.includes(name)) continue;
    const meant = closest(name, known);
    throw new InputError(
      `${prefix}.${name} in the app-config is no setting${noteOnKey(name)}. ${
        meant ? `Rename it to ${meant}` : 'Remove it'
      }`,
    );
  }
}

/**
 * Reads `networking.<table>.<key>` and `networking.clusters.<name>.<table>.<key>`, keys in camel case. Nobody else's
 * keys stand there, so that one which no setting has is a mistake.
 *
 * @throws InputError naming the key and what is expected, without the value.
 */
export function readAppConfig(networking: unknown): SourcedValue[] {
  const values: SourcedValue[] = [];

  const object = (value: unknown, location: string) => {
    if (isRecord(value)) return value;
    throw new InputError(`${location} in the app-config: expected an object`);
  };

  const take = (
    definition: SettingDefinition,
    key: string,
    raw: unknown,
    location: string,
    cluster?: string,
  ) => {
    const value = coerce(definition, raw);
    if (!definition.accepts(value)) {
      throw new InputError(
        `${location} in the app-config: ${refusalOf(
          definition.expects,
          value,
        )}`,
      );
    }
    values.push({ cluster, key, value, location });
  };

  const readTables = (
    from: Record<string, unknown>,
    prefix: string,
    cluster?: string,
  ) => {
    for (const table of TABLES) {
      if (from[table] === undefined) continue;
      const location = `${prefix}.${table}`;
      const known = new Map(
        SETTING_DEFINITIONS.filter(
          definition => definition.table === table,
        ).map(definition => [
          camelCase(definition.name.replace(/\.\*$/, '')),
          definition,
        ]),
      );
      const keys = object(from[table], location);
      refuseUnknown(keys, location, [...known.keys()]);
      for (const [name, value] of Object.entries(keys)) {
        const here = `${location}.${name}`;
        const definition = known.get(name);
        if (definition?.name.endsWith('.*')) {
          for (const [item, inner] of Object.entries(object(value, here))) {
            const key = `${table}.${definition.name.slice(0, -1)}${item}`;
            take(definition, key, inner, `${here}.${item}`, cluster);
          }
        } else if (definition && value !== undefined) {
          take(definition, definition.key, value, here, cluster);
        }
      }
    }
  };

  if (networking === undefined) return values;
  const root = object(networking, 'networking');
  refuseUnknown(root, 'networking', [...TABLES, 'clusters', ...BACKEND_KEYS]);
  readTables(root, 'networking');
  if (root.clusters !== undefined) {
    for (const [cluster, tables] of Object.entries(
      object(root.clusters, 'networking.clusters'),
    )) {
      const prefix = `networking.clusters.${cluster}`;
      const ofCluster = object(tables, prefix);
      refuseUnknown(ofCluster, prefix, TABLES);
      readTables(ofCluster, prefix, cluster);
    }
  }
  return values;
}
