import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

import { root } from './checkout.mjs';
import { cleanEnvironment } from './environment.mjs';
import { createSignalReader } from './lifecycle.mjs';

const SCRIPTS = ['start', 'test', 'reset', 'bench'];

const signals = {
  'the first asks for an orderly end': [[['SIGINT', 0]], ['end']],
  'what npm passes on of the same Ctrl-C asks for nothing': [
    [
      ['SIGINT', 0],
      ['SIGINT', 30],
    ],
    ['end', undefined],
  ],
  'a second Ctrl-C asks for an end at once': [
    [
      ['SIGINT', 0],
      ['SIGINT', 30],
      ['SIGINT', 1500],
    ],
    ['end', undefined, 'kill'],
  ],
  'another signal is no echo of it': [
    [
      ['SIGINT', 0],
      ['SIGTERM', 30],
    ],
    ['end', 'kill'],
  ],
};

for (const [sentence, [sent, asked]] of Object.entries(signals)) {
  test(`of signals, ${sentence}`, () => {
    let now;
    const read = createSignalReader(() => now);
    assert.deepEqual(
      sent.map(([signal, at]) => {
        now = at;
        return read(signal);
      }),
      asked,
    );
  });
}

/** A package with the scripts of this one, where each file that they name is a launcher that stays. */
function packageWithLaunchers() {
  const folder = mkdtempSync(join(tmpdir(), 'launcher-'));
  const { scripts } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  writeFileSync(
    join(folder, 'launcher.mjs'),
    `import { launch } from ${JSON.stringify(
      join(root, 'scripts/lifecycle.mjs'),
    )};
     launch(async ({ progress, interruptible }) => {
       interruptible();
       setInterval(() => {}, 1000);
       progress.line('up ' + process.argv.slice(2).join());
       return new Promise(() => {});
     });`,
  );
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      name: 'launchers',
      scripts: Object.fromEntries(
        SCRIPTS.map(name => [
          name,
          scripts[name].replace(/\S+\.mjs/, 'launcher.mjs'),
        ]),
      ),
    }),
  );
  return folder;
}

/** Sends npm a signal once what it runs is up; gives back what was printed until nobody holds the output any more. */
async function signalled(name, signal) {
  const folder = packageWithLaunchers();
  const npm = spawn('npm', ['run', '--silent', name, '--', '--flag'], {
    cwd: folder,
    env: {
      ...cleanEnvironment(process.env),
      npm_config_update_notifier: 'false',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(npm, 'exit');
  const lines = [];
  for await (const line of createInterface({ input: npm.stdout })) {
    lines.push(line);
    if (line.startsWith('up')) {
      npm.kill(signal);
    }
  }
  const [code] = await ended;
  rmSync(folder, { recursive: true });
  return { lines, code };
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  for (const name of SCRIPTS) {
    test(`${signal} for npm alone ends \`npm run ${name}\` orderly`, async () => {
      const { lines, code } = await signalled(name, signal);
      assert.deepEqual(lines, ['up --flag', 'Stopping …']);
      assert.equal(code, 0);
    });
  }
}

test('a launcher ends too where npm is killed', async () => {
  const { lines } = await signalled('start', 'SIGKILL');
  assert.deepEqual(lines, ['up --flag']);
});
