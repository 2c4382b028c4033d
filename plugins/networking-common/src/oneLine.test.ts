import { isOneLine, oneLine } from './oneLine';

const CASES: [string, string, string][] = [
  ['a line feed', 'a\nb', 'a\\nb'],
  ['a carriage return', 'a\r\nb', 'a\\r\\nb'],
  ['NUL', 'a\0', 'a\\u0000'],
  ['a tab', '\ta', '\\ta'],
  ['the beginning of a colour', '\u001b[31m', '\\u001b[31m'],
  ['delete', 'a\u007f', 'a\\u007f'],
  ['a next line of C1', 'a\u0085b', 'a\\u0085b'],
  ['a line separator', 'a\u2028b', 'a\\u2028b'],
  ['a paragraph separator', 'a\u2029b', 'a\\u2029b'],
];

it.each(CASES)('%s is written as its escape', (_, text, line) => {
  expect(isOneLine(text)).toBe(false);
  expect(oneLine(text)).toBe(line);
  expect(isOneLine(line)).toBe(true);
});

it.each(['', 'shop', 'bücher 商店 🙂', 'a\\nb'])(
  'a text of one line stays as it is: %s',
  text => {
    expect(isOneLine(text)).toBe(true);
    expect(oneLine(text)).toBe(text);
  },
);
