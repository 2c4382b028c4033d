/**
 * How a launcher ends: orderly on Ctrl-C, SIGTERM, SIGHUP, a failure or a defect, and in every case without a child left.
 */
import { describeFailure } from './failure.mjs';
import { createProcesses, watchPackageManager } from './processes.mjs';
import { createProgress } from './progress.mjs';

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/**
 * npm, which the scripts of package.json have as their parent without a shell between (`exec`), passes on what it gets. Of a
 * Ctrl-C, which the terminal sends to both, two arrive.
 */
const ECHOES_WITHIN_MS = 1_000;

/**
 * What a signal asks for: to `end` orderly the first time, to `kill` what is left the next time, and nothing where it is the
 * echo of the one before.
 *
 * @param {() => number} [now] milliseconds
 * @returns {(signal: string) => 'end' | 'kill' | undefined}
 */
export function createSignalReader(now = Date.now) {
  let first;
  return signal => {
    if (!first) {
      first = { signal, at: now() };
      return 'end';
    }
    const isEcho =
      signal === first.signal && now() - first.at < ECHOES_WITHIN_MS;
    return isEcho ? undefined : 'kill';
  };
}

/**
 * @param {(launcher: {
 *   processes: import('./processes.mjs').Processes,
 *   progress: ReturnType<typeof createProgress>,
 *   interruptible(): void,
 * }) => Promise<number>} work gives back the exit code; `interruptible` says that from now on Ctrl-C is the proper end
 * @param {{ lastLine?: () => string | undefined }} [options] `lastLine`: what is printed last where `work` did not end
 */
export async function launch(work, options = {}) {
  const processes = createProcesses();
  const progress = createProgress();
  let interruptCode;
  let ending = false;

  const end = async code => {
    if (ending) {
      return;
    }
    ending = true;
    await processes.stopAll();
    process.exit(code);
  };
  const fail = error => {
    if (!ending) {
      progress.line(describeFailure(error));
      const last = options.lastLine?.();
      if (last) {
        progress.line(last);
      }
    }
    return end(1);
  };

  const readSignal = createSignalReader();
  for (const [signal, code] of Object.entries(SIGNALS)) {
    process.on(signal, () => {
      const asked = readSignal(signal);
      if (asked === 'kill' || (asked === 'end' && ending)) {
        processes.killAll();
        process.exit(code);
      }
      if (asked === 'end') {
        progress.line('Stopping …');
        end(interruptCode ?? code);
      }
    });
  }
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  process.on('exit', () => processes.killAll());
  // The terminal may be gone before this process is.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  watchPackageManager(() => end(SIGNALS.SIGHUP));

  try {
    const code = await work({
      processes,
      progress,
      interruptible() {
        interruptCode = 0;
      },
    });
    await end(code);
  } catch (error) {
    await fail(error);
  }
}
