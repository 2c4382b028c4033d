import assert from 'node:assert/strict';
import { test } from 'node:test';

import { lastWords, readPlatformLine } from './platform-output.mjs';

test('an event is for the launcher', () => {
  assert.deepEqual(
    readPlatformLine('@local-platform {"event":"built","binDir":"/x"}'),
    { event: { event: 'built', binDir: '/x' } },
  );
});

test('progress is told without its own time', () => {
  assert.deepEqual(
    readPlatformLine('Compiling the servers · 812 of 4204 · 75 s'),
    { at: { text: 'compiling the servers, 812 of 4204' } },
  );
  assert.deepEqual(readPlatformLine('Looking up what to do · 3 s'), {
    at: { text: 'looking up what to do' },
  });
});

test('any other line is neither', () => {
  assert.deepEqual(readPlatformLine('Go 1.19 is too old.'), {});
});

test('the last words are the sentence at the end, without progress and events', () => {
  assert.equal(
    lastWords(
      'Compiling the servers · 1 s\n@local-platform {"event":"x"}\nGo is too old.',
    ),
    'Go is too old.',
  );
});
