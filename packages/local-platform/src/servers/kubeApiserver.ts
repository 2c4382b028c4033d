import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KubeClient } from '../kube';
import { startProcess } from '../processes/serverProcess';
import type { ServerProcess } from '../processes/serverProcess';
import { waitUntil } from '../processes/waiting';
import { AUDIT_POLICY } from './auditPolicy';
import type { Launch } from './launch';
import type { StatePaths } from './state';

/** Arguments of kube-apiserver. */
export function kubeApiserverArgs(options: {
  paths: StatePaths;
  port: number;
  serviceRange: string;
}): string[] {
  const { paths, port, serviceRange } = options;
  return [
    `--etcd-servers=unix://${paths.etcdSocket}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${paths.apiServerCerts}`,
    `--token-auth-file=${paths.tokenFile}`,
    '--authorization-mode=RBAC',
    `--service-account-key-file=${paths.serviceAccountPublicKey}`,
    `--service-account-signing-key-file=${paths.serviceAccountKey}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    // It would wait for a controller that is not run, and no pod is.
    '--disable-admission-plugins=ServiceAccount',
    '--endpoint-reconciler-type=none',
    // Inside loopback, where any process can listen: a Service is answered by the process on its ClusterIP.
    `--service-cluster-ip-range=${serviceRange}`,
    `--audit-policy-file=${paths.auditPolicy}`,
    `--audit-log-path=${paths.auditLog}`,
    '--audit-log-maxsize=100',
    '--audit-log-maxbackup=1',
    '--profiling=false',
  ];
}

/** An API server that answers, with an administrator's client of it. */
export interface ApiServer {
  process: ServerProcess;
  url: string;
  caFile: string;
  admin: KubeClient;
}

/** Starts kube-apiserver and waits until it says that it is ready. */
export async function startKubeApiserver(
  launch: Launch,
  options: { adminToken: string; port: number; serviceRange: string },
): Promise<ApiServer> {
  const { binDir, paths, deadlineMs, signal: ended } = launch;
  const { adminToken, port, serviceRange } = options;
  await writeFile(paths.auditPolicy, JSON.stringify(AUDIT_POLICY));
  const server = await startProcess({
    name: 'kube-apiserver',
    command: join(binDir, 'kube-apiserver'),
    args: kubeApiserverArgs({ paths, port, serviceRange }),
    logFile: paths.logFile('kube-apiserver'),
    graceMs: 10_000,
  });
  launch.own(server);
  const url = `https://127.0.0.1:${port}`;
  let client: KubeClient | undefined;
  const admin = await waitUntil({
    what: "The API server's answer to /readyz",
    servers: [server],
    deadlineMs,
    signal: ended,
    check: async signal => {
      // The certificate is made by the server's first start.
      const ca = await readFile(paths.apiServerCa, 'utf8');
      client ??= new KubeClient({ url, token: adminToken, ca });
      await client.request({ path: '/readyz', signal });
      return { ready: true, value: client };
    },
  }).catch(error => {
    client?.close();
    throw error;
  });
  return { process: server, url, caFile: paths.apiServerCa, admin };
}
