import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import { createDevApp } from '@backstage/frontend-dev-utils';
import appPlugin from '@backstage/plugin-app';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { networkingApiRef, networkingPlugin } from '../src';
import {
  FakeNetworkingApi,
  depot,
  entities,
  manyHostRows,
  refusal,
  uncheckedView,
} from './fake';

const api = new FakeNetworkingApi({
  latencyMs: 400,
  moreHosts: manyHostRows(5_000),
  certificateStates: true,
});
api.set('component:default/unchecked', uncheckedView());
api.set(
  'component:default/forbidden',
  refusal(
    403,
    'NotAllowedError',
    'You may not read exposures of component:default/forbidden.',
  ),
);
api.set(
  'component:default/failing',
  refusal(500, 'Error', 'The backend could not read its clusters.'),
);
api.set('component:default/depot', depot(500));

const fakeNetworking = networkingPlugin.withOverrides({
  extensions: [
    networkingPlugin.getExtension('api:networking').override({
      params: define =>
        define({ api: networkingApiRef, deps: {}, factory: () => api }),
    }),
  ],
});

// There is no backend to ask: nobody signs in, and everyone may see everything.
const allowing = appPlugin.withOverrides({
  extensions: [
    appPlugin.getExtension('sign-in-page:app').override({ disabled: true }),
    appPlugin.getExtension('api:app/permission').override({
      params: define =>
        define({
          api: permissionApiRef,
          deps: {},
          factory: () => ({
            authorize: async () => ({ result: AuthorizeResult.ALLOW }),
          }),
        }),
    }),
  ],
});

createDevApp({
  features: [
    allowing,
    catalogPlugin.withOverrides({
      extensions: [
        catalogPlugin.getExtension('api:catalog').override({
          params: define =>
            define({
              api: catalogApiRef,
              deps: {},
              factory: () => new InMemoryCatalogClient({ entities }),
            }),
        }),
      ],
    }),
    fakeNetworking,
  ],
});
