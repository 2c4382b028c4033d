import { request, type IncomingMessage } from 'node:http';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import {
  parseLocation,
  type ProbeFacts,
} from 'backstage-plugin-networking-common';
import type { ProbeAddress } from './addresses';
import { bodyStart, hasTellingBody } from './body';
import type { Offer } from './offers';
import { trusting } from './secureContexts';
import { servedChain, tellNamesAlone } from './servedChain';
import { verificationErrorOf } from './verificationError';

/** More than a gateway on the same network ever needs. */
const CONNECT_TIMEOUT_MS = 3_000;
/** Headers beyond this are not read; Node's own limit is the same. */
const MAX_HEADER_BYTES = 16 * 1024;
/** Envoy sends it with what a service behind it has answered, and not with what it answers itself. */
const UPSTREAM_TIME = 'x-envoy-upstream-service-time';
/** What is kept of the Server header, which is the gateway's or the service's. */
const MAX_SERVER_LENGTH = 100;

export interface DialRequest {
  host: string;
  path: string;
  /** Of the URL that people open: with the host it makes what a browser would write into the Host header. */
  publicPort: number;
  /** PEM of the CAs to trust. Undefined: the roots of this system. */
  caPem?: string;
}

/** What one dial saw: the part of {@link ProbeFacts} that is not about when. */
export type DialFacts = Pick<ProbeFacts, 'tls' | 'http' | 'failure'>;

type Stage = NonNullable<ProbeFacts['failure']>['stage'];

const SENTENCES: Record<Stage, string> = {
  connect: 'No connection to',
  tls: 'No TLS session with',
  http: 'No HTTP answer from',
};

class StageError extends Error {
  constructor(readonly stage: Stage, readonly code: string) {
    super(`${stage} failed: ${code}`);
  }
}

/** Of OpenSSL, for what no other offer would change: something else than TLS is spoken, or the server does not know the name. */
const OF_NO_OFFER = /WRONG_VERSION_NUMBER|PACKET_LENGTH|UNRECOGNIZED_NAME/;

/** Did one of both sides end the handshake by what the other offers? A connection that is closed without a word tells nothing. */
const isRefusal = ({ stage, code }: NonNullable<DialFacts['failure']>) =>
  stage === 'tls' &&
  (code.startsWith('ERR_SSL_') || code === 'EPROTO') &&
  !OF_NO_OFFER.test(code);

/**
 * One TLS handshake and one GET at a given IP address. The host is written into
 * SNI and the Host header and never resolved; redirects are not followed. The
 * answer is its status and headers, and how its body begins where a gateway may
 * have written it: no other body is waited for.
 *
 * The handshake offers what browsers of the Chromium family do. Where it is
 * refused, one more connection offers all that OpenSSL has, to tell who is
 * refused and what is served. Never throws.
 */
export async function dial(
  target: ProbeAddress,
  probe: DialRequest,
  signal: AbortSignal,
): Promise<DialFacts> {
  const asBrowser = await connectAndGet(target, probe, 'chromium', signal);
  const { failure } = asBrowser;
  if (!failure || !isRefusal(failure)) return asBrowser;
  const withAll = await connectAndGet(target, probe, 'openssl', signal);
  if (!withAll.tls) return asBrowser;
  const refused = { offer: 'chromium' as const, code: failure.code };
  return { ...withAll, tls: { ...withAll.tls, refused } };
}

async function connectAndGet(
  target: ProbeAddress,
  probe: DialRequest,
  offer: Offer,
  signal: AbortSignal,
): Promise<DialFacts> {
  const facts: DialFacts = {};
  let tcp: Socket | undefined;
  let tls: TLSSocket | undefined;
  try {
    tcp = await openTcp(target, signal);
    tls = await handshake(tcp, probe, offer, signal);
    facts.tls = tlsFacts(tls);
    facts.http = await get(tls, probe, signal);
  } catch (error) {
    const { stage, code } =
      error instanceof StageError ? error : new StageError('http', 'unknown');
    facts.failure = {
      stage,
      code,
      message: `${SENTENCES[stage]} ${target.address}:${target.port} (${code})`,
    };
  } finally {
    tls?.destroy();
    tcp?.destroy();
  }
  return facts;
}

function openTcp(target: ProbeAddress, signal: AbortSignal): Promise<Socket> {
  const socket = connectTcp({ host: target.address, port: target.port });
  const bound = AbortSignal.any([
    signal,
    AbortSignal.timeout(CONNECT_TIMEOUT_MS),
  ]);
  return settle('connect', bound, socket, resolve =>
    socket.once('connect', () => resolve(socket)),
  );
}

function handshake(
  socket: Socket,
  probe: DialRequest,
  offer: Offer,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const tls = connectTls({
    socket,
    // RFC 6066, section 3: a server name is never an address.
    servername: isIP(probe.host) ? '' : probe.host,
    ALPNProtocols: ['http/1.1'],
    secureContext: trusting(probe.caPem, offer),
    // A certificate that does not verify is what we want to hear about.
    rejectUnauthorized: false,
  });
  tellNamesAlone(tls);
  return settle('tls', signal, tls, resolve =>
    tls.once('secureConnect', () => resolve(tls)),
  );
}

function tlsFacts(tls: TLSSocket): NonNullable<ProbeFacts['tls']> {
  const chain = servedChain(tls);
  const [leaf] = chain;
  return {
    verified: tls.authorized,
    ...(tls.authorized ? {} : verificationErrorOf(tls)),
    ...negotiated(tls),
    leaf,
    ...(chain.length > 0 && { chain }),
    issuer: leaf?.issuer,
  };
}

/** NIST's names of what OpenSSL calls otherwise (RFC 8422, section 5.1.1). */
const GROUPS: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
};

function negotiated(
  tls: TLSSocket,
): Pick<NonNullable<ProbeFacts['tls']>, 'protocol' | 'cipher' | 'group'> {
  const protocol = tls.getProtocol() ?? undefined;
  // Without a key of its own, as in an exchange by RSA, there is nothing to tell.
  const { name } = (tls.getEphemeralKeyInfo() ?? {}) as { name?: string };
  return {
    protocol,
    cipher: tls.getCipher()?.name,
    ...(name && { group: GROUPS[name] ?? name }),
  };
}

function get(
  tls: TLSSocket,
  probe: DialRequest,
  signal: AbortSignal,
): Promise<NonNullable<ProbeFacts['http']>> {
  // Anything else could name another host (RFC 9112, section 3.2.2).
  if (!probe.path.startsWith('/'))
    throw new StageError('http', 'ERR_INVALID_URL');
  return settle('http', signal, tls, (resolve, reject) => {
    const outgoing = request({
      createConnection: () => tls,
      method: 'GET',
      path: probe.path,
      headers: {
        host:
          probe.publicPort === 443
            ? probe.host
            : `${probe.host}:${probe.publicPort}`,
        accept: '*/*',
        connection: 'close',
        'user-agent': 'backstage-networking-probe',
      },
      maxHeaderSize: MAX_HEADER_BYTES,
    });
    outgoing.on('error', reject);
    outgoing.once('response', (response: IncomingMessage) => {
      response.on('error', () => {});
      const facts = httpFacts(response, probe);
      if (!hasTellingBody(facts.status)) {
        resolve(facts);
        // The body is nobody's proof, and one that streams never ends by itself.
        response.destroy();
        return;
      }
      resolve(
        bodyStart(response, signal).then(body => ({
          ...facts,
          ...(body !== undefined && { body }),
        })),
      );
    });
    outgoing.end();
  });
}

/** Where the answer redirects to, without its query: logins keep state and tokens there. */
function redirectOf(
  { statusCode = 0, headers: { location } }: IncomingMessage,
  { host, publicPort, path }: DialRequest,
) {
  const isRedirect = statusCode >= 300 && statusCode < 400;
  return isRedirect && location !== undefined
    ? parseLocation(location, { host, port: publicPort, path })
    : undefined;
}

function httpFacts(
  response: IncomingMessage,
  probe: DialRequest,
): NonNullable<ProbeFacts['http']> {
  const { statusCode = 0, headers } = response;
  const { server } = headers;
  const redirect = redirectOf(response, probe);
  return {
    status: statusCode,
    ...(redirect && { redirect }),
    ...(headers['set-cookie'] !== undefined && { setsCookie: true }),
    ...(typeof server === 'string' && {
      server: server.slice(0, MAX_SERVER_LENGTH),
    }),
    ...(UPSTREAM_TIME in headers && { fromService: true }),
  };
}

/**
 * A promise of one stage that ends at the latest when the signal does, and whose
 * socket ends with it where it fails.
 */
function settle<T>(
  stage: Stage,
  signal: AbortSignal,
  socket: Socket,
  start: (
    resolve: (value: T | Promise<T>) => void,
    reject: (error: NodeJS.ErrnoException) => void,
  ) => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let isSettled = false;
    const failWith = (code: string) => {
      if (isSettled) return;
      isSettled = true;
      reject(new StageError(stage, code));
      socket.destroy();
    };
    const fail = (error: NodeJS.ErrnoException) =>
      failWith(error.code ?? 'unknown');
    // Kept on for good: a socket error without a listener ends the process.
    socket.on('error', fail);
    socket.on('close', () => failWith('ECONNRESET'));
    if (signal.aborted) {
      failWith('ETIMEDOUT');
      return;
    }
    signal.addEventListener('abort', () => failWith('ETIMEDOUT'), {
      once: true,
    });
    start(value => {
      isSettled = true;
      resolve(value);
    }, fail);
  });
}
