import { isPrivateAddress } from './privateAddress';

describe('isPrivateAddress', () => {
  it.each([
    '10.0.0.5',
    '127.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.20',
    '169.254.1.1',
    '100.64.0.1',
    '::1',
    'fd00::1',
    'fe80::1',
  ])('says so of %s', address => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each([
    '8.8.8.8',
    '172.32.0.1',
    '172.15.0.1',
    '192.169.0.1',
    '100.128.0.1',
    '2001:db8::1',
    '10.0.0',
    '10.0.0.256',
    '',
    'no address',
  ])('does not say so of %s', address => {
    expect(isPrivateAddress(address)).toBe(false);
  });
});
