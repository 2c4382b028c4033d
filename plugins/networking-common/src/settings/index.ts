export type * from './types';
export { parseAddress, type SettingValue } from './checks';
export {
  ConfigFileError,
  parseConfigToml,
  type ConfigFile,
  type ConfigFileProblem,
  type ConfigFileValue,
} from './configFile';
export {
  camelCase,
  isCiliumController,
  SETTING_DEFINITIONS,
  type SettingDefinition,
  type SettingTable,
} from './definitions';
export { parseGoDuration } from './durations';
export {
  resolveSettings,
  type ResolvedSettings,
  type SettingOverride,
  type SettingsInput,
} from './resolve';
