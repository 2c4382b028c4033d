import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { settingsReadPermission } from 'backstage-plugin-networking-common';
import { networkingPolicyModule } from '.';
import { signedIn } from './__testUtils__/signedIn';

const start = async (platformGroup?: string) => {
  const setPolicy = jest.fn();
  await startTestBackend({
    extensionPoints: [[policyExtensionPoint, { setPolicy }]],
    features: [
      networkingPolicyModule,
      mockServices.rootConfig.factory({
        data: { permission: { enabled: true, platformGroup } },
      }),
    ],
  });
  return setPolicy;
};

describe('networkingPolicyModule', () => {
  it('sets one policy, with the group of permission.platformGroup', async () => {
    const setPolicy = await start('group:default/sre');
    expect(setPolicy).toHaveBeenCalledTimes(1);
    const [[policy]] = setPolicy.mock.calls;
    const asked = { permission: settingsReadPermission };
    expect(
      await policy.handle(asked, signedIn('alex', 'group:default/sre')),
    ).toEqual({ result: 'ALLOW' });
    expect(
      await policy.handle(
        asked,
        signedIn('sam', 'group:default/platform-team'),
      ),
    ).toEqual({ result: 'DENY' });
  });

  it('stops the start for what is no Group, naming the key', async () => {
    await expect(start('user:default/alex')).rejects.toThrow(
      /permission\.platformGroup is /,
    );
  });
});
