import { Agent, request } from 'node:https';
import type { KubernetesObject } from 'backstage-plugin-networking-common';
import type { ApiResource, ApiResourceList } from './discovery';
import { findResource, groupPath, resourcePath } from './discovery';
import { KubeError } from './errors';

/** Names one object. @public */
export interface ObjectReference {
  /** `gateway.networking.k8s.io/v1` */
  apiVersion: string;
  kind: string;
  /** Left out for objects that lie in no namespace. */
  namespace?: string;
  name: string;
}

/** @public */
export interface KubeClientOptions {
  /** `https://127.0.0.1:<port>` */
  url: string;
  token: string;
  /** PEM of the CA, or of the self-signed certificate. */
  ca: string | Buffer;
}

/** @public */
export interface KubeRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with query. */
  path: string;
  body?: unknown;
  /** Default `application/json`. */
  contentType?: string;
  /** Default `application/json`. */
  accept?: string;
  signal?: AbortSignal;
}

/** How long the API server may take to answer, in milliseconds. */
const ANSWER_TIMEOUT_MS = 15_000;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/**
 * A small client of one API server, for the platform's own administration and for tests. It knows kinds by discovery and
 * judges nothing: every answer that is not 2xx is a KubeError with its status. Call `close` when done.
 * @public
 */
export class KubeClient {
  readonly url: string;
  readonly token: string;
  readonly ca: string | Buffer;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 20 });
  readonly #resources = new Map<string, ApiResource>();

  constructor(options: KubeClientOptions) {
    this.url = options.url.replace(/\/$/, '');
    this.token = options.token;
    this.ca = options.ca;
  }

  /** The same server, seen with another token. */
  as(token: string): KubeClient {
    return new KubeClient({ url: this.url, token, ca: this.ca });
  }

  close(): void {
    this.#agent.destroy();
  }

  /**
   * One request, for whatever the other methods do not cover.
   * @throws KubeError
   */
  async request<T = unknown>(options: KubeRequest): Promise<T> {
    const { method = 'GET', path, body, signal } = options;
    const { contentType = 'application/json', accept = 'application/json' } =
      options;
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const answer = await new Promise<{ status: number; text: string }>(
      (resolve, reject) => {
        const call = request(
          `${this.url}${path}`,
          {
            method,
            agent: this.#agent,
            ca: this.ca,
            signal,
            timeout: ANSWER_TIMEOUT_MS,
            headers: {
              accept,
              authorization: `Bearer ${this.token}`,
              ...(payload !== undefined && {
                'content-type': contentType,
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
                status: response.statusCode ?? 0,
                text: Buffer.concat(chunks).toString('utf8'),
              }),
            );
          },
        );
        call.on('timeout', () =>
          call.destroy(new Error(`no answer within ${ANSWER_TIMEOUT_MS} ms`)),
        );
        call.on('error', reject);
        call.end(payload);
      },
    ).catch((error: NodeJS.ErrnoException) => {
      throw new KubeError(`${method} ${path}: ${error.message}`, {
        reason: error.code,
        cause: error,
      });
    });
    const answered = parse(answer.text);
    if (answer.status >= 200 && answer.status < 300) return answered as T;
    const { message, reason } = (
      typeof answered === 'object' && answered ? answered : {}
    ) as { message?: string; reason?: string };
    throw new KubeError(
      `${method} ${path}: ${answer.status} ${message ?? answer.text.trim()}`,
      { status: answer.status, reason, body: answered },
    );
  }

  /** Whether the server has this kind now; asked anew until it has. */
  async serves(apiVersion: string, kind: string): Promise<boolean> {
    return (await this.#find(apiVersion, kind)) !== undefined;
  }

  /** @throws KubeError 404 where there is none */
  async get<T extends KubernetesObject = KubernetesObject>(
    ref: ObjectReference,
  ): Promise<T> {
    return this.request<T>({ path: await this.pathOf(ref) });
  }

  /** All objects of a kind, in one namespace or in all. */
  async list<T extends KubernetesObject = KubernetesObject>(
    apiVersion: string,
    kind: string,
    options: { namespace?: string; labelSelector?: string } = {},
  ): Promise<T[]> {
    const resource = await this.#resource(apiVersion, kind);
    const path = resourcePath(apiVersion, resource, options.namespace);
    const query = options.labelSelector
      ? `?labelSelector=${encodeURIComponent(options.labelSelector)}`
      : '';
    const { items } = await this.request<{ items?: T[] }>({
      path: `${path}${query}`,
    });
    // A list leaves out what is the same for all of its items.
    return (items ?? []).map(item => ({ ...item, apiVersion, kind }));
  }

  /**
   * Server-side apply with strict field validation.
   * @param options - `force` takes fields over from other managers; default false
   */
  async apply<T extends KubernetesObject>(
    object: T,
    options: { fieldManager: string; force?: boolean; dryRun?: boolean },
  ): Promise<T> {
    return this.request<T>({
      method: 'PATCH',
      path: `${await this.pathOf(referenceTo(object))}?${applyQuery(options)}`,
      contentType: 'application/apply-patch+yaml',
      body: object,
    });
  }

  /** POST; the server refuses it with 409 where the name is taken. */
  async create<T extends KubernetesObject>(object: T): Promise<T> {
    const { apiVersion, kind, metadata } = object;
    const resource = await this.#resource(apiVersion, kind);
    return this.request<T>({
      method: 'POST',
      path: resourcePath(apiVersion, resource, metadata.namespace),
      body: object,
    });
  }

  /** Merge patch (RFC 7386). */
  async patch<T extends KubernetesObject>(
    ref: ObjectReference,
    patch: unknown,
  ): Promise<T> {
    return this.request<T>({
      method: 'PATCH',
      path: await this.pathOf(ref),
      contentType: 'application/merge-patch+json',
      body: patch,
    });
  }

  /** Merge patch of `status`, as a controller would write it. */
  async patchStatus<T extends KubernetesObject>(
    ref: ObjectReference,
    status: unknown,
  ): Promise<T> {
    return this.request<T>({
      method: 'PATCH',
      path: `${await this.pathOf(ref)}/status`,
      contentType: 'application/merge-patch+json',
      body: { status },
    });
  }

  /** Deletes; what is not there counts as deleted. `uid` deletes only that very object. */
  async delete(ref: ObjectReference, options: { uid?: string } = {}) {
    try {
      await this.request({
        method: 'DELETE',
        path: await this.pathOf(ref),
        body: {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          ...(options.uid && { preconditions: { uid: options.uid } }),
        },
      });
    } catch (error) {
      if ((error as KubeError).status !== 404) throw error;
    }
  }

  /** Path of one object. */
  async pathOf(ref: ObjectReference): Promise<string> {
    const resource = await this.#resource(ref.apiVersion, ref.kind);
    return resourcePath(ref.apiVersion, resource, ref.namespace, ref.name);
  }

  async #find(apiVersion: string, kind: string) {
    const key = `${apiVersion} ${kind}`;
    const known = this.#resources.get(key);
    if (known) return known;
    try {
      const found = findResource(
        await this.request<ApiResourceList>({ path: groupPath(apiVersion) }),
        kind,
      );
      if (found) this.#resources.set(key, found);
      return found;
    } catch (error) {
      if ((error as KubeError).status === 404) return undefined;
      throw error;
    }
  }

  async #resource(apiVersion: string, kind: string): Promise<ApiResource> {
    const found = await this.#find(apiVersion, kind);
    if (found) return found;
    throw new KubeError(`${this.url} serves no ${kind} of ${apiVersion}`, {
      status: 404,
      reason: 'NotServed',
    });
  }
}

/** The reference to an object. @public */
export function referenceTo(object: KubernetesObject): ObjectReference {
  const { apiVersion, kind, metadata } = object;
  return {
    apiVersion,
    kind,
    name: metadata.name,
    ...(metadata.namespace && { namespace: metadata.namespace }),
  };
}

function applyQuery(options: {
  fieldManager: string;
  force?: boolean;
  dryRun?: boolean;
}): string {
  return new URLSearchParams({
    fieldManager: options.fieldManager,
    fieldValidation: 'Strict',
    force: String(options.force ?? false),
    ...(options.dryRun && { dryRun: 'All' }),
  }).toString();
}
