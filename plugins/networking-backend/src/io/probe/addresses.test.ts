import { resolveSettings } from 'backstage-plugin-networking-common';
import { probeAddresses } from './addresses';

const settings = (appConfig: object) =>
  resolveSettings({ clusters: ['local'], appConfig }).byCluster.local;

const CASES: Record<
  string,
  { appConfig: object; expected: { address: string; port: number }[] }
> = {
  'the LAN address at the public port, then at the node port': {
    appConfig: { network: { lanIp: '192.168.1.20' } },
    expected: [
      { address: '192.168.1.20', port: 443 },
      { address: '192.168.1.20', port: 30443 },
    ],
  },
  'one address where both ports are the same': {
    appConfig: { network: { lanIp: '127.0.0.1', publicHttpsPort: 30443 } },
    expected: [{ address: '127.0.0.1', port: 30443 }],
  },
  'only the address and port that the settings name': {
    appConfig: {
      network: { lanIp: '192.168.1.20' },
      probe: { address: '10.0.0.9:8443' },
    },
    expected: [{ address: '10.0.0.9', port: 8443 }],
  },
  'both ports of an address named without a port': {
    appConfig: { probe: { address: '10.0.0.9' } },
    expected: [
      { address: '10.0.0.9', port: 443 },
      { address: '10.0.0.9', port: 30443 },
    ],
  },
  'an IPv6 address in brackets': {
    appConfig: { probe: { address: '[2001:db8::1]:443' } },
    expected: [{ address: '2001:db8::1', port: 443 }],
  },
  'nothing where no address is known': { appConfig: {}, expected: [] },
  'nothing where the settings say so, whatever the LAN address': {
    appConfig: {
      network: { lanIp: '192.168.1.20' },
      probe: { address: 'none' },
    },
    expected: [],
  },
};

describe('the probe dials', () => {
  it.each(Object.entries(CASES))('%s', (_, { appConfig, expected }) => {
    expect(probeAddresses(settings(appConfig))).toEqual(expected);
  });

  it('no host name, even if settings held one', () => {
    const forged = settings({});
    forged.probe.address = 'localhost:443';
    expect(probeAddresses(forged)).toEqual([]);
  });
});
