export { readSettings } from './readSettings';
export { createSettingsStore, type SettingsStore } from './settingsStore';
