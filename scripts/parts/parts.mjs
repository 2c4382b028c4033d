/**
 * The parts of `npm test` and of `npm run check`, in the order in which they are told.
 */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

import { root, shared } from '../checkout.mjs';
import { cleanEnvironment } from '../environment.mjs';
import {
  CONNECTION_VARIABLE,
  hasPostgres,
  startPostgres,
} from '../postgres.mjs';
import { filesUnder } from '../stamps.mjs';
import { workspaceFolders } from '../yarn.mjs';
import { runCheck, runJest } from './run-part.mjs';
import { settle, tallyGo, tallyTap } from './tally.mjs';

const INTEGRATION = 'packages/integration-tests';
const BROWSER = 'packages/e2e-tests';
const CHECKS = 'packages/checks';
/** Go modules that hold nothing but a test. */
const GO_TESTS = [
  'packages/local-platform/go/certvalidation',
  'packages/local-platform/go/conditions',
];

/**
 * `needs`: what has to be there beside Node and the packages. Parts without needs run while the servers are built.
 *
 * @typedef {{
 *   name: string,
 *   title: string,
 *   needs: ('go' | 'python' | 'kubectl' | 'servers' | 'cilium' | 'app')[],
 *   run(context: import('./run-part.mjs').PartContext): Promise<{
 *     tally: import('./tally.mjs').Tally,
 *     details: string,
 *     logFile: string,
 *   }>,
 * }} Part
 */

/** Of `npm test`. @type {Part[]} */
export const testParts = [
  {
    name: 'types',
    title: 'Checking types',
    needs: [],
    run: context => runCheck(context, 'types', ['tsc']),
  },
  {
    name: 'lint',
    title: 'Checking lint, layers and format',
    needs: [],
    run: lint,
  },
  {
    name: 'scripts',
    title: "Testing the launcher's scripts",
    needs: [],
    run: testScripts,
  },
  {
    name: 'unit',
    title: 'Running unit tests',
    needs: [],
    run: testUnits,
  },
  {
    name: 'go',
    title:
      "Running cert-manager's validation over the certificates, and reading the Gateway API's conditions, in Go",
    needs: ['go'],
    run: testGo,
  },
  {
    name: 'integration',
    title: 'Running integration tests on a real API server',
    needs: ['go', 'servers', 'cilium'],
    run: context =>
      withPostgres(context, within =>
        runPackageTests(within, 'integration', INTEGRATION),
      ),
  },
  {
    name: 'browser',
    title: 'Running the browser test',
    needs: ['servers', 'app'],
    run: context => runPackageTests(context, 'browser', BROWSER),
  },
];

/** Of `npm run check`: what is too large for every run. @type {Part[]} */
export const checkParts = [
  {
    name: 'schemathesis',
    title: 'Fuzzing the HTTP API by its contract',
    needs: ['servers', 'python'],
    run: context => runCheckFile(context, 'schemathesis'),
  },
  {
    name: 'install',
    title: 'Installing into a new Backstage app by the README',
    needs: ['servers', 'kubectl'],
    run: context => runCheckFile(context, 'install'),
  },
  {
    name: 'soak',
    title: 'Changing 2,000 routes for a quarter of an hour',
    needs: ['servers'],
    run: context => runCheckFile(context, 'soak'),
  },
];

const runCheckFile = (context, name) =>
  runJest(context, name, {
    cwd: join(root, CHECKS),
    yarnArgs: [
      'backstage-cli',
      'package',
      'test',
      '--runInBand',
      `src/${name}.test.ts`,
    ],
    expectedFiles: [join(root, CHECKS, 'src', `${name}.test.ts`)],
  });

const NOT_UNITS = [INTEGRATION, BROWSER, CHECKS];

async function testUnits(context) {
  return withPostgres(context, within =>
    runJest(within, 'unit', {
      cwd: root,
      yarnArgs: [
        'backstage-cli',
        'repo',
        'test',
        `--testPathIgnorePatterns=/node_modules/`,
        ...NOT_UNITS.map(folder => `--testPathIgnorePatterns=/${folder}/`),
      ],
      expectedFiles: workspaceFolders()
        .filter(folder => !NOT_UNITS.includes(folder))
        .flatMap(testFiles),
    }),
  );
}

/** Runs tests with a PostgreSQL server, which their environment names. */
async function withPostgres(context, run) {
  if (!hasPostgres()) {
    context.progress.line(
      `PostgreSQL is not tested: there is no server of it for ${process.platform}-${process.arch}. SQLite is.`,
    );
    return run(context);
  }
  const { processes, logs, dir } = context;
  const postgres = await startPostgres({
    processes,
    folder: join(dir, 'postgres'),
    logs,
  });
  const env = {
    ...context.env,
    [CONNECTION_VARIABLE]: postgres.connectionString,
  };
  try {
    return await run({ ...context, env });
  } finally {
    await postgres.stop();
  }
}

const testFiles = folder =>
  filesUnder(join(root, folder, 'src'), name => name === 'node_modules').filter(
    file => /\.test\.[jt]sx?$/.test(file),
  );

function runPackageTests(context, name, folder) {
  return runJest(context, name, {
    cwd: join(root, folder),
    yarnArgs: ['backstage-cli', 'package', 'test', '--runInBand'],
    expectedFiles: testFiles(folder),
  });
}

async function lint(context) {
  const eslint = await runCheck(context, 'lint', [
    'backstage-cli',
    'repo',
    'lint',
  ]);
  const prettier = await runCheck(context, 'format', [
    'prettier',
    '--check',
    '.',
  ]);
  return eslint.tally.failed > 0
    ? { ...eslint, details: `${eslint.details}\n${prettier.details}`.trim() }
    : prettier;
}

async function testScripts({ nodeHome, processes, logs }) {
  const logFile = join(logs, 'scripts.log');
  const lines = [];
  const files = ['lint', 'scripts', 'scripts/parts'].flatMap(folder =>
    readdirSync(join(root, folder))
      .filter(name => name.endsWith('.test.mjs'))
      .map(name => join(root, folder, name)),
  );
  const { code, tail } = await processes.run(
    'scripts',
    process.execPath,
    ['--test', '--test-reporter=tap', ...files],
    {
      cwd: root,
      // The Node of this process runs the launcher; what the launcher starts finds Backstage's.
      env: cleanEnvironment(process.env, nodeHome),
      logFile,
      onLine: line => lines.push(line),
    },
  );
  const tally = settle(tallyTap(lines), code);
  return { tally, details: tally.failed === 0 ? '' : tail, logFile };
}

async function testGo({ processes, logs }) {
  const lines = [];
  const ends = [];
  for (const folder of GO_TESTS) {
    const logFile = join(logs, `go-${basename(folder)}.log`);
    const ended = await processes.run(
      'go',
      'go',
      ['test', '-json', '-count=1', '-mod=readonly', './...'],
      {
        cwd: join(root, folder),
        env: { ...cleanEnvironment(process.env), GOWORK: 'off' },
        logFile,
        onLine: line => lines.push(line),
      },
    );
    ends.push({ ...ended, logFile });
  }
  const failed = ends.find(({ code }) => code !== 0);
  const tally = settle(tallyGo(lines), failed?.code ?? 0);
  const details = ends.flatMap(({ code, tail }) => (code === 0 ? [] : tail));
  return {
    tally,
    details: tally.failed === 0 ? '' : details.join('\n'),
    logFile: (failed ?? ends[0]).logFile,
  };
}

/** What the parts that start the platform are told by the environment. */
export const platformTestEnvironment = (stateDir, { servers, cilium }) => ({
  NETWORKING_ROOT: root,
  NETWORKING_BIN_DIR: servers,
  NETWORKING_CILIUM_DIR: cilium,
  NETWORKING_TEST_STATE_DIR: stateDir,
  NODE_COMPILE_CACHE: shared.compileCache,
});
