import { createApp } from '@backstage/frontend-defaults';
import { networkingScaffolderModule } from 'backstage-plugin-networking';
import { navModule } from './nav';
import { signInModule } from './signIn';

/**
 * The app. Plugins are found in the dependencies of this package (`app.packages: all`); here stands what is not the
 * default export of one.
 */
export const createNetworkingApp = () =>
  createApp({
    features: [signInModule, navModule, networkingScaffolderModule],
  });
