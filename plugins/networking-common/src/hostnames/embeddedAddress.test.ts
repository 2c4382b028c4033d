import fc from 'fast-check';
import { hostOf } from './dns';
import { embeddedAddress, embeddedAddressOf } from './embeddedAddress';

const LAN = '192-168-1-20.nip.io';

describe('embeddedAddress', () => {
  it.each([
    ['four numbers after a word', 'release-1-2-3-4', LAN, '1.2.3.4'],
    ['four numbers before a word', '10-0-0-5-api', LAN, '10.0.0.5'],
    ['four numbers alone', '10-0-0-5', LAN, '10.0.0.5'],
    ['the leftmost of five numbers', '1-2-3-4-5', LAN, '1.2.3.4'],
    ['the leftmost of two addresses', '1-1-1-1-x-2-2-2-2', LAN, '1.1.1.1'],
    ['the first that fits', 'v-300-1-2-3-4', LAN, '1.2.3.4'],
    ['hex bounded by a dash', 'app-c0a801fc', 'nip.io', '192.168.1.252'],
    ['hex before a word', 'c0a801fc-app', 'apps.nip.io', '192.168.1.252'],
    ['hex between words', 'a-7f000101-b', 'apps.nip.io', '127.0.1.1'],
    ['a date in eight digits', 'app-20250101', 'apps.nip.io', '32.37.1.1'],
    [
      'a short commit hash before the suffix own hex',
      'pr-1a2b3c4d',
      'c0a80114.nip.io',
      '26.43.60.77',
    ],
    ['the leftmost of two in hex', '01010101-02020202', 'nip.io', '1.1.1.1'],
    ['dashes before hex', '76543210-127-0-0-53', 'nip.io', '127.0.0.53'],
    ['zeros', '0-0-0-0', LAN, '0.0.0.0'],
    ['what follows a leading zero', 'v-01-2-3-4-5', LAN, '2.3.4.5'],
    [
      '32 hex digits, which only an AAAA answer takes',
      '20010db8000000000000000000000001',
      LAN,
      '2001:0db8:0000:0000:0000:0000:0000:0001',
    ],
    [
      'a checksum of 32 digits under a dotted suffix',
      'd41d8cd98f00b204e9800998ecf8427e',
      '10.0.0.5.nip.io',
      'd41d:8cd9:8f00:b204:e980:0998:ecf8:427e',
    ],
    [
      'IPv6 with dashes before 32 hex digits',
      'd41d8cd98f00b204e9800998ecf8427e.a--1',
      LAN,
      'a::1',
    ],
    ['dots of both, before IPv6', 'a--10', '10.0.0.5.nip.io', '10.10.0.0'],
    [
      'a number that touches a dotted suffix',
      'app-9',
      '10.0.0.5.nip.io',
      '9.10.0.0',
    ],
    ['dashes before dots', 'a-8-8-8-8', '10.0.0.5.nip.io', '8.8.8.8'],
    ['hex as a whole label', '0a000005', 'apps.nip.io', '10.0.0.5'],
    [
      'hex before the suffix own hex',
      'deadbeef',
      'c0a80114.nip.io',
      '222.173.190.239',
    ],
    ['sslip.io as well', 'pr-10-0-0-5', '192-168-1-20.sslip.io', '10.0.0.5'],
    ['upper case', '0A000005', 'apps.NIP.io', '10.0.0.5'],
    ['IPv6 with dashes', 'app-fe80--1', LAN, 'fe80::1'],
    ['IPv6 loopback', '--1', LAN, '::1'],
    ['IPv6 in eight groups', 'a-b-c-d-e-f-a-b', LAN, 'a:b:c:d:e:f:a:b'],
  ])('finds %s', (_, label, suffix, address) => {
    expect(embeddedAddress(label, suffix)).toBe(address);
  });

  it.each([
    ['a plain label', 'shop', LAN],
    ['numbers that belong to a word', 'v1-2-3-4', LAN],
    ['three numbers', 'app-1-2-3', LAN],
    ['one number', 'app-2', LAN],
    ['a leading zero in a word', 'minio-01', LAN],
    ['leading zeros in four numbers', 'build-01-02-03-04', LAN],
    ['one leading zero of four', 'build-1-2-3-04', LAN],
    ['a leading zero before a dotted suffix', 'minio-01', '10.0.0.5.nip.io'],
    ['another before a dotted suffix', 'app-09', '10.0.0.5.nip.io'],
    ['two leading zeros', 'app-007', '10.0.0.5.nip.io'],
    [
      'hex, which loses to the dots of the suffix',
      'a-0a000006',
      '10.0.0.5.nip.io',
    ],
    ['nine hex digits', '0a09091e0', 'apps.nip.io'],
    ['seven hex digits', '0a09091', 'apps.nip.io'],
    ['eight letters that are no hex digits', 'overview', 'apps.nip.io'],
    ['32 hex digits beside a dash', 'x-d41d8cd98f00b204e9800998ecf8427e', LAN],
    ['31 hex digits', 'd41d8cd98f00b204e9800998ecf8427', LAN],
    ['the hex address of the suffix itself', 'app-c0a80114', 'c0a80114.nip.io'],
    [
      '32 hex digits before an IPv6 suffix',
      'd41d8cd98f00b204e9800998ecf8427e',
      'fe80--1.sslip.io',
    ],
    ['an octet over 255', 'x-256-1-2-3', LAN],
    ['the address of the suffix itself', '192-168-1-20', LAN],
    ['hex, which loses to the dashes of the suffix', 'deadbeef', LAN],
    ['hex that belongs to a word', 'x0a000005', 'apps.nip.io'],
    ['two dashes between words', 'shop--front', LAN],
    ['another suffix', 'release-1-2-3-4', 'apps.example.com'],
    ['a suffix that only ends alike', 'release-1-2-3-4', 'turnip.io'],
  ])('leaves alone %s', (_, label, suffix) => {
    expect(embeddedAddress(label, suffix)).toBeUndefined();
  });

  it('agrees with a reading of the name position by position', () => {
    // The same rule without regular expressions: the leftmost four octets joined by a separator, bounded by '.', '-'
    // or an end; dashes first, then dots.
    const scan = (host: string): string | undefined => {
      for (const separator of ['-', '.']) {
        for (let start = 0; start < host.length; start++) {
          if (start > 0 && !'.-'.includes(host[start - 1])) continue;
          const rest = host.slice(start).split(separator);
          const last = rest[3]?.split(/[.-]/)[0] ?? '';
          const octets = [...rest.slice(0, 3), last];
          const isAddress =
            rest.length > 3 &&
            octets.every(
              octet =>
                /^(?:0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255,
            );
          if (isAddress) return octets.join('.');
        }
      }
      return undefined;
    };
    const part = fc.constantFrom(
      '0',
      '1',
      '25',
      '255',
      '256',
      '01',
      '007',
      'a',
      'x',
      'v1',
    );
    const label = fc
      .array(part, { minLength: 1, maxLength: 8 })
      .map(parts => parts.join('-'));
    const suffix = fc.constantFrom(LAN, '10.0.0.5.nip.io', 'apps.nip.io');
    fc.assert(
      fc.property(label, suffix, (one, dnsSuffix) => {
        const answer = scan(hostOf(one, dnsSuffix));
        const found = embeddedAddress(one, dnsSuffix);
        if (found?.includes(':')) return;
        expect(found).toBe(answer === scan(dnsSuffix) ? undefined : answer);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['a host under the suffix', 'pr-10-0-0-5.192-168-1-20.nip.io', '10.0.0.5'],
    ['two labels', 'a.10-0-0-5.192-168-1-20.nip.io', '10.0.0.5'],
    ['upper case', 'PR-10-0-0-5.192-168-1-20.NIP.io', '10.0.0.5'],
    ['a host that is free', 'shop.192-168-1-20.nip.io', undefined],
    ['a host elsewhere', 'pr-10-0-0-5.nip.io', undefined],
  ])('reads %s', (_, host, address) => {
    expect(embeddedAddressOf(host, LAN)).toBe(address);
  });
});
