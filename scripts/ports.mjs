/**
 * Whether a port of loopback can be had and, where it cannot, which program holds it.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';

import { root } from './checkout.mjs';
import { Failure } from './failure.mjs';

/** The state LISTEN in /proc/net/tcp. */
const LISTEN = '0A';

/** 127.0.0.1 or every address, as /proc/net/tcp and tcp6 write them on a little-endian machine. */
const LOOPBACK_OR_ANY = /^(0100007F|0{8}|0{32}|0{16}FFFF00000100007F):/;

/** @returns {Promise<boolean>} */
export function isFree(port, host = '127.0.0.1') {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', error =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen({ port, host, exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

/**
 * The program that listens on a port, where Linux lets this user see it.
 *
 * @returns {{ pid: number, name: string } | undefined}
 */
export function holderOf(port) {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const inodes = new Set();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const row of readText(table).split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = row.trim().split(/\s+/);
      if (
        state === LISTEN &&
        local.endsWith(wanted) &&
        LOOPBACK_OR_ANY.test(local)
      ) {
        inodes.add(`socket:[${inode}]`);
      }
    }
  }
  if (inodes.size === 0) {
    return undefined;
  }
  for (const pid of readNames('/proc').filter(name => /^\d+$/.test(name))) {
    for (const fd of readNames(`/proc/${pid}/fd`)) {
      try {
        if (inodes.has(readlinkSync(`/proc/${pid}/fd/${fd}`))) {
          return {
            pid: Number(pid),
            name: basename(readlinkSync(`/proc/${pid}/exe`)),
          };
        }
      } catch {
        // The descriptor was closed between listing and reading it.
      }
    }
  }
  return undefined;
}

/**
 * @param {{ port: number, use: string, remedy?: string }[]} wanted `use`: what needs it; `remedy`: a second way out
 */
export async function requireFreePorts(wanted) {
  for (const { port, use, remedy } of wanted) {
    if (!(await isFree(port))) {
      const holder = holderOf(port);
      throw new Failure(
        `Port ${port} of 127.0.0.1, which is for ${use}, is in use by ${
          holder ? `${holder.name} (process ${holder.pid})` : 'another program'
        }.`,
        `Stop that program${
          remedy ? `, or ${remedy}` : ' and run this again'
        }.`,
      );
    }
  }
}

/** The ports that the local gateway listens on, for `requireFreePorts`. */
export function gatewayListeners() {
  const ports = gatewayPorts(readText(join(root, 'config.toml')));
  return [
    { port: ports.http, use: "the gateway's HTTP listener" },
    { port: ports.https, use: "the gateway's HTTPS listener" },
  ];
}

/**
 * The listeners' ports that config.toml names, for the check before anything is built. The platform parses the file itself and
 * is the one to complain about it, so a line that this does not understand is passed over.
 *
 * @param {string} configToml
 */
export function gatewayPorts(configToml) {
  const value = (key, fallback) =>
    Number(
      new RegExp(`^\\s*${key}\\s*=\\s*(\\d+)`, 'm').exec(configToml)?.[1] ??
        fallback,
    );
  return {
    http: value('http_port', 30080),
    https: value('https_port', 30443),
  };
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function readNames(path) {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
