import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createJestProgress, describeJestFailures } from './run-part.mjs';

test('how far Jest is comes from its own lines and from its tests', () => {
  const { read } = createJestProgress(3);
  assert.deepEqual(read('@tests 4'), {
    done: 0,
    total: 3,
    text: 'files, 4 tests',
  });
  assert.deepEqual(read('PASS app src/x.test.ts (16 s)'), {
    done: 1,
    total: 3,
    text: 'files, 4 tests',
  });
});

test('failures are told by file and test, and the same words once', () => {
  const failure = (fullName, text) => ({
    status: 'failed',
    fullName,
    failureMessages: [text],
  });
  const text = describeJestFailures({
    testResults: [
      {
        name: 'a',
        message: 'all of them',
        assertionResults: [
          failure('one', '\x1b[31mno port\x1b[39m'),
          failure('two', 'no port'),
          failure('three', 'other'),
          { status: 'passed', fullName: 'four', failureMessages: [] },
        ],
      },
      { name: 'b', message: 'SyntaxError', assertionResults: [] },
      { name: 'c', message: '', assertionResults: [] },
    ],
  });
  assert.equal(text, 'a: one\nno port\n\na: three\nother\n\nb\nSyntaxError\n');
});
