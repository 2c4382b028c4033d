/** Where a key of a TOML document stands. Lines and columns count from 1, offsets from 0, in UTF-16 units. */
export interface KeyPosition {
  /** Path from the document's root; the position of a `[table]` header is under the table's own path. */
  path: readonly string[];
  offset: number;
  /** Offset behind the value; Infinity where the scan stopped inside it. */
  end: number;
}

/** Line and column of an offset. */
export function lineAndColumn(
  text: string,
  offset: number,
): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: lines[lines.length - 1].length + 1 };
}

/**
 * Finds where each key of a TOML document stands, which smol-toml does not tell. It reads just enough grammar for that
 * (https://toml.io/en/v1.0.0): headers, dotted and quoted keys, comments, the four kinds of string, arrays and inline
 * tables. Values are skipped, never kept. In a document that is not valid it stops at the first place that it does not
 * understand and gives what it has found until there.
 */
export function scanKeys(text: string): KeyPosition[] {
  const found: KeyPosition[] = [];
  let at = 0;

  const skip = (pattern: RegExp): boolean => {
    const sticky = new RegExp(pattern.source, 'y');
    sticky.lastIndex = at;
    if (!sticky.test(text)) return false;
    at = sticky.lastIndex;
    return true;
  };
  const blanks = () => skip(/[ \t]*/);
  const trivia = () => skip(/(?:[ \t\r\n]|#[^\n]*)*/);

  const quoted = (): string | undefined => {
    const start = at;
    if (skip(/'[^'\n]*'/)) return text.slice(start + 1, at - 1);
    if (!skip(/"(?:[^"\\\n]|\\.)*"/)) return undefined;
    try {
      // JSON takes every escape of a basic string that a key of ours can need; others leave the key nameless.
      return String(JSON.parse(text.slice(start, at)));
    } catch {
      return '';
    }
  };

  const keyPath = (): string[] | undefined => {
    const path: string[] = [];
    do {
      blanks();
      const start = at;
      const part = skip(/[A-Za-z0-9_-]+/) ? text.slice(start, at) : quoted();
      if (part === undefined) return undefined;
      path.push(part);
      blanks();
    } while (skip(/\./));
    return path;
  };

  function keyAndValue(table: readonly string[]): boolean {
    const offset = at;
    const path = keyPath();
    if (!path || !skip(/=/)) return false;
    const entry: KeyPosition = {
      path: [...table, ...path],
      offset,
      end: Infinity,
    };
    found.push(entry);
    blanks();
    if (!value(entry.path)) return false;
    entry.end = at;
    return true;
  }

  const sequence = (close: RegExp, item: () => boolean): boolean => {
    at++;
    for (;;) {
      trivia();
      if (skip(close)) return true;
      if (!item()) return false;
      trivia();
      if (!skip(/,/)) return skip(close);
    }
  };

  function value(path: readonly string[]): boolean {
    if (text[at] === '[') {
      return sequence(/\]/, () => value([...path, '[]']));
    }
    if (text[at] === '{') return sequence(/\}/, () => keyAndValue(path));
    return (
      skip(/"""(?:[^\\]|\\[^])*?"""(?:"{0,2})/) ||
      skip(/'''[^]*?'''(?:'{0,2})/) ||
      (!text.startsWith('"""', at) &&
        !text.startsWith("'''", at) &&
        quoted() !== undefined) ||
      skip(/[A-Za-z0-9+-][^,\]}#\n"'=]*/)
    );
  }

  let table: readonly string[] = [];
  for (;;) {
    trivia();
    if (at >= text.length) return found;
    const offset = at;
    if (text[at] === '[') {
      const array = text[at + 1] === '[';
      at += array ? 2 : 1;
      const path = keyPath();
      if (!path || !skip(array ? /\]\]/ : /\]/)) return found;
      table = array ? [...path, '[]'] : path;
      found.push({ path: array ? table : path, offset, end: at });
    } else if (!keyAndValue(table)) {
      return found;
    }
    blanks();
    if (!skip(/#[^\n]*/) && at < text.length && !skip(/\r?\n/)) {
      found[found.length - 1].end = Infinity;
      return found;
    }
  }
}
