import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import permissionModuleExamplePolicy from '.';
import { readPlatformGroup } from './module';
import { ExamplePolicy } from './policy';

const withGroup = (platformGroup?: string) =>
  new ConfigReader({ permission: { enabled: true, platformGroup } });

describe('readPlatformGroup', () => {
  it.each([
    ['nothing: the default', undefined, 'group:default/platform-team'],
    ['a full ref', 'group:default/networkers', 'group:default/networkers'],
    ['a ref in upper case', 'Group:Default/SRE', 'group:default/sre'],
    ['a bare name', 'sre', 'group:default/sre'],
  ])('takes %s', (_, text, wanted) => {
    expect(readPlatformGroup(withGroup(text))).toBe(wanted);
  });

  it.each([
    ['a User', 'user:default/alex', /which is not a Group/],
    ['no entity ref', 'group:/', /which is no entity ref/],
  ])('refuses %s and names the key', (_, text, message) => {
    const read = () => readPlatformGroup(withGroup(text));
    expect(read).toThrow(message);
    expect(read).toThrow(/^permission\.platformGroup is /);
  });
});

describe('the module', () => {
  it('sets the policy of the permission backend', async () => {
    const setPolicy = jest.fn();
    await startTestBackend({
      extensionPoints: [[policyExtensionPoint, { setPolicy }]],
      features: [
        permissionModuleExamplePolicy,
        mockServices.rootConfig.factory({ data: {} }),
      ],
    });
    expect(setPolicy).toHaveBeenCalledTimes(1);
    expect(setPolicy).toHaveBeenCalledWith(expect.any(ExamplePolicy));
  });
});
