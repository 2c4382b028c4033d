import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './procfs';
import { startProcess } from './serverProcess';
import type { ServerProcess } from './serverProcess';
import { waitUntil } from './waiting';

/** Runs TypeScript as the commands of this package do. */
const TRANSFORM = createRequire(__filename).resolve(
  '@backstage/cli-node/config/nodeTransform.cjs',
);

describe('startProcess', () => {
  let dir: string;
  const started: ServerProcess[] = [];
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'process-'));
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map(p => p.stop()));
    await rm(dir, { recursive: true });
  });
  const shell = async (script: string, graceMs?: number) => {
    const server = await startProcess({
      name: 'dummy',
      command: 'sh',
      args: ['-c', script],
      logFile: join(dir, 'dummy.log'),
      graceMs,
    });
    started.push(server);
    return server;
  };
  const logged = (text: string, server: ServerProcess) =>
    waitUntil({
      what: text,
      servers: [server],
      deadlineMs: 60_000,
      intervalMs: 10,
      check: async () =>
        server.tail().includes(text)
          ? { ready: true, value: undefined }
          : { ready: false, because: server.tail() },
    });

  it('writes what the process says to its log, and keeps the log of the run before', async () => {
    const first = await shell('echo first; echo wrong >&2');
    expect(await first.exited).toBe('exit code 0');
    expect(first.running).toBe(false);
    const second = await shell('echo second; exit 3');
    expect(await second.exited).toBe('exit code 3');
    expect(second.tail()).toBe('second');
    expect(await readFile(join(dir, 'dummy.log.previous'), 'utf8')).toBe(
      'first\nwrong\n',
    );
  });

  it('stops a process that ends when asked', async () => {
    const server = await shell(
      'trap "echo bye; exit 0" TERM; echo up; while :; do sleep 0.05; done',
    );
    await logged('up', server);
    await server.stop();
    expect(await server.exited).toBe('exit code 0');
    expect(server.tail()).toContain('bye');
  });

  it('kills a process that does not end when asked', async () => {
    const server = await shell(
      'trap "" TERM; echo up; while :; do sleep 0.05; done',
      50,
    );
    await logged('up', server);
    await server.stop();
    expect(await server.exited).toBe('SIGKILL');
    expect(isAlive(server.pid)).toBe(false);
  });

  it('gives it nothing of the environment that it does not need', async () => {
    process.env.KUBECONFIG = '/secret';
    try {
      const server = await shell('env');
      await server.exited;
      expect(server.tail(100)).toContain('PATH=');
      expect(server.tail(100)).not.toContain('KUBECONFIG');
    } finally {
      delete process.env.KUBECONFIG;
    }
  });

  it('ends waiting at once, with the log, when the process ends', async () => {
    const server = await shell('echo no port; exit 1');
    await expect(logged('up', server)).rejects.toThrow(
      /^dummy ended with exit code 1 while it was starting\. Its log is .*dummy\.log and ends with:\nno port$/,
    );
  });

  it('leaves nothing when the process that started it is killed', async () => {
    const program = join(dir, 'parent.ts');
    await writeFile(
      program,
      `import { startProcess } from ${JSON.stringify(
        join(__dirname, 'serverProcess'),
      )};
      Promise.all(['a', 'b'].map(name => startProcess({
        name, command: 'sleep', args: ['600'], logFile: ${JSON.stringify(
          dir,
        )} + '/' + name,
      }))).then(children => process.stdout.write(children.map(c => c.pid).join(' ') + '\\n'));
      setInterval(() => {}, 1000);`,
    );
    const parent = spawn(process.execPath, ['-r', TRANSFORM, program], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    const pids = await new Promise<number[]>(resolve =>
      parent.stdout.once('data', text =>
        resolve(String(text).trim().split(' ').map(Number)),
      ),
    );
    expect(pids.map(pid => isAlive(pid))).toEqual([true, true]);
    parent.kill('SIGKILL');
    await waitUntil({
      what: 'The end of the children',
      deadlineMs: 60_000,
      intervalMs: 10,
      check: async () =>
        pids.some(pid => isAlive(pid))
          ? { ready: false, because: 'one is alive' }
          : { ready: true, value: undefined },
    });
  });
});

describe('waitUntil', () => {
  it('says at the deadline what the last check said', async () => {
    await expect(
      waitUntil({
        what: 'The answer',
        deadlineMs: 0,
        intervalMs: 2,
        check: async () => {
          throw new Error('connect ECONNREFUSED');
        },
      }),
    ).rejects.toThrow(
      'The answer is not there after 0 s: connect ECONNREFUSED',
    );
  });
  it('ends when it is aborted', async () => {
    const controller = new AbortController();
    const waiting = waitUntil({
      what: 'The answer',
      deadlineMs: 10_000,
      intervalMs: 1,
      signal: controller.signal,
      check: async () => ({ ready: false, because: 'no' }),
    });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });
});
