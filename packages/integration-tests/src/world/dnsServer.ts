import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { decode, encode } from 'dns-packet';

/** A DNS server on loopback that knows every name. */
export interface DnsServer {
  /** `127.0.0.1:<port>` */
  address: string;
  /** Names that were asked for, in order. */
  asked: string[];
  /** Where a name leads from now on; nowhere for none, as where a resolver filters private addresses. Default: 127.0.0.1. */
  lead(name: string, addresses: string[]): void;
  close(): Promise<void>;
}

export async function startDnsServer(): Promise<DnsServer> {
  const asked: string[] = [];
  const led = new Map<string, string[]>();
  const socket = createSocket('udp4');
  socket.on('message', (message, from) => {
    const { id, questions = [] } = decode(message);
    const [{ name, type }] = questions;
    asked.push(name);
    const addresses = type === 'A' ? led.get(name) ?? ['127.0.0.1'] : [];
    const answer = encode({
      type: 'response',
      id,
      questions,
      answers: addresses.map(data => ({ type: 'A', name, ttl: 0, data })),
    });
    socket.send(answer, from.port, from.address);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, '127.0.0.1', resolve);
  });
  const { port } = socket.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    asked,
    lead: (name, addresses) => void led.set(name, addresses),
    close: () => new Promise(resolve => socket.close(() => resolve())),
  };
}
