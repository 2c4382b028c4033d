/**
 * What a start on the local platform needs before it begins: Node 24, the packages, the servers of the local platform and
 * the app. The servers are built while the packages are installed; each is made once for its inputs.
 */
import { join } from 'node:path';

import { buildApp } from './app-build.mjs';
import { buildCilium, buildServers } from './go-build.mjs';
import { provideNode } from './node24.mjs';
import { installPackages } from './yarn.mjs';

/**
 * @param {{
 *   processes: import('./processes.mjs').Processes,
 *   progress: ReturnType<typeof import('./progress.mjs').createProgress>,
 *   logs: string,
 *   gateway?: 'traefik' | 'cilium',
 * }} options
 * @returns {Promise<{ nodeHome: string, binDir: string, ciliumDir?: string }>} `binDir` holds the servers
 */
export async function setUp({ processes, progress, logs, gateway }) {
  const log = name => join(logs, `${name}.log`);
  const nodeHome = await provideNode({ processes, progress });
  const tools = { nodeHome, processes, progress };
  const packagesAndApp = async () => {
    await installPackages({ ...tools, logFile: log('yarn-install') });
    await buildApp({ ...tools, logFile: log('app-build') });
  };
  const programs = async () => {
    const binDir = await buildServers({ ...tools, logFile: log('go-build') });
    if (gateway !== 'cilium') return { binDir };
    const logFile = log('go-build-cilium');
    return { binDir, ciliumDir: await buildCilium({ ...tools, logFile }) };
  };
  const [built] = await Promise.all([programs(), packagesAndApp()]);
  return { nodeHome, ...built };
}
