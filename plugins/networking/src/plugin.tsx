import { RiRouteLine } from '@remixicon/react';
import {
  ApiBlueprint,
  PageBlueprint,
  SubPageBlueprint,
  createFrontendPlugin,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
  EntityIconLinkBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { NetworkingClient } from 'backstage-plugin-networking-common';
import { networkingApiRef } from './api';
import { useOpenUrlLink } from './hooks/useOpenUrlLink';
import { entityNetworkingRouteRef, rootRouteRef } from './routes';

const networkingApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: networkingApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new NetworkingClient({ fetchApi }),
    }),
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/networking',
    title: 'Networking',
    filter: { kind: 'component' },
    routeRef: entityNetworkingRouteRef,
    loader: () =>
      import('./components/EntityNetworking').then(m => <m.EntityNetworking />),
  },
});

const overviewCard = EntityCardBlueprint.make({
  name: 'overview',
  params: {
    type: 'info',
    filter: { kind: 'component' },
    loader: () =>
      import('./components/OverviewCard').then(m => <m.OverviewCard />),
  },
});

const openUrlLink = EntityIconLinkBlueprint.make({
  name: 'open-url',
  params: { filter: { kind: 'component' }, useProps: useOpenUrlLink },
});

/** In the sidebar of those who may see the platform; the backend decides again on every read. */
const page = PageBlueprint.make({
  params: {
    path: '/networking',
    title: 'Networking',
    icon: <RiRouteLine />,
    routeRef: rootRouteRef,
  },
  if: { permissions: { $contains: 'networking.platform.read#read' } },
});

const platformPage = SubPageBlueprint.make({
  name: 'overview',
  params: {
    path: 'overview',
    title: 'Overview',
    loader: () =>
      import('./components/PlatformPage').then(m => <m.PlatformPage />),
  },
});

const exposuresPage = SubPageBlueprint.make({
  name: 'exposures',
  params: {
    path: 'exposures',
    title: 'Public URLs',
    loader: () =>
      import('./components/ExposuresPage').then(m => <m.ExposuresPage />),
  },
});

const certificatesPage = SubPageBlueprint.make({
  name: 'certificates',
  params: {
    path: 'certificates',
    title: 'Certificates',
    loader: () =>
      import('./components/CertificatesPage').then(m => <m.CertificatesPage />),
  },
});

const settingsPage = SubPageBlueprint.make({
  name: 'settings',
  params: {
    path: 'settings',
    title: 'Settings',
    loader: () =>
      import('./components/SettingsPage').then(m => <m.SettingsPage />),
  },
});

/**
 * The networking plugin: a tab, a card and a link on components, and the page of the platform admins.
 * @public
 */
export const networkingPlugin = createFrontendPlugin({
  pluginId: 'networking',
  title: 'Networking',
  icon: <RiRouteLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef, entityContent: entityNetworkingRouteRef },
  extensions: [
    networkingApi,
    entityContent,
    overviewCard,
    openUrlLink,
    page,
    platformPage,
    exposuresPage,
    certificatesPage,
    settingsPage,
  ],
});
