import {
  FIELD_MANAGER,
  renderPlatform,
} from 'backstage-plugin-networking-common';
import type { ClusterSettings } from 'backstage-plugin-networking-common';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { checkHost } from './build/host';
import { gatewayFor } from './gateways';
import type { GatewayContext, GatewayProfile } from './gateways';
import { KubeClient } from './kube';
import { kubeconfig } from './kube/kubeconfig';
import {
  CONFIG_FILE,
  gatewayAddress,
  readLocalSettings,
} from './localSettings';
import { grantBackendAccess, SERVICE_ACCOUNT } from './platform/backendAccess';
import { applyCrds } from './platform/crds';
import { applyAll, readManifests } from './platform/objects';
import { provePlatform } from './platform/proof';
import { freePort, requireFreePorts } from './processes/ports';
import { serverError } from './processes/serverProcess';
import type { ServerProcess } from './processes/serverProcess';
import {
  startCertManager,
  startControllerManager,
} from './servers/controllers';
import { startEtcd } from './servers/etcd';
import { startKubeApiserver } from './servers/kubeApiserver';
import type { Launch } from './servers/launch';
import { openState, USERS } from './servers/state';
import type { PlatformState, PlatformUser } from './servers/state';
import { createShutdown } from './shutdown';
import type { Shutdown } from './shutdown';
import type { Platform, PlatformOptions } from './types';
import { DEMO_NAMESPACES, DEMO_PORT, renderNamespace } from './workloads/demo';
import { DemoWorkloads } from './workloads/workloads';

/** Deadline of each wait in milliseconds. A busy machine with two cores needs a tenth of it. */
const DEADLINE_MS = 180_000;

/** Loopback ranges for ClusterIPs, so that a test and a start with each gateway can run at once. */
const SERVICE_RANGES = {
  start: { range: '127.77.0.0/16', probe: '127.77.255.254' },
  test: { range: '127.78.0.0/16', probe: '127.78.255.254' },
  startWithoutTraffic: { range: '127.79.0.0/16', probe: '127.79.255.254' },
} as const;

const RBAC_FOLDER = resolve(
  // eslint-disable-next-line no-restricted-syntax -- runs from its sources only
  __dirname,
  '../../../plugins/networking-backend/rbac',
);

const STEPS = 5;

async function writeKubeconfigs(
  state: PlatformState,
  urlOf: (user: PlatformUser) => string,
) {
  const { paths, tokens } = state;
  for (const user of Object.keys(USERS) as PlatformUser[]) {
    const text = kubeconfig({
      url: urlOf(user),
      caFile: paths.apiServerCa,
      token: tokens[user],
    });
    await writeFile(paths.kubeconfig(user), text, { mode: 0o600 });
  }
}

/** The namespaces of the platform, and those of the demo with the groups that own them. */
function applyNamespaces(admin: KubeClient, settings: ClusterSettings) {
  const plain = [
    settings.gateway.namespace,
    settings.certificates.clusterResourceNamespace,
    SERVICE_ACCOUNT.namespace,
  ];
  return applyAll(admin, [
    ...[...new Set(plain)].map(name => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    })),
    ...DEMO_NAMESPACES.map(renderNamespace),
  ]);
}

/**
 * Runs steps side by side to the end of each, so that none goes on starting servers while the others are being stopped.
 * The first error ends the others' waiting and is thrown.
 */
async function together<T extends readonly unknown[]>(
  failed: AbortController,
  steps: { [K in keyof T]: Promise<T[K]> },
): Promise<T> {
  const errors: unknown[] = [];
  const results = await Promise.allSettled(
    steps.map(step =>
      (step as Promise<unknown>).catch(error => {
        errors.push(error);
        failed.abort();
        throw error;
      }),
    ),
  );
  if (errors.length > 0) throw errors[0];
  return results.map(
    result => (result as PromiseFulfilledResult<unknown>).value,
  ) as unknown as T;
}

/** One Gateway of the platform, and what runs it. */
interface PlatformGateway {
  gateway: GatewayProfile;
  settings: ClusterSettings;
  address: string;
  /** Folder with its program and its kinds. */
  binDir: string;
  processName: string;
}

/** What a further Gateway needs; certificates and the rest are those of the first. */
const renderBeside = (settings: ClusterSettings) =>
  renderPlatform(settings).filter(({ kind }) =>
    ['CiliumGatewayClassConfig', 'GatewayClass', 'Gateway'].includes(kind),
  );

/** Checks everything that can be known before anything starts. */
async function check(options: PlatformOptions) {
  const { profile = 'start', configFile, apiServerPort } = options;
  await checkHost();
  const settings =
    options.settings ?? (await readLocalSettings(configFile ?? CONFIG_FILE));
  const gateways = [settings, ...(options.besides ?? [])].map(
    (each, index): PlatformGateway => {
      const gateway = gatewayFor(each);
      return {
        gateway,
        settings: each,
        address: gatewayAddress(each),
        binDir: resolve(gateway.programs(options)),
        processName: index === 0 ? 'gateway' : `gateway-${gateway.name}`,
      };
    },
  );
  const services =
    SERVICE_RANGES[
      profile === 'start' && !gateways[0].gateway.carriesTraffic
        ? 'startWithoutTraffic'
        : profile
    ];
  await requireFreePorts([
    ...gateways.flatMap(each =>
      each.gateway.ports(each.settings, each.address),
    ),
    { host: services.probe, port: DEMO_PORT, use: 'the demo services' },
    ...(apiServerPort
      ? [{ host: '127.0.0.1', port: apiServerPort, use: 'the API server' }]
      : []),
  ]);
  return { profile, gateways, serviceRange: services.range };
}

/**
 * Starts the local platform: a real API server with cert-manager and a Gateway on loopback, the platform's objects, the
 * demo services, and the backend's service account. Resolves when the gateway answers with a certificate that verifies or,
 * where it carries no traffic, when its controllers report everything in order. Where a step fails, what was started is
 * stopped again.
 *
 * @throws HostError not Linux, or util-linux is missing
 * @throws InputError the settings do not fit the local platform
 * @throws StateError the state folder cannot be used
 * @throws PortInUseError a port is taken
 * @throws ServerError a server ended or did not become ready
 * @public
 */
export async function startPlatform(
  options: PlatformOptions,
): Promise<Platform> {
  const began = Date.now();
  const checked = await check(options);
  const state = await openState(resolve(options.stateDir));
  const shutdown = createShutdown();
  shutdown.add(state.release);
  let done = 0;
  const step = (what: string) => {
    done += 1;
    const elapsedMs = Date.now() - began;
    options.onProgress?.({ what, done, of: STEPS, elapsedMs });
  };
  try {
    return await run({ options, ...checked, state, shutdown, step });
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

async function startGateways(
  gateways: readonly PlatformGateway[],
  admin: KubeClient,
  { paths, own }: Launch,
  apiServer: GatewayContext['apiServer'],
): Promise<void> {
  for (const { gateway, processName, ...rest } of gateways) {
    const dir = join(paths.gatewayDir, gateway.name);
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await gateway.prepare?.(admin);
    own(
      await gateway.start({
        ...rest,
        processName,
        dir,
        logFile: paths.logFile(processName),
        apiServer,
      }),
    );
  }
}

async function run(
  context: Awaited<ReturnType<typeof check>> & {
    options: PlatformOptions;
    state: PlatformState;
    shutdown: Shutdown;
    step: (what: string) => void;
  },
): Promise<Platform> {
  const { options, profile, gateways } = context;
  const [{ settings, gateway, address }] = gateways;
  const { state, shutdown, step } = context;
  const { paths, tokens } = state;
  const { clusterResourceNamespace } = settings.certificates;
  const failed = new AbortController();
  const servers: ServerProcess[] = [];
  const launch: Launch = {
    binDir: resolve(options.binDir),
    paths,
    own(server) {
      servers.push(server);
      shutdown.addServer(server);
    },
    deadlineMs: DEADLINE_MS,
    signal: options.signal
      ? AbortSignal.any([options.signal, failed.signal])
      : failed.signal,
  };
  const { binDir, deadlineMs, signal } = launch;
  if (profile === 'test') {
    await rm(paths.etcdData, { recursive: true, force: true });
    await rm(paths.auditLog, { force: true });
  }

  step('Starting etcd');
  await startEtcd(launch, profile === 'start');

  step('Starting the API server');
  const apiServerOptions = {
    adminToken: tokens.admin,
    port: options.apiServerPort ?? (await freePort()),
    serviceRange: context.serviceRange,
  };
  let apiServer = await startKubeApiserver(launch, apiServerOptions);
  const { admin, url } = apiServer;
  shutdown.add(async () => admin.close());
  const gatewayUrl = (await options.gatewayApiUrl?.(url)) ?? url;
  await writeKubeconfigs(state, user =>
    user === 'gateway' ? gatewayUrl : url,
  );

  step('Applying the kinds of objects and the namespaces');
  await together(failed, [
    startControllerManager(launch, await freePort()),
    applyNamespaces(admin, settings),
    applyCrds({
      admin,
      manifests: (
        await Promise.all(
          [...new Set([binDir, ...gateways.map(each => each.binDir)])].map(
            folder => readManifests(join(folder, 'crds')),
          ),
        )
      ).flat(),
      apiServer: apiServer.process,
      deadlineMs,
      signal,
    }),
  ]);

  step(
    `Starting cert-manager, the gateway (${gateways
      .map(each => each.gateway.name)
      .join(', ')}) and the demo services`,
  );
  const objects = [
    ...renderPlatform(settings),
    ...(options.besides ?? []).flatMap(renderBeside),
  ];
  const workloads = new DemoWorkloads({
    admin,
    paths,
    onTrouble: line => options.logger?.(line),
  });
  shutdown.add(() => workloads.close());
  await startCertManager(launch, clusterResourceNamespace);
  const [, backendToken] = await together<[void, string, void, void]>(failed, [
    applyAll(admin, objects, FIELD_MANAGER),
    grantBackendAccess(
      admin,
      await readManifests(RBAC_FOLDER),
      DEMO_NAMESPACES.map(({ name }) => name),
    ),
    workloads.startAll(),
    startGateways(gateways, admin, launch, {
      url: gatewayUrl,
      caFile: paths.apiServerCa,
      token: tokens.gateway,
      kubeconfig: paths.kubeconfig('gateway'),
    }),
  ]);

  step('Waiting for the certificate and the gateway');
  const caFile = join(paths.dir, 'gateway-ca.crt');
  const ca = await provePlatform({
    admin,
    objects,
    settings,
    address,
    carriesTraffic: gateway.carriesTraffic,
    servers,
    deadlineMs,
    signal,
  });
  await writeFile(caFile, ca);

  const replaced = new Set<ServerProcess>();
  const watchOver = (server: ServerProcess) =>
    void server.exited.then(how => {
      if (shutdown.begun || replaced.has(server)) return;
      options.onFailure?.(serverError(server, `ended with ${how}`));
    });
  servers.forEach(watchOver);
  return {
    apiServer: { url, caFile: paths.apiServerCa, adminToken: tokens.admin },
    kubeconfigFile: paths.kubeconfig('admin'),
    auditLogFile: paths.auditLog,
    settings,
    gateway: {
      name: gateway.name,
      carriesTraffic: gateway.carriesTraffic,
      address,
      httpPort: settings.gateway.httpPort,
      httpsPort: settings.gateway.httpsPort,
      caFile,
    },
    backendToken,
    admin,
    workloads,
    servers: () =>
      servers
        .filter(server => server.running)
        .map(({ name, pid, logFile }) => ({ name, pid, logFile })),
    async restartApiServer(meanwhile) {
      const { process } = apiServer;
      replaced.add(process);
      await process.stop();
      await meanwhile?.(paths.etcdSocket);
      apiServer = await startKubeApiserver(launch, apiServerOptions);
      // The administrator's client of before goes on.
      apiServer.admin.close();
      watchOver(apiServer.process);
    },
    stop: () => shutdown.run(),
  };
}
