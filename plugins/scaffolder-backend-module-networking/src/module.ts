import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createExposeComponentAction } from './expose';

/**
 * Adds `networking:component:expose` to the scaffolder.
 *
 * @public
 */
export const scaffolderModuleNetworking = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'networking',
  register(reg) {
    reg.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        discovery: coreServices.discovery,
      },
      async init({ actions, auth, discovery }) {
        actions.addActions(createExposeComponentAction({ auth, discovery }));
      },
    });
  },
});
