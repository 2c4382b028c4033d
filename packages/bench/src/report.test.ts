import { goalsTable, isMet, replaceReport, table, type Goal } from './report';

const goal = (over: Partial<Goal> = {}): Goal => ({
  what: 'an entity read',
  measured: 5,
  unit: 'ms',
  wanted: { atMost: 10 },
  ...over,
});

/** Without the line between head and rows. */
const cellsOf = ([head, _, ...rows]: string[]) =>
  [head, ...rows].map(line =>
    line
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim()),
  );

describe('a goal', () => {
  it.each([
    ['is met below its upper bound', goal(), true],
    ['is met at its upper bound', goal({ measured: 10 }), true],
    ['is missed above its upper bound', goal({ measured: 10.01 }), false],
    [
      'is met above its lower bound',
      goal({ measured: 5, wanted: { atLeast: 4 } }),
      true,
    ],
    [
      'is missed below its lower bound',
      goal({ measured: 3.99, wanted: { atLeast: 4 } }),
      false,
    ],
    ['is missed by no number', goal({ measured: NaN }), false],
  ])('%s', (_, input, met) => {
    expect(isMet(input)).toBe(met);
  });
});

describe('goalsTable', () => {
  it('says what was wanted, what was measured and whether it was met', () => {
    expect(
      cellsOf(
        goalsTable([
          goal(),
          goal({
            what: 'the other way',
            measured: 3.5,
            unit: 'times',
            wanted: { atLeast: 4 },
          }),
        ]),
      ),
    ).toEqual([
      ['goal', 'wanted', 'measured', 'met'],
      ['an entity read', 'at most 10 ms', '5 ms', 'yes'],
      ['the other way', 'at least 4.00 times', '3.50 times', 'no'],
    ]);
  });
});

describe('table', () => {
  it('aligns its columns, as the formatter wants them', () => {
    const lines = table([
      ['a', 'wide column'],
      ['a longer cell', '1'],
    ]);
    expect(lines).toEqual([
      '| a             | wide column |',
      '| ------------- | ----------: |',
      '| a longer cell |           1 |',
    ]);
  });
});

describe('replaceReport', () => {
  const page =
    'before\n<!-- bench:a:start -->\nold\n<!-- bench:a:end -->\n<!-- bench:b:start -->\nother\n<!-- bench:b:end -->\nafter\n';

  it('replaces what lies between the markers of its name and nothing else', () => {
    expect(replaceReport(page, { name: 'a', markdown: 'new' })).toBe(
      'before\n<!-- bench:a:start -->\n\nnew\n\n<!-- bench:a:end -->\n<!-- bench:b:start -->\nother\n<!-- bench:b:end -->\nafter\n',
    );
  });

  it('gives the same page when it is run twice', () => {
    const report = { name: 'b', markdown: 'new' };
    const once = replaceReport(page, report);
    expect(replaceReport(once, report)).toBe(once);
  });

  it('refuses a page without markers of its name', () => {
    expect(() => replaceReport(page, { name: 'c', markdown: 'new' })).toThrow(
      'docs/benchmarks.md has no markers <!-- bench:c:start -->',
    );
  });
});
