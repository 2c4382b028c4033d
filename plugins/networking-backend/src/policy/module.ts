import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { createNetworkingPolicy } from './networkingPolicy';

/**
 * Sets {@link createNetworkingPolicy} as the policy of the permission backend, with the group of
 * `permission.platformGroup`. Of other plugins it allows all but the Kubernetes proxy. A backend has one policy: it
 * takes the place of `@backstage/plugin-permission-backend-module-allow-all-policy`.
 *
 * @public
 */
export const networkingPolicyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'networking-policy',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
      },
      async init({ config, policy }) {
        policy.setPolicy(
          createNetworkingPolicy({
            platformGroup: config.getOptionalString('permission.platformGroup'),
          }),
        );
      },
    });
  },
});
