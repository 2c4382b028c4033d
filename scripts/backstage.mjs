/**
 * The Backstage backend as a process, and the few requests that the launcher sends to it.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { root, shared } from './checkout.mjs';
import { cleanEnvironment } from './environment.mjs';
import { Failure } from './failure.mjs';
import { nodeProgram } from './node24.mjs';
import { makePrivateFolder, PRIVATE_UMASK } from './private-folder.mjs';

const READY_WITHIN_MS = 120_000;

/** Lets Node run the TypeScript of the workspaces, as the Backstage CLI does. */
const TYPESCRIPT = join(
  root,
  'node_modules/@backstage/cli-node/config/nodeTransform.cjs',
);

/**
 * Node 24 with the repo's TypeScript, for `processes.start`.
 *
 * @param {string} nodeHome
 * @param {string} file relative to the root
 * @param {string[]} args
 */
export function typeScriptCommand(nodeHome, file, ...args) {
  return [nodeProgram(nodeHome), ['-r', TYPESCRIPT, join(root, file), ...args]];
}

/** The environment of a TypeScript program of the repo: what it compiles is kept for the next start. */
export function typeScriptEnvironment(nodeHome) {
  return {
    ...cleanEnvironment(process.env, nodeHome),
    NODE_ENV: 'development',
    NODE_COMPILE_CACHE: shared.compileCache,
  };
}

/**
 * Starts the backend and waits until it answers.
 *
 * @param {{
 *   nodeHome: string,
 *   processes: import('./processes.mjs').Processes,
 *   progress: ReturnType<typeof import('./progress.mjs').createProgress>,
 *   configFiles: string[],
 *   env: NodeJS.ProcessEnv,
 *   baseUrl: string,
 *   databaseFolder: string, made so that only its owner may read what is in it
 *   logFile: string,
 * }} options `env` is added to the cleaned environment
 */
export async function startBackstage(options) {
  const { nodeHome, processes, progress, baseUrl, logFile } = options;
  makePrivateFolder(options.databaseFolder);
  const step = progress.step('Starting Backstage');
  const plugins = createPluginCounter();
  let refused = false;
  const child = processes.start(
    'Backstage',
    ...typeScriptCommand(
      nodeHome,
      'packages/backend/src/index.ts',
      ...options.configFiles.flatMap(file => ['--config', file]),
    ),
    {
      cwd: join(root, 'packages/backend'),
      env: { ...typeScriptEnvironment(nodeHome), ...options.env },
      // SQLite creates its files, the logs beside them too, with what it leaves.
      umask: PRIVATE_UMASK,
      logFile,
      onLine(line) {
        // A backend whose plugins did not start says so, and may go on without them.
        refused ||= line.includes('Backend startup failed');
        step.update(plugins.read(line));
      },
    },
  );
  try {
    await waitForBackstage(
      child,
      `${baseUrl}/.backstage/health/v1/readiness`,
      () => refused,
    );
  } catch (error) {
    step.fail();
    throw error;
  }
  step.done();
  return child;
}

async function waitForBackstage(child, url, isRefused) {
  let ended;
  child.exited.then(result => (ended = result));
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (ended) {
      throw new Failure(
        `Backstage stopped while it started (${describeEnd(ended)}).`,
        'Mend what the lines above name, then run this again.',
        { details: child.tail(), logFile: child.logFile },
      );
    }
    if (isRefused()) {
      throw new Failure(
        'Backstage did not start, because not all of its plugins did.',
        'Mend what the lines above name, then run this again.',
        { details: child.tail(), logFile: child.logFile },
      );
    }
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) {
      return;
    }
    await sleep(200);
  }
  throw new Failure(
    `Backstage did not become ready within ${READY_WITHIN_MS / 1000} s.`,
    'Mend what the lines above name, then run this again.',
    { details: child.tail(), logFile: child.logFile },
  );
}

const describeEnd = ({ code, signal }) =>
  signal ? `signal ${signal}` : `exit code ${code}`;

/**
 * Waits until a process that should run for ever has stopped.
 *
 * @param {import('./processes.mjs').Child} child
 * @returns {Promise<Failure>} what to say then
 */
export async function describeStop(child) {
  const end = await child.exited;
  return new Failure(
    `${child.name} stopped by itself (${describeEnd(
      end,
    )}), so everything is stopped.`,
    'The lines above and the log say why; run this again.',
    { details: child.tail(), logFile: child.logFile },
  );
}

/** Reads how many plugins are initialized from what Backstage logs while it starts. */
export function createPluginCounter() {
  let all = new Set();
  let waiting = new Set();
  const names = text =>
    [...text.matchAll(/'([^']+)'/g)].map(([, name]) => name);
  return {
    read(line) {
      const started = /Plugin initialization started: (.*)/.exec(line);
      const rest = /still initializing: (.*)/.exec(line);
      if (started) {
        all = new Set(names(started[1]));
        waiting = new Set(all);
      } else if (rest) {
        waiting = new Set(names(rest[1]));
      } else if (/Plugin initialization complete/.test(line)) {
        waiting = new Set();
      }
      return all.size === 0
        ? {}
        : { done: all.size - waiting.size, total: all.size, text: 'plugins' };
    },
  };
}

/**
 * Requests with a token, answers as JSON. The error of a refusal has its `status`, and the `findings` that explain it.
 *
 * @param {string} baseUrl
 * @param {Record<string, string>} headers
 */
export function createClient(baseUrl, headers) {
  const send = async (path, init = {}) => {
    const response = await fetch(`${baseUrl}${path}`, {
      ...init,
      headers: {
        ...headers,
        ...(init.body !== undefined && { 'content-type': 'application/json' }),
      },
    });
    if (!response.ok) {
      const body = await response.json().catch(() => undefined);
      throw Object.assign(
        new Error(body?.error?.message ?? `status ${response.status}`),
        { status: response.status, findings: body?.error?.findings },
      );
    }
    return response;
  };
  return {
    json: async path => (await send(path)).json(),
    post: async (path, body) =>
      (await send(path, { method: 'POST', body: JSON.stringify(body) })).json(),
  };
}
