import assert from 'node:assert/strict';
import { test } from 'node:test';

import { workspaceClosure } from './app-build.mjs';
import { createPluginCounter } from './backstage.mjs';
import { describeFailure, Failure } from './failure.mjs';
import { describeProblem } from './start-own-cluster.mjs';

test('the app is built again for the workspaces it depends on, through all of them', () => {
  const packages = {
    'packages/app': { dependencies: { plugin: 'workspace:^', react: '^18' } },
    'plugins/plugin': { dependencies: { common: 'workspace:^' } },
    'plugins/common': { dependencies: { plugin: 'workspace:^' } },
    'plugins/other': {},
  };
  const folders = new Map([
    ['plugin', 'plugins/plugin'],
    ['common', 'plugins/common'],
    ['other', 'plugins/other'],
  ]);
  assert.deepEqual(
    workspaceClosure('packages/app', folders, folder => packages[folder]),
    ['packages/app', 'plugins/common', 'plugins/plugin'],
  );
});

test('how many plugins are ready is read from what Backstage logs', () => {
  const { read } = createPluginCounter();
  assert.deepEqual(read('Loading config'), {});
  assert.deepEqual(
    read(
      "rootLogger info Plugin initialization started: 'app', 'auth', 'catalog'",
    ),
    { done: 0, total: 3, text: 'plugins' },
  );
  assert.deepEqual(
    read(
      "Plugin initialization in progress, newly initialized: 'app', still initializing: 'auth', 'catalog'",
    ),
    { done: 1, total: 3, text: 'plugins' },
  );
  assert.deepEqual(
    read('Plugin initialization complete, newly initialized: …'),
    {
      done: 3,
      total: 3,
      text: 'plugins',
    },
  );
});

const cluster = { file: '/f', context: 'c' };
const problems = {
  'a file that is no kubeconfig is named': [
    { problem: 'file', message: 'bad indentation' },
    /\/f is not a kubeconfig: bad indentation/,
  ],
  'a context that is not there is answered with those that are': [
    { problem: 'context', contexts: ['a', 'b'] },
    /no context 'c'\. Give one of these after --context: a, b\./,
  ],
  'a context without a cluster is named': [
    { problem: 'cluster' },
    /names no cluster/,
  ],
  'a cluster that does not answer is named with its address': [
    { problem: 'answer', server: 'https://h', message: 'ECONNREFUSED' },
    /at https:\/\/h cannot be reached: ECONNREFUSED\. Start the cluster/,
  ],
};

for (const [sentence, [result, message]] of Object.entries(problems)) {
  test(sentence, () => {
    const failure = describeProblem(result, cluster);
    assert.match(describeFailure(failure), message);
  });
}

test('a user who may not list namespaces may go on', () => {
  assert.equal(describeProblem({ server: 'https://h' }, cluster), undefined);
});

test('a failure reads as sentences, a defect with its stack', () => {
  assert.equal(
    describeFailure(
      new Failure('No.', 'Do.', { details: 'tail', logFile: '/log' }),
    ),
    'tail\nNo. Do.\nThe whole log: /log',
  );
  assert.match(
    describeFailure(new TypeError('x is undefined')),
    /TypeError.*\n\s+at /,
  );
});
