import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';

import { makePrivateFolder, PRIVATE_UMASK } from './private-folder.mjs';
import { createProcesses } from './processes.mjs';

let parent;
let folder;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'launcher-'));
  folder = join(parent, 'state', 'database');
});
afterEach(() => rmSync(parent, { recursive: true }));

const modeOf = path => (statSync(path).mode & 0o777).toString(8);

test('a new folder is its owner’s alone', () => {
  makePrivateFolder(folder);
  assert.equal(modeOf(folder), '700');
});

test('a folder and files of an earlier start become their owner’s alone', () => {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  const names = [
    'a.sqlite',
    'a.sqlite-wal',
    'a.sqlite-shm',
    'a.sqlite-journal',
  ];
  for (const name of names) {
    writeFileSync(join(folder, name), '', { mode: 0o644 });
  }
  makePrivateFolder(folder);
  assert.equal(modeOf(folder), '700');
  for (const name of names) {
    assert.equal(modeOf(join(folder, name)), '600', name);
  }
});

// Each file that SQLite keeps beside a database while it is open, by the driver that the backend has, on its Node.
const OPEN_DATABASE = `
  const knex = require(${JSON.stringify(
    createRequire(import.meta.url).resolve('knex'),
  )});
  const open = async (filename, mode) => {
    const client = knex({ client: 'better-sqlite3', connection: { filename }, useNullAsDefault: true });
    await client.raw('PRAGMA journal_mode = ' + mode);
    await client.schema.createTable('kept', table => table.text('value'));
    await client('kept').insert({ value: 'a' });
    if (mode === 'PERSIST') await client('kept').delete();
    return client;
  };
  (async () => {
    const clients = [await open('wal.sqlite', 'WAL'), await open('journal.sqlite', 'PERSIST')];
    console.log('open');
    setInterval(() => clients.length, 1000);
  })();
`;

test('every file of a database that a process creates is its owner’s alone, and the launcher’s umask stays', async () => {
  makePrivateFolder(folder);
  const before = process.umask();
  let opened;
  const isOpen = new Promise(resolve => (opened = resolve));
  const child = createProcesses().start(
    'database',
    'node',
    ['-e', OPEN_DATABASE],
    {
      cwd: folder,
      env: process.env,
      umask: PRIVATE_UMASK,
      onLine: line => line === 'open' && opened(),
    },
  );
  assert.equal(process.umask(), before);
  await Promise.race([
    isOpen,
    child.exited.then(() => assert.fail(child.tail())),
  ]);
  const names = readdirSync(folder).sort();
  assert.deepEqual(names, [
    'journal.sqlite',
    'journal.sqlite-journal',
    'wal.sqlite',
    'wal.sqlite-shm',
    'wal.sqlite-wal',
  ]);
  for (const name of names) {
    assert.equal(modeOf(join(folder, name)), '600', name);
  }
  await child.stop();
});
