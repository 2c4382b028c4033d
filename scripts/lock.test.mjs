import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';

import { holderOfLock, takeLock, withLock } from './lock.mjs';
import { createProgress } from './progress.mjs';

let folder;
let file;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launcher-'));
  file = join(folder, 'thing.lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a lock is taken once, and names who holds it', () => {
  assert.equal(takeLock(file), undefined);
  assert.equal(holderOfLock(file).pid, process.pid);
  assert.equal(takeLock(file).pid, process.pid);
});

test('a lock of a process that has ended holds nobody up', async () => {
  const gone = spawn('true');
  await once(gone, 'exit');
  writeFileSync(file, JSON.stringify({ pid: gone.pid, started: '1' }));
  assert.equal(holderOfLock(file), undefined);
  assert.equal(takeLock(file), undefined);
});

test('a lock of an earlier process with an id that is in use again holds nobody up', () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, started: 'then' }));
  assert.equal(takeLock(file), undefined);
});

test('work under a lock waits for its end, says so, and gives it back', async () => {
  const written = [];
  const progress = createProgress({
    stream: { write: text => written.push(text) },
    live: false,
  });
  takeLock(file);
  const work = withLock('thing', progress, async () => 'made', folder);
  assert.match(
    written[0],
    new RegExp(`Waiting for process ${process.pid}.*thing`),
  );
  rmSync(file);
  assert.equal(await work, 'made');
  assert.equal(existsSync(file), false);
});
