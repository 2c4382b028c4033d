import { startTestBackend } from '@backstage/backend-test-utils';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import scaffolderModuleNetworking from '.';

it('adds the action, which can be run dry', async () => {
  const addActions = jest.fn();
  await startTestBackend({
    extensionPoints: [[scaffolderActionsExtensionPoint, { addActions }]],
    features: [scaffolderModuleNetworking],
  });
  expect(addActions).toHaveBeenCalledTimes(1);
  expect(addActions).toHaveBeenCalledWith(
    expect.objectContaining({
      id: 'networking:component:expose',
      supportsDryRun: true,
    }),
  );
});
