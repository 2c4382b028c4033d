import https from 'node:https';
import type {
  HttpRoute,
  KubernetesObject,
} from 'backstage-plugin-networking-common';

/** One answer of the API server. */
export interface AdminAnswer<T = unknown> {
  status: number;
  body: T;
}

const PATCH_TYPES = {
  apply: 'application/apply-patch+yaml',
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
} as const;

export const ROUTES = '/apis/gateway.networking.k8s.io/v1';

export const routePath = (namespace: string, name?: string) =>
  `${ROUTES}/namespaces/${namespace}/httproutes${name ? `/${name}` : ''}`;

/**
 * The API server as its administrator sees it: prepares what a test needs, looks at what the backend did, and breaks
 * things. The backend never has these credentials.
 */
export class Admin {
  private readonly agent: https.Agent;

  constructor(
    private readonly options: { url: string; ca: string; token: string },
  ) {
    this.agent = new https.Agent({ keepAlive: true, ca: options.ca });
  }

  request<T = unknown>(
    method: string,
    path: string,
    payload?: { body: unknown; contentType?: string },
  ): Promise<AdminAnswer<T>> {
    const url = new URL(path, this.options.url);
    return new Promise((resolve, reject) => {
      const request = https.request(
        url,
        {
          method,
          agent: this.agent,
          headers: {
            authorization: `Bearer ${this.options.token}`,
            accept: 'application/json',
            ...(payload && {
              'content-type': payload.contentType ?? 'application/json',
            }),
          },
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            resolve({
              status: response.statusCode ?? 0,
              body: (text.startsWith('{') ? JSON.parse(text) : text) as T,
            });
          });
        },
      );
      request.on('error', reject);
      request.end(payload && JSON.stringify(payload.body));
    });
  }

  private async expectOk<T>(
    method: string,
    path: string,
    payload?: { body: unknown; contentType?: string },
  ): Promise<T> {
    const answer = await this.request<T>(method, path, payload);
    if (answer.status >= 300) {
      throw new Error(
        `${method} ${path} was answered ${answer.status}: ${JSON.stringify(
          answer.body,
        )}`,
      );
    }
    return answer.body;
  }

  get<T = KubernetesObject>(path: string): Promise<T> {
    return this.expectOk('GET', path);
  }

  async list<T = KubernetesObject>(path: string): Promise<T[]> {
    return (await this.get<{ items: T[] }>(path)).items;
  }

  create<T = KubernetesObject>(path: string, body: T): Promise<T> {
    return this.expectOk('POST', path, { body });
  }

  replace<T = KubernetesObject>(path: string, body: T): Promise<T> {
    return this.expectOk('PUT', path, { body });
  }

  /** Server-side apply. */
  apply<T = KubernetesObject>(
    path: string,
    body: unknown,
    options: { fieldManager: string; force?: boolean; dryRun?: boolean },
  ): Promise<T> {
    const query = new URLSearchParams({
      fieldManager: options.fieldManager,
      fieldValidation: 'Strict',
      force: String(options.force ?? false),
      ...(options.dryRun && { dryRun: 'All' }),
    });
    return this.expectOk('PATCH', `${path}?${query}`, {
      body,
      contentType: PATCH_TYPES.apply,
    });
  }

  patch<T = KubernetesObject>(
    path: string,
    type: 'merge' | 'json',
    body: unknown,
  ): Promise<T> {
    return this.expectOk('PATCH', path, {
      body,
      contentType: PATCH_TYPES[type],
    });
  }

  async remove(path: string): Promise<void> {
    const answer = await this.request('DELETE', path);
    if (answer.status >= 300 && answer.status !== 404) {
      throw new Error(`DELETE ${path} was answered ${answer.status}`);
    }
  }

  route(namespace: string, name: string): Promise<HttpRoute> {
    return this.get<HttpRoute>(routePath(namespace, name));
  }

  /** Every route of a namespace, of all namespaces where none is given. */
  routes(namespace?: string): Promise<HttpRoute[]> {
    return this.list<HttpRoute>(
      namespace ? routePath(namespace) : `${ROUTES}/httproutes`,
    );
  }

  close(): void {
    this.agent.destroy();
  }
}
