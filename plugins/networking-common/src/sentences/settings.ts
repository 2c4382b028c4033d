import type { SentencesOf } from '../findings/declare';
import type { SETTING_REASONS } from '../settings/settingReasons';

/** Of the findings about settings, which are read by those who run the platform. */
export const SETTING_SENTENCES: SentencesOf<typeof SETTING_REASONS> = {
  SettingUnknown: ({ location, key, strange, didYouMean }) => ({
    message: `${location} sets ${key}, which is no setting, so it has no effect${
      strange === undefined ? '' : `: ${strange} stands in its name`
    }.`,
    remedy:
      didYouMean === undefined ? 'Remove it.' : `Rename it to ${didYouMean}.`,
  }),
  SettingOfUnknownCluster: ({ location, cluster }) => ({
    message: `${location} sets values for cluster ${cluster}, which isn't configured, so they have no effect.`,
    remedy: `Add cluster ${cluster} to kubernetes.clusterLocatorMethods, or remove the values.`,
  }),
  DnsSuffixUnknown: ({ cluster, isFor }) => ({
    message: `Nothing can be exposed on cluster ${cluster}: its DNS suffix isn't known.`,
    remedy:
      isFor === 'admin'
        ? 'Set dns_suffix or lan_ip in [network] of config.toml.'
        : "Ask the platform's admins to set dns_suffix or lan_ip in [network] of config.toml.",
  }),
  SettingUnused: ({ cluster }) => ({
    message: `gateway.parameters has no effect on cluster ${cluster}: only Cilium's controller takes a CiliumGatewayClassConfig.`,
    remedy: 'Remove parameters from [gateway].',
  }),
};
