import { replaceTable, toMarkdown } from './report';

const measurement = {
  plugin: { written: [20, 30, 40], answered: [200, 300, 400] },
  bare: { written: [10, 10, 10], answered: [100, 150, 200] },
  environment: 'On two cores.',
};

describe('toMarkdown', () => {
  it('gives medians, 90th percentiles and the ratio to the bare apply', () => {
    const lines = toMarkdown(measurement).split('\n');
    const cells = lines.map(line => line.split('|').map(cell => cell.trim()));
    expect(cells).toContainEqual([
      '',
      'the first verified 200 after `POST /v1/exposures`',
      '300 ms',
      '400 ms',
      '2.00',
      '',
    ]);
    expect(cells).toContainEqual([
      '',
      'the first verified 200 after a bare apply',
      '150 ms',
      '200 ms',
      '1.00',
      '',
    ]);
    expect(lines[lines.length - 1]).toBe('3 pairs. On two cores.');
  });

  it('aligns its columns, as the formatter wants them', () => {
    const lines = toMarkdown(measurement)
      .split('\n')
      .filter(line => line.startsWith('|'));
    expect(new Set(lines.map(line => line.length)).size).toBe(1);
  });
});

describe('replaceTable', () => {
  const page = 'before\n<!-- bench:start -->\nold\n<!-- bench:end -->\nafter\n';

  it('replaces what lies between the markers and nothing else', () => {
    expect(replaceTable(page, 'new')).toBe(
      'before\n<!-- bench:start -->\n\nnew\n\n<!-- bench:end -->\nafter\n',
    );
  });

  it('gives the same page when it is run twice', () => {
    const once = replaceTable(page, 'new');
    expect(replaceTable(once, 'new')).toBe(once);
  });

  it('refuses a page without markers', () => {
    expect(() => replaceTable('before\nafter\n', 'new')).toThrow(
      'docs/benchmarks.md has no markers',
    );
  });
});
