import { Agent, request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { StringDecoder } from 'node:string_decoder';
import {
  ClusterError,
  type ClusterOperation,
  type StatusDetails,
} from './errors';
import type { AuthenticatedCluster } from './kubeAuth';

/** Bound of one request, from connecting to the last byte of the answer. */
const REQUEST_TIMEOUT_MS = 10_000;
/** The API server ends connections that are idle for longer than some minutes, and what lies between often for less. */
const IDLE_TIMEOUT_MS = 15_000;
/** A page of 500 objects is a few MiB at most; more is not an API server. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

export interface TransportRequest {
  method: 'GET' | 'PATCH' | 'DELETE' | 'POST' | 'PUT';
  path: string;
  query?: Record<string, string>;
  contentType?: string;
  body?: unknown;
  /** Changes nothing, or nothing that doing it twice would change otherwise. Default: true of GET. */
  repeatable?: boolean;
  /** Nobody waits for it: it may take three times as long as others. Default false. */
  patient?: boolean;
  signal?: AbortSignal;
}

/** A kept connection that was closed while the request was on its way. */
class StaleConnectionError extends Error {
  override readonly name = 'StaleConnectionError';
}

/** Node's codes for a connection that its other end closed. */
const CLOSED = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);

/** HTTPS to one API server over kept-alive connections. */
export interface Transport {
  /**
   * The parsed JSON of a 2xx answer. Throws {@link ClusterError} otherwise. A repeatable request that met a kept connection
   * which was closed meanwhile is sent once more, over a new one.
   */
  send(
    operation: ClusterOperation,
    request: TransportRequest,
  ): Promise<unknown>;
  /**
   * The lines of an answer that goes on and on, once its first byte has come. Throws {@link ClusterError}, as does the
   * loop over the lines.
   */
  stream(
    operation: ClusterOperation,
    request: TransportRequest,
  ): Promise<AsyncIterable<string>>;
  close(): void;
}

export function createTransport(
  cluster: AuthenticatedCluster,
  options: { timeoutMs?: number } = {},
): Transport {
  const timeoutMs = options.timeoutMs ?? REQUEST_TIMEOUT_MS;
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 16,
    timeout: IDLE_TIMEOUT_MS,
  });
  // A watch holds its connection for minutes, and must not take one from the requests that people wait for.
  const freshAgent = new Agent({ keepAlive: false });

  const open = async (
    { method, path, query, contentType, body }: TransportRequest,
    connection: { agent: Agent; signal: AbortSignal },
  ): Promise<IncomingMessage> => {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const search = new URLSearchParams(query).toString();
    const base = cluster.server.pathname.replace(/\/$/, '');
    const auth = await cluster.options();
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          ...auth,
          ...connection,
          method,
          host: cluster.server.hostname.replace(/^\[|\]$/g, ''),
          port: cluster.server.port || 443,
          path: `${base}${path}${search ? `?${search}` : ''}`,
          headers: {
            ...auth.headers,
            accept: 'application/json',
            ...(payload === undefined
              ? {}
              : {
                  'content-type': contentType ?? 'application/json',
                  'content-length': Buffer.byteLength(payload),
                }),
          },
        },
        resolve,
      );
      outgoing.on('error', (error: NodeJS.ErrnoException) =>
        reject(
          outgoing.reusedSocket && CLOSED.has(error.code ?? '')
            ? Object.assign(new StaleConnectionError(error.message), {
                code: error.code,
              })
            : error,
        ),
      );
      outgoing.end(payload);
    });
  };

  return {
    async send(operation, sent) {
      const { signal, repeatable = sent.method === 'GET' } = sent;
      const timeout = AbortSignal.timeout(
        sent.patient ? 3 * timeoutMs : timeoutMs,
      );
      const bound = signal ? AbortSignal.any([signal, timeout]) : timeout;
      try {
        const response = await open(sent, { agent, signal: bound }).catch(
          error => {
            if (!repeatable || !(error instanceof StaleConnectionError)) {
              throw error;
            }
            return open(sent, { agent: freshAgent, signal: bound });
          },
        );
        const text = await readBody(response);
        const parsed = await parseInTurn(text);
        const status = response.statusCode ?? 0;
        if (status >= 200 && status < 300) return parsed;
        throw statusError(operation, response, parsed);
      } catch (error) {
        if (error instanceof ClusterError) throw error;
        // Other kept connections may lead nowhere as well, and each would cost somebody as long a wait.
        if (timeout.aborted) dropIdle(agent);
        throw new ClusterError(operation, {
          code: timeout.aborted ? 'ETIMEDOUT' : errorCode(error),
        });
      }
    },

    async stream(operation, { signal, ...sent }) {
      const opening = new AbortController();
      const timer = setTimeout(() => opening.abort(), timeoutMs);
      timer.unref();
      const fail = (error: unknown) => {
        if (error instanceof ClusterError) return error;
        return new ClusterError(operation, {
          code: opening.signal.aborted ? 'ETIMEDOUT' : errorCode(error),
        });
      };
      try {
        const response = await open(sent, {
          agent: freshAgent,
          signal: signal
            ? AbortSignal.any([signal, opening.signal])
            : opening.signal,
        });
        if (response.statusCode !== 200) {
          const parsed = parseJson(await readBody(response));
          throw statusError(operation, response, parsed);
        }
        clearTimeout(timer);
        return linesOf(response, fail);
      } catch (error) {
        clearTimeout(timer);
        throw fail(error);
      }
    },

    close() {
      agent.destroy();
      freshAgent.destroy();
    },
  };
}

function dropIdle({ freeSockets }: Agent): void {
  for (const socket of Object.values(freeSockets).flat()) socket?.destroy();
}

/** The lines of an answer as they come. Leaving the loop closes the connection. */
async function* linesOf(
  response: IncomingMessage,
  fail: (error: unknown) => ClusterError,
): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > MAX_BODY_BYTES) {
        throw Object.assign(new Error('line too long'), { code: 'EMSGSIZE' });
      }
      for (const line of lines) if (line !== '') yield line;
    }
    if (rest !== '') {
      throw Object.assign(new Error('cut short'), { code: 'ECONNRESET' });
    }
  } catch (error) {
    throw fail(error);
  } finally {
    response.destroy();
  }
}

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      response.destroy();
      throw Object.assign(new Error('answer too large'), { code: 'EMSGSIZE' });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Parsing less than this takes less than a millisecond. */
const SMALL_CHARACTERS = 100_000;
let lastTurn: Promise<unknown> = Promise.resolve();

/**
 * Large answers are parsed one after the other, each in a turn of its own of the event loop: the lists of many kinds come at
 * the same time, and others are to be served between them.
 */
async function parseInTurn(text: string): Promise<unknown> {
  if (text.length < SMALL_CHARACTERS) return parseJson(text);
  const turn = lastTurn
    .then(() => new Promise(resolve => setImmediate(resolve)))
    .then(() => parseJson(text));
  lastTurn = turn;
  return turn;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface StatusObject {
  reason?: string;
  message?: string;
  details?: StatusDetails;
}

function statusError(
  operation: ClusterOperation,
  { statusCode: httpStatus = 0, headers }: IncomingMessage,
  body: unknown,
): ClusterError {
  const retryAfter = Number(headers['retry-after'] ?? NaN);
  const status: StatusObject =
    typeof body === 'object' && body !== null ? body : {};
  return new ClusterError(operation, {
    httpStatus,
    reason: status.reason,
    details: status.details,
    ...(Number.isFinite(retryAfter) && { retryAfterSeconds: retryAfter }),
    // RBAC and admission both answer 403 Forbidden; only the message of the
    // authorizer says which verb the user cannot use.
    forbiddenByRbac:
      httpStatus === 403 &&
      /\bcannot \S+ resource\b/.test(status.message ?? ''),
  });
}

function errorCode(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  if (typeof code === 'string') return code;
  return typeof name === 'string' ? name : 'unknown';
}
