import { createServer, type TlsOptions } from 'node:tls';
import type { AddressInfo, Server, Socket } from 'node:net';
import {
  makeCertificate,
  type TestCertificate,
} from '../../../__testUtils__/certificates';
import { dial, type DialFacts } from '../dial';

export const HOST = 'shop.127-0-0-1.nip.io';
export const OK =
  'HTTP/1.1 200 OK\r\nServer: demo\r\nContent-Length: 2\r\n\r\nhi';

/** The CA that is trusted, and a certificate of it that covers the host. Made before the tests of a file. */
export const trusted = {} as { ca: TestCertificate; good: TestCertificate };

const servers: Server[] = [];
const sockets: Socket[] = [];

/** For a test file: certificates before its tests, and no server or socket left after each. */
export function useServers(): void {
  beforeAll(async () => {
    const ca = await makeCertificate({ name: 'ca', isCa: true });
    const good = await makeCertificate({
      name: 'wildcard',
      dnsNames: ['*.127-0-0-1.nip.io'],
      issuer: ca,
    });
    Object.assign(trusted, { ca, good });
  });

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await Promise.all(
      servers
        .splice(0)
        .map(server => new Promise(resolve => server.close(resolve))),
    );
  });
}

/** The port of a server on loopback. */
export async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on('connection', socket => {
    sockets.push(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );
  return (server.address() as AddressInfo).port;
}

/** A TLS server that writes these bytes as soon as a request has begun. */
export async function tlsServer(
  answer: string | undefined,
  certificate: TlsOptions = trusted.good,
  options: TlsOptions = {},
) {
  let hangUp: () => void;
  const hungUp = new Promise<void>(resolve => {
    hangUp = resolve;
  });
  let beAsked: () => void;
  const asked = new Promise<void>(resolve => {
    beAsked = resolve;
  });
  const seen = { requests: '', connections: 0, tried: 0, asked, hungUp };
  const server = createServer(
    { cert: certificate.cert, key: certificate.key, ...options },
    socket => {
      seen.connections += 1;
      socket.on('error', () => {});
      socket.on('close', () => hangUp());
      socket.on('data', data => {
        seen.requests += data.toString();
        beAsked();
        if (answer !== undefined) socket.write(answer);
      });
    },
  );
  server.on('connection', () => {
    seen.tried += 1;
  });
  server.on('tlsClientError', () => {});
  return { port: await listen(server), seen };
}

/** One dial of a port of loopback. */
export const ask = (
  port: number,
  options: { caPem?: string; path?: string; signal?: AbortSignal } = {},
): Promise<DialFacts> =>
  dial(
    { address: '127.0.0.1', port },
    {
      host: HOST,
      path: options.path ?? '/',
      publicPort: 30443,
      caPem: options.caPem ?? trusted.ca.cert,
    },
    options.signal ?? AbortSignal.timeout(30_000),
  );
