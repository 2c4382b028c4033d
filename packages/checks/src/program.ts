import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How a program ended, and all that it wrote. */
export interface Ended {
  /** Exit code; -1 for one that a signal ended. */
  code: number;
  output: string;
}

/**
 * Runs a program to its end. It dies with this process, whichever way that ends.
 *
 * @param options.logFile - Takes what it writes, as it writes it.
 * @param options.env - Over the variables of this process; undefined takes one away.
 * @param options.cwd - Default: the folder of the log, where it leaves what nobody asked for.
 * @throws Error where it cannot be started
 */
export async function runProgram(
  command: string,
  args: string[],
  options: {
    logFile: string;
    env?: Record<string, string | undefined>;
    cwd?: string;
  },
): Promise<Ended> {
  await mkdir(dirname(options.logFile), { recursive: true });
  const log = createWriteStream(options.logFile);
  const child = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', '--', command, ...args],
    {
      cwd: options.cwd ?? dirname(options.logFile),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.env },
    },
  );
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(log, { end: false });
    stream.on('data', chunk => chunks.push(chunk));
  }
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', exitCode => resolve(exitCode ?? -1));
    });
    return { code, output: Buffer.concat(chunks).toString('utf8') };
  } finally {
    log.end();
  }
}
