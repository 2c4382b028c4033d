import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  KUBERNETES_ID,
  type ExposureDetail,
  type Gateway,
  type HttpRoute,
  type Listener,
  type KubernetesObject,
} from 'backstage-plugin-networking-common';
import type { JsonObject } from '@backstage/types';
import knex, { type Knex } from 'knex';
import { startPlatform, writeTestSettings } from 'local-platform';
import { binDir, pathFrom } from '../paths';
import { ROUTES, routePath } from './admin';
import { certManagerOf, type CertManager, type Named } from './certManager';
import { startDnsServer, type DnsServer } from './dnsServer';
import { servedSerial } from './gateway';
import { startHandshakeRecorder, type HandshakeRecorder } from './handshakes';
import { startTcpProxy, type TcpProxy } from './tcpProxy';
import { waitFor } from './waitFor';
import { SAM, startOn, type World } from './world';

const CLUSTER = 'local';

/** A world in which certificates can go wrong in every way, and whose backend keeps its database. */
export interface TlsWorld extends World {
  certManager: CertManager;
  /** Between the gateway and the API server: what is held there, the gateway does not hear of. */
  gatewayApi: TcpProxy;
  /** Between the backend and the gateway: who was asked for, by probes alone. */
  probes: HandshakeRecorder;
  /** The resolver of the settings. */
  dns: DnsServer;
  /** Namespace of the Gateway, and of what its listeners serve. */
  edge: string;
  /**
   * Adds a listener to the Gateway, for one host of its own and with a certificate of its own, and a route of `shop` at it.
   *
   * @returns the host
   */
  expose(
    label: string,
    options?: { host?: string; secret?: string },
  ): Promise<string>;
  /** Takes listener and route away again. */
  conceal(label: string): Promise<void>;
  /** Resolves once the plugin's database holds what was issued for a Certificate, as it does within some seconds. */
  kept(certificate: Named): Promise<void>;
  /** Serial number of the certificate that the gateway serves for a host now, in upper-case hex. */
  servedSerial(host: string): Promise<string>;
  /** The exposure of a label, as its owner reads it. */
  read(label: string): Promise<ExposureDetail>;
  /** Resolves once the owner reads so. */
  readUntil(
    label: string,
    what: string,
    holds: (exposure: ExposureDetail) => boolean,
  ): Promise<ExposureDetail>;
}

/** Name of the Secret of a label's listener. */
export const secretNameOf = (label: string) => `${label}-tls`;

interface Database {
  /** `backend.database` in app-config. */
  config: JsonObject;
  /** Asks the plugin's own database. */
  query<T>(ask: (database: Knex) => PromiseLike<T>): Promise<T>;
}

/**
 * An empty database that outlives backends: in PostgreSQL where there is a server for the tests, as `TestDatabases` of
 * Backstage finds it, else in a file of SQLite.
 */
async function emptyDatabase(folder: string): Promise<Database> {
  const postgres =
    process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;
  const using =
    (options: Knex.Config): Database['query'] =>
    async ask => {
      const database = knex(options);
      try {
        return await ask(database);
      } finally {
        await database.destroy();
      }
    };
  if (postgres) {
    const prefix = `tls_${randomBytes(4).toString('hex')}_`;
    const own = new URL(postgres);
    own.pathname = `/${prefix}networking`;
    return {
      config: { client: 'pg', connection: postgres, prefix },
      query: using({ client: 'pg', connection: own.href }),
    };
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return {
    config: { client: 'better-sqlite3', connection: { directory: folder } },
    query: using({
      client: 'better-sqlite3',
      connection: { filename: join(folder, 'networking.sqlite') },
      useNullAsDefault: true,
    }),
  };
}

export async function startTlsWorld(): Promise<TlsWorld> {
  const stateDir = join(
    pathFrom('NETWORKING_TEST_STATE_DIR', '.local/test'),
    'tls',
  );
  const settings = await writeTestSettings(stateDir);
  const database = await emptyDatabase(join(stateDir, 'database'));
  const undo: (() => Promise<unknown>)[] = [];
  const stopAll = async () => {
    for (const each of undo.reverse()) await each();
  };
  try {
    let gatewayApi: TcpProxy | undefined;
    const platform = await startPlatform({
      stateDir: join(stateDir, 'platform'),
      binDir: binDir(),
      profile: 'test',
      configFile: settings,
      async gatewayApiUrl(url) {
        const { hostname, port } = new URL(url);
        gatewayApi = await startTcpProxy({
          host: hostname,
          port: Number(port),
        });
        undo.push(gatewayApi.close);
        return `https://127.0.0.1:${gatewayApi.port}`;
      },
    });
    undo.push(platform.stop);
    const probes = await startHandshakeRecorder({
      host: platform.gateway.address,
      port: platform.gateway.httpsPort,
    });
    undo.push(probes.proxy.close);
    const dns = await startDnsServer();
    undo.push(dns.close);
    const world = await startOn(platform, {
      logFile: join(stateDir, 'backend.log'),
      settings,
      networking: {
        probe: {
          address: `127.0.0.1:${probes.proxy.port}`,
          resolver: dns.address,
        },
      },
      database: database.config,
      // The one of the tests runs each task once.
      features: () => [schedulerServiceFactory],
    });
    undo.push(world.stop);
    return withTls(world, {
      query: database.query,
      dns,
      gatewayApi: gatewayApi!,
      probes,
      stop: stopAll,
    });
  } catch (error) {
    await stopAll();
    throw error;
  }
}

function withTls(
  world: World,
  options: Pick<TlsWorld, 'gatewayApi' | 'probes' | 'dns' | 'stop'> & {
    query: Database['query'];
  },
): TlsWorld {
  const { query, ...own } = options;
  const { admin, platform } = world;
  const certManager = certManagerOf(admin);
  const { gateway } = platform.settings;
  const gatewayPath = `${ROUTES}/namespaces/${gateway.namespace}/gateways/${gateway.name}`;

  const at: Named = { namespace: gateway.namespace, name: gateway.name };
  const applyListeners = (label: string, listeners?: Listener[]) =>
    admin.apply(
      gatewayPath,
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'Gateway',
        metadata: at,
        spec: {
          gatewayClassName: gateway.class,
          ...(listeners && { listeners }),
        },
      } as Gateway,
      // One for each label, so that each keeps what it applied and nothing of the others.
      { fieldManager: `test-${label}` },
    );

  const read = (label: string) =>
    world
      .as(SAM)
      .getExposure({ cluster: CLUSTER, namespace: 'shop', name: label });

  const tls: Omit<TlsWorld, keyof World> & Pick<World, 'stop'> = {
    ...own,
    certManager,
    edge: gateway.namespace,

    async expose(
      label,
      { host = world.hostOf(label), secret = secretNameOf(label) } = {},
    ) {
      await applyListeners(label, [
        {
          name: label,
          port: gateway.httpsPort,
          protocol: 'HTTPS',
          hostname: host,
          allowedRoutes: { namespaces: { from: 'All' } },
          tls: {
            mode: 'Terminate',
            certificateRefs: [{ group: '', kind: 'Secret', name: secret }],
          },
        },
      ]);
      const route: HttpRoute = {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: {
          name: label,
          namespace: 'shop',
          labels: { [KUBERNETES_ID]: 'shop' },
        },
        spec: {
          parentRefs: [{ ...at, sectionName: label }],
          hostnames: [host],
          rules: [{ backendRefs: [{ name: 'shop', port: 8080 }] }],
        },
      };
      await admin.apply(routePath('shop', label), route as KubernetesObject, {
        fieldManager: 'integration-test',
        force: true,
      });
      return host;
    },
    async conceal(label) {
      await admin.remove(routePath('shop', label));
      await applyListeners(label, undefined);
    },

    async kept(certificate) {
      const { metadata } = await certManager.get(certificate);
      await waitFor(`what was issued for ${certificate.name} to be kept`, () =>
        query(table =>
          table('certificates').where({ uid: metadata.uid }).first(),
        ),
      );
    },
    servedSerial: host =>
      servedSerial({
        address: platform.gateway.address,
        port: platform.gateway.httpsPort,
        host,
      }),

    read,
    readUntil: (label, what, holds) =>
      waitFor(
        `${label} to be ${what}`,
        async () => {
          const exposure = await read(label);
          if (holds(exposure)) return exposure;
          const { verdict, tls: seen } = exposure;
          throw new Error(
            `it is ${verdict.word} ${verdict.finding.reason} (${verdict.finding.message}), TLS ${seen.word} ${seen.finding.reason} (${seen.finding.message})`,
          );
        },
        { boundMs: 90_000, intervalMs: 250 },
      ),
  };
  return Object.defineProperties(
    tls,
    Object.fromEntries(
      Object.entries(Object.getOwnPropertyDescriptors(world)).filter(
        ([name]) => !(name in tls),
      ),
    ),
  ) as TlsWorld;
}
