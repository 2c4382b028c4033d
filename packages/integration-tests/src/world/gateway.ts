import http from 'node:http';
import https from 'node:https';
import { connect, type TLSSocket } from 'node:tls';

/** One answer of the gateway. */
export interface GatewayAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
  /** Names the issuer of the certificate that was served; undefined in clear. */
  issuer?: string;
}

/** How a test reaches the gateway: the address is dialled, the host is only named (SNI and Host). */
export interface GatewayRequest {
  address: string;
  port: number;
  host: string;
  path?: string;
}

function answerOf(request: http.ClientRequest): Promise<GatewayAnswer> {
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('timeout', () =>
      request.destroy(new Error('The gateway did not answer in time')),
    );
    request.on('response', response => {
      const chunks: Buffer[] = [];
      // Read now: the socket has no certificate any more once it is closed.
      const certificate = (
        response.socket as Partial<TLSSocket>
      ).getPeerCertificate?.();
      response.on('data', chunk => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
          issuer: certificate?.issuer?.CN?.toString(),
        }),
      );
    });
    request.end();
  });
}

/** For an answer that never comes. */
const BOUND_MS = 30_000;

/** Serial number of the certificate that is served for a host now, whatever else it is: upper-case hex. */
export function servedSerial(options: GatewayRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: options.address,
      port: options.port,
      servername: options.host,
      rejectUnauthorized: false,
      timeout: BOUND_MS,
    });
    socket.once('error', reject);
    socket.once('timeout', () =>
      socket.destroy(new Error('The gateway did not answer in time')),
    );
    socket.once('secureConnect', () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
  });
}

/** A GET over TLS. Rejects where the served chain does not verify for the host against `ca` and nothing else. */
export function getVerified(
  options: GatewayRequest & { ca: string },
): Promise<GatewayAnswer> {
  return answerOf(
    https.request({
      host: options.address,
      port: options.port,
      servername: options.host,
      path: options.path ?? '/',
      headers: { host: `${options.host}:${options.port}` },
      ca: options.ca,
      rejectUnauthorized: true,
      agent: false,
      timeout: BOUND_MS,
    }),
  );
}

/** A GET in clear, without following redirects. */
export function getInClear(options: GatewayRequest): Promise<GatewayAnswer> {
  return answerOf(
    http.request({
      host: options.address,
      port: options.port,
      path: options.path ?? '/',
      headers: { host: `${options.host}:${options.port}` },
      agent: false,
      timeout: BOUND_MS,
    }),
  );
}
