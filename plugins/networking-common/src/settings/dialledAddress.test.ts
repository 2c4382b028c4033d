import { resolveSettings, type SettingsInput } from './resolve';

const resolved = (
  network: object,
  probe: object = {},
  computed: SettingsInput['computed'] = {
    lanIp: '192.0.2.1',
    interface: 'eth0',
  },
) => {
  const input: SettingsInput = {
    clusters: ['local'],
    appConfig: { network, probe },
    computed,
  };
  const { byCluster, view } = resolveSettings(input);
  const entry = view.entries.find(({ key }) => key === 'probe.address');
  return {
    isComputed: byCluster.local.probe.isComputed,
    value: entry?.value,
    source: entry?.provenance.source,
    ...(entry?.unknown !== undefined && { isUnknown: true }),
  };
};

/** As on a machine without a default route. */
const NO_ROUTE = {};

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
      'is not known where nobody set one and there is no default route',
      resolved({ dnsSuffix: 'apps.example.test' }, {}, NO_ROUTE),
      {
        isComputed: undefined,
        value: undefined,
        source: 'default',
        isUnknown: true,
      },
    ],
    [
      'is known by [probe] address where there is no default route',
      resolved({}, { address: '192.0.2.8' }, NO_ROUTE),
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
