import { encode } from 'punycode.js';
import { checkHostLabel } from './hostLabel';
import { deceptionOf, type Deception } from './lookalikes';

const punycode = (decoded: string) => `xn--${encode(decoded)}`;
const findings = (label: string, allowLookalikes = false) =>
  checkHostLabel(label, {
    dnsSuffix: '192-168-1-20.nip.io',
    reservedHosts: [],
    allowLookalikes,
    cluster: 'local',
  });

describe('deceptionOf a label that decodes', () => {
  it.each<[string, string, string]>([
    ['Cyrillic that reads as a Latin word', 'аррӏе', 'apple'],
    ['one Cyrillic letter among Latin ones', 'pаypal', 'paypal'],
    ['Cyrillic with ASCII digits and a dash', 'ѕһор-24', 'shop-24'],
    ['a Latin letter without its dot', 'shıp', 'ship'],
    ['a Latin ligature', 'ægir', 'aegir'],
    ['a Latin letter of phonetics', 'ɡooɡle', 'google'],
    ['Greek', 'νο', 'vo'],
    ['letters of Lisu, which look like capitals', 'ꓢꓧꓳꓑ', 'shop'],
    ['Cherokee', '\u13da\u13bb\u13e2', 'shp'],
    ['a click', 'ǀab', 'lab'],
    ['digits of Bengali', '৪৪', '88'],
    ['Hebrew', 'סוס', 'olo'],
  ])('finds that %s looks like ASCII', (_, decoded, looksLike) => {
    expect(deceptionOf(punycode(decoded))).toEqual<Deception>({
      kind: 'lookalike',
      decoded,
      looksLike,
    });
  });

  it.each<[string, string, string[]]>([
    ['Cyrillic and Latin', 'магазинshop', ['Cyrillic', 'Latin']],
    ['Greek and Latin', 'λshop', ['Greek', 'Latin']],
    ['Cyrillic and Greek', 'жλ', ['Cyrillic', 'Greek']],
    ['Han with Cyrillic', '中ж', ['Han', 'Cyrillic']],
    ['Korean and Japanese', '한あ', ['Hangul', 'Hiragana']],
    ['Thai and Latin', 'ไทยshop', ['Thai', 'Latin']],
    ['Armenian and Latin', 'խshop', ['Armenian', 'Latin']],
  ])('finds that %s are mixed', (_, decoded, scripts) => {
    expect(deceptionOf(punycode(decoded))).toEqual<Deception>({
      kind: 'mixed',
      decoded,
      scripts,
    });
  });

  it('finds digits of two systems', () => {
    expect(deceptionOf(punycode('क१2'))).toMatchObject({ kind: 'mixed' });
  });

  it.each<[string, string]>([
    ['German', 'bücher'],
    ['French', 'café-9'],
    ['Vietnamese', 'phở'],
    ['Polish', 'łódź'],
    ['Russian', 'магазин'],
    ['Russian with a mark', 'ёлка'],
    ['Greek', 'αγορά'],
    ['Hebrew', 'שלום'],
    ['Arabic', 'مرحبا'],
    ['Hindi with its digits', 'दुकान१२'],
    ['Thai', 'ร้านค้า'],
    ['Chinese', '商店'],
    ['Chinese with Latin', '商店shop'],
    ['Chinese with Bopomofo and Latin', '店ㄅx'],
    ['Japanese in all its scripts', 'お店ショップab'],
    ['a long vowel of Japanese', 'サーバー'],
    ['Korean', '가게'],
    ['Korean with Han and Latin', '가게店shop'],
    ['digits beside another script', 'магазин24'],
  ])('takes %s', (_, decoded) => {
    expect(deceptionOf(punycode(decoded))).toBeUndefined();
  });
});

describe('deceptionOf a label that does not decode', () => {
  it.each<[string, string]>([
    ['nothing behind the prefix', 'xn--'],
    ['what decodes to ASCII alone', 'xn--shop-'],
    ['what is beyond Unicode', 'xn--99999999'],
    ['what is no punycode', 'xn--a-'],
    ['what ends inside a number', 'xn--z'],
    ['a dash at the beginning', punycode('-ü')],
    ['a dash at the end', punycode('ü-')],
    ['dashes that promise punycode again', punycode('xn--ü')],
    ['a mark at the beginning', punycode('\u0301a')],
    ['what is not composed (NFC)', punycode('cafe\u0301')],
    ['a capital', punycode('Bücher')],
    ['a letter of another width', punycode('ｓhop')],
    ['what is no character', punycode('a\u{10ffff}')],
    ['a joiner between Latin letters', punycode('sh\u200dop')],
    ['an invisible mark', punycode('sh\u034fop')],
    ['directions that contradict', punycode('שa')],
    ['a dot of IDNA', punycode('a\u3002ü')],
  ])('refuses %s', (_, label) => {
    expect(deceptionOf(label)).toEqual<Deception>({ kind: 'undecodable' });
  });

  it.each(['shop', 'ab--cd', 'xn-80ak6aa92e', 'my-xn--80ak6aa92e'])(
    'has nothing to say of %s, which browsers show as it is',
    label => expect(deceptionOf(label)).toBeUndefined(),
  );
});

describe('what is said of a lookalike', () => {
  it.each<[string, string, Record<string, string> | undefined]>([
    [
      'xn--80ak6aa92e',
      'HostLooksLikeAnother',
      { decoded: 'аррӏе', looksLike: 'apple' },
    ],
    [
      punycode('λshop'),
      'HostMixesScripts',
      { decoded: 'λshop', scripts: 'Greek, Latin' },
    ],
    ['xn--99999999', 'HostLabelUndecodable', undefined],
  ])('%s: %s', (label, reason, details) => {
    const [finding, ...others] = findings(label);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      reason,
      severity: 'blocking',
      remedy: expect.stringContaining('gateway.allow_lookalikes'),
      subject: { kind: 'Host', name: label, field: 'hostLabel' },
    });
    expect(finding.details).toEqual(details);
    for (const text of Object.values(details ?? {})) {
      expect(finding.message).toContain(text.split(', ')[0]);
    }
    expect(findings(label, true)).toEqual([]);
  });

  it('shows both forms', () => {
    const [{ message }] = findings('xn--80ak6aa92e');
    expect(message).toContain("'аррӏе'");
    expect(message).toContain("'apple'");
  });
});

describe('a label typed in another script', () => {
  it.each([
    ['bücher', 'xn--bcher-kva'],
    ['商店', 'xn--czrs0t'],
    ['Bücher', 'xn--bcher-kva'],
  ])('is refused with what to ask for instead: %s', (label, ascii) => {
    const [finding] = findings(label);
    expect(finding.reason).toBe('HostLabelInvalid');
    expect(finding.remedy).toContain(`'${ascii}'`);
  });

  it.each(['ѕһор', 'магазинshop', 'my shop', 'a/b', 'a。b', '.', ''])(
    'is not led to punycode that is refused: %s',
    label => {
      const [finding] = findings(label);
      expect(finding.reason).toBe('HostLabelInvalid');
      expect(finding.remedy).not.toContain('xn--');
    },
  );
});
