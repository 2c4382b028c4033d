import { spawn } from 'node:child_process';
import { lineSplitter } from './buildOutput';
import { goEnv } from './goToolchain';

/** A Go command that failed; the message ends with what it said last. */
export class GoCommandError extends Error {
  override name = 'GoCommandError';
}

/**
 * Runs a Go command and gives back its standard output. Standard error goes to `onLine` as it comes. The command ends
 * with the process that started it: `signal` and this process's death both stop it.
 */
export async function runGo(options: {
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  onLine?: (line: string) => void;
  signal?: AbortSignal;
}): Promise<string> {
  const { args, cwd, env, onLine, signal } = options;
  const last: string[] = [];
  let stdout = '';
  await new Promise<void>((resolve, reject) => {
    const child = spawn('setpriv', ['--pdeathsig', 'TERM', 'go', ...args], {
      cwd,
      env: goEnv(env),
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    });
    const errors = lineSplitter(line => {
      last.push(line);
      if (last.length > 20) last.shift();
      onLine?.(line);
    });
    child.stdout.setEncoding('utf8').on('data', chunk => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', errors.write);
    child.on('error', reject);
    child.on('close', (code, killedBy) => {
      errors.end();
      if (code === 0) resolve();
      else {
        reject(
          new GoCommandError(
            `go ${args[0]} ended with ${
              killedBy ?? `exit code ${code}`
            }; it said last:\n${last.join('\n')}`,
          ),
        );
      }
    });
  });
  return stdout;
}

/**
 * The folder of a Go module in Go's cache, which fetches it where it is not there yet.
 *
 * @param module - Path and version: `sigs.k8s.io/gateway-api@v1.6.1`.
 * @param options - `cwd`: a folder outside of any Go module, so that no go.sum is asked or changed; `env`: default this
 * process's own.
 * @throws GoCommandError where it cannot be fetched
 * @public
 */
export async function downloadModule(
  module: string,
  options: { cwd: string; env?: NodeJS.ProcessEnv; signal?: AbortSignal },
): Promise<string> {
  const { cwd, env = process.env, signal } = options;
  const stdout = await runGo({
    args: ['mod', 'download', '-json', module],
    cwd,
    env: { ...env, GOFLAGS: '-mod=mod' },
    signal,
  });
  return (JSON.parse(stdout) as { Dir: string }).Dir;
}
