import { startTcpProxy, type TcpProxy } from './tcpProxy';

const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;

/** Reads a TLS ClientHello (RFC 8446, sections 4.1.2 and 5.1) from its start. */
class Reader {
  #at = 0;
  constructor(private readonly bytes: Buffer) {}
  number(size: 1 | 2 | 3): number {
    const value = this.bytes.readUIntBE(this.#at, size);
    this.#at += size;
    return value;
  }
  skip(size: number): void {
    this.#at += size;
  }
  /** A vector whose length stands before it, in so many bytes. */
  vector(lengthSize: 1 | 2): Buffer {
    const length = this.number(lengthSize);
    this.#at += length;
    return this.bytes.subarray(this.#at - length, this.#at);
  }
  get ended(): boolean {
    return this.#at >= this.bytes.length;
  }
}

/**
 * The server name that a TLS client asks for (RFC 6066, section 3), from the first bytes that it sends. Undefined where it
 * names none, or speaks no TLS.
 */
export function serverNameOf(bytes: Buffer): string | undefined {
  const hello = new Reader(bytes);
  if (hello.number(1) !== HANDSHAKE) return undefined;
  hello.skip(4);
  if (hello.number(1) !== CLIENT_HELLO) return undefined;
  // Length, version and random.
  hello.skip(3 + 2 + 32);
  hello.vector(1);
  hello.vector(2);
  hello.vector(1);
  const extensions = new Reader(hello.vector(2));
  while (!extensions.ended) {
    const type = extensions.number(2);
    const data = extensions.vector(2);
    if (type !== SERVER_NAME) continue;
    const names = new Reader(data);
    // Length of the list, and the type of its first name: there is no other than host_name.
    names.skip(2 + 1);
    return names.vector(2).toString('ascii');
  }
  return undefined;
}

/** A way to a gateway that tells who was asked for, also where the handshake failed. */
export interface HandshakeRecorder {
  proxy: TcpProxy;
  /** Server names, with the time in milliseconds, in order. */
  seen: { host: string; at: number }[];
  /** Hosts whose connections are reset, as by a proxy that does not know them. */
  unknown: Set<string>;
  /** How often a host was asked for. */
  countOf(host: string): number;
}

export async function startHandshakeRecorder(target: {
  host: string;
  port: number;
}): Promise<HandshakeRecorder> {
  const seen: HandshakeRecorder['seen'] = [];
  const unknown = new Set<string>();
  const proxy = await startTcpProxy(target, {
    onFirstBytes(bytes) {
      const host = serverNameOf(bytes) ?? '';
      seen.push({ host, at: Date.now() });
      return !unknown.has(host);
    },
  });
  return {
    proxy,
    seen,
    unknown,
    countOf: host => seen.filter(each => each.host === host).length,
  };
}
