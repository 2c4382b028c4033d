import type { networkInterfaces } from 'node:os';
import { findDefaultRoute } from './defaultRoute';

const HEADER =
  'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT';
const line = (
  iface: string,
  destination: string,
  flags: string,
  metric: number,
  mask: string,
) =>
  `${iface}\t${destination}\t0101A8C0\t${flags}\t0\t0\t${metric}\t${mask}\t0\t0\t0`;

const address = (ip: string, family: 'IPv4' | 'IPv6' = 'IPv4') => ({
  address: ip,
  family,
  internal: false,
  netmask: '',
  mac: '',
  cidr: null,
});

const interfaces = {
  eth0: [address('fe80::1', 'IPv6'), address('192.168.1.20')],
  wlan0: [address('10.0.0.7')],
} as ReturnType<typeof networkInterfaces>;

const CASES: Record<
  string,
  { table: string[] | undefined; expected: ReturnType<typeof findDefaultRoute> }
> = {
  'the IPv4 address of the interface with the default route': {
    table: [
      line('eth0', '0001A8C0', '0001', 0, '00FFFFFF'),
      line('eth0', '00000000', '0003', 100, '00000000'),
    ],
    expected: { interface: 'eth0', lanIp: '192.168.1.20' },
  },
  'the default route with the lowest metric': {
    table: [
      line('eth0', '00000000', '0003', 600, '00000000'),
      line('wlan0', '00000000', '0003', 20, '00000000'),
    ],
    expected: { interface: 'wlan0', lanIp: '10.0.0.7' },
  },
  'no route that is down': {
    table: [line('eth0', '00000000', '0002', 1, '00000000')],
    expected: undefined,
  },
  'nothing where no route is a default route': {
    table: [line('eth0', '0001A8C0', '0001', 0, '00FFFFFF')],
    expected: undefined,
  },
  'nothing where the interface has no address': {
    table: [line('tun0', '00000000', '0003', 1, '00000000')],
    expected: undefined,
  },
  'nothing where the system has no routing table file': {
    table: undefined,
    expected: undefined,
  },
};

describe('findDefaultRoute finds', () => {
  it.each(Object.entries(CASES))('%s', (_, { table, expected }) => {
    const readTable = () => {
      if (!table) throw new Error('ENOENT');
      return [HEADER, ...table, ''].join('\n');
    };
    expect(
      findDefaultRoute({ readTable, interfaces: () => interfaces }),
    ).toEqual(expected);
  });
});
