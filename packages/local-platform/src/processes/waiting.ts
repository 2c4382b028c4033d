import { setTimeout as delay } from 'node:timers/promises';
import { ServerError, serverError } from './serverProcess';
import type { ServerProcess } from './serverProcess';

/** What a check found: done, or not yet and why. */
export type CheckResult<T> =
  | { ready: true; value: T }
  | { ready: false; because: string };

/**
 * Repeats a check until it holds. Ends at once when one of the processes ends, because then it never will.
 *
 * @throws ServerError at the deadline, with what the last check said, or for the process that ended
 */
export async function waitUntil<T>(options: {
  /** Completes "… is not there after N s": `the API server's answer to /readyz`. */
  what: string;
  check: (signal: AbortSignal) => Promise<CheckResult<T>>;
  /** Processes whose end makes waiting senseless. */
  servers?: readonly ServerProcess[];
  deadlineMs: number;
  /** Pause between checks in milliseconds. Default 100. */
  intervalMs?: number;
  signal?: AbortSignal;
}): Promise<T> {
  const { what, check, servers = [], deadlineMs, intervalMs = 100 } = options;
  const ended = new AbortController();
  const gone = servers.map(server =>
    server.exited.then(how => {
      throw serverError(server, `ended with ${how} while it was starting`);
    }),
  );
  const poll = async () => {
    const begin = Date.now();
    let because = 'nothing was checked';
    while (!ended.signal.aborted) {
      options.signal?.throwIfAborted();
      try {
        const result = await check(ended.signal);
        if (result.ready) return result.value;
        because = result.because;
      } catch (error) {
        because = error instanceof Error ? error.message : String(error);
      }
      if (Date.now() - begin > deadlineMs) {
        const logs = servers.map(s => s.logFile).join(', ');
        throw new ServerError(
          `${what} is not there after ${Math.round(
            deadlineMs / 1000,
          )} s: ${because}${logs ? ` (logs: ${logs})` : ''}`,
        );
      }
      await delay(intervalMs);
    }
    throw new ServerError(`${what}: waiting was ended`);
  };
  try {
    return await Promise.race([poll(), ...gone]);
  } finally {
    ended.abort();
  }
}
