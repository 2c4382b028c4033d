import {
  createHash,
  generateKeyPairSync,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, readStat } from '../processes/procfs';

/** The state folder cannot be used; the message is one sentence with the remedy. */
export class StateError extends Error {
  override name = 'StateError';
}

/** Users of the API server, each with a token of its own, so that the audit log tells them apart. */
export const USERS = {
  admin: 'local-platform:admin',
  controllers: 'local-platform:controller-manager',
  certManager: 'local-platform:cert-manager',
  gateway: 'local-platform:gateway',
} as const;

/** @public */
export type PlatformUser = keyof typeof USERS;

/** Where things lie in the state folder. */
export interface StatePaths {
  dir: string;
  etcdData: string;
  etcdSocket: string;
  peerSocket: string;
  apiServerCerts: string;
  /** The certificate that the API server signs itself, with the CA that it made for it. */
  apiServerCa: string;
  tokenFile: string;
  auditPolicy: string;
  auditLog: string;
  serviceAccountKey: string;
  serviceAccountPublicKey: string;
  gatewayDir: string;
  logFile(name: string): string;
  kubeconfig(user: PlatformUser): string;
}

/** Everything that is made once and kept in the state folder. */
export interface PlatformState {
  paths: StatePaths;
  tokens: Record<PlatformUser, string>;
  release(): Promise<void>;
}

/** sun_path holds 108 bytes with its closing zero (unix(7)). */
const SOCKET_PATH_LIMIT = 107;

/** Sockets lie in the state folder, or, where its path is too long for a socket, under the folder for temporary files. */
function socketDir(dir: string): string {
  if (Buffer.byteLength(join(dir, 'client.sock')) <= SOCKET_PATH_LIMIT) {
    return dir;
  }
  const hash = createHash('sha256').update(dir).digest('hex').slice(0, 12);
  return join(tmpdir(), `local-platform-${hash}`);
}

export function statePaths(dir: string): StatePaths {
  const at = (...parts: string[]) => join(dir, ...parts);
  const sockets = socketDir(at('etcd'));
  return {
    dir,
    etcdData: at('etcd', 'data'),
    etcdSocket: join(sockets, 'client.sock'),
    peerSocket: join(sockets, 'peer.sock'),
    apiServerCerts: at('apiserver'),
    apiServerCa: at('apiserver', 'apiserver.crt'),
    tokenFile: at('secrets', 'tokens.csv'),
    auditPolicy: at('audit', 'policy.json'),
    auditLog: at('audit', 'audit.log'),
    serviceAccountKey: at('secrets', 'service-account.key'),
    serviceAccountPublicKey: at('secrets', 'service-account.pub'),
    gatewayDir: at('gateway'),
    logFile: name => at('logs', `${name}.log`),
    kubeconfig: user => at('kubeconfig', `${user}.json`),
  };
}

const readIfThere = (file: string) =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });

/** One platform at a time: two etcd on one data folder, or two gateways on one port, end in confusing errors. */
async function takeLock(file: string, dir: string) {
  const holder = await readIfThere(file);
  if (holder) {
    const [pid, startTime] = holder.trim().split(' ');
    if (isAlive(Number(pid), startTime) && Number(pid) !== process.pid) {
      throw new StateError(
        `A local platform already runs on ${dir} (process ${pid}): stop it first.`,
      );
    }
  }
  const own = `${process.pid} ${readStat(process.pid)?.startTime}\n`;
  await writeFile(file, own, { mode: 0o600 });
}

async function keepTokens(file: string): Promise<Record<PlatformUser, string>> {
  const known = await readIfThere(file);
  const kept = new Map(
    known?.split('\n').map(row => {
      const [token, name] = row.split(',');
      return [name, token] as const;
    }),
  );
  const users = Object.entries(USERS) as [PlatformUser, string][];
  const tokens = Object.fromEntries(
    users.map(([user, name]) => [
      user,
      kept.get(name) ?? randomBytes(32).toString('base64url'),
    ]),
  ) as Record<PlatformUser, string>;
  const rows = users.map(
    ([user, name]) => `${tokens[user]},${name},${name},"system:masters"\n`,
  );
  await writeFile(file, rows.join(''), { mode: 0o600 });
  return tokens;
}

async function keepServiceAccountKeys(paths: StatePaths) {
  if (await readIfThere(paths.serviceAccountKey)) return;
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  await writeFile(paths.serviceAccountPublicKey, publicKey);
  await writeFile(paths.serviceAccountKey, privateKey, { mode: 0o600 });
}

const DAY_MS = 86_400_000;

/** The API server makes its certificate once, for a year, and serves it until then and after. */
async function dropOldCertificate(paths: StatePaths) {
  const pem = await readIfThere(paths.apiServerCa);
  if (pem === undefined) return;
  const validTo = Date.parse(new X509Certificate(pem).validTo);
  if (validTo - Date.now() < 30 * DAY_MS) {
    await rm(paths.apiServerCerts, { recursive: true });
    await mkdir(paths.apiServerCerts, { mode: 0o700 });
  }
}

/**
 * Opens the state folder: makes what is missing, keeps what is there, and locks it.
 * @throws StateError where it cannot be written, or another platform runs on it
 */
export async function openState(dir: string): Promise<PlatformState> {
  const paths = statePaths(dir);
  const lock = join(dir, 'lock');
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await chmod(dir, 0o700);
    await takeLock(lock, dir);
    for (const folder of [
      'audit',
      'etcd',
      'gateway',
      'kubeconfig',
      'logs',
      'secrets',
      'apiserver',
    ]) {
      await mkdir(join(dir, folder), { recursive: true, mode: 0o700 });
    }
    await mkdir(join(paths.etcdSocket, '..'), { recursive: true, mode: 0o700 });
    for (const socket of [paths.etcdSocket, paths.peerSocket]) {
      await rm(socket, { force: true });
    }
    await keepServiceAccountKeys(paths);
    await dropOldCertificate(paths);
    const tokens = await keepTokens(paths.tokenFile);
    return { paths, tokens, release: () => rm(lock, { force: true }) };
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall) {
      throw new StateError(
        `The state folder ${dir} cannot be used (${code}): make it a folder that this user can write.`,
      );
    }
    throw error;
  }
}
