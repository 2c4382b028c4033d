/**
 * `npm start -- --kubeconfig F --context C`: Backstage against a cluster that was named. No server is built or started, and
 * nothing is created or exposed that a person does not ask for in Backstage.
 */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

import { buildApp } from './app-build.mjs';
import { describeStop, startBackstage } from './backstage.mjs';
import { profileFolders, root } from './checkout.mjs';
import { cleanEnvironment } from './environment.mjs';
import { Failure } from './failure.mjs';
import { takeProfile } from './lock.mjs';
import { nodeProgram, provideNode } from './node24.mjs';
import { requireFreePorts } from './ports.mjs';
import { requireNode, requireTools, requireWritable } from './preflight.mjs';
import { installPackages } from './yarn.mjs';

/** Settings of whoever runs this, such as a sign-in provider and a catalog; git ignores it. */
const PERSONAL_CONFIG = 'app-config.local.yaml';

/**
 * @param {Parameters<Parameters<typeof import('./lifecycle.mjs').launch>[0]>[0]} launcher
 * @param {{ port: number, kubeconfig: string, context: string }} options
 */
export async function startOwnCluster(launcher, { port, kubeconfig, context }) {
  const { processes, progress } = launcher;
  const folders = profileFolders('own-cluster');
  const file = resolve(process.env.INIT_CWD ?? process.cwd(), kubeconfig);
  requireNode();
  requireReadable(file);
  requireWritable();
  requireTools([
    'npm',
    'tar',
    ...(process.platform === 'linux' ? ['setpriv'] : []),
  ]);
  takeProfile('own-cluster');
  await requireFreePorts([
    {
      port,
      use: 'Backstage',
      remedy: 'choose another port with `--port N`',
    },
  ]);

  const log = name => join(folders.logs, `${name}.log`);
  const nodeHome = await provideNode({ processes, progress });
  const tools = { nodeHome, processes, progress };
  await installPackages({ ...tools, logFile: log('yarn-install') });
  const { server, namespaces } = await inspect({ ...tools, file, context });
  progress.line(
    `Context ${context} leads to ${server}, ${
      namespaces
        ? `namespaces: ${namespaces.join(', ')}`
        : 'whose namespaces this user may not list'
    }`,
  );

  await buildApp({ ...tools, logFile: log('app-build') });

  const baseUrl = `http://127.0.0.1:${port}`;
  const personalConfig = join(root, PERSONAL_CONFIG);
  const hasPersonalConfig = existsSync(personalConfig);
  const generated = writeConfig(folders.dir, { baseUrl, port });
  const backstage = await startBackstage({
    ...tools,
    baseUrl,
    configFiles: [
      join(root, 'app-config.yaml'),
      generated.appConfig,
      ...(hasPersonalConfig ? [personalConfig] : []),
    ],
    env: {
      // The last file that names a current context decides.
      KUBECONFIG: [file, generated.writeContext(context)].join(delimiter),
    },
    databaseFolder: join(folders.dir, 'database'),
    logFile: log('backstage'),
  });

  launcher.interruptible();
  progress.line(`
  Backstage runs against ${context} at ${server}. Nothing was created or exposed there.

  Open ${baseUrl}

  The example people are for the local platform only: add the sign-in of your organization to packages/app and
  packages/backend, and its settings and your catalog to ${PERSONAL_CONFIG}, which ${
    hasPersonalConfig ? 'was read' : 'is read where it exists'
  } and which git ignores.

  Ctrl-C stops Backstage.
`);
  throw await describeStop(backstage);
}

function requireReadable(file) {
  try {
    accessSync(file, constants.R_OK);
  } catch (error) {
    throw new Failure(
      `The kubeconfig ${file} cannot be read (${error.code}).`,
      'Give the path of a kubeconfig after --kubeconfig.',
    );
  }
}

async function inspect({ nodeHome, processes, file, context }) {
  const lines = [];
  const { tail } = await processes.run(
    'look at the cluster',
    nodeProgram(nodeHome),
    [join(root, 'scripts/own-cluster-inspect.mjs'), file, context],
    {
      cwd: root,
      env: cleanEnvironment(process.env, nodeHome),
      onLine: line => lines.push(line),
    },
  );
  const json = lines.find(line => line.startsWith('{'));
  if (!json) {
    throw new Error(`own-cluster-inspect.mjs printed no result:\n${tail}`);
  }
  const result = JSON.parse(json);
  const failure = describeProblem(result, { file, context });
  if (failure) {
    throw failure;
  }
  return result;
}

/** @returns {Failure | undefined} */
export function describeProblem(result, { file, context }) {
  switch (result.problem) {
    case undefined:
      return undefined;
    case 'file':
      return new Failure(
        `${file} is not a kubeconfig: ${result.message}.`,
        'Give the path of a kubeconfig after --kubeconfig.',
      );
    case 'context':
      return new Failure(
        `${file} has no context '${context}'.`,
        `Give one of these after --context: ${
          result.contexts.join(', ') || 'there is none'
        }.`,
      );
    case 'cluster':
      return new Failure(
        `Context '${context}' of ${file} names no cluster with a server.`,
        'Give another context, or mend the kubeconfig.',
      );
    default:
      return new Failure(
        `The cluster of context '${context}' at ${result.server} cannot be reached: ${result.message}.`,
        `Start the cluster or mend its entry, check it with \`kubectl --kubeconfig ${file} --context ${context} get namespaces\`, then run this again.`,
      );
  }
}

function writeConfig(folder, { baseUrl, port }) {
  mkdirSync(folder, { recursive: true });
  const appConfig = join(folder, 'app-config.yaml');
  // JSON is YAML, and needs no package to write.
  writeFileSync(
    appConfig,
    JSON.stringify(
      {
        app: { baseUrl },
        backend: {
          baseUrl,
          listen: { host: '127.0.0.1', port },
          cors: { origin: baseUrl },
          csp: { 'upgrade-insecure-requests': false },
          database: {
            client: 'better-sqlite3',
            connection: { directory: join(folder, 'database') },
          },
        },
        networking: { useCurrentContext: true },
      },
      undefined,
      2,
    ),
  );
  return {
    appConfig,
    /** A kubeconfig that only chooses: credentials stay in the file that was given. */
    writeContext(context) {
      const path = join(folder, 'context.kubeconfig');
      writeFileSync(
        path,
        JSON.stringify({
          apiVersion: 'v1',
          kind: 'Config',
          clusters: [],
          users: [],
          contexts: [],
          'current-context': context,
        }),
      );
      return path;
    },
  };
}
