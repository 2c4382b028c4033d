import type { ReactElement } from 'react';
import {
  translationApiRef,
  type TranslationApi,
} from '@backstage/core-plugin-api/alpha';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { NetworkingApi } from 'backstage-plugin-networking-common';
import { FakeNetworkingApi, component } from '../../dev/fake';
import { networkingApiRef } from '../api';
import { entityNetworkingRouteRef, rootRouteRef } from '../routes';

/** Renders in the old frontend system, which the shared hooks have to work in as well. */
export function renderForEntity(
  element: ReactElement,
  options: {
    name?: string;
    title?: string;
    api?: NetworkingApi;
    path?: string;
    allowed?: boolean;
    /** Default: English. */
    translation?: TranslationApi;
  } = {},
) {
  const {
    name = 'shop',
    title,
    api = new FakeNetworkingApi(),
    path = '/',
    allowed = true,
    translation,
  } = options;
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [networkingApiRef, api],
        ...(translation ? ([[translationApiRef, translation]] as const) : []),
        [
          permissionApiRef,
          mockApis.permission({
            authorize: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
          }),
        ],
      ]}
    >
      <EntityProvider entity={component(name, title)}>{element}</EntityProvider>
    </TestApiProvider>,
    {
      routeEntries: [path],
      mountedRoutes: {
        '/admin': rootRouteRef,
        '/networking': entityNetworkingRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
}
