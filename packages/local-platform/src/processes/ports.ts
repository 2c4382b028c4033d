import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';

/** A port is taken; the message is one sentence with the remedy. */
export class PortInUseError extends Error {
  override name = 'PortInUseError';
}

/** A port that the platform needs, and the words for it. */
export interface WantedPort {
  host: string;
  port: number;
  /** `the gateway's HTTPS listener` */
  use: string;
  /** A second way out beside stopping the program: `set https_port in [gateway] of config.toml`. */
  otherwise?: string;
}

/** Inodes of the sockets that listen on a port, from the text of /proc/net/tcp or tcp6 (state 0A is LISTEN). */
export function listeningInodes(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table
    .split('\n')
    .slice(1)
    .map(row => row.trim().split(/\s+/))
    .filter(([, local, , state]) => state === '0A' && local.endsWith(suffix))
    .map(fields => fields[9]);
}

function readOr<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/** The program that listens on a port, where the kernel lets this user see it. */
export function holderOf(
  port: number,
): { pid: number; name: string } | undefined {
  const sockets = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6']
      .flatMap(table =>
        listeningInodes(
          readOr(() => readFileSync(table, 'utf8'), ''),
          port,
        ),
      )
      .map(inode => `socket:[${inode}]`),
  );
  if (sockets.size === 0) return undefined;
  for (const pid of readOr(() => readdirSync('/proc'), [])) {
    if (!/^\d+$/.test(pid)) continue;
    for (const fd of readOr(() => readdirSync(`/proc/${pid}/fd`), [])) {
      if (
        sockets.has(readOr(() => readlinkSync(`/proc/${pid}/fd/${fd}`), ''))
      ) {
        const name = readOr(
          () => readFileSync(`/proc/${pid}/comm`, 'utf8'),
          '',
        );
        return { pid: Number(pid), name: name.trim() };
      }
    }
  }
  return undefined;
}

const tryListen = (host: string, port: number) =>
  new Promise<{ port: number } | { code: string }>(resolve => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ code: error.code ?? error.message }),
    );
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() =>
        resolve({ port: typeof address === 'object' ? address!.port : port }),
      );
    });
  });

/**
 * Checks that ports can be had, before anything starts.
 * @throws PortInUseError for the first that cannot
 */
export async function requireFreePorts(wanted: readonly WantedPort[]) {
  for (const { host, port, use, otherwise } of wanted) {
    const result = await tryListen(host, port);
    if ('port' in result) continue;
    const or = otherwise ? `, or ${otherwise}` : '';
    if (result.code === 'EACCES') {
      throw new PortInUseError(
        `Port ${port}, which is for ${use}, is not open to this user: let users have it (sysctl net.ipv4.ip_unprivileged_port_start)${or}.`,
      );
    }
    if (result.code !== 'EADDRINUSE') {
      throw new PortInUseError(
        `Nothing can listen on ${host}:${port}, which is for ${use} (${result.code}): make the loopback range available${or}.`,
      );
    }
    const holder = holderOf(port);
    throw new PortInUseError(
      `Port ${port}, which is for ${use}, is in use by ${
        holder ? `${holder.name} (process ${holder.pid})` : 'another program'
      }: stop it${or}.`,
    );
  }
}

/** Below what Linux gives out by itself (net.ipv4.ip_local_port_range, from 32768), and below node ports (from 30000). */
const CHOSEN_FROM = 20_000;
const CHOSEN_TO = 30_000;
const TRIES = 100;

/**
 * A port of 127.0.0.1 that nobody listens on, from 20000 to 29999. It is not held. By Linux's defaults the kernel gives none of
 * these to a connection, nor to who asks for any port: only a program that asks for this very number can take it before it is
 * used.
 *
 * @throws PortInUseError where none is found
 * @public
 */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < TRIES; tried++) {
    const port = randomInt(CHOSEN_FROM, CHOSEN_TO);
    if ('port' in (await tryListen('127.0.0.1', port))) return port;
  }
  throw new PortInUseError(
    `Of the ports from ${CHOSEN_FROM} to ${
      CHOSEN_TO - 1
    } of 127.0.0.1, ${TRIES} were tried and none is free: end programs that hold many.`,
  );
}
