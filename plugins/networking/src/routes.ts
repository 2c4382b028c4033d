import { createRouteRef } from '@backstage/core-plugin-api';

/** The *Networking* page in the sidebar. @public */
export const rootRouteRef = createRouteRef({ id: 'networking' });

/** The *Networking* tab of an entity. @public */
export const entityNetworkingRouteRef = createRouteRef({
  id: 'networking:entity-content',
});
