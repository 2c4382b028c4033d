import { formatProgress } from '../progress';
import type { Progress, ProgressListener } from '../progress';

/** What a command says to the program that started it: one line on standard output, this marker and JSON. */
export const EVENT_MARKER = '@local-platform ';

/** Prints one event for the program that started this one. */
export function printEvent(event: { event: string; [field: string]: unknown }) {
  process.stdout.write(`${EVENT_MARKER}${JSON.stringify(event)}\n`);
}

export function printLine(line: string) {
  process.stdout.write(`${line}\n`);
}

/** Least time between two lines about one step that differ only in numbers, in milliseconds. */
const LINE_INTERVAL_MS = 900;

/** Prints progress as lines: each new step at once, and how far it is every second. */
export function createProgressPrinter(
  print: (line: string) => void = printLine,
): ProgressListener {
  let last: Progress | undefined;
  return progress => {
    if (
      last?.what === progress.what &&
      progress.elapsedMs - last.elapsedMs < LINE_INTERVAL_MS
    ) {
      return;
    }
    last = progress;
    print(formatProgress(progress));
  };
}

/** Errors whose message is a sentence for a person; others are bugs, and their stack is needed. */
const EXPECTED = new Set([
  'ConfigFileError',
  'GoCommandError',
  'GoToolchainError',
  'HostError',
  'InputError',
  'KubeError',
  'PortInUseError',
  'ServerError',
  'StateError',
  'UsageError',
]);

/** The words for an error that ends a command. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return EXPECTED.has(error.name)
    ? error.message
    : error.stack ?? error.message;
}
