// Control characters (Unicode's category Cc), and what else ends a line for some reader of a log.
const CONTROL = /[\p{Cc}\u2028\u2029]/u;
const EVERY_CONTROL = new RegExp(CONTROL, 'gu');

/** Is a text free of control characters and of everything that ends a line? @public */
export const isOneLine = (text: string): boolean => !CONTROL.test(text);

/**
 * A text as one line, for logs: control characters and what ends a line are written as JSON writes them (`\n`, `\u0000`), so
 * that no text begins a line of its own.
 * @public
 */
export const oneLine = (text: string): string =>
  text.replace(EVERY_CONTROL, character => {
    const short = JSON.stringify(character).slice(1, -1);
    return short === character
      ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
      : short;
  });
