import fc from 'fast-check';
import { checkHostLabel, hostLabelFromName } from './hostLabel';

const RFC1123_LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

describe('hostLabelFromName', () => {
  it.each([
    ['shop', 'shop'],
    ['Shop', 'shop'],
    ['my.app_v2', 'my-app-v2'],
    ['--odd--', 'odd'],
    ['Café', 'cafe'],
    ['9lives', '9lives'],
  ])('writes %s as %s', (name, label) => {
    expect(hostLabelFromName(name)).toBe(label);
  });

  it('shortens a long name with a hash, so that long names stay apart', () => {
    const one = hostLabelFromName(`${'a'.repeat(63)}1`);
    const two = hostLabelFromName(`${'a'.repeat(63)}2`);
    expect(one).toHaveLength(63);
    expect(one.startsWith('a'.repeat(53))).toBe(true);
    expect(one).not.toBe(two);
  });

  it('gives a label even where a name has nothing to keep', () => {
    expect(hostLabelFromName('___')).toMatch(/^host-[0-9a-f]{9}$/);
    expect(hostLabelFromName('')).not.toBe(hostLabelFromName('___'));
  });

  it.each(['___', 'a'.repeat(64)])('is no address by its hash: %s', name => {
    const label = hostLabelFromName(name);
    for (const dnsSuffix of ['c0a80114.nip.io', 'nip.io']) {
      expect(
        checkHostLabel(label, {
          dnsSuffix,
          reservedHosts: [],
          allowLookalikes: false,
          cluster: 'x',
        }),
      ).toEqual([]);
    }
  });

  it('is always a DNS label, and the same one for the same name', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 200 }),
          fc.string({ maxLength: 90 }),
        ),
        name => {
          const label = hostLabelFromName(name);
          expect(label).toMatch(RFC1123_LABEL);
          expect(hostLabelFromName(name)).toBe(label);
          expect(hostLabelFromName(label)).toBe(label);
        },
      ),
    );
  });
});

describe('checkHostLabel', () => {
  const options = {
    dnsSuffix: '192-168-1-20.nip.io',
    reservedHosts: ['argocd', 'Backstage'],
    allowLookalikes: false,
    cluster: 'local',
  };
  const reasons = (label: string, dnsSuffix = options.dnsSuffix) =>
    checkHostLabel(label, { ...options, dnsSuffix }).map(
      finding => finding.reason,
    );

  it.each<[string, string, string[]]>([
    ['takes a plain label', 'shop', []],
    ['takes one of 63 characters', 'a'.repeat(63), []],
    ['refuses 64 characters', 'a'.repeat(64), ['HostTooLong']],
    ['refuses an empty label', '', ['HostLabelInvalid']],
    ['refuses upper case', 'Shop', ['HostLabelInvalid']],
    ['refuses an underscore', 'my_app', ['HostLabelInvalid']],
    ['refuses a dash at the end', 'shop-', ['HostLabelInvalid']],
    ['refuses a dash at the beginning', '-shop', ['HostLabelInvalid']],
    ['refuses a wildcard', '*', ['HostLabelInvalid']],
    ['refuses two labels', 'api.shop', ['HostLabelInvalid']],
    ['refuses a line break at the end', 'shop\n', ['HostLabelInvalid']],
    ['refuses an embedded address', 'pr-10-0-0-5', ['HostEmbedsAddress']],
    ['refuses a reserved label', 'argocd', ['HostReserved']],
    ['refuses one reserved in other case', 'backstage', ['HostReserved']],
  ])('%s', (_, label, expected) => {
    expect(reasons(label)).toEqual(expected);
  });

  it('refuses a host of more than 253 characters and takes one of 253', () => {
    const suffix = `${Array(4).fill('b'.repeat(61)).join('.')}.io`; // 250
    expect(suffix).toHaveLength(250);
    expect(reasons('ab', suffix)).toEqual([]);
    expect(reasons('abc', suffix)).toEqual(['HostTooLong']);
  });

  it('says of two labels that the certificate would not cover them', () => {
    const [finding] = checkHostLabel('api.shop', options);
    expect(finding.message).toContain('certificate');
  });

  it('names field, host and remedy, and all findings are blocking', () => {
    for (const label of ['', 'a'.repeat(64), 'pr-10-0-0-5', 'argocd']) {
      expect(checkHostLabel(label, options)).toEqual([
        expect.objectContaining({
          severity: 'blocking',
          remedy: expect.stringMatching(/\.$/),
          subject: {
            kind: 'Host',
            name: label,
            cluster: 'local',
            field: 'hostLabel',
          },
        }),
      ]);
    }
  });

  it('says where requests would go, and proposes a label that is free of it', () => {
    const [finding] = checkHostLabel('release-10-0-0-5', options);
    expect(finding.message).toContain('10.0.0.5');
    expect(finding.remedy).toContain("'release'");
  });
});
