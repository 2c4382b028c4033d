import { invalid, trouble } from '../findings/declare';

/** Reasons of the findings about settings. `location`: where the value is set. */
export const SETTING_REASONS = {
  /** `strange`: a character in the key that no eye sees, by its name. */
  SettingUnknown: invalid<{
    location: string;
    key: string;
    strange?: string;
    didYouMean?: string;
  }>(),
  SettingOfUnknownCluster: invalid<{ location: string; cluster: string }>(),
  /** `isFor`: who is told. */
  DnsSuffixUnknown: trouble<{
    cluster: string;
    isFor: 'admin' | 'developer';
  }>(),
  /** gateway.parameters, which only Cilium's controller takes. */
  SettingUnused: invalid<{ cluster: string }>(),
};
