import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { requireIntegrity } from './npm-package.mjs';
import { requireLinux, requireNode, requireTools } from './preflight.mjs';

const PREFLIGHT = fileURLToPath(new URL('./preflight.mjs', import.meta.url));

test('a Node that is too old is named', () => {
  requireNode('20.20.2');
  assert.throws(() => requireNode('18.19.0'), {
    message: 'This is Node 18.19.0, and the launcher needs Node 20 or newer.',
  });
});

test('elsewhere than on Linux the way with kind or k3d is shown', () => {
  requireLinux('linux');
  assert.throws(() => requireLinux('darwin'), {
    name: 'Failure',
    message: /needs Linux/,
    remedy: /kind create cluster[^]*k3d[^]*--kubeconfig[^]*--context/,
  });
});

test('a program that is not on the PATH is named with how to get it', () => {
  requireTools(['tar'], { PATH: process.env.PATH });
  assert.throws(() => requireTools(['setpriv'], { PATH: '/nowhere::' }), {
    message: 'The program setpriv is not on the PATH.',
    remedy:
      'Install it (on Debian: apt-get install util-linux), then run this again.',
  });
  assert.throws(() => requireTools(['python3'], { PATH: '/nowhere' }), {
    message: 'The program python3 is not on the PATH.',
    remedy: /^Install Python 3.11 or newer with pip /,
  });
});

test('a checkout that cannot be written is named with its user', () => {
  const folder = mkdtempSync(join(tmpdir(), 'launcher-'));
  chmodSync(folder, 0o555);
  // Root may write everywhere, so a child becomes the user nobody.
  const { stdout } = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `const { requireWritable } = await import(${JSON.stringify(PREFLIGHT)});
       if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534); }
       try { requireWritable(${JSON.stringify(folder)}, '/absent'); }
       catch (error) { console.log(error.name, error.message); }`,
    ],
    { encoding: 'utf8' },
  );
  rmSync(folder, { recursive: true });
  assert.match(stdout, /^Failure .*launcher-.* cannot be written by user \w+/);
});

test('an archive that is not the published one is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'launcher-'));
  const archive = join(folder, 'x.tgz');
  writeFileSync(archive, 'content');
  const sha512 = createHash('sha512').update('content').digest('base64');
  await requireIntegrity(archive, sha512, 'Node 24.21.0');
  await assert.rejects(
    requireIntegrity(archive, sha512.toLowerCase(), 'Node 24.21.0'),
    {
      name: 'Failure',
      message: /sha512 differs/,
    },
  );
  rmSync(folder, { recursive: true });
});
