import { Agent, request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import {
  ClusterError,
  type ClusterOperation,
  type StatusDetails,
} from './errors';
import type { AuthenticatedCluster } from './kubeAuth';

/** Bound of one request, from connecting to the last byte of the answer. */
const REQUEST_TIMEOUT_MS = 10_000;
/** A page of 500 objects is a few MiB at most; more is not an API server. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

export interface TransportRequest {
  method: 'GET' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string>;
  contentType?: string;
  body?: unknown;
  signal?: AbortSignal;
}

/** HTTPS to one API server over kept-alive connections. */
export interface Transport {
  /** The parsed JSON of a 2xx answer. Throws {@link ClusterError} otherwise. */
  send(
    operation: ClusterOperation,
    request: TransportRequest,
  ): Promise<unknown>;
  close(): void;
}

export function createTransport(
  cluster: AuthenticatedCluster,
  options: { timeoutMs?: number } = {},
): Transport {
  const timeoutMs = options.timeoutMs ?? REQUEST_TIMEOUT_MS;
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });

  return {
    async send(operation, { method, path, query, contentType, body, signal }) {
      const payload = body === undefined ? undefined : JSON.stringify(body);
      const search = new URLSearchParams(query).toString();
      const base = cluster.server.pathname.replace(/\/$/, '');
      const timeout = AbortSignal.timeout(timeoutMs);
      const bound = signal ? AbortSignal.any([signal, timeout]) : timeout;
      try {
        const auth = await cluster.options();
        const response = await new Promise<IncomingMessage>(
          (resolve, reject) => {
            const outgoing = request(
              {
                ...auth,
                agent,
                signal: bound,
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
            outgoing.once('error', reject);
            outgoing.end(payload);
          },
        );
        const parsed = parseJson(await readBody(response));
        const status = response.statusCode ?? 0;
        if (status >= 200 && status < 300) return parsed;
        throw statusError(operation, status, parsed);
      } catch (error) {
        if (error instanceof ClusterError) throw error;
        throw new ClusterError(operation, {
          code: timeout.aborted ? 'ETIMEDOUT' : errorCode(error),
        });
      }
    },
    close: () => agent.destroy(),
  };
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
  httpStatus: number,
  body: unknown,
): ClusterError {
  const status: StatusObject =
    typeof body === 'object' && body !== null ? body : {};
  return new ClusterError(operation, {
    httpStatus,
    reason: status.reason,
    details: status.details,
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
