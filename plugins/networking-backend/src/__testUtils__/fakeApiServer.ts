import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  Certificate,
  HttpRoute,
  KubernetesObject,
  SnapshotKind,
} from 'backstage-plugin-networking-common';
import { pathOf, RESOURCES, SNAPSHOT_KINDS } from '../io/cluster/resources';
import { makeCertificate } from './certificates';
import { answerCertificates } from './fakeCertificates';

/** A request as the fake API server got it. */
export interface RecordedRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string | undefined>;
  body?: unknown;
}

/** An answer that a test puts in place of the server's own. */
export interface ScriptedAnswer {
  status: number;
  body?: unknown;
  /** Do what was asked first, and then answer this. */
  carryOut?: boolean;
  /** End the connection instead of answering. */
  hangUp?: boolean;
}

export type Script = (request: RecordedRequest) => ScriptedAnswer | undefined;

/** Takes a request over, and then answers true; watches too. */
export type Intercept = (
  request: RecordedRequest,
  outgoing: ServerResponse,
) => boolean;

/**
 * Enough of an API server for the backend: lists in pages, watches, server-side apply of
 * whole objects by one manager, delete with preconditions. What an answer should
 * be otherwise is scripted by the test.
 */
export interface FakeApiServer {
  url: string;
  caData: string;
  token: string;
  /** Watches apart, which come and go by themselves. */
  requests: RecordedRequest[];
  objects(): KubernetesObject[];
  routes(): HttpRoute[];
  /** Holds just these objects, has no script and remembers no request. */
  reset(...objects: KubernetesObject[]): void;
  put(...objects: KubernetesObject[]): void;
  remove(kind: string, namespace: string, name: string): void;
  /** Asked before the server answers by itself; undefined lets it. */
  script(script: Script | undefined): void;
  /** Asked before all else, with the bare answer to write to, until `reset`. */
  intercept(intercept: Intercept | undefined): void;
  /** Watches that are open, by kind, in order. */
  openWatches(): string[];
  /** Closes every connection, those of watches among them. */
  cut(): void;
  /** Watches tell nothing any more, until `reset`. */
  fallSilent(): void;
  /** Answers 503 to everything and ends every connection, until `comeBack` or `reset`. */
  goDown(): void;
  comeBack(): void;
  isDown(): boolean;
  /** Requests that changed something. */
  writes(): RecordedRequest[];
  close(): Promise<void>;
}

/** Does a request change something? */
export const isWrite = ({ method, path, query }: RecordedRequest): boolean =>
  method !== 'GET' &&
  query.dryRun === undefined &&
  !path.endsWith('/selfsubjectrulesreviews');

const ROUTE_PATH =
  /^\/apis\/gateway\.networking\.k8s\.io\/v1\/namespaces\/([^/]+)\/httproutes\/([^/]+)$/;

export async function startFakeApiServer(
  initial: KubernetesObject[] = [],
  now: () => Date = () => new Date(),
): Promise<FakeApiServer> {
  const ca = await makeCertificate({ name: 'fake-api-server', isCa: true });
  const leaf = await makeCertificate({
    name: 'localhost',
    dnsNames: ['localhost'],
    ips: ['127.0.0.1'],
    issuer: ca,
  });
  const store = new Map<string, KubernetesObject>();
  const watches = new Set<{ kind: string; outgoing: ServerResponse }>();
  /** Every event since the start: a watch begins behind the version that it names. */
  const history: { version: number; type: string; object: KubernetesObject }[] =
    [];
  const requests: RecordedRequest[] = [];
  let script: Script | undefined;
  let intercept: Intercept | undefined;
  let down = false;
  let silent = false;
  let version = 100;

  const send = (
    outgoing: ServerResponse,
    { type, object }: { type: string; object: KubernetesObject },
  ) => outgoing.write(`${JSON.stringify({ type, object })}\n`);
  const emit = (type: string, object: KubernetesObject) => {
    history.push({ version, type, object });
    for (const { kind, outgoing } of watches) {
      if (!silent && kind === object.kind) send(outgoing, { type, object });
    }
  };
  const save = (key: string, object: KubernetesObject) => {
    const isNew = !store.has(key);
    store.set(key, object);
    emit(isNew ? 'ADDED' : 'MODIFIED', object);
  };
  const drop = (key: string) => {
    const object = store.get(key);
    if (!object) return;
    store.delete(key);
    version += 1;
    emit('DELETED', {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(version) },
    });
  };

  const keyOf = (kind: string, namespace: string | undefined, name: string) =>
    `${kind}/${namespace ?? ''}/${name}`;

  const put = (...objects: KubernetesObject[]) => {
    for (const object of objects) {
      const { kind, metadata } = object;
      version += 1;
      save(keyOf(kind, metadata.namespace, metadata.name), {
        ...object,
        metadata: {
          uid: `uid-${version}`,
          creationTimestamp: '2026-01-01T00:00:00Z',
          generation: 1,
          ...metadata,
          resourceVersion: String(version),
        },
      });
    }
  };
  put(...initial);

  const list = (kind: SnapshotKind, query: Record<string, string>) => {
    const items = [...store.values()].filter(object => object.kind === kind);
    const limit = Number(query.limit ?? items.length);
    const start = Number(query.continue ?? 0);
    const next = start + limit;
    return {
      status: 200,
      body: {
        kind: `${kind}List`,
        metadata: {
          resourceVersion: String(version),
          ...(next < items.length && { continue: String(next) }),
        },
        // As the real one does: items carry neither kind nor apiVersion.
        items: items
          .slice(start, next)
          .map(({ kind: _kind, apiVersion: _version, ...rest }) => rest),
      },
    };
  };

  const apply = (
    request: RecordedRequest,
    namespace: string,
    name: string,
  ): ScriptedAnswer => {
    const desired = request.body as HttpRoute;
    const key = keyOf('HTTPRoute', namespace, name);
    const live = store.get(key) as HttpRoute | undefined;
    const { resourceVersion } = desired.metadata;
    if (resourceVersion && resourceVersion !== live?.metadata.resourceVersion) {
      return status(409, 'Conflict');
    }
    const isSame =
      live !== undefined &&
      JSON.stringify(live.spec) === JSON.stringify(desired.spec);
    version += 1;
    const merged: HttpRoute = {
      ...live,
      ...desired,
      metadata: {
        uid: `uid-${version}`,
        creationTimestamp: '2026-01-02T00:00:00Z',
        ...live?.metadata,
        ...desired.metadata,
        generation: (live?.metadata.generation ?? 0) + (isSame ? 0 : 1),
        managedFields: [
          {
            manager: request.query.fieldManager,
            operation: 'Apply',
            time: now().toISOString(),
          },
        ],
        resourceVersion:
          isSame && live ? live.metadata.resourceVersion : String(version),
      },
    };
    if (request.query.dryRun !== 'All' && !isSame) save(key, merged);
    return { status: live ? 200 : 201, body: merged };
  };

  const remove = (
    request: RecordedRequest,
    namespace: string,
    name: string,
  ): ScriptedAnswer => {
    const key = keyOf('HTTPRoute', namespace, name);
    const live = store.get(key);
    if (!live) return status(404, 'NotFound');
    const { preconditions } = (request.body ?? {}) as {
      preconditions?: { uid?: string };
    };
    if (preconditions?.uid && preconditions.uid !== live.metadata.uid) {
      return status(409, 'Conflict');
    }
    drop(key);
    return status(200, undefined);
  };

  const kindAt = (path: string) =>
    SNAPSHOT_KINDS.find(candidate => pathOf(RESOURCES[candidate]) === path);

  const answerItself = (request: RecordedRequest): ScriptedAnswer => {
    const kind = kindAt(request.path);
    if (kind && request.method === 'GET') return list(kind, request.query);
    const route = ROUTE_PATH.exec(request.path);
    if (route && request.method === 'PATCH') {
      return apply(request, route[1], route[2]);
    }
    if (route && request.method === 'DELETE') {
      return remove(request, route[1], route[2]);
    }
    return (
      answerCertificates(request, {
        get: (namespace, name) =>
          store.get(keyOf('Certificate', namespace, name)) as
            | Certificate
            | undefined,
        save(certificate) {
          put(certificate);
          const { namespace, name } = certificate.metadata;
          return store.get(keyOf('Certificate', namespace, name))!;
        },
      }) ?? status(404, 'NotFound')
    );
  };

  const answer = (request: RecordedRequest): ScriptedAnswer => {
    const scripted = script?.(request);
    if (!scripted) return answerItself(request);
    if (scripted.carryOut) answerItself(request);
    return scripted;
  };

  const watch = (
    { path, query }: RecordedRequest,
    outgoing: ServerResponse,
  ) => {
    const kind = kindAt(path);
    if (!kind) {
      outgoing.writeHead(404).end('{}');
      return;
    }
    outgoing.writeHead(200, { 'content-type': 'application/json' });
    outgoing.flushHeaders();
    for (const past of history) {
      if (past.object.kind === kind && past.version > +query.resourceVersion) {
        send(outgoing, past);
      }
    }
    const entry = { kind, outgoing };
    watches.add(entry);
    outgoing.on('close', () => watches.delete(entry));
  };

  const server = createServer(
    { cert: leaf.cert, key: leaf.key },
    async (incoming: IncomingMessage, outgoing: ServerResponse) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString('utf8');
      const url = new URL(incoming.url ?? '/', 'https://localhost');
      const request: RecordedRequest = {
        method: incoming.method ?? '',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: incoming.headers as Record<string, string | undefined>,
        ...(text ? { body: JSON.parse(text) } : {}),
      };
      if (intercept?.(request, outgoing)) return;
      if (down) {
        outgoing.writeHead(503).end('{}');
        return;
      }
      if (request.query.watch === 'true') {
        watch(request, outgoing);
        return;
      }
      requests.push(request);
      const { status: code, body, hangUp } = answer(request);
      if (hangUp) {
        incoming.socket.destroy();
        return;
      }
      outgoing.writeHead(code, { 'content-type': 'application/json' });
      outgoing.end(JSON.stringify(body ?? {}));
    },
  );
  await new Promise<void>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );

  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    caData: Buffer.from(ca.cert).toString('base64'),
    token: 'fake-token',
    requests,
    objects: () => [...store.values()],
    routes: () =>
      [...store.values()].filter(
        (object): object is HttpRoute => object.kind === 'HTTPRoute',
      ),
    reset(...objects) {
      [...store.keys()].forEach(drop);
      script = undefined;
      intercept = undefined;
      down = false;
      if (silent) server.closeAllConnections();
      silent = false;
      requests.length = 0;
      put(...objects);
    },
    put,
    remove: (kind, namespace, name) => {
      drop(keyOf(kind, namespace, name));
    },
    script(next) {
      script = next;
    },
    intercept(next) {
      intercept = next;
    },
    openWatches: () => [...watches].map(({ kind }) => kind).sort(),
    cut: () => server.closeAllConnections(),
    fallSilent() {
      silent = true;
    },
    goDown() {
      down = true;
      server.closeAllConnections();
    },
    comeBack() {
      down = false;
    },
    isDown: () => down,
    writes: () => requests.filter(isWrite),
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** A Kubernetes Status object. */
export function status(
  code: number,
  reason: string | undefined,
  rest: { message?: string; details?: unknown } = {},
): ScriptedAnswer {
  return {
    status: code,
    body: {
      kind: 'Status',
      apiVersion: 'v1',
      status: code < 400 ? 'Success' : 'Failure',
      code,
      reason,
      ...rest,
    },
  };
}
