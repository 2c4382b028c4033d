import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { hasPostgres, isOpenToAll, startPostgres } from './postgres.mjs';
import { createProcesses } from './processes.mjs';

const LAUNCHER = `
import { createProcesses } from ${JSON.stringify(
  new URL('./processes.mjs', import.meta.url).href,
)};
import { startPostgres } from ${JSON.stringify(
  new URL('./postgres.mjs', import.meta.url).href,
)};
const [folder, logs] = process.argv.slice(1);
const { connectionString } = await startPostgres({ processes: createProcesses(), folder, logs });
console.log(new URL(connectionString).port);
setInterval(() => {}, 1000);
`;

const answers = port =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** Bounded by the test runner's own limit. */
async function untilRefused(port) {
  while (await answers(port)) await sleep(20);
}

const home = () => mkdtempSync(join(tmpdir(), 'postgres-test-'));

for (const [folders, mode] of Object.entries({
  'below folders that all may enter': 0o755,
  'below a folder of its owner alone': 0o700,
})) {
  test(`PostgreSQL ${folders} answers on loopback until it is stopped, and leaves no data behind`, async context => {
    if (!hasPostgres()) return context.diagnostic('not on this system');
    const dir = home();
    chmodSync(dir, mode);
    context.after(() => rmSync(dir, { recursive: true, force: true }));
    const server = await startPostgres({
      processes: createProcesses(),
      folder: join(dir, 'postgres'),
      logs: dir,
    });
    const { hostname, port } = new URL(server.connectionString);
    assert.equal(hostname, '127.0.0.1');
    assert.equal(await answers(port), true);
    await server.stop();
    assert.equal(await answers(port), false);
    assert.equal(existsSync(join(dir, 'postgres')), false);
  });
}

test('PostgreSQL does not outlive a launcher that is killed', async context => {
  if (!hasPostgres()) return context.diagnostic('not on this system');
  const dir = home();
  chmodSync(dir, 0o755);
  context.after(() => rmSync(dir, { recursive: true, force: true }));
  const launcher = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      LAUNCHER,
      join(dir, 'postgres'),
      join(dir, 'logs'),
    ],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const [port] = await once(
    createInterface({ input: launcher.stdout }),
    'line',
  );
  assert.equal(await answers(port), true);
  launcher.kill('SIGKILL');
  await untilRefused(port);
});

test('a folder is open to all where those above it are too', () => {
  const dir = home();
  const inner = join(dir, 'inner');
  mkdirSync(inner);
  chmodSync(dir, 0o700);
  assert.equal(isOpenToAll(inner), false);
  chmodSync(dir, 0o711);
  assert.equal(isOpenToAll(inner), true);
  assert.equal(isOpenToAll(join(inner, 'not', 'there')), true);
  rmSync(dir, { recursive: true });
});
