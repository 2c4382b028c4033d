import { Agent, request } from 'node:http';

/** One answer, and how long it took from the first byte sent to the last byte received. */
export interface TimedAnswer {
  milliseconds: number;
  status: number;
  etag?: string;
  body: string;
}

/** HTTP over kept connections, as a browser holds them, signed in with one token. */
export class TimedHttp {
  readonly #agent = new Agent({ keepAlive: true });

  constructor(private readonly options: { baseUrl: string; token: string }) {}

  send(
    method: 'GET' | 'POST',
    path: string,
    options: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<TimedAnswer> {
    const payload =
      options.body === undefined ? undefined : JSON.stringify(options.body);
    return new Promise((resolve, reject) => {
      const start = performance.now();
      const call = request(
        new URL(path, this.options.baseUrl),
        {
          method,
          agent: this.#agent,
          headers: {
            authorization: `Bearer ${this.options.token}`,
            accept: 'application/json',
            ...options.headers,
            ...(payload !== undefined && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(payload),
            }),
          },
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              milliseconds: performance.now() - start,
              status: response.statusCode ?? 0,
              etag: response.headers.etag,
              body: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      call.on('error', (error: NodeJS.ErrnoException) => {
        // The server ended a kept connection just then: a browser asks again too.
        if (call.reusedSocket && error.code === 'ECONNRESET') {
          this.send(method, path, options).then(
            answer =>
              resolve({
                ...answer,
                milliseconds: performance.now() - start,
              }),
            reject,
          );
        } else {
          reject(error);
        }
      });
      call.end(payload);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
