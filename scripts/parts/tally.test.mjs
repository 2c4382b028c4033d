import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  failedOnce,
  noTests,
  oneCheck,
  settle,
  summary,
  tallyGo,
  tallyJest,
  tallyTap,
} from './tally.mjs';

const jestFile = (name, statuses, message = '') => ({
  name,
  message,
  assertionResults: statuses.map((status, index) => ({
    status,
    fullName: `test ${index}`,
  })),
});

test('a check counts one', () => {
  assert.deepEqual(oneCheck('types', 0), { ...noTests(), passed: 1 });
  assert.equal(oneCheck('types', 2).failed, 1);
});

test("Jest's tests are counted one by one, and skipped ones are named", () => {
  assert.deepEqual(
    tallyJest({
      testResults: [
        jestFile('a', ['passed', 'failed', 'pending']),
        jestFile('b', ['passed', 'todo']),
      ],
    }),
    {
      passed: 2,
      failed: 1,
      skipped: ['a: test 2', 'b: test 1'],
      problems: ['a: test 1'],
    },
  );
});

test('a file that did not start, that ran nothing or that Jest never saw counts as failed', () => {
  assert.deepEqual(
    tallyJest(
      {
        testResults: [
          jestFile('broken', [], 'SyntaxError'),
          jestFile('skipped', ['pending']),
          jestFile('good', ['passed']),
        ],
      },
      ['good', 'unseen'],
    ),
    {
      passed: 1,
      failed: 3,
      skipped: ['skipped: test 0'],
      problems: [
        'broken: did not start',
        'skipped: ran nothing',
        'unseen: did not start',
      ],
    },
  );
});

test('a part that ran nothing has failed', () => {
  assert.deepEqual(settle(noTests(), 0), failedOnce('no test ran'));
});

test('a program that fails without a failed test counts as one failure', () => {
  const settled = settle({ ...noTests(), passed: 3 }, 1);
  assert.equal(settled.passed, 3);
  assert.equal(settled.failed, 1);
  assert.equal(settle({ ...noTests(), failed: 2 }, 1).failed, 2);
});

test("Go's tests are counted, and a package that does not build is one failure", () => {
  const events = [
    { Action: 'pass', Package: 'p', Test: 'TestA' },
    { Action: 'fail', Package: 'p', Test: 'TestB' },
    { Action: 'skip', Package: 'p', Test: 'TestC' },
    { Action: 'fail', Package: 'p' },
    { Action: 'fail', Package: 'q' },
  ];
  assert.deepEqual(
    tallyGo([
      ...events.map(event => JSON.stringify(event)),
      'go: downloading x',
    ]),
    {
      passed: 1,
      failed: 2,
      skipped: ['p: TestC'],
      problems: ['p: TestB', 'q: did not start'],
    },
  );
});

test("the counts of Node's own test runner are taken from its summary", () => {
  assert.deepEqual(
    tallyTap([
      'ok 1 - good',
      'not ok 2 - bad',
      'ok 3 - later # SKIP no root',
      '# tests 4',
      '# pass 1',
      '# fail 1',
      '# cancelled 1',
    ]),
    {
      passed: 1,
      failed: 2,
      skipped: ['later'],
      problems: ['bad'],
    },
  );
});

test('the last line is the sum, and what was skipped stands above it', () => {
  const lines = summary(
    [
      { name: 'types', tally: oneCheck('types', 0), elapsed: '3.0 s' },
      {
        name: 'unit',
        tally: { passed: 7, failed: 1, skipped: ['x: y'], problems: ['a: b'] },
        elapsed: '1 min 00 s',
        log: '.local/test/logs/unit.log',
      },
    ],
    ['browser'],
  );
  assert.deepEqual(lines, [
    '✔ types  1 passed, 0 failed  (3.0 s)',
    '✖ unit   7 passed, 1 failed, 1 skipped  (1 min 00 s)',
    '✖ unit: a: b',
    '  the whole log: .local/test/logs/unit.log',
    '○ skipped, unit: x: y',
    '○ not asked for: browser',
    '8 passed, 1 failed',
  ]);
});
