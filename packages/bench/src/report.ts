/** What a measurement found, as Markdown for the page and the terminal. */
export interface Report {
  /** Its name on the command line and in the markers of the page. */
  name: string;
  markdown: string;
}

/** What is wanted of a value, and what was measured. */
export interface Goal {
  what: string;
  measured: number;
  /** How the value is written. */
  unit: Unit;
  /** `atMost` or `atLeast` this. */
  wanted: { atMost: number } | { atLeast: number };
}

export type Unit = 'ms' | 's' | 'MB' | 'kB' | 'times' | 'requests' | 'hosts';

/** Three digits where they say something. */
const digits = (value: number) =>
  value.toFixed(value < 10 && !Number.isInteger(value) ? 1 : 0);

export const ms = (value: number) => `${digits(value)} ms`;

const WRITTEN: Record<Unit, (value: number) => string> = {
  ms,
  s: value => `${value.toFixed(2)} s`,
  MB: value => `${digits(value)} MB`,
  kB: value => `${digits(value)} kB`,
  times: value => `${value.toFixed(2)} times`,
  requests: value => `${value} requests`,
  hosts: value => `${value} hosts`,
};

export function isMet({ measured, wanted }: Goal): boolean {
  return 'atMost' in wanted
    ? measured <= wanted.atMost
    : measured >= wanted.atLeast;
}

/** Cells padded as Prettier pads them, so that a page that holds the table stays formatted. */
export function table([head, ...rows]: string[][]): string[] {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map(row => row[column].length)),
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

/** What was wanted beside what came out, whether it was met or not. */
export function goalsTable(goals: readonly Goal[]): string[] {
  return table([
    ['goal', 'wanted', 'measured', 'met'],
    ...goals.map(goal => {
      const write = WRITTEN[goal.unit];
      const { wanted, measured, what } = goal;
      return [
        what,
        'atMost' in wanted
          ? `at most ${write(wanted.atMost)}`
          : `at least ${write(wanted.atLeast)}`,
        write(measured),
        isMet(goal) ? 'yes' : 'no',
      ];
    }),
  ]);
}

const markers = (name: string) => [
  `<!-- bench:${name}:start -->`,
  `<!-- bench:${name}:end -->`,
];

/**
 * Puts a report between its markers of a page.
 *
 * @throws Error where the page has no such markers.
 */
export function replaceReport(
  page: string,
  { name, markdown }: Report,
): string {
  const [before, after] = markers(name);
  const start = page.indexOf(before);
  const end = page.indexOf(after);
  if (start < 0 || end < start) {
    throw new Error(
      `docs/benchmarks.md has no markers ${before} and ${after}: put them where the table belongs.`,
    );
  }
  return `${page.slice(0, start)}${before}\n\n${markdown}\n\n${page.slice(
    end,
  )}`;
}
