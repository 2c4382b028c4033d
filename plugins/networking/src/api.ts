import { createApiRef } from '@backstage/frontend-plugin-api';
import type { NetworkingApi } from 'backstage-plugin-networking-common';

/**
 * Client of the backend plugin's HTTP API. The plugin registers `NetworkingClient` over `fetchApi` for it.
 * @public
 */
export const networkingApiRef = createApiRef<NetworkingApi>().with({
  id: 'plugin.networking.client',
  pluginId: 'networking',
});
