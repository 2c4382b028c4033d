import { render, screen } from '@testing-library/react';
import { createApp } from '@backstage/frontend-defaults';
import { type ExtensionDefinition } from '@backstage/frontend-plugin-api';
import {
  createExtensionTester,
  mockApis,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
  EntityIconLinkBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import type { Entity } from '@backstage/catalog-model';
import appPlugin from '@backstage/plugin-app';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  catalogApiMock,
  createTestEntityPage,
} from '@backstage/plugin-catalog-react/testUtils';
import {
  AuthorizeResult,
  type EvaluatePermissionRequest,
} from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { FakeNetworkingApi, component } from '../dev/fake';
import { networkingApiRef } from './api';
import plugin from '.';

describe('the tab', () => {
  const tab = plugin.getExtension(
    'entity-content:networking',
  ) as ExtensionDefinition;

  it('shows the exposures of a component', async () => {
    const entity = component('shop');
    renderTestApp({
      extensions: [createTestEntityPage({ entity }), tab],
      apis: [
        [networkingApiRef, new FakeNetworkingApi()],
        [catalogApiRef, catalogApiMock({ entities: [entity] })],
      ],
    });
    expect(
      await screen.findByRole('region', { name: /^shop\.192/ }),
    ).toBeInTheDocument();
  });
});

describe.each([
  {
    extension: 'entity-content:networking',
    filter: EntityContentBlueprint.dataRefs.filterFunction,
  },
  {
    extension: 'entity-card:networking/overview',
    filter: EntityCardBlueprint.dataRefs.filterFunction,
  },
  {
    extension: 'entity-icon-link:networking/open-url',
    filter: EntityIconLinkBlueprint.dataRefs.filterFunction,
  },
] as const)('$extension', ({ extension, filter }) => {
  it.each([
    ['Component', true],
    ['API', false],
    ['System', false],
  ])('is there for a %s: %s', (kind, shown) => {
    const definition = plugin.getExtension(extension) as ExtensionDefinition;
    const isFor = createExtensionTester(definition).get(filter) as (
      entity: Entity,
    ) => boolean;
    expect(isFor({ ...component('shop'), kind })).toBe(shown);
  });
});

/** The whole app, because conditions on permissions are decided while it starts. */
async function startApp(allowed: string[]) {
  window.history.replaceState(undefined, '', '/networking/overview');
  const asked: string[] = [];
  const permission = mockApis.permission({
    authorize: ({ permission: { name } }: EvaluatePermissionRequest) => {
      asked.push(name);
      return allowed.includes(name)
        ? AuthorizeResult.ALLOW
        : AuthorizeResult.DENY;
    },
  });
  const app = createApp({
    advanced: { configLoader: async () => ({ config: mockApis.config() }) },
    features: [
      appPlugin.withOverrides({
        extensions: [
          appPlugin
            .getExtension('sign-in-page:app')
            .override({ disabled: true }),
          appPlugin.getExtension('api:app/permission').override({
            params: define =>
              define({
                api: permissionApiRef,
                deps: {},
                factory: () => permission,
              }),
          }),
        ],
      }),
      plugin.withOverrides({
        extensions: [
          plugin.getExtension('api:networking').override({
            params: define =>
              define({
                api: networkingApiRef,
                deps: {},
                factory: () => new FakeNetworkingApi(),
              }),
          }),
        ],
      }),
    ],
  });
  render(app.createRoot());
  return asked;
}

describe('the page', () => {
  it('is in the sidebar of platform admins and shows the health first', async () => {
    await startApp(['networking.platform.read', 'networking.settings.read']);
    expect(
      await screen.findByRole('region', { name: 'Cluster local' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'Settings' })).toBeInTheDocument();
  });

  it('does not exist for others', async () => {
    const asked = await startApp([]);
    expect(await screen.findByText(/404|not found/i)).toBeInTheDocument();
    expect(asked).toContain('networking.platform.read');
    expect(screen.queryByText('Networking')).not.toBeInTheDocument();
  });
});
