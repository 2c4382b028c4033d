import { request } from 'node:http';
import { join } from 'node:path';
import { startProcess } from '../processes/serverProcess';
import type { ServerProcess } from '../processes/serverProcess';
import { waitUntil } from '../processes/waiting';
import type { Launch } from './launch';
import type { StatePaths } from './state';

/**
 * Arguments of etcd. It listens on sockets in the state folder, which only this user can open: etcd knows no users here,
 * and on a port everybody on this machine could read every Secret.
 * @param durable - false skips fsync: quicker, and a crash of the machine may lose the data
 */
export function etcdArgs(paths: StatePaths, durable: boolean): string[] {
  const client = `unix://${paths.etcdSocket}`;
  const peer = `unix://${paths.peerSocket}`;
  return [
    '--name=local',
    `--data-dir=${paths.etcdData}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=local=${peer}`,
    '--log-level=warn',
    ...(durable ? [] : ['--unsafe-no-fsync']),
  ];
}

const health = (socketPath: string, signal: AbortSignal) =>
  new Promise<string>((resolve, reject) => {
    const call = request(
      { socketPath, path: '/health', signal, timeout: 2000 },
      response => {
        let text = '';
        response.setEncoding('utf8').on('data', chunk => (text += chunk));
        response.on('end', () => resolve(text));
        response.on('error', reject);
      },
    );
    call.on('timeout', () => call.destroy(new Error('no answer')));
    call.on('error', reject).end();
  });

/** Starts etcd and waits until it answers. */
export async function startEtcd(
  launch: Launch,
  durable: boolean,
): Promise<ServerProcess> {
  const { binDir, paths, deadlineMs, signal: ended } = launch;
  const etcd = await startProcess({
    name: 'etcd',
    command: join(binDir, 'etcd'),
    args: etcdArgs(paths, durable),
    logFile: paths.logFile('etcd'),
  });
  launch.own(etcd);
  await waitUntil({
    what: 'etcd',
    servers: [etcd],
    deadlineMs,
    intervalMs: 50,
    signal: ended,
    check: async signal => {
      const text = await health(paths.etcdSocket, signal);
      return /"health":\s*"true"/.test(text)
        ? { ready: true, value: undefined }
        : { ready: false, because: `it reports ${text.trim()}` };
    },
  });
  return etcd;
}
