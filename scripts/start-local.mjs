/**
 * `npm start` on the local platform.
 */
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { describeStop, startBackstage } from './backstage.mjs';
import { profileFolders, root } from './checkout.mjs';
import { exposeDocs } from './exposure-demo.mjs';
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

/**
 * @param {Parameters<Parameters<typeof import('./lifecycle.mjs').launch>[0]>[0]} launcher
 * @param {{ port: number }} options
 */
export async function startLocalPlatform(launcher, { port }) {
  const { processes, progress } = launcher;
  const folders = profileFolders('start');
  requireNode();
  requireLinux();
  requireWritable();
  requireTools(['setpriv', 'npm', 'tar']);
  takeProfile('start');
  const checkPorts = () =>
    requireFreePorts([
      {
        port,
        use: 'Backstage',
        remedy: 'choose another port with `npm start -- --port N`',
      },
      ...gatewayListeners(),
    ]);
  await checkPorts();

  const { nodeHome, binDir } = await setUp({
    processes,
    progress,
    logs: folders.logs,
  });
  // Setting up can take a quarter of an hour, in which others may have come.
  await checkPorts();

  const platform = await startPlatform({
    nodeHome,
    processes,
    progress,
    binDir,
    stateDir: folders.platform,
    logFile: join(folders.logs, 'platform.log'),
  });
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
      NETWORKING_STATE_DIR: folders.dir,
      NETWORKING_LOCAL_API_URL: platform.apiServer.url,
      NETWORKING_LOCAL_CA_FILE: platform.apiServer.caFile,
      NETWORKING_LOCAL_TOKEN: platform.backendToken,
    },
    databaseFolder: join(folders.dir, 'database'),
    logFile: join(folders.logs, 'backstage.log'),
  });
  const shown = await exposeDocs({ baseUrl, progress });
  const caFile = join(folders.dir, 'ca.crt');
  writeFileSync(caFile, shown.ca);

  launcher.interruptible();
  progress.line(describeResult({ ...shown, baseUrl, caFile }));
  throw await Promise.race([
    describeStop(platform.process),
    describeStop(backstage),
  ]);
}

export function describeResult({
  baseUrl,
  url,
  status,
  firstLine,
  signer,
  caFile,
}) {
  const file = relative(process.cwd(), caFile);
  return `
  ${url} answered ${status}: ${firstLine}
  Its certificate was verified by the CA ${signer.name}, SHA-256 ${signer.sha256}

  Open ${baseUrl}

  Try next
  · fetch it yourself:
      curl --cacert ${file} --resolve ${url.hostname}:${url.port}:127.0.0.1 ${url}
  · sign in as Sam (developer of shop and docs), open the component shop and expose it on its Networking tab
  · sign in as Pat (developer of payments) and see that shop cannot be changed
  · sign in as Alex (platform admin) and open Networking in the sidebar

  Ctrl-C stops everything. \`npm run reset\` empties .local, where all state lies.
`;
}
