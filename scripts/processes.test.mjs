import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { createProcesses, statOf, watchPackageManager } from './processes.mjs';

const MODULE = fileURLToPath(new URL('./processes.mjs', import.meta.url));
const options = { cwd: tmpdir(), env: process.env };

/** A zombie waits for whoever adopted it: it is gone. */
const isGone = pid => {
  const stat = statOf(pid);
  return stat === undefined || stat.state === 'Z';
};

/** Bounded by the test runner's own limit. */
async function until(condition) {
  while (!condition()) {
    await sleep(10);
  }
}

test('a program is run to its end, with its code, its last lines and its log', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'launcher-'));
  const logFile = join(folder, 'logs', 'x.log');
  const lines = [];
  const result = await createProcesses().run(
    'x',
    'sh',
    ['-c', 'echo one; echo two >&2; exit 3'],
    { ...options, logFile, onLine: line => lines.push(line) },
  );
  assert.equal(result.code, 3);
  assert.deepEqual(result.tail.split('\n').sort(), ['one', 'two']);
  assert.deepEqual(lines.sort(), ['one', 'two']);
  await until(() => readFileSync(logFile, 'utf8').length === 8);
  rmSync(folder, { recursive: true });
});

test('a program that is not there is a code, not a crash', async () => {
  const { code, tail } = await createProcesses().run(
    'x',
    '/does/not/exist',
    [],
    options,
  );
  assert.notEqual(code, 0);
  assert.match(tail, /exist/);
});

test('children are stopped one by one, last started first', async () => {
  const processes = createProcesses();
  const ends = [];
  for (const name of ['first', 'second']) {
    const child = processes.start(name, 'sleep', ['1000'], options);
    child.exited.then(({ signal }) => ends.push(`${name} ${signal}`));
  }
  await processes.stopAll();
  assert.deepEqual(ends, ['second SIGTERM', 'first SIGTERM']);
});

test('a child that will not stop is killed with what it started', async () => {
  const processes = createProcesses();
  const pids = [];
  const child = processes.start(
    'stubborn',
    'sh',
    ['-c', "trap '' TERM; sleep 1000 & echo $!; while :; do sleep 1; done"],
    { ...options, graceMs: 50, onLine: line => pids.push(Number(line)) },
  );
  await until(() => pids.length > 0);
  await child.stop();
  assert.equal((await child.exited).signal, 'SIGKILL');
  await until(() => isGone(pids[0]));
});

test('what a child leaves behind goes with it', async () => {
  const pids = [];
  await createProcesses().run('parent', 'sh', ['-c', 'sleep 1000 & echo $!'], {
    ...options,
    onLine: line => pids.push(Number(line)),
  });
  await until(() => isGone(pids[0]));
});

test('kill -9 of the launcher leaves no process behind, not even grandchildren', async () => {
  const launcher = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { createProcesses } from ${JSON.stringify(MODULE)};
       createProcesses().start('x', 'sh', ['-c', 'sleep 1000 & echo $$ $!; wait'], {
         cwd: '/', env: process.env, onLine: line => console.log(line),
       });`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = await once(
    createInterface({ input: launcher.stdout }),
    'line',
  );
  const pids = line.split(' ').map(Number);
  assert.equal(pids.length, 2);
  assert.ok(pids.every(pid => !isGone(pid)));
  launcher.kill('SIGKILL');
  await until(() => pids.every(isGone));
});

test('the end of the package manager is noticed, through the shell that it uses', async () => {
  const script = `
    import { watchPackageManager } from ${JSON.stringify(MODULE)};
    setInterval(() => {}, 1000);
    watchPackageManager(() => { console.log('gone'); process.exit(); }, { npm_execpath: 'npm' });
    console.log('watching');`;
  const manager = spawn(
    process.execPath,
    [
      '--eval',
      `require('node:child_process').spawn(
         'sh', ['-c', '"$0" "$@"; true', process.execPath, '--input-type=module', '--eval', process.argv[1]],
         { stdio: 'inherit' },
       )`,
      script,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: manager.stdout });
  assert.deepEqual(await once(lines, 'line'), ['watching']);
  manager.kill('SIGKILL');
  assert.deepEqual(await once(lines, 'line'), ['gone']);
});

test('without a package manager nothing is watched', () => {
  assert.equal(typeof watchPackageManager(assert.fail, {}), 'function');
});
