import dns, { promises as dnsPromises } from 'node:dns';
import { Socket as DatagramSocket } from 'node:dgram';
import { Socket } from 'node:net';

/** Whatever this process connects to, whichever library asks for it. */
export interface Connections {
  /** `address:port` of each, in order; a name as it was given. */
  opened: string[];
  /** Names that were handed to the resolver of the system. */
  lookedUp: string[];
  /** Datagrams, by where they went. */
  sent: string[];
  stop(): void;
}

/** Records every connection of the process, and every name that is resolved for one, until it is stopped. */
export function recordConnections(): Connections {
  const opened: string[] = [];
  const lookedUp: string[] = [];
  const sent: string[] = [];
  const connect = Socket.prototype.connect;
  const spies = [
    jest
      .spyOn(Socket.prototype, 'connect')
      .mockImplementation(function record(this: Socket, ...args: unknown[]) {
        const [first] = args.flat() as {
          host?: string;
          port?: number;
          path?: string;
        }[];
        opened.push(
          typeof first === 'object'
            ? first.path ?? `${first.host}:${first.port}`
            : args.join(':'),
        );
        return Reflect.apply(connect, this, args);
      }),
    jest.spyOn(dns, 'lookup').mockImplementation(((name: string) => {
      lookedUp.push(name);
      throw new Error(`${name} is looked up`);
    }) as unknown as typeof dns.lookup),
    jest.spyOn(dnsPromises, 'lookup').mockImplementation((async (
      name: string,
    ) => {
      lookedUp.push(name);
      throw new Error(`${name} is looked up`);
    }) as unknown as typeof dnsPromises.lookup),
    jest
      .spyOn(DatagramSocket.prototype, 'send')
      .mockImplementation((...args: unknown[]) => {
        sent.push(args.slice(1).join(':'));
      }),
  ];
  return {
    opened,
    lookedUp,
    sent,
    stop: () => spies.forEach(spy => spy.mockRestore()),
  };
}
