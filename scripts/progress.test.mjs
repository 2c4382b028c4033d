import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { createProgress, formatElapsed, formatPosition } from './progress.mjs';

const capture = () => {
  const written = [];
  return { written, write: text => written.push(text), columns: 60 };
};

for (const [milliseconds, text] of [
  [420, '0.4 s'],
  [9_960, '10 s'],
  [59_400, '59 s'],
  [60_000, '1 min 00 s'],
  [574_000, '9 min 34 s'],
]) {
  test(`${milliseconds} ms read as ${text}`, () => {
    assert.equal(formatElapsed(milliseconds), text);
  });
}

test('a position says as much as is known', () => {
  assert.equal(formatPosition({}), '');
  assert.equal(formatPosition({ done: 3, text: 'files' }), '3 files');
  assert.equal(
    formatPosition({ done: 3, total: 7, text: 'files' }),
    '3 of 7 files',
  );
  assert.equal(formatPosition({ done: 9, total: 7 }), '7 of 7');
});

test('a log gets a line at the start, every 15 seconds and at the end', () => {
  mock.timers.enable({ apis: ['setInterval', 'Date'] });
  try {
    const stream = capture();
    const step = createProgress({ stream, live: false }).step('Building');
    mock.timers.tick(14_000);
    step.update({ done: 1, total: 2, text: 'packages' });
    mock.timers.tick(1_000);
    mock.timers.tick(5_000);
    step.done('all well');
    mock.timers.tick(60_000);
    assert.deepEqual(stream.written, [
      '▸ Building\n',
      '… Building: 1 of 2 packages (15 s)\n',
      '✔ Building: all well (20 s)\n',
    ]);
  } finally {
    mock.timers.reset();
  }
});

test('a terminal keeps one live line for each running step, within its width', () => {
  mock.timers.enable({ apis: ['setInterval', 'Date'] });
  try {
    const stream = capture();
    const progress = createProgress({ stream, live: true });
    const first = progress.step('First');
    const second = progress.step('Second '.repeat(20));
    stream.written.length = 0;
    mock.timers.tick(200);
    assert.equal(stream.written[0], '\x1b[2A\x1b[J');
    assert.match(stream.written[1], /^. First \(0\.2 s\)\n$/);
    assert.equal(stream.written[2].length, 60);
    stream.written.length = 0;
    first.done();
    second.fail();
    assert.equal(stream.written[1], '✔ First (0.2 s)\n');
    assert.match(stream.written.at(-1), /^✖ Second/);
  } finally {
    mock.timers.reset();
  }
});

test('a step that fails is marked, and its error goes on', async () => {
  const stream = capture();
  const error = new Error('no');
  await assert.rejects(
    createProgress({ stream, live: false }).during('Trying', async () => {
      throw error;
    }),
    error,
  );
  assert.match(stream.written.at(-1), /^✖ Trying/);
});
