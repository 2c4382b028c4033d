import fc from 'fast-check';
import { parse } from 'smol-toml';
import {
  findStrangeCharacter,
  foreignEncoding,
  strangeInValue,
} from './characters';

/** `@` in front of the character that is looked for. */
const marked = (text: string) => ({
  offset: text.indexOf('@'),
  text: text.replace('@', ''),
});

describe('findStrangeCharacter', () => {
  const cases: Record<string, [text: string, name: RegExp]> = {
    'a no-break space that indents a key': [
      '[network]\n@\u00a0lan_ip = ""\n',
      /^a no-break space \(U\+00A0\)$/,
    ],
    'a no-break space before a value': ['a =@\u00a01\n', /no-break space/],
    'a no-break space behind a value': ['a = 1@\u00a0\n', /no-break space/],
    'a no-break space alone on a line': ['a = 1\n@\u00a0\n', /no-break space/],
    'an ideographic space': ['a @\u3000= 1\n', /ideographic space/],
    'a zero-width space in a key': ['lan@\u200b_ip = ""\n', /\(U\+200B\)$/],
    'a byte order mark inside': [
      'a = 1\n@\ufeffb = 2\n',
      /^a byte order mark \(U\+FEFF\)$/,
    ],
    'a line separator for a line': ['a = 1@\u2028b = 2\n', /\(U\+2028\)$/],
    'a paragraph separator for a line': ['a = 1@\u2029b = 2\n', /U\+2029/],
    'a next-line character for a line': ['a = 1@\u0085b = 2\n', /U\+0085/],
    'a carriage return for a line': ['a = 1@\rb = 2\r', /carriage return/],
    'a vertical tab': ['a = 1@\u000b\n', /vertical tab \(U\+000B\)$/],
    'a form feed': ['a = 1\n@\f\nb = 2\n', /form feed/],
    'quotes of a word processor': ['a = @“x”\n', /\(U\+201C\)$/],
    'such a quote at the end alone': ['a = "x@”\nb = 1\n', /\(U\+201D\)$/],
    'such a quote at the end of a literal': ["a = 'x@’\n", /\(U\+2019\)$/],
    'a dash in a key': ['[net@–work]\n', /en dash/],
    'a letter of no table, without its number': [
      'a = @ü\n',
      /^a character that is not ASCII$/,
    ],
    'what was no UTF-8': ['a = 1 @\ufffd\n', /not UTF-8/],
    'a control character in a string': ['a = "x@\u0001"\n', /U\+0001/],
    'a null character in a comment': ['# x@\u0000\n', /null/],
    'a carriage return that ends a comment': [
      '# x@\r[network]\rlan_ip = ""\r',
      /carriage return/,
    ],
    'a line separator that makes a table part of a comment': [
      '# x@\u2028[network]\u2028lan_ip = ""\n',
      /line separator/,
    ],
    'a next-line character that makes a key part of one': [
      'a = 1 # x@\u0085lan_ip = ""\n',
      /next-line/,
    ],
    'what follows a string of several lines': [
      'a = """\n“\u00a0\n"""\nb = @\u00a01\n',
      /no-break space/,
    ],
  };
  it.each(Object.entries(cases))('finds %s', (_, [given, name]) => {
    const { text, offset } = marked(given);
    const found = findStrangeCharacter(text);
    expect(found).toMatchObject({ offset, name: expect.stringMatching(name) });
    expect(found?.remedy).toMatch(/^[a-z]/);
  });

  const innocent: Record<string, string> = {
    'plain lines': '[network]\r\n\tlan_ip = "" # x\r\n',
    'letters of a comment': '# für “alle” – é\u00a0\u2028 mehr\na = 1\n',
    'letters of strings': `a = "“ü”\u00a0"\nb = '–\u200b'\nc = """\u3000\n"""\n`,
    'bytes of a comment that are not UTF-8': '# f\ufffdr\na = 1\n',
    'what follows a string that does not end': 'a = """\nb = \u00a01\n',
  };
  it.each(Object.entries(innocent))('passes over %s', (_, text) => {
    expect(findStrangeCharacter(text)).toBeUndefined();
  });

  it('finds nothing in what is valid TOML and holds no line separator', () => {
    const piece = fc.constantFrom(
      ...['a = 1\n', 'b.c = "ü\u00a0"\r\n', "'d' = 'é'\n", '# \u3000\n'],
      ...['e = """\n”\n\\"""" # x\n', 'f = [1, # ü\n 2]\n', '[t."\u200b"]\n'],
    );
    fc.assert(
      fc.property(fc.uniqueArray(piece, { maxLength: 7 }), pieces => {
        const text = pieces.join('');
        expect(() => parse(text)).not.toThrow();
        expect(findStrangeCharacter(text)).toBeUndefined();
      }),
    );
  });

  it('ends on any text whatever', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const found = findStrangeCharacter(text);
        expect(found?.offset ?? 0).toBeLessThan(text.length + 1);
      }),
    );
  });
});

describe('foreignEncoding', () => {
  const text = '[network]\nlan_ip = ""\n';
  const utf16 = Buffer.from(text, 'utf16le');
  const swapped = Buffer.from(utf16).swap16();
  it.each<[string, Buffer, string | undefined]>([
    ['UTF-8', Buffer.from(text), undefined],
    ['nothing', Buffer.alloc(0), undefined],
    ['UTF-16LE', utf16, 'UTF-16'],
    ['UTF-16BE', swapped, 'UTF-16'],
    [
      'UTF-16LE with its mark',
      Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]),
      'UTF-16',
    ],
    [
      'UTF-16BE with its mark',
      Buffer.concat([Buffer.from([0xfe, 0xff]), swapped]),
      'UTF-16',
    ],
    [
      'UTF-32LE',
      Buffer.from([...text].flatMap(one => [one.charCodeAt(0), 0, 0, 0])),
      'UTF-32',
    ],
  ])('tells %s', (_, bytes, encoding) => {
    expect(foreignEncoding(bytes.toString('utf8'))).toBe(encoding);
  });
});

describe('strangeInValue', () => {
  it.each<[string, unknown, number | undefined, RegExp]>([
    ['a space that is none', 'a.example.com\u00a0', 13, /no-break space/],
    ['an item of a list', ['shop', 'do\u200bcs'], 2, /zero-width space/],
    ['a hyphen that is none', '192\u2011168', 3, /non-breaking hyphen/],
    ['a line feed', 'shop\n', 4, /line feed/],
    [
      'what is none of a line of PEM',
      '-----BEGIN CERTIFICATE-----\r\nMII\u200b\n',
      32,
      /zero-width space/,
    ],
    ['nothing in ASCII', 'shop', undefined, /^/],
    ['nothing in a number', 443, undefined, /^/],
  ])('finds %s', (_, value, offset, name) => {
    const found = strangeInValue(value);
    expect(found?.offset).toBe(offset);
    expect(found?.name ?? '').toMatch(name);
  });
});
