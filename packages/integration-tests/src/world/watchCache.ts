import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
/* eslint-disable @backstage/no-forbidden-package-imports, @backstage/no-mixed-plugin-imports -- the cache under test, which the plugin does not export */
import {
  createCachedSnapshotReader,
  type CachedSnapshotReader,
} from 'backstage-plugin-networking-backend/src/cache';
import {
  createLiveReader,
  SNAPSHOT_KINDS,
  type ClusterAccess,
} from 'backstage-plugin-networking-backend/src/io/cluster';
import { createClusterClient } from 'backstage-plugin-networking-backend/src/io/cluster/clusterClient';
import { createTransport } from 'backstage-plugin-networking-backend/src/io/cluster/transport';
/* eslint-enable */
import type {
  KubernetesObject,
  Snapshot,
} from 'backstage-plugin-networking-common';
import { CLUSTER } from '../suites/support';
import { startTcpProxy, type TcpProxy } from './tcpProxy';
import { waitFor } from './waitFor';
import type { World } from './world';

/** A watch cache of its own, with a way of its own to the API server. */
export interface WatchCache {
  proxy: TcpProxy;
  reader: CachedSnapshotReader;
  /** What the cache has logged. */
  logged: string[];
  /** Sends another token from now on. */
  useToken(token: string): void;
  /** Resolves once each kind is heard of, and every object is as the API server has it. */
  agree(what: string): Promise<void>;
  /** Resolves once the cache says that it hears of nothing. */
  lost(): Promise<void>;
  /** Kinds that are watched. */
  watched(): Promise<number>;
  close(): Promise<void>;
}

function objectsOf(snapshot: Snapshot): Map<string, KubernetesObject> {
  return new Map(
    SNAPSHOT_KINDS.flatMap(kind => [...snapshot.list(kind)]).map(
      (object): [string, KubernetesObject] => [
        `${object.kind} ${object.metadata.namespace}/${object.metadata.name}`,
        object,
      ],
    ),
  );
}

/** What two snapshots do not have in common, for a person. */
function difference(ours: Snapshot, theirs: Snapshot): string[] {
  const [a, b] = [objectsOf(ours), objectsOf(theirs)];
  return [...new Set([...a.keys(), ...b.keys()])].filter(
    key => !isDeepStrictEqual(a.get(key), b.get(key)),
  );
}

/**
 * @param options - `inactivityMs`: how long a watch may say nothing; `timeoutMs`: how long a request may take. Default: as
 *   the plugin has them
 */
export async function startWatchCache(
  { platform }: World,
  options: { inactivityMs?: number; timeoutMs?: number } = {},
): Promise<WatchCache> {
  const { inactivityMs, timeoutMs } = options;
  const apiServer = new URL(platform.apiServer.url);
  const ca = await readFile(platform.apiServer.caFile, 'utf8');
  const proxy = await startTcpProxy({
    host: apiServer.hostname,
    port: Number(apiServer.port),
  });
  let token = platform.backendToken;
  const accessTo = (server: URL, tokenNow: () => string) => {
    const transport = createTransport(
      {
        name: CLUSTER,
        server,
        options: async () => ({
          ca,
          headers: { authorization: `Bearer ${tokenNow()}` },
        }),
      },
      { timeoutMs },
    );
    const client = createClusterClient(CLUSTER, transport);
    const access: ClusterAccess = {
      names: [CLUSTER],
      client: () => client,
      close: () => transport.close(),
    };
    return access;
  };
  const through = accessTo(
    new URL(`https://127.0.0.1:${proxy.port}`),
    () => token,
  );
  const direct = accessTo(apiServer, () => platform.backendToken);
  const live = createLiveReader({ clusters: direct });
  const logged: string[] = [];
  const reader = createCachedSnapshotReader({
    clusters: through,
    live: createLiveReader({ clusters: through }),
    logger: {
      info: (line: string) => logged.push(line),
      warn: (line: string) => logged.push(line),
    },
    inactivityMs,
  });
  reader.start();
  const health = async () => (await reader.read(CLUSTER)).health ?? [];
  return {
    proxy,
    reader,
    logged,
    useToken(next) {
      token = next;
    },
    // Controllers write statuses for a while, so both are asked until they agree.
    agree: what =>
      waitFor(
        what,
        async () => {
          const { snapshot, state } = await reader.read(CLUSTER);
          const differing = difference(
            snapshot,
            await live(CLUSTER, SNAPSHOT_KINDS),
          );
          const lost = (await health()).filter(
            ({ status }) => status === 'unreachable' || status === 'syncing',
          );
          if (differing.length > 0 || lost.length > 0 || !state.reachable) {
            throw new Error(
              `${differing.slice(0, 5).join(', ')}; lost: ${lost
                .map(({ kind, lastError }) => `${kind} ${lastError}`)
                .join(', ')}`,
            );
          }
          return true;
        },
        { boundMs: 120_000 },
      ).then(() => undefined),
    lost: () =>
      waitFor('the cache to hear of nothing', async () =>
        (await health()).some(({ status }) => status === 'synced')
          ? undefined
          : true,
      ).then(() => undefined),
    watched: async () =>
      (await health()).filter(({ status }) => status === 'synced').length,
    async close() {
      reader.close();
      through.close();
      direct.close();
      await waitFor('every connection of the cache to be closed', () =>
        proxy.connections() === 0 ? true : undefined,
      );
      await proxy.close();
    },
  };
}
