import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY } from '../paths';

/** A process of packages/backend. */
export interface BackendProcess {
  logFile: string;
  /** How it ended: `exit code 1`, `signal SIGTERM`; undefined while it runs. */
  ended(): string | undefined;
  exited: Promise<string>;
  readLog(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts packages/backend from its sources. It dies with this process, whichever way that ends.
 *
 * @param options.root - Of the app whose backend it is. Default: the checkout.
 * @param options.configFiles - Names in the root; later ones win.
 * @param options.nodeArguments - Arguments of Node.
 * @param options.config - Values over those of the files, by path: `{ 'app.title': 'Example' }`.
 */
export async function spawnBackend(options: {
  root?: string;
  configFiles: string[];
  config: Record<string, unknown>;
  env: Record<string, string>;
  logFile: string;
  nodeArguments?: string[];
}): Promise<BackendProcess> {
  const { root = REPOSITORY, logFile, nodeArguments = [] } = options;
  await mkdir(join(logFile, '..'), { recursive: true });
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('APP_CONFIG_') && name !== 'KUBECONFIG',
  );
  const child = spawn(
    'setpriv',
    [
      '--pdeathsig',
      'KILL',
      '--',
      process.execPath,
      ...nodeArguments,
      '-r',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs', {
        paths: [root],
      }),
      join(root, 'packages/backend/src/index.ts'),
      ...options.configFiles.flatMap(file => ['--config', join(root, file)]),
    ],
    {
      cwd: join(root, 'packages/backend'),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...Object.fromEntries(inherited),
        // What Jest needs for itself.
        NODE_OPTIONS: '',
        ...options.env,
        ...Object.fromEntries(
          Object.entries(options.config).map(([path, value]) => [
            `APP_CONFIG_${path.replace(/\./g, '_')}`,
            JSON.stringify(value),
          ]),
        ),
      },
    },
  );
  const log = createWriteStream(logFile);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  let end: string | undefined;
  const exited = new Promise<string>(resolve => {
    const finish = (how: string) => {
      end = how;
      log.end(() => resolve(how));
    };
    child.once('error', error => finish(error.message));
    child.once('close', (code, signal) =>
      finish(signal ? `signal ${signal}` : `exit code ${code}`),
    );
  });
  return {
    logFile,
    exited,
    ended: () => end,
    readLog: () => readFile(logFile, 'utf8'),
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
