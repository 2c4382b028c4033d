import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { InputError } from '@backstage/errors';
import { exampleAuthenticator } from './authenticator';
import { whyNotLocal } from './localOnly';
import { CONFIG_KEY, readPeople, type ExamplePerson } from './people';

/**
 * Signs in as an example person on the local platform, without a password. Does nothing without the config key
 * `auth.providers.example`, and stops the start where that key stands anywhere but on the local platform.
 *
 * @public
 */
export const authModuleExample = createBackendModule({
  pluginId: 'auth',
  moduleId: 'example-provider',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        providers: authProvidersExtensionPoint,
      },
      async init({ config, providers }) {
        const providerConfig = config.getOptionalConfig(CONFIG_KEY);
        if (!providerConfig) return;

        // Here and not in the provider's factory, whose errors the auth backend turns into a warning in development.
        const reason = whyNotLocal({ config, nodeEnv: process.env.NODE_ENV });
        if (reason) {
          throw new InputError(
            `${CONFIG_KEY} lets anybody sign in as anybody and is only for the local platform: ${reason}. Remove ${CONFIG_KEY} from the configuration`,
          );
        }
        readPeople(providerConfig);

        providers.registerProvider({
          providerId: 'example',
          factory: createProxyAuthProviderFactory<ExamplePerson>({
            authenticator: exampleAuthenticator,
            signInResolver: ({ result }, context) =>
              context.signInWithCatalogUser({ entityRef: result.entityRef }),
          }),
        });
      },
    });
  },
});
