/**
 * `npm start` on the local platform.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describeStop, startBackstage } from './backstage.mjs';
import { profileFolders, root } from './checkout.mjs';
import { acceptDocs, exposeDocs } from './exposure-demo.mjs';
import { takeProfile } from './lock.mjs';
import { startPlatform } from './platform.mjs';
import { gatewayListeners, requireFreePorts } from './ports.mjs';
import {
  requireLinux,
  requireNode,
  requireTools,
  requireWritable,
} from './preflight.mjs';
import { setUp } from './setup.mjs';
import { describeAccepted, describeResult } from './start-summary.mjs';

/** Each gateway keeps a cluster of its own: what one wrote into it is nothing to the other. */
const GATEWAYS = {
  traefik: {
    profile: 'start',
    config: 'config.toml',
    listeners: gatewayListeners,
    show: exposeDocs,
    describe: describeResult,
  },
  cilium: {
    profile: 'start-cilium',
    config: 'config.cilium.toml',
    notice:
      "The gateway is Cilium's without its data plane: its controllers judge every route, and nothing answers at any URL. The first build of these controllers takes about four minutes on two cores.",
    listeners: () => [],
    show: acceptDocs,
    describe: describeAccepted,
  },
};

/**
 * @param {Parameters<Parameters<typeof import('./lifecycle.mjs').launch>[0]>[0]} launcher
 * @param {{ port: number, gateway: 'traefik' | 'cilium' }} options
 */
export async function startLocalPlatform(launcher, { port, gateway }) {
  const { processes, progress } = launcher;
  const { profile, config, notice, listeners, show, describe } =
    GATEWAYS[gateway];
  const folders = profileFolders(profile);
  requireNode();
  requireLinux();
  requireWritable();
  requireTools(['setpriv', 'npm', 'tar']);
  takeProfile(profile);
  // What an earlier start wrote need not verify what this one serves.
  const caFile = join(folders.dir, 'ca.crt');
  rmSync(caFile, { force: true });
  const checkPorts = () =>
    requireFreePorts([
      {
        port,
        use: 'Backstage',
        remedy: 'choose another port with `npm start -- --port N`',
      },
      ...listeners(),
    ]);
  await checkPorts();
  if (notice) {
    progress.line(notice);
  }

  const { nodeHome, binDir, ciliumDir } = await setUp({
    processes,
    progress,
    logs: folders.logs,
    gateway,
  });
  // Setting up can take a quarter of an hour, in which others may have come.
  await checkPorts();

  const platform = await startPlatform({
    nodeHome,
    processes,
    progress,
    binDir,
    ciliumDir,
    configFile: join(root, config),
    stateDir: folders.platform,
    logFile: join(folders.logs, 'platform.log'),
  });
  const logFile = join(folders.logs, 'backstage.log');
  const baseUrl = `http://127.0.0.1:${port}`;
  const backstage = await startBackstage({
    nodeHome,
    processes,
    progress,
    baseUrl,
    configFiles: ['app-config.yaml', 'app-config.local-platform.yaml'].map(
      file => join(root, file),
    ),
    env: {
      NETWORKING_ROOT: root,
      NETWORKING_PORT: String(port),
      NETWORKING_CONFIG: config,
      NETWORKING_STATE_DIR: folders.dir,
      NETWORKING_LOCAL_API_URL: platform.apiServer.url,
      NETWORKING_LOCAL_CA_FILE: platform.apiServer.caFile,
      NETWORKING_LOCAL_TOKEN: platform.backendToken,
    },
    databaseFolder: join(folders.dir, 'database'),
    logFile,
  });
  const stopped = Promise.race([
    describeStop(platform.process),
    describeStop(backstage),
  ]).then(failure => {
    throw failure;
  });
  const shown = await Promise.race([
    show({ baseUrl, progress, logFile }),
    stopped,
  ]);
  if (shown.ca.pem) {
    writeFileSync(caFile, shown.ca.pem);
  }

  launcher.interruptible();
  progress.line(
    describe({
      ...shown,
      baseUrl,
      caFile,
      kubeconfigFile: join(folders.platform, 'kubeconfig', 'admin.json'),
    }),
  );
  return stopped;
}
