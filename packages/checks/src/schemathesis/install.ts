import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REQUIREMENTS } from './paths';
import { runProgram } from '../program';

const TOLD_LINES = 15;

/**
 * Installs schemathesis into a virtual environment of its own, unless it is there already.
 *
 * @param folder - Holds it, and the log of its installation.
 * @returns the path of `st`
 * @throws Error with its remedy where Python is too old, or pip cannot install
 */
export async function installSchemathesis(folder: string): Promise<string> {
  const home = join(folder, 'python');
  const stamp = join(home, 'installed');
  const program = join(home, 'bin', 'st');
  const wanted = createHash('sha256')
    .update(await readFile(REQUIREMENTS))
    .digest('hex');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) {
    return program;
  }
  await rm(home, { recursive: true, force: true });
  const logFile = join(folder, 'install.log');
  const step = async (command: string, args: string[], remedy: string) => {
    const { code, output } = await runProgram(command, args, { logFile });
    if (code === 0) return;
    const end = output.trim().split('\n').slice(-TOLD_LINES).join('\n');
    throw new Error(`schemathesis could not be installed. ${remedy}\n${end}`);
  };
  await step(
    'python3',
    ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))'],
    'Put Python 3.11 or newer on the PATH as python3.',
  );
  await step(
    'python3',
    ['-m', 'venv', home],
    'Install venv and pip for python3 (on Debian: apt-get install python3-venv).',
  );
  await step(
    join(home, 'bin', 'python'),
    [
      '-m',
      'pip',
      'install',
      '--disable-pip-version-check',
      '--no-input',
      '--only-binary=:all:',
      '--require-hashes',
      '--requirement',
      REQUIREMENTS,
    ],
    'Let pip reach PyPI, or a mirror of it that its own configuration names.',
  );
  await writeFile(stamp, wanted);
  return program;
}
