import type { ParamsOf } from '../findings/declare';
import type { SETTING_REASONS } from '../settings/settingReasons';
import { SETTING_SENTENCES } from './settings';

type Reasons = typeof SETTING_REASONS;

const say = <R extends keyof Reasons>(
  reason: R,
  params: ParamsOf<Reasons, R>,
) => SETTING_SENTENCES[reason](params);

describe('sentences about settings', () => {
  it.each([
    [
      'a key that is none',
      say('SettingUnknown', {
        location: 'config.toml:3',
        key: 'network.dns',
        didYouMean: 'network.dns_suffix',
      }),
      'config.toml:3 sets network.dns, which is no setting, so it has no effect.',
      'Rename it to network.dns_suffix.',
    ],
    [
      'a key with a character that nobody sees',
      say('SettingUnknown', {
        location: 'config.toml:3',
        key: 'lan_ip',
        strange: 'a zero width space (U+200B)',
        didYouMean: 'lan_ip',
      }),
      'config.toml:3 sets lan_ip, which is no setting, so it has no effect: a zero width space (U+200B) stands in its name.',
      'Rename it to lan_ip.',
    ],
    [
      'a key that is like none',
      say('SettingUnknown', { location: 'app-config', key: 'color' }),
      'app-config sets color, which is no setting, so it has no effect.',
      'Remove it.',
    ],
    [
      'a cluster that is none',
      say('SettingOfUnknownCluster', {
        location: 'config.toml:9',
        cluster: 'prod',
      }),
      "config.toml:9 sets values for cluster prod, which isn't configured, so they have no effect.",
      'Add cluster prod to kubernetes.clusterLocatorMethods, or remove the values.',
    ],
    [
      'no suffix, to an admin',
      say('DnsSuffixUnknown', { cluster: 'local', isFor: 'admin' }),
      "Nothing can be exposed on cluster local: its DNS suffix isn't known.",
      'Set dns_suffix or lan_ip in [network] of config.toml.',
    ],
    [
      'no suffix, to a developer',
      say('DnsSuffixUnknown', { cluster: 'local', isFor: 'developer' }),
      "Nothing can be exposed on cluster local: its DNS suffix isn't known.",
      "Ask the platform's admins to set dns_suffix or lan_ip in [network] of config.toml.",
    ],
    [
      'parameters of another controller',
      say('SettingUnused', { cluster: 'local' }),
      "gateway.parameters has no effect on cluster local: only Cilium's controller takes a CiliumGatewayClassConfig.",
      'Remove parameters from [gateway].',
    ],
  ])('%s', (_, { message, remedy }, expectedMessage, expectedRemedy) => {
    expect(message).toBe(expectedMessage);
    expect(remedy).toBe(expectedRemedy);
  });
});
