import { InputError } from '@backstage/errors';
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

/** A key that no setting has. */
export interface UnknownKey {
  location: string;
  didYouMean?: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Environment variables reach the app-config as text, so a number may come as one. */
const coerce = (definition: SettingDefinition, value: unknown): unknown =>
  definition.type === 'integer' &&
  typeof value === 'string' &&
  /^\d+$/.test(value)
    ? Number(value)
    : value;

/**
 * Reads `networking.<table>.<key>` and `networking.clusters.<name>.<table>.<key>`, keys in camel case.
 *
 * @throws InputError naming the key and what is expected, without the value.
 */
export function readAppConfig(networking: unknown): {
  values: SourcedValue[];
  unknown: UnknownKey[];
} {
  const values: SourcedValue[] = [];
  const unknown: UnknownKey[] = [];

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
        `${location} in the app-config: expected ${definition.expects}`,
      );
    }
    values.push({ cluster, key, value, location });
  };

  const readTables = (
    from: Record<string, unknown>,
    prefix: string,
    cluster?: string,
  ) => {
    const tables = new Set(SETTING_DEFINITIONS.map(({ table }) => table));
    for (const table of tables) {
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
      for (const [name, value] of Object.entries(
        object(from[table], location),
      )) {
        const here = `${location}.${name}`;
        const definition = known.get(name);
        if (!definition) {
          unknown.push({
            location: here,
            didYouMean: closest(name, [...known.keys()]),
          });
        } else if (definition.name.endsWith('.*')) {
          for (const [item, inner] of Object.entries(object(value, here))) {
            const key = `${table}.${definition.name.slice(0, -1)}${item}`;
            take(definition, key, inner, `${here}.${item}`, cluster);
          }
        } else if (value !== undefined) {
          take(definition, definition.key, value, here, cluster);
        }
      }
    }
  };

  if (networking === undefined) return { values, unknown };
  const root = object(networking, 'networking');
  readTables(root, 'networking');
  if (root.clusters !== undefined) {
    for (const [cluster, tables] of Object.entries(
      object(root.clusters, 'networking.clusters'),
    )) {
      const prefix = `networking.clusters.${cluster}`;
      readTables(object(tables, prefix), prefix, cluster);
    }
  }
  return { values, unknown };
}
