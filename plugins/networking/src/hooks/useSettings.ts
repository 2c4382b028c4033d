import type { SettingsView } from 'backstage-plugin-networking-common';
import { usePolled, type PolledView } from './usePolled';

/** The settings in force with their provenance. */
export function useSettings(): PolledView<SettingsView> {
  return usePolled('settings', (api, signal) => api.getSettings({ signal }));
}
