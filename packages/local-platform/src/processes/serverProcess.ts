import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync } from 'node:fs';

/** A server ended or did not become ready; the message names it, says what it logged last, and where the log is. */
export class ServerError extends Error {
  override name = 'ServerError';
}

/** How to start one process. */
export interface ProcessSpec {
  /** What people and log files call it. */
  name: string;
  command: string;
  args: readonly string[];
  logFile: string;
  /** Added to the little that every server gets. */
  env?: Readonly<Record<string, string>>;
  /** How long it may take to end before it is killed, in milliseconds. Default 5000. */
  graceMs?: number;
}

/** A process that is running, or was. */
export interface ServerProcess {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  readonly running: boolean;
  /** Resolves when it ends, with the words for how: `exit code 1`, `SIGKILL`. Never rejects. */
  readonly exited: Promise<string>;
  /** The last lines of its log. */
  tail(lines?: number): string;
  /** Resolves when it has ended. */
  stop(): Promise<void>;
}

/**
 * Servers get no more of the environment than they need: a proxy, a kubeconfig or a token that a developer has set is
 * not for them.
 */
function childEnv(extra: Readonly<Record<string, string>> = {}) {
  const env: NodeJS.ProcessEnv = {};
  for (const name of ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG']) {
    if (process.env[name] !== undefined) env[name] = process.env[name];
  }
  return { ...env, ...extra };
}

function readTail(file: string, lines: number): string {
  try {
    return readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-lines)
      .join('\n');
  } catch {
    return '';
  }
}

/** Opens a log for a new run and keeps that of the run before, which may hold the reason why there is a new one. */
function openLog(file: string): number {
  try {
    renameSync(file, `${file}.previous`);
  } catch {
    // The first run has no earlier log.
  }
  return openSync(file, 'w', 0o600);
}

/**
 * Starts a process that cannot outlive this one: the kernel kills it when this process ends, however that happens
 * (PR_SET_PDEATHSIG, prctl(2)). Call it on the main thread: the signal is tied to the thread that starts the process. It
 * leads a session of its own, so that Ctrl-C in a terminal reaches only this process, which then stops all in order.
 *
 * @throws ServerError where the command cannot be started
 */
export async function startProcess(spec: ProcessSpec): Promise<ServerProcess> {
  const { name, logFile, graceMs = 5000 } = spec;
  const log = openLog(logFile);
  const child = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', '--', spec.command, ...spec.args],
    { env: childEnv(spec.env), stdio: ['ignore', log, log], detached: true },
  );
  closeSync(log);

  let running = true;
  const exited = new Promise<string>(resolve => {
    child.once('exit', (code, signal) => {
      running = false;
      resolve(signal ?? `exit code ${code}`);
    });
    child.once('error', error => {
      running = false;
      resolve(error.message);
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', error =>
      reject(new ServerError(`${name} could not be started: ${error.message}`)),
    );
  });

  return {
    name,
    pid: child.pid!,
    logFile,
    exited,
    get running() {
      return running;
    },
    tail: (lines = 12) => readTail(logFile, lines),
    async stop() {
      if (!running) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** The error for a process that ended, or was too slow. */
export function serverError(server: ServerProcess, what: string): ServerError {
  const tail = server.tail();
  return new ServerError(
    `${server.name} ${what}. Its log is ${server.logFile}${
      tail ? ` and ends with:\n${tail}` : ', and it is empty.'
    }`,
  );
}
