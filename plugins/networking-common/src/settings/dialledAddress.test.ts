import { resolveSettings, type SettingsInput } from './resolve';

const resolved = (network: object, probe: object = {}) => {
  const input: SettingsInput = {
    clusters: ['local'],
    appConfig: { network, probe },
    computed: { lanIp: '192.0.2.1', interface: 'eth0' },
  };
  const { byCluster, view } = resolveSettings(input);
  const entry = view.entries.find(({ key }) => key === 'probe.address');
  return {
    isComputed: byCluster.local.probe.isComputed,
    value: entry?.value,
    source: entry?.provenance.source,
  };
};

describe('the address that is dialled', () => {
  it.each([
    [
      'is computed where nobody set one',
      resolved({ lanIp: '' }),
      { isComputed: true, value: '192.0.2.1:443', source: 'computed' },
    ],
    [
      'is computed where only the suffix is set',
      resolved({ dnsSuffix: 'apps.example.test' }),
      { isComputed: true, value: '192.0.2.1:443', source: 'computed' },
    ],
    [
      'is trusted where lan_ip is set',
      resolved({ lanIp: '192.0.2.7' }),
      { isComputed: undefined, value: '192.0.2.7:443', source: 'computed' },
    ],
    [
      'is trusted where [probe] address is set',
      resolved({}, { address: '192.0.2.8' }),
      { isComputed: undefined, value: '192.0.2.8', source: 'app-config' },
    ],
    [
      'is none where nothing may be dialled',
      resolved({}, { address: 'none' }),
      { isComputed: undefined, value: 'none', source: 'app-config' },
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});
