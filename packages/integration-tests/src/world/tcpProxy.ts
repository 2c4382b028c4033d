import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A way to a server on which everything can happen that happens on networks. */
export interface TcpProxy {
  port: number;
  /** Connections that are open now. */
  connections(): number;
  /** Resets every connection; new ones are let through. */
  cut(): void;
  /** Resets every connection and every new one, until `heal`. */
  goDown(): void;
  /**
   * Passes nothing on, of connections that are open and of new ones, and closes none. After `heal` new ones work again, and
   * those of before stay dead, as behind a firewall that forgot them.
   */
  swallow(): void;
  /** Keeps what comes, of connections that are open and of new ones, and passes it on after `heal`: nobody misses anything. */
  hold(): void;
  /** Passes on so many bytes at a time, each after a pause in milliseconds, until `heal`. */
  trickle(options: { bytes: number; pauseMs: number }): void;
  heal(): void;
  close(): Promise<void>;
}

/**
 * Listens on a free port of 127.0.0.1 and passes on to another.
 *
 * @param options - `onFirstBytes` is told what each client says first, before it is passed on; `false` resets the connection
 */
export async function startTcpProxy(
  target: { host: string; port: number },
  options: { onFirstBytes?: (bytes: Buffer) => boolean } = {},
): Promise<TcpProxy> {
  const open = new Set<[Socket, Socket]>();
  /** Sockets from which everything that comes is thrown away. */
  const dead = new WeakSet<Socket>();
  let isDown = false;
  let isSwallowing = false;
  let trickle: { bytes: number; pauseMs: number } | undefined;
  let held = Promise.resolve();
  let release: (() => void) | undefined;

  const pass = async (
    from: Socket,
    to: Socket,
    onFirst?: (bytes: Buffer) => boolean,
  ) => {
    let isFirst = true;
    for await (const chunk of from as AsyncIterable<Buffer>) {
      if (isFirst && onFirst?.(chunk) === false) {
        from.resetAndDestroy();
        return;
      }
      isFirst = false;
      if (dead.has(from)) continue;
      await held;
      let rest = chunk;
      while (rest.length > 0) {
        const size = trickle?.bytes ?? rest.length;
        if (trickle) await delay(trickle.pauseMs);
        if (!to.write(rest.subarray(0, size))) {
          await new Promise(resolve => {
            to.once('drain', resolve);
            to.once('close', resolve);
          });
        }
        rest = rest.subarray(size);
      }
    }
    await held;
    // A peer that is swallowed does not hear of the end either.
    if (!dead.has(from)) to.end();
  };

  const cut = () => {
    for (const pair of open)
      for (const socket of pair) socket.resetAndDestroy();
  };

  const server = createServer({ noDelay: true }, client => {
    if (isDown) {
      client.on('error', () => {});
      client.resetAndDestroy();
      return;
    }
    const upstream = connect({ ...target, noDelay: true });
    const pair: [Socket, Socket] = [client, upstream];
    open.add(pair);
    if (isSwallowing) for (const socket of pair) dead.add(socket);
    for (const [socket, other] of [pair, [upstream, client] as const]) {
      const isLost = () => socket === upstream && dead.has(upstream);
      socket.on('error', () => !isLost() && other.destroy());
      socket.on('close', () => {
        // Where everything is swallowed, the client does not hear that the server is gone either.
        if (isLost()) return;
        open.delete(pair);
        other.destroy();
      });
      const told = socket === client ? options.onFirstBytes : undefined;
      pass(socket, other, told).catch(() => !isLost() && other.destroy());
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });

  return {
    port: (server.address() as AddressInfo).port,
    connections: () => open.size,
    cut,
    goDown() {
      isDown = true;
      cut();
    },
    swallow() {
      isSwallowing = true;
      for (const pair of open) for (const socket of pair) dead.add(socket);
    },
    trickle(pace) {
      trickle = pace;
    },
    hold() {
      if (release) return;
      held = new Promise(resolve => {
        release = resolve;
      });
    },
    heal() {
      release?.();
      release = undefined;
      isDown = false;
      isSwallowing = false;
      trickle = undefined;
    },
    async close() {
      release?.();
      cut();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
