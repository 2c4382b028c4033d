/** Phases of `go build -v`, told apart by what it prints on standard error. */
export interface BuildCount {
  /** Modules that were fetched. */
  modules: number;
  /** Packages that were compiled. */
  packages: number;
  /** Lines that are neither: compiler errors and the like. */
  messages: string[];
}

/** A Go import path as `go build -v` prints it: no space, no colon, a first element and no trailing slash. */
const IMPORT_PATH = /^[\w.~-]+(?:\/[\w.~+-]+)*$/;

/** A reader of the lines of `go build -v` and `go list`: give it each line once. */
export function createBuildCounter(): BuildCount & {
  line(text: string): void;
} {
  const count = {
    modules: 0,
    packages: 0,
    messages: [] as string[],
    line(text: string) {
      const line = text.trimEnd();
      if (line === '') return;
      if (line.startsWith('go: downloading ')) count.modules += 1;
      else if (IMPORT_PATH.test(line)) count.packages += 1;
      else count.messages.push(line);
    },
  };
  return count;
}

/** Calls `onLine` for each whole line of a stream that comes in pieces; `end` hands over what is left. */
export function lineSplitter(onLine: (line: string) => void): {
  write(chunk: string): void;
  end(): void;
} {
  let rest = '';
  return {
    write(chunk) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(onLine);
    },
    end() {
      if (rest) onLine(rest);
      rest = '';
    },
  };
}
