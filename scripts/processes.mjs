/**
 * Starts processes that do not outlive the launcher, whichever way it ends.
 *
 * Three things see to that. Each child gets a parent-death signal, which the kernel delivers even after `kill -9`; it is
 * not inherited, so each child also leads a process group, and a small shell, the guard, kills the groups that are left
 * when its pipe from the launcher closes. In an orderly end, `stopAll` stops the children one by one, last started first.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';

const GUARD = `
trap '' HUP INT TERM
groups=' '
while read -r sign group; do
  case $sign in
    +) groups="$groups$group " ;;
    -) groups="\${groups%% $group *} \${groups#* $group }" ;;
  esac
done
for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
`;

/** Lines of a child's output that are kept for the case that it fails. */
const TAIL_LINES = 40;

/** Characters of each: a crash can print a whole minified program as one line. */
const TAIL_WIDTH = 400;

/**
 * @typedef {{
 *   name: string,
 *   pid: number,
 *   exited: Promise<{ code: number | null, signal: string | null }>,
 *   tail(): string,
 *   logFile: string | undefined,
 *   stop(): Promise<void>,
 * }} Child
 */

/** A child takes over the umask of the moment in which it is started. */
function withUmask(umask, start) {
  if (umask === undefined) {
    return start();
  }
  const own = process.umask(umask);
  try {
    return start();
  } finally {
    process.umask(own);
  }
}

export function createProcesses() {
  /** @type {Map<number, Child>} */
  const children = new Map();
  let guard;

  const tellGuard = message => {
    if (!guard) {
      guard = spawn('sh', ['-c', GUARD], {
        stdio: ['pipe', 'ignore', 'ignore'],
        detached: true,
      });
      guard.unref();
      guard.stdin.unref?.();
      guard.stdin.on('error', () => {});
    }
    guard.stdin.write(`${message}\n`);
  };

  return {
    /**
     * @param {string} name what people and log files call it
     * @param {string} command
     * @param {string[]} args
     * @param {{
     *   cwd: string,
     *   env: NodeJS.ProcessEnv,
     *   logFile?: string,
     *   onLine?: (line: string) => void,
     *   isUnlogged?: (line: string) => boolean,
     *   graceMs?: number,
     *   umask?: number,
     * }} options `isUnlogged`: lines that are for `onLine` only, and not for the log. `graceMs`: how
     *   long it may take to stop before it is killed, 10 s unless said. `umask`: that of the launcher unless said
     * @returns {Child}
     */
    start(name, command, args, options) {
      const {
        cwd,
        env,
        logFile,
        onLine,
        isUnlogged,
        graceMs = 10_000,
        umask,
      } = options;
      const [program, programArgs] =
        process.platform === 'linux'
          ? ['setpriv', ['--pdeathsig', 'KILL', '--', command, ...args]]
          : [command, args];
      if (logFile) {
        mkdirSync(dirname(logFile), { recursive: true });
      }
      const log = logFile && createWriteStream(logFile, { flags: 'w' });
      const child = withUmask(umask, () =>
        spawn(program, programArgs, {
          cwd,
          env,
          detached: true,
          stdio: ['ignore', 'pipe', 'pipe'],
        }),
      );
      const lines = [];
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', text => {
          const line = stripVTControlCharacters(text);
          onLine?.(line);
          if (isUnlogged?.(line)) {
            return;
          }
          log?.write(`${line}\n`);
          lines.push(line.slice(0, TAIL_WIDTH));
          if (lines.length > TAIL_LINES) {
            lines.shift();
          }
        });
      }
      const exited = new Promise(resolve => {
        child.once('error', error => {
          lines.push(error.message);
          resolve({ code: 127, signal: null });
        });
        // What it leaves behind may hold its pipes open: it goes first, and 'close' follows.
        child.once('exit', () => {
          killGroup(child.pid, 'SIGKILL');
          tellGuard(`- ${child.pid}`);
          children.delete(child.pid);
        });
        child.once('close', (code, signal) => {
          log?.end();
          resolve({ code, signal });
        });
      });
      const handle = {
        name,
        pid: child.pid,
        exited,
        logFile,
        tail: () => lines.join('\n'),
        async stop() {
          if (!children.has(child.pid)) {
            return;
          }
          child.kill('SIGTERM');
          const timer = setTimeout(
            () => killGroup(child.pid, 'SIGKILL'),
            graceMs,
          );
          await exited;
          clearTimeout(timer);
        },
      };
      if (child.pid) {
        children.set(child.pid, handle);
        tellGuard(`+ ${child.pid}`);
      }
      return handle;
    },

    /** Runs a process to its end; the caller judges the code. */
    async run(name, command, args, options) {
      const child = this.start(name, command, args, options);
      const { code, signal } = await child.exited;
      return {
        code: code ?? 128 + (constants.signals[signal] ?? 0),
        tail: child.tail(),
        logFile: child.logFile,
      };
    },

    /** Stops all, last started first, each to its end before the next. */
    async stopAll() {
      for (const child of [...children.values()].reverse()) {
        await child.stop();
      }
    },

    /** Kills all at once, for a second Ctrl-C and for `process.on('exit')`. */
    killAll() {
      for (const pid of children.keys()) {
        killGroup(pid, 'SIGKILL');
      }
    },
  };
}

/** @typedef {ReturnType<typeof createProcesses>} Processes */

function killGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nothing of the group is left.
  }
}

/** The parent of a process and the time it was started, which together tell a process from a later one with its id. */
export function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      name: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')),
      state: fields[0],
      parent: Number(fields[1]),
      started: fields[19],
    };
  } catch {
    return undefined;
  }
}

/**
 * Calls `onGone` once when the npm or Yarn that ran this script has ended without ending this process, as `kill -9` does.
 * Started in any other way, this process may well outlive its parent, and nothing is watched.
 *
 * @returns {() => void} stops watching
 */
export function watchPackageManager(onGone, env = process.env) {
  if (!env.npm_execpath || process.platform !== 'linux') {
    return () => {};
  }
  let pid = process.ppid;
  let stat = statOf(pid);
  while (stat && /^(sh|dash|bash)$/.test(stat.name) && stat.parent > 1) {
    pid = stat.parent;
    stat = statOf(pid);
  }
  if (!stat || pid <= 1) {
    return () => {};
  }
  const timer = setInterval(() => {
    const current = statOf(pid);
    if (current?.started !== stat.started || current.state === 'Z') {
      clearInterval(timer);
      onGone();
    }
  }, 500);
  timer.unref();
  return () => clearInterval(timer);
}
