import { dnsSuffixFromAddress } from './suffix';

describe('dnsSuffixFromAddress', () => {
  it.each([
    ['192.168.1.20', '192-168-1-20.nip.io'],
    ['127.0.0.1', '127-0-0-1.nip.io'],
    ['0.0.0.0', '0-0-0-0.nip.io'],
    ['255.255.255.255', '255-255-255-255.nip.io'],
  ])('writes %s with dashes', (address, suffix) => {
    expect(dnsSuffixFromAddress(address)).toBe(suffix);
  });

  it.each([
    ['nothing', ''],
    ['a name', 'localhost'],
    ['three octets', '10.0.0'],
    ['five octets', '10.0.0.1.2'],
    ['an octet over 255', '10.0.0.256'],
    ['a leading zero, which some read as octal', '10.0.0.01'],
    ['a sign', '10.0.0.-1'],
    ['surrounding space', ' 10.0.0.1'],
    ['a port', '10.0.0.1:443'],
    ['IPv6', '::1'],
  ])('refuses %s, naming the setting', (_, address) => {
    expect(() => dnsSuffixFromAddress(address)).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringContaining('network.lan_ip'),
      }),
    );
  });
});
