import fc from 'fast-check';
import { stringify } from 'smol-toml';
import { lineAndColumn, scanKeys } from './scanner';

const places = (text: string) =>
  Object.fromEntries(
    scanKeys(text).map(({ path, offset }) => {
      const { line, column } = lineAndColumn(text, offset);
      return [path.join('/'), `${line}:${column}`];
    }),
  );

describe('scanKeys', () => {
  const cases: Record<string, { text: string; expected: object }> = {
    'finds keys under their table, after comments and blank lines': {
      text: '# first\n\n[network]\n  lan_ip = "" # here\nport=1\n',
      expected: {
        network: '3:1',
        'network/lan_ip': '4:3',
        'network/port': '5:1',
      },
    },
    'finds dotted and quoted keys and dotted tables': {
      text: 'a.b = 1\n[clusters."my prod".network]\n"lan_ip" = \'x\'\n',
      expected: {
        'a/b': '1:1',
        'clusters/my prod/network': '2:1',
        'clusters/my prod/network/lan_ip': '3:1',
      },
    },
    'finds keys inside inline tables': {
      text: 'gateway = { name = "x", http_port = 80 }\n',
      expected: {
        gateway: '1:1',
        'gateway/name': '1:13',
        'gateway/http_port': '1:25',
      },
    },
    'takes nothing inside strings of several lines for a key': {
      text: 'a = """\nfake = 1\n[no]\n\\"""" \nb = \'\'\'\nfake = 2\n\'\'\'\nc = 1\n',
      expected: { a: '1:1', b: '5:1', c: '8:1' },
    },
    'passes over arrays of several lines with comments': {
      text: 'a = [\n  "x = 1", # ]\n  [1, 2],\n]\nb = 2\n',
      expected: { a: '1:1', b: '5:1' },
    },
    'passes over dates, numbers and booleans': {
      text: 'a = 1979-05-27 07:32:00Z\nb = -1.5e3\nc = true\nd = +inf\r\ne = 0x1F\r\n',
      expected: { a: '1:1', b: '2:1', c: '3:1', d: '4:1', e: '5:1' },
    },
    'marks elements of an array of tables': {
      text: '[[x]]\ny = 1\n',
      expected: { 'x/[]': '1:1', 'x/[]/y': '2:1' },
    },
  };
  it.each(Object.entries(cases))('%s', (_, { text, expected }) => {
    expect(places(text)).toEqual(expected);
  });

  const broken: Record<string, string> = {
    'a value that is missing': 'ok = 1\nbad =\n',
    'a string that does not end': 'ok = 1\nbad = "x\nnext = 1\n',
    'text behind a value': 'ok = 1\nbad = 127.0.0.1 x"\nnext = 1\n',
    'an array that does not end': 'ok = 1\nbad = [1, 2\n',
  };
  it.each(Object.entries(broken))(
    'stops inside the key that has %s',
    (_, text) => {
      const keys = scanKeys(text);
      expect(keys.map(({ path }) => path[0])).toEqual(['ok', 'bad']);
      expect(keys[1].end).toBe(Infinity);
    },
  );

  it('finds every key of a document that a TOML writer wrote, where that key stands', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9_-]{0,6}$/);
    const leaf = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.array(fc.string(), { maxLength: 3 }),
    );
    const table = fc.dictionary(word, leaf, { maxKeys: 4 });
    fc.assert(
      fc.property(fc.dictionary(word, table, { maxKeys: 4 }), document => {
        const text = stringify(document);
        const found = new Map(
          scanKeys(text).map(key => [JSON.stringify(key.path), key]),
        );
        for (const [name, values] of Object.entries(document)) {
          for (const key of Object.keys(values)) {
            const position = found.get(JSON.stringify([name, key]));
            expect(position && text.slice(position.offset)).toMatch(
              new RegExp(`^${key} = `),
            );
            expect(position?.end).not.toBe(Infinity);
          }
        }
      }),
    );
  });

  it('ends on any text whatever', () => {
    const piece = fc.constantFrom(
      ...['"', "'", '"""', "'''", '[', ']', '{', '}', '=', '\n', '#', '\\'],
      ...['a', '.', ',', ' ', '1', '\r\n'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
        const text = pieces.join('');
        for (const { offset } of scanKeys(text)) {
          expect(offset).toBeLessThan(text.length);
        }
      }),
    );
  });
});
