/** A character that is not what it looks like, or that looks like nothing. */
export interface StrangeCharacter {
  /** In UTF-16 units, from 0. */
  offset: number;
  character: string;
  /** `a no-break space (U+00A0)`. */
  name: string;
  /** What to do about it, as an imperative: `put a plain space in its place`. */
  remedy: string;
}

const SPACE = 'put a plain space in its place, or delete it';
const NOTHING = 'delete it';
const LINE = 'begin a new line in its place with a line feed';
const QUOTE = `put a plain quote (" or ') in its place`;
const DASH = 'put a plain "-" in its place';

/** Names after the Unicode Character Database, small and with an article. */
const NAMED: readonly [remedy: string, names: Record<string, string>][] = [
  [
    SPACE,
    {
      '\u00a0': 'a no-break space',
      '\u1680': 'an ogham space mark',
      '\u2000': 'an en quad',
      '\u2001': 'an em quad',
      '\u2002': 'an en space',
      '\u2003': 'an em space',
      '\u2004': 'a three-per-em space',
      '\u2005': 'a four-per-em space',
      '\u2006': 'a six-per-em space',
      '\u2007': 'a figure space',
      '\u2008': 'a punctuation space',
      '\u2009': 'a thin space',
      '\u200a': 'a hair space',
      '\u202f': 'a narrow no-break space',
      '\u205f': 'a medium mathematical space',
      '\u3000': 'an ideographic space',
    },
  ],
  [
    NOTHING,
    {
      '\u0000': 'a null character',
      '\u007f': 'a delete character',
      '\u00ad': 'a soft hyphen',
      '\u034f': 'a combining grapheme joiner',
      '\u061c': 'an Arabic letter mark',
      '\u115f': 'a Hangul filler',
      '\u180e': 'a Mongolian vowel separator',
      '\u200b': 'a zero-width space',
      '\u200c': 'a zero-width non-joiner',
      '\u200d': 'a zero-width joiner',
      '\u200e': 'a left-to-right mark',
      '\u200f': 'a right-to-left mark',
      '\u202a': 'a left-to-right embedding',
      '\u202b': 'a right-to-left embedding',
      '\u202c': 'a pop directional formatting',
      '\u202d': 'a left-to-right override',
      '\u202e': 'a right-to-left override',
      '\u2060': 'a word joiner',
      '\u2061': 'a function application',
      '\u2062': 'an invisible times',
      '\u2063': 'an invisible separator',
      '\u2064': 'an invisible plus',
      '\u2066': 'a left-to-right isolate',
      '\u2067': 'a right-to-left isolate',
      '\u2068': 'a first strong isolate',
      '\u2069': 'a pop directional isolate',
      '\u3164': 'a Hangul filler',
      '\ufeff': 'a byte order mark',
    },
  ],
  [
    LINE,
    {
      '\u000a': 'a line feed',
      '\u000b': 'a vertical tab',
      '\u000c': 'a form feed',
      '\u000d': 'a carriage return without a line feed',
      '\u0085': 'a next-line character',
      '\u2028': 'a line separator',
      '\u2029': 'a paragraph separator',
    },
  ],
  [
    QUOTE,
    {
      '\u00ab': 'a left angle quotation mark',
      '\u00b4': 'an acute accent',
      '\u00bb': 'a right angle quotation mark',
      '\u2018': 'a left single quotation mark',
      '\u2019': 'a right single quotation mark',
      '\u201a': 'a low single quotation mark',
      '\u201b': 'a reversed single quotation mark',
      '\u201c': 'a left double quotation mark',
      '\u201d': 'a right double quotation mark',
      '\u201e': 'a low double quotation mark',
      '\u201f': 'a reversed double quotation mark',
      '\u2032': 'a prime',
      '\u2033': 'a double prime',
      '\uff02': 'a fullwidth quotation mark',
      '\uff07': 'a fullwidth apostrophe',
    },
  ],
  [
    DASH,
    {
      '\u2010': 'a hyphen that is not the ASCII one',
      '\u2011': 'a non-breaking hyphen',
      '\u2012': 'a figure dash',
      '\u2013': 'an en dash',
      '\u2014': 'an em dash',
      '\u2212': 'a minus sign that is not the ASCII one',
    },
  ],
  [
    'put a plain "=" in its place',
    { '\uff1d': 'a fullwidth equals sign', '\ua78a': 'a short equals sign' },
  ],
  [
    'put a plain "." in its place',
    { '\u3002': 'an ideographic full stop', '\uff0e': 'a fullwidth full stop' },
  ],
];

const KNOWN = new Map(
  NAMED.flatMap(([remedy, names]) =>
    Object.entries(names).map(
      ([character, name]) => [character, { name, remedy }] as const,
    ),
  ),
);

/** Looks like a space or like nothing, in text of which letters of any script may be part. */
const INVISIBLE = new RegExp(
  `[${NAMED.slice(0, 3)
    .flatMap(([, names]) => Object.keys(names))
    .join('')}\u0001-\u001f\ufffd]`,
);

const QUOTES = new RegExp(
  `[${NAMED.filter(([remedy]) => remedy === QUOTE)
    .flatMap(([, names]) => Object.keys(names))
    .join('')}]`,
);

/**
 * Of other characters the number is not told either: where quotes are out of step they may be a piece of a secret.
 */
function strange(text: string, offset: number): StrangeCharacter {
  const character = text[offset];
  const known = KNOWN.get(character);
  const number = character.charCodeAt(0).toString(16).toUpperCase();
  const withNumber = (name: string) => `${name} (U+${number.padStart(4, '0')})`;
  if (known) {
    return {
      offset,
      character,
      name: withNumber(known.name),
      remedy: known.remedy,
    };
  }
  if (character === '\ufffd') {
    return {
      offset,
      character,
      name: 'a byte that is not UTF-8',
      remedy: 'save it as UTF-8',
    };
  }
  if (character < ' ') {
    return {
      offset,
      character,
      name: withNumber('a control character'),
      remedy: NOTHING,
    };
  }
  return {
    offset,
    character,
    name: 'a character that is not ASCII',
    remedy: 'write it in ASCII, or put it in quotes',
  };
}

/** Where the pattern first matches in a part of a text, as a strange character. */
function firstIn(
  text: string,
  pattern: RegExp,
  from: number,
  to: number,
): StrangeCharacter | undefined {
  const found = pattern.exec(text.slice(from, to));
  return found ? strange(text, from + found.index) : undefined;
}

const NOT_ASCII = /[^\t\n -~\r]|\r(?!\n)/;
/** Control characters that TOML takes nowhere (https://toml.io/en/v1.0.0#spec). */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\r(?!\n)/;
/** A line within a comment, for whoever takes the separator for one: what looks like a table or a key would be lost. */
const LOST_LINE =
  /[\u0085\u2028\u2029](?=[ \t]*(?:\[[^\]\n]*\]|[\w."'-]+[ \t]*=))/;

const STRINGS = [
  { opens: '"""', whole: /"""(?:[^\\]|\\[^])*?"""(?:"{0,2})/y },
  { opens: "'''", whole: /'''[^]*?'''(?:'{0,2})/y },
  { opens: '"', whole: /"(?:[^"\\\n]|\\.)*"/y },
  { opens: "'", whole: /'[^'\n]*'/y },
] as const;

interface Part {
  /** Offset behind it. */
  end: number;
  found?: StrangeCharacter;
  /** Does the text make no more sense behind it? */
  isBroken?: boolean;
}

const lineEnd = (text: string, at: number) => {
  const newline = text.indexOf('\n', at);
  return newline < 0 ? text.length : newline;
};

function stringAt(text: string, at: number): Part | undefined {
  const string = STRINGS.find(({ opens }) => text.startsWith(opens, at));
  if (!string) return undefined;
  string.whole.lastIndex = at;
  const whole = string.whole.exec(text)?.[0];
  const end = whole ? at + whole.length : lineEnd(text, at);
  const control = firstIn(text, CONTROL, at, end);
  return whole
    ? { end, found: control }
    : {
        end,
        found: control ?? firstIn(text, QUOTES, at, end),
        isBroken: true,
      };
}

function commentAt(text: string, at: number): Part | undefined {
  if (text[at] !== '#') return undefined;
  const end = lineEnd(text, at);
  // With the line feed, which decides whether a carriage return stands alone.
  const found =
    firstIn(text, CONTROL, at, end + 1) ??
    firstIn(text, LOST_LINE, at, end + 1);
  return { end, found };
}

function bareAt(text: string, at: number): Part {
  const found = firstIn(text, NOT_ASCII, at, at + 2);
  return { end: at + 1, ...(found?.offset === at && { found }) };
}

/**
 * The first character of a TOML document that may not stand where it stands and that an eye takes for nothing or for another:
 * anything but ASCII outside of strings and comments, control characters everywhere, and a line separator that makes one
 * comment of several lines. Nothing is said of what follows a string that does not end, save for a quote that looks like the
 * one that would end it.
 */
export function findStrangeCharacter(
  text: string,
): StrangeCharacter | undefined {
  let at = 0;
  while (at < text.length) {
    const part = stringAt(text, at) ?? commentAt(text, at) ?? bareAt(text, at);
    if (part.found || part.isBroken) return part.found;
    at = part.end;
  }
  return undefined;
}

/**
 * The encoding of a document that was read as UTF-8 and is none: null bytes stand between the characters of UTF-16 and
 * UTF-32.
 */
export function foreignEncoding(text: string): 'UTF-16' | 'UTF-32' | undefined {
  const beginning = text.slice(0, 64);
  const nulls = beginning.split('\u0000').length - 1;
  if (nulls === 0 || nulls < beginning.length / 4) return undefined;
  return nulls > beginning.length * 0.6 ? 'UTF-32' : 'UTF-16';
}

const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (item): item is string => typeof item === 'string',
  );

/** Is there a character in it that looks like nothing, or like a space and is none? */
export const isInvisiblyWrong = (value: string): boolean =>
  INVISIBLE.test(value);

/**
 * The first character of a value, or of an item of a list, that is none of ASCII's printable ones; of PEM, which has lines,
 * those are none. Its offset counts within that text.
 */
export function strangeInValue(value: unknown): StrangeCharacter | undefined {
  return textsOf(value)
    .map(text =>
      firstIn(
        text,
        text.includes('-----BEGIN') ? NOT_ASCII : /[^ -~]/,
        0,
        text.length,
      ),
    )
    .find(found => found !== undefined);
}

/** `: a no-break space (U+00A0) stands in its name`, of a key; empty where there is nothing of the kind. */
export function noteOnKey(key: string): string {
  const found = strangeInValue(key);
  return found ? `: ${found.name} stands in its name` : '';
}

/** Why a value is refused: `expected a port number`, and which character is to blame if it is one that no eye sees. */
export function refusalOf(expects: string, value: unknown): string {
  const found = strangeInValue(value);
  return found
    ? `expected ${expects}, and ${found.name} stands in it as character ${
        found.offset + 1
      }; ${found.remedy}`
    : `expected ${expects}`;
}
