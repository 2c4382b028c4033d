import type { ServerProcess } from './processes/serverProcess';

/** The end of a platform: what was started is stopped in the reverse order, each to its end before the next. */
export interface Shutdown {
  /** True from the first call of `run`. */
  readonly begun: boolean;
  add(end: () => Promise<void>): void;
  addServer(server: ServerProcess): void;
  /** Runs once; further calls wait for the same end. Rejects with the first error after all was tried. */
  run(): Promise<void>;
}

export function createShutdown(): Shutdown {
  const ends: (() => Promise<void>)[] = [];
  let running: Promise<void> | undefined;
  const runAll = async () => {
    const errors: unknown[] = [];
    for (const end of ends.reverse()) {
      await end().catch(error => errors.push(error));
    }
    if (errors.length > 0) throw errors[0];
  };
  return {
    get begun() {
      return running !== undefined;
    },
    add: end => void ends.push(end),
    addServer: server => void ends.push(() => server.stop()),
    run: () => (running ??= runAll()),
  };
}
