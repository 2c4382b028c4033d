import { request } from 'node:https';
import { join } from 'node:path';
import { startProcess } from '../processes/serverProcess';
import type { ServerProcess } from '../processes/serverProcess';
import { waitUntil } from '../processes/waiting';
import type { Launch } from './launch';

/** Controllers of Kubernetes that the platform needs: deleting a namespace or an owner has to come to an end. */
const CONTROLLERS = [
  'namespace-controller',
  'garbage-collector-controller',
] as const;

/** Arguments of kube-controller-manager. */
export function controllerManagerArgs(
  kubeconfig: string,
  port: number,
  certDir: string,
): string[] {
  return [
    `--controllers=${CONTROLLERS.join(',')}`,
    `--kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${certDir}`,
    '--profiling=false',
  ];
}

/** Status of a health endpoint. It tells nothing that a wrong certificate could make harmful. */
const healthStatus = (port: number, signal: AbortSignal) =>
  new Promise<number>((resolve, reject) => {
    const call = request(
      {
        host: '127.0.0.1',
        port,
        path: '/healthz',
        rejectUnauthorized: false,
        signal,
        timeout: 2000,
      },
      response => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    call.on('timeout', () => call.destroy(new Error('no answer')));
    call.on('error', reject).end();
  });

/** Starts kube-controller-manager and waits until it is healthy. */
export async function startControllerManager(
  launch: Launch,
  port: number,
): Promise<ServerProcess> {
  const { binDir, paths, deadlineMs, signal: ended } = launch;
  const server = await startProcess({
    name: 'kube-controller-manager',
    command: join(binDir, 'kube-controller-manager'),
    args: controllerManagerArgs(
      paths.kubeconfig('controllers'),
      port,
      join(paths.dir, 'controllers'),
    ),
    logFile: paths.logFile('kube-controller-manager'),
  });
  launch.own(server);
  await waitUntil({
    what: "kube-controller-manager's answer to /healthz",
    servers: [server],
    deadlineMs,
    signal: ended,
    check: async signal => {
      const status = await healthStatus(port, signal);
      return status === 200
        ? { ready: true, value: undefined }
        : { ready: false, because: `it answers ${status}` };
    },
  });
  return server;
}

/** Starts cert-manager's controllers; that they work shows in the certificates. */
export async function startCertManager(
  launch: Launch,
  clusterResourceNamespace: string,
): Promise<ServerProcess> {
  const { binDir, paths } = launch;
  const server = await startProcess({
    name: 'cert-manager',
    command: join(binDir, 'certmanager'),
    args: [
      `-kubeconfig=${paths.kubeconfig('certManager')}`,
      `-cluster-resource-namespace=${clusterResourceNamespace}`,
    ],
    logFile: paths.logFile('cert-manager'),
  });
  launch.own(server);
  return server;
}
