import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';

import { createStamps, filesUnder, hashOf } from './stamps.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launcher-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a stamp matches the key it was set with, until it is cleared', () => {
  const stamps = createStamps(join(folder, 'stamps'));
  assert.equal(stamps.matches('app', 'one'), false);
  stamps.set('app', 'one');
  assert.equal(stamps.matches('app', 'one'), true);
  assert.equal(stamps.matches('app', 'two'), false);
  stamps.clear('app');
  assert.equal(stamps.matches('app', 'one'), false);
});

test('a hash changes with a content, a name, an absence and a string, and not with the order or the place', () => {
  const write = (name, text) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const files = [write('a', 'one'), write('b', 'two')];
  const hash = hashOf({ base: folder, files });
  assert.equal(hashOf({ base: folder, files: [...files].reverse() }), hash);
  assert.notEqual(hashOf({ base: folder, files, strings: ['x'] }), hash);
  assert.notEqual(hashOf({ base: folder, files: [files[0]] }), hash);
  assert.notEqual(
    hashOf({ base: folder, files: [...files, join(folder, 'absent')] }),
    hash,
  );
  write('b', 'three');
  assert.notEqual(hashOf({ base: folder, files }), hash);

  const other = join(folder, 'other');
  mkdirSync(other);
  writeFileSync(join(other, 'a'), 'one');
  writeFileSync(join(other, 'b'), 'two');
  assert.equal(
    hashOf({ base: other, files: [join(other, 'a'), join(other, 'b')] }),
    hash,
  );
});

test('files are found in every folder but those to skip; an absent folder has none', () => {
  mkdirSync(join(folder, 'src', 'deep'), { recursive: true });
  mkdirSync(join(folder, 'dist'));
  for (const name of ['src/deep/x.ts', 'src/x.test.ts', 'dist/x.js']) {
    writeFileSync(join(folder, name), '');
  }
  assert.deepEqual(
    filesUnder(folder, name => name === 'dist' || /\.test\./.test(name)),
    [join(folder, 'src/deep/x.ts')],
  );
  assert.deepEqual(filesUnder(join(folder, 'absent')), []);
});
