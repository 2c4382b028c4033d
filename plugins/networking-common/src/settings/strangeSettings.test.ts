import { ConfigFileError, parseConfigToml } from './configFile';
import { resolveSettings } from './resolve';

const errorOf = (text: string): ConfigFileError => {
  try {
    parseConfigToml(text);
  } catch (error) {
    if (error instanceof ConfigFileError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('a config.toml with characters that are not what they look like', () => {
  const cases: Record<
    string,
    { text: string; place: string; key?: string; says: RegExp }
  > = {
    'a no-break space before a key': {
      text: '[network]\n\u00a0lan_ip = ""\n',
      place: '2:1',
      says: /a no-break space \(U\+00A0\) stands here; put a plain space/,
    },
    'a no-break space behind the value of a key': {
      text: '[network]\nlan_ip = ""\u00a0\n',
      place: '2:12',
      key: 'network.lan_ip',
      says: /no-break space/,
    },
    'a byte order mark inside the file': {
      text: '\ufeff[network]\n\ufefflan_ip = ""\n',
      place: '2:1',
      says: /a byte order mark \(U\+FEFF\) stands here; delete it/,
    },
    'a line separator': {
      text: '[network]\u2028lan_ip = ""\n',
      place: '1:10',
      says: /a line separator \(U\+2028\)/,
    },
    'lines that end in carriage returns alone': {
      text: '[network]\rlan_ip = ""\r',
      place: '1:10',
      says: /a carriage return without a line feed/,
    },
    'quotes of a word processor': {
      text: '[network]\nlan_ip = “127.0.0.1”\n',
      place: '2:10',
      key: 'network.lan_ip',
      says: /a left double quotation mark \(U\+201C\)/,
    },
    'UTF-16': {
      text: Buffer.from('[network]\n', 'utf16le').toString('utf8'),
      place: '1:1',
      says: /UTF-16.*save it as UTF-8/,
    },
    'Latin-1 where it counts': {
      text: Buffer.from('[network]\nlan_ip\u00a0= ""\n', 'latin1').toString(
        'utf8',
      ),
      place: '2:7',
      says: /a byte that is not UTF-8/,
    },
    'a zero-width space in a value': {
      text: '[network]\ndns_suffix = "a.example.com\u200b"\n',
      place: '2:28',
      key: 'network.dns_suffix',
      says: /expected a DNS name .*, and a zero-width space \(U\+200B\) stands in it as character 14; delete it$/,
    },
    'one that is written as an escape': {
      text: '[network]\ndns_suffix = "a.example.com\\u200b"\n',
      place: '2:1',
      key: 'network.dns_suffix',
      says: /zero-width space/,
    },
    'a no-break space in an item of a list': {
      text: '[policies.grants]\nshop = [\n  "group:default/a",\n  "group:\u00a0b",\n]\n',
      place: '4:10',
      key: 'policies.grants.shop',
      says: /no-break space/,
    },
    'another mistake that comes first': {
      text: '[network]\nlan_ip = "x\nport = \u00a01\n',
      place: '2:12',
      key: 'network.lan_ip',
      says: /closing quote/,
    },
  };
  it.each(Object.entries(cases))(
    'names the place and the character: %s',
    (_, { text, place, key, says }) => {
      const error = errorOf(text);
      expect([`${error.line}:${error.column}`, error.key]).toEqual([
        place,
        key,
      ]);
      expect(error.message).toMatch(says);
    },
  );

  it('takes a byte order mark at the very beginning', () => {
    const file = parseConfigToml('\ufeff[network]\nlan_ip = ""\n');
    expect(file.values).toMatchObject([{ line: 2, column: 1 }]);
  });

  it('takes any letters of comments and of strings that are not ours', () => {
    const file = parseConfigToml(
      '# f\u00fcr\u00a0\u201ealle\u201c \ufffd\n[git]\nrepo = "\u00e9\u200b"\n',
    );
    expect(file).toMatchObject({ values: [], problems: [] });
  });
});

describe('another source with such characters', () => {
  type Input = Omit<Parameters<typeof resolveSettings>[0], 'clusters'>;
  const cases: Record<string, { input: Input; says: RegExp }> = {
    'a no-break space at the end of a value in the app-config': {
      input: {
        appConfig: { network: { dnsSuffix: 'hunter2.example.com\u00a0' } },
      },
      says: /networking\.network\.dnsSuffix in the app-config: expected .*, and a no-break space \(U\+00A0\) stands in it as character 20/,
    },
    'a zero-width space in an owner group, which no group has': {
      input: {
        appConfig: {
          policies: { grants: { shop: ['group:default/a\u200b'] } },
        },
      },
      says: /policies\.grants\.shop in the app-config: .* a zero-width space \(U\+200B\)/,
    },
    'a line feed that an environment variable brings along': {
      input: { appConfig: { gateway: { name: 'hunter2\n' } } },
      says: /networking\.gateway\.name in the app-config: .* a line feed \(U\+000A\)/,
    },
    'a port in text with a no-break space': {
      input: { appConfig: { gateway: { httpsPort: '443\u00a0' } } },
      says: /networking\.gateway\.httpsPort in the app-config: .* a no-break space/,
    },
    'a key of the app-config with a no-break space': {
      input: { appConfig: { network: { 'dnsSuffix\u00a0': 'a.example.com' } } },
      says: /is no setting: a no-break space \(U\+00A0\) stands in its name\. Rename it to dnsSuffix/,
    },
    'an override with a soft hyphen': {
      input: { overrides: [{ key: 'gateway.name', value: 'a\u00adb' }] },
      says: /override of gateway\.name: expected the name .*, and a soft hyphen/,
    },
  };
  it.each(Object.entries(cases))(
    'names the key and the character: %s',
    (_, { input, says }) => {
      const resolve = () => resolveSettings({ clusters: ['local'], ...input });
      expect(resolve).toThrow(says);
      expect(resolve).not.toThrow(/hunter2/);
    },
  );
});

it('a key of config.toml in quotes that holds such a character is named as one without effect', () => {
  const { view } = resolveSettings({
    clusters: ['local'],
    file: parseConfigToml(
      '[network]\ndns_suffix = "a.example.com"\n"lan_ip\u200b" = ""\n',
    ),
  });
  expect(view.findings).toMatchObject([
    {
      reason: 'SettingUnknown',
      message: expect.stringMatching(
        /:3:1 .*: a zero-width space \(U\+200B\) stands in its name\.$/,
      ),
      remedy: 'Rename it to lan_ip.',
    },
  ]);
});
