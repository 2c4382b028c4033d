import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY } from 'integration-tests';
import { runProgram } from '../program';

/** Every package of the new app and of what is added to it. */
const LOCKFILE = join(REPOSITORY, 'packages/checks/install/yarn.lock');
const TOLD_LINES = 40;
/** Yarn 4.13 breaks down when it sends a request again, so it sends each once and is itself run again: it keeps what it has. */
const ONCE = { YARN_HTTP_RETRY: '0' };
const INSTALLS = 5;
/** Of this process and of Yarn and Jest above it: who installs an app by hand has none of them. */
const NOT_OF_A_PERSON =
  /^(npm_(?!config_)|NODE_(ENV|OPTIONS)$|JEST_|APP_CONFIG_|(INIT|PROJECT)_CWD$|CI$|FORCE_COLOR$)/;

/** An app of Backstage in the making. */
export interface App {
  folder: string;
  /** A folder for what goes into it. */
  packages: string;
  /** Path of a file in it. */
  file(name: string): string;
  /** Runs lines of a shell in it, or in another folder; tells what they wrote. */
  shell(
    lines: string,
    options?: { cwd?: string; env?: Record<string, string> },
  ): Promise<string>;
  /** {@link App.shell} for what installs packages: each as the committed lockfile has it. */
  install(lines: string): Promise<void>;
  /** Lines of the lockfile that name a package, without those of this repository and of the app. */
  lockfile(): Promise<string>;
  remove(): Promise<void>;
}

/** Without what an app has of its own: the packages of this repository, whose content changes, and its workspaces. */
const packagesOf = (lockfile: string) =>
  `${lockfile
    .trimEnd()
    .split('\n\n')
    .filter(entry => !/@file:|@(workspace|link):/.test(entry))
    .join('\n\n')}\n`;

export const committedLockfile = () => readFile(LOCKFILE, 'utf8');

export const commitLockfile = (text: string) => writeFile(LOCKFILE, text);

/**
 * Makes a new app as `npx @backstage/create-app` does, without its packages. It lies outside of the checkout, whose own packages
 * would otherwise be found where the app lacks one.
 *
 * @param options.logs - A folder, made anew.
 */
export async function createApp(options: { logs: string }): Promise<App> {
  await rm(options.logs, { recursive: true, force: true });
  const home = await mkdtemp(join(tmpdir(), 'networking-install-'));
  const folder = join(home, 'app');
  const file = (name: string) => join(folder, name);
  const inherited = Object.fromEntries(
    Object.keys(process.env)
      .filter(name => NOT_OF_A_PERSON.test(name))
      .map((name): [string, undefined] => [name, undefined]),
  );
  let runs = 0;
  const run = async (
    command: string,
    args: string[],
    { cwd = folder, env = {} }: { cwd?: string; env?: Record<string, string> },
  ) => {
    runs += 1;
    const logFile = join(options.logs, `${String(runs).padStart(2, '0')}.log`);
    const { code, output } = await runProgram(command, args, {
      logFile,
      cwd,
      env: { ...inherited, ...env },
    });
    if (code === 0) return output;
    const end = output.trim().split('\n').slice(-TOLD_LINES).join('\n');
    throw new Error(
      `'${args.join(
        ' ',
      )}' ended with exit code ${code}:\n${end}\nThe whole log: ${logFile}`,
    );
  };
  const shell: App['shell'] = (lines, where = {}) =>
    run('bash', ['-euo', 'pipefail', '-c', lines], where);

  await run(
    process.execPath,
    [
      require.resolve('@backstage/create-app/bin/backstage-create-app'),
      '--skip-install',
      '--path',
      folder,
    ],
    { cwd: home, env: { BACKSTAGE_APP_NAME: 'app' } },
  );
  return {
    folder,
    packages: home,
    file,
    shell,
    async install(lines) {
      for (let attempt = 1; ; attempt++) {
        // Yarn takes out what it does not need yet.
        await copyFile(LOCKFILE, file('yarn.lock'));
        try {
          await shell(lines, { env: ONCE });
          return;
        } catch (error) {
          if (attempt === INSTALLS) throw error;
        }
      }
    },
    lockfile: async () => packagesOf(await readFile(file('yarn.lock'), 'utf8')),
    remove: () => rm(home, { recursive: true, force: true }),
  };
}
