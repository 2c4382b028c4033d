import type { SourcedValue } from './appConfig';
import type { SettingValue } from './checks';
import type { ConfigFile } from './configFile';
import type { SettingDefinition } from './definitions';
import type { Provenance } from './types';

/** One setting of one cluster, with where its value comes from. */
export interface Resolved {
  definition: SettingDefinition;
  key: string;
  value?: SettingValue;
  provenance: Provenance;
  unknown?: string;
}

/** The values of config.toml, each with its place. */
export function fileValues(file: ConfigFile): SourcedValue[] {
  const path = file.path ?? 'config.toml';
  return file.values.map(({ cluster, key, value, line, column }) => ({
    cluster,
    key,
    value,
    location: `${path}:${line}:${column}`,
  }));
}
