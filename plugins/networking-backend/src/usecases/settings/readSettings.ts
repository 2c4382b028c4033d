import {
  settingsReadPermission,
  type SettingsView,
} from 'backstage-plugin-networking-common';
import { audited } from '../audit';
import type { CallContext, Services } from '../services';

/** The settings in force, each with its provenance. Needs settings.read. */
export async function readSettings(
  services: Services,
  { caller, request }: CallContext,
): Promise<SettingsView> {
  return audited(
    services.auditor,
    { eventId: 'settings-fetch', request },
    async () => {
      await services.authorizer.require(settingsReadPermission, caller);
      return services.settings.view();
    },
  );
}
