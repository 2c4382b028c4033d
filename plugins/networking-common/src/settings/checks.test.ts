import { CHECKS, isIpv4, isIpv6, parseAddress } from './checks';
import { parseGoDuration } from './durations';
import { closest } from './suggest';

describe('addresses', () => {
  it.each([
    ['0.0.0.0', true],
    ['255.255.255.255', true],
    ['192.168.1.20', true],
    ['256.1.1.1', false],
    ['01.1.1.1', false],
    ['1.1.1', false],
    ['1.1.1.1.', false],
    ['1.1.1.1.1', false],
    ['', false],
  ])('%s as IPv4: %s', (text, expected) => {
    expect(isIpv4(text)).toBe(expected);
  });

  it.each([
    ['::', true],
    ['::1', true],
    ['2001:db8::1', true],
    ['1:2:3:4:5:6:7:8', true],
    ['::ffff:192.0.2.1', true],
    ['1:2:3:4:5:6:192.0.2.1', true],
    ['1::2::3', false],
    ['1:2:3:4:5:6:7', false],
    ['1:2:3:4:5:6:7:8:9', false],
    ['1:2:3:4:5:6:7:8::', false],
    ['12345::', false],
    ['fe80::1%eth0', false],
    ['::192.0.2.300', false],
    ['beef', false],
    ['', false],
  ])('%s as IPv6: %s', (text, expected) => {
    expect(isIpv6(text)).toBe(expected);
  });

  it.each([
    ['192.0.2.1', { ip: '192.0.2.1' }],
    ['192.0.2.1:443', { ip: '192.0.2.1', port: 443 }],
    ['[192.0.2.1]:443', undefined],
    ['2001:db8::1', { ip: '2001:db8::1' }],
    ['[2001:db8::1]', { ip: '2001:db8::1' }],
    ['[2001:db8::1]:443', { ip: '2001:db8::1', port: 443 }],
    ['192.0.2.1:0', undefined],
    ['192.0.2.1:65536', undefined],
    ['192.0.2.1:', undefined],
    ['example.com', undefined],
    ['localhost:443', undefined],
    ['127.1', undefined],
    ['0x7f000001', undefined],
    ['https://192.0.2.1', undefined],
    ['', undefined],
  ])('%s as an address to dial', (text, expected) => {
    expect(parseAddress(text)).toEqual(expected);
  });
});

describe('values', () => {
  const cases: [keyof typeof CHECKS, unknown, boolean][] = [
    ['port', 443, true],
    ['port', 0, false],
    ['port', 1.5, false],
    ['port', '443', false],
    ['dnsSuffixOrEmpty', '', true],
    ['dnsSuffixOrEmpty', 'apps.example.com', true],
    ['dnsSuffixOrEmpty', 'Apps.example.com', false],
    ['dnsSuffixOrEmpty', '.example.com', false],
    ['dnsSuffixOrEmpty', `${'a.'.repeat(126)}a`, false],
    ['objectName', 'idp-gateway', true],
    ['objectName', 'Idp', false],
    ['namespace', 'a.b', false],
    ['controller', 'traefik.io/gateway-controller', true],
    ['controller', 'traefik', false],
    ['namespacesOrAll', 'All', true],
    ['namespacesOrAll', 'Same', false],
    ['namespacesOrAll', [], false],
    ['namespacesOrAll', ['shop'], true],
    ['hostLabels', ['admin', 'a.b'], false],
    ['hostLabels', [], true],
    ['duration', '1h', true],
    ['duration', '59m', false],
    ['renewBefore', '5m', true],
    ['renewBefore', '4m59s', false],
    ['caPemOrEmpty', 'MIIB', false],
    ['groups', ['team-shop', ' '], false],
  ];
  it.each(cases)('%s takes %j: %s', (name, value, expected) => {
    expect(CHECKS[name].accepts(value)).toBe(expected);
  });
});

describe('parseGoDuration', () => {
  it.each([
    ['8760h', 31_536_000_000],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['.5s', 500],
    ['0', 0],
    ['1d', undefined],
    ['', undefined],
    ['10', undefined],
    ['1h ', undefined],
    ['-1h', undefined],
  ])('%s', (text, expected) => {
    expect(parseGoDuration(text)).toBe(expected);
  });
});

describe('closest', () => {
  const known = ['lan_ip', 'dns_suffix', 'class'];
  it.each([
    ['lanIp', 'lan_ip'],
    ['dns_sufix', 'dns_suffix'],
    ['clas', 'class'],
    ['replicas', undefined],
    ['x', undefined],
  ])('%s', (word, expected) => {
    expect(closest(word, known)).toBe(expected);
  });
});
