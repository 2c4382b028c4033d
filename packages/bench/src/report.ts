import { median, percentile } from './statistics';

/** What one way of exposing took, in milliseconds, by run. */
export interface Series {
  /** From the first byte sent to the answer of the write. */
  written: number[];
  /** From the first byte sent to the first verified 200. */
  answered: number[];
}

/** What was measured. */
export interface Measurement {
  plugin: Series;
  bare: Series;
  /** What ran it: cores, Node, API server and gateway. */
  environment: string;
}

const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

const START = '<!-- bench:start -->';
const END = '<!-- bench:end -->';

/** Cells padded as Prettier pads them, so that a page that holds the table stays formatted. */
function table([head, ...rows]: string[][]): string[] {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map(row => row[column].length)),
  );
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const padded = (row: string[]) =>
    line(
      row.map((cell, column) =>
        column === 0
          ? cell.padEnd(widths[column])
          : cell.padStart(widths[column]),
      ),
    );
  return [
    padded(head),
    line(
      widths.map((width, column) =>
        column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
      ),
    ),
    ...rows.map(padded),
  ];
}

/** The measurement as a Markdown table, with what it was measured on. */
export function toMarkdown({ plugin, bare, environment }: Measurement): string {
  const row = (name: string, values: number[], reference: number[]) => [
    name,
    ms(median(values)),
    ms(percentile(values, 0.9)),
    (median(values) / median(reference)).toFixed(2),
  ];
  return [
    ...table([
      ['from the request to', 'median', 'p90', 'ratio of medians'],
      row('the answer of `POST /v1/exposures`', plugin.written, bare.written),
      row('the answer of a bare apply', bare.written, bare.written),
      row(
        'the first verified 200 after `POST /v1/exposures`',
        plugin.answered,
        bare.answered,
      ),
      row(
        'the first verified 200 after a bare apply',
        bare.answered,
        bare.answered,
      ),
    ]),
    '',
    `${plugin.answered.length} pairs. ${environment}`,
  ].join('\n');
}

/**
 * Puts a table between the markers of a page.
 *
 * @throws Error where the page has no markers.
 */
export function replaceTable(page: string, markdown: string): string {
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start < 0 || end < start) {
    throw new Error(
      `docs/benchmarks.md has no markers ${START} and ${END}: put them where the table belongs.`,
    );
  }
  return `${page.slice(0, start)}${START}\n\n${markdown}\n\n${page.slice(end)}`;
}
