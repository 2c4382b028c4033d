import fc from 'fast-check';
import { hostOf } from './dns';
import { embeddedAddress } from './embeddedAddress';

const LAN = '192-168-1-20.nip.io';

describe('embeddedAddress', () => {
  it.each([
    ['four numbers after a word', 'release-1-2-3-4', LAN, '1.2.3.4'],
    ['four numbers before a word', '10-0-0-5-api', LAN, '10.0.0.5'],
    ['four numbers alone', '10-0-0-5', LAN, '10.0.0.5'],
    ['the leftmost of five numbers', '1-2-3-4-5', LAN, '1.2.3.4'],
    ['the leftmost of two addresses', '1-1-1-1-x-2-2-2-2', LAN, '1.1.1.1'],
    ['the first that fits', 'v-300-1-2-3-4', LAN, '1.2.3.4'],
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
    ['an octet over 255', 'x-256-1-2-3', LAN],
    ['the address of the suffix itself', '192-168-1-20', LAN],
    ['hex, which loses to the dashes of the suffix', 'deadbeef', LAN],
    ['hex within a label', 'x-0a000005', 'apps.nip.io'],
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
                /^\d{1,3}$/.test(octet) &&
                Number(octet) <= 255 &&
                !(octet.length === 3 && octet.startsWith('0')),
            );
          if (isAddress) return octets.map(Number).join('.');
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
});
