import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { NetworkingClient } from 'backstage-plugin-networking-common';
import { freePort, type Platform } from 'local-platform';
import { REPOSITORY } from '../paths';
import { waitFor } from '../world/waitFor';
import { spawnBackend } from './backendProcess';

const START_BOUND_MS = 180_000;

/** The Backstage of packages/backend as a process of its own. */
export interface Backstage {
  baseUrl: string;
  logFile: string;
  /** The HTTP API of the networking plugin, signed in as an example person. */
  as(userRef: string): Promise<NetworkingClient>;
  /** A token of an example person, as a browser has it. */
  tokenOf(userRef: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts packages/backend as `npm start` does: the same config files, the sign-in of the example people, and the
 * service account's token. It listens on a free port, so that it can run beside a start.
 *
 * @param options.settings - The config.toml that the platform was started with.
 * @param options.stateDir - Holds database and log; created.
 * @param options.config - Values over those of the files, by path.
 * @param options.nodeArguments - For the process, such as `--cpu-prof`.
 */
export async function startBackstage(options: {
  platform: Platform;
  settings: string;
  stateDir: string;
  config?: Record<string, unknown>;
  nodeArguments?: string[];
}): Promise<Backstage> {
  const { platform, settings, stateDir, config, nodeArguments } = options;
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  await mkdir(join(stateDir, 'database'), { recursive: true, mode: 0o700 });
  const backend = await spawnBackend({
    configFiles: ['app-config.yaml', 'app-config.local-platform.yaml'],
    config: {
      'app.baseUrl': baseUrl,
      'backend.baseUrl': baseUrl,
      'backend.cors.origin': baseUrl,
      'backend.listen.port': port,
      'networking.configFile': settings,
      ...config,
    },
    nodeArguments,
    env: {
      NODE_ENV: 'development',
      NETWORKING_LOCAL_API_URL: platform.apiServer.url,
      NETWORKING_LOCAL_CA_FILE: platform.apiServer.caFile,
      NETWORKING_LOCAL_TOKEN: platform.backendToken,
      NETWORKING_STATE_DIR: stateDir,
      NETWORKING_ROOT: REPOSITORY,
      NETWORKING_PORT: String(port),
    },
    logFile: join(stateDir, 'backstage.log'),
  });
  try {
    await waitFor(
      'Backstage to be ready',
      async () => {
        if (backend.ended()) return true;
        const answer = await fetch(`${baseUrl}/.backstage/health/v1/readiness`);
        return answer.ok ? true : undefined;
      },
      { boundMs: START_BOUND_MS },
    );
    if (backend.ended()) {
      const log = await backend.readLog();
      throw new Error(
        `Backstage ended with ${backend.ended()} while it started:\n${log.slice(
          -4000,
        )}`,
      );
    }
    return {
      baseUrl,
      logFile: backend.logFile,
      stop: backend.stop,
      tokenOf: signInAt(baseUrl),
      as: async userRef => clientAt(baseUrl, await signInAt(baseUrl)(userRef)),
    };
  } catch (error) {
    await backend.stop();
    throw error;
  }
}

/** Signs in by the sign-in of the example people. */
function signInAt(baseUrl: string) {
  return (userRef: string): Promise<string> =>
    waitFor(`${userRef} to own something`, async () => {
      const response = await fetch(`${baseUrl}/api/auth/example/refresh`, {
        headers: { 'x-example-person': userRef },
      });
      if (!response.ok) throw new Error(`sign-in answered ${response.status}`);
      const { backstageIdentity } = await response.json();
      // Groups are read at sign-in: before the catalog holds them, a person owns only what names the person.
      return backstageIdentity.identity.ownershipEntityRefs.length > 1
        ? (backstageIdentity.token as string)
        : undefined;
    });
}

function clientAt(baseUrl: string, token: string): NetworkingClient {
  return new NetworkingClient({
    baseUrl: `${baseUrl}/api/networking`,
    fetchApi: {
      fetch: (input, init) => {
        const request = new Request(input, init);
        request.headers.set('authorization', `Bearer ${token}`);
        return fetch(request);
      },
    },
  });
}
