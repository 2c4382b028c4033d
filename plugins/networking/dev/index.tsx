import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import { createDevApp } from '@backstage/frontend-dev-utils';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { networkingApiRef, networkingPlugin } from '../src';
import { FakeNetworkingApi, entities, refusal } from './fake';

const api = new FakeNetworkingApi({ latencyMs: 400 });
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

const fakeNetworking = networkingPlugin.withOverrides({
  extensions: [
    networkingPlugin.getExtension('api:networking').override({
      params: define =>
        define({ api: networkingApiRef, deps: {}, factory: () => api }),
    }),
  ],
});

createDevApp({
  features: [
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
