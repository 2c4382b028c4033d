/** The parts of punycode.js that are used (RFC 3492); both throw a RangeError. */
declare module 'punycode.js' {
  export function decode(ascii: string): string;
  export function encode(text: string): string;
}
