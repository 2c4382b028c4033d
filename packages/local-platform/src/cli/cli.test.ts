import { parseArgs } from './args';
import { createProgressPrinter, describeError } from './output';

describe('parseArgs', () => {
  const parse = (...argv: string[]) =>
    parseArgs(argv, ['state', 'bin'], ['state']);

  it('reads pairs in any order', () => {
    expect(parse('--bin', 'b', '--state', 's')).toEqual({
      state: 's',
      bin: 'b',
    });
  });
  const refused: Record<string, [string[], string]> = {
    'an unknown name': [
      ['--sate', 's'],
      'Unknown argument --sate: use --state, --bin.',
    ],
    'a name without dashes': [['state', 's'], 'Unknown argument state'],
    'a missing value': [['--state'], 'The argument --state has no value.'],
    'a repeated name': [['--state', 'a', '--state', 'b'], 'given twice'],
    'a required name that is left out': [
      ['--bin', 'b'],
      'Give --state a value.',
    ],
  };
  it.each(Object.entries(refused))('refuses %s', (_, [argv, message]) => {
    expect(() => parse(...argv)).toThrow(message);
  });
});

describe('createProgressPrinter', () => {
  it('prints each step at once, and the same step at most once a second', () => {
    const lines: string[] = [];
    const report = createProgressPrinter(line => lines.push(line));
    report({ what: 'A', done: 0, elapsedMs: 0 });
    report({ what: 'A', done: 1, elapsedMs: 500 });
    report({ what: 'A', done: 2, elapsedMs: 1000 });
    report({ what: 'B', elapsedMs: 1001 });
    expect(lines).toEqual(['A · 0 · 0 s', 'A · 2 · 1 s', 'B · 1 s']);
  });
});

describe('describeError', () => {
  it('prints a sentence for what can be expected, and the stack of a bug', () => {
    const expected = Object.assign(new Error('Port 1 is in use.'), {
      name: 'PortInUseError',
    });
    expect(describeError(expected)).toBe('Port 1 is in use.');
    expect(describeError(new TypeError('x is undefined'))).toContain(
      'cli.test.ts',
    );
    expect(describeError('text')).toBe('text');
  });
});
