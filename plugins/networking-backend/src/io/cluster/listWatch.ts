import type {
  KubernetesObject,
  SnapshotKind,
} from 'backstage-plugin-networking-common';
import { ClusterError, isClusterError, type ClusterOperation } from './errors';
import { apiVersionOf, pathOf, RESOURCES, type Resource } from './resources';
import type { Transport } from './transport';

/** An event as the API server sends it (Kubernetes API concepts, "Efficient detection of changes"). */
export type WatchEvent =
  | {
      type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
      object: KubernetesObject;
    }
  | {
      type: 'ERROR';
      object: { code?: number; details?: { retryAfterSeconds?: number } };
    };

/** One page of a list. */
export interface ListPage {
  items: KubernetesObject[];
  /** Of the whole list: where a watch begins. */
  resourceVersion: string;
  /** Set where there are more pages. */
  continue?: string;
}

export interface ListOptions {
  limit: number;
  continue?: string;
  /** Nobody waits for it, and a large page takes its time on a slow line. Default false. */
  patient?: boolean;
  signal?: AbortSignal;
}

/** Lists and watches one kind of one cluster. Both throw {@link ClusterError}. */
export interface ListWatch {
  list(options: ListOptions): Promise<ListPage>;
  /**
   * Resolves once the server has answered. The events end when the server ends the watch; leaving the loop closes the
   * connection. The loop throws {@link MalformedEventError} for what is no event.
   */
  watch(options: {
    resourceVersion: string;
    timeoutSeconds: number;
    signal: AbortSignal;
  }): Promise<AsyncIterable<WatchEvent>>;
}

/** A line of a watch that is no event: one may have been lost. */
export class MalformedEventError extends Error {
  override readonly name = 'MalformedEventError';
}

interface ListAnswer {
  metadata: { continue?: string; resourceVersion: string };
  items: Partial<KubernetesObject>[];
}

function isList(answer: unknown): answer is ListAnswer {
  const { metadata, items } = (answer ?? {}) as Partial<ListAnswer>;
  return (
    typeof metadata?.resourceVersion === 'string' &&
    Array.isArray(items) &&
    items.every(item => typeof item?.metadata?.name === 'string')
  );
}

export function createListWatch(
  cluster: string,
  kind: SnapshotKind,
  transport: Transport,
): ListWatch {
  const known = RESOURCES[kind];
  const candidates: Resource[] = [
    known,
    ...(known.olderVersions ?? []).map(version => ({ ...known, version })),
  ];
  let resource = known;
  const operation = (verb: string): ClusterOperation => ({
    cluster,
    verb,
    resource: known.plural,
  });
  const listAt = async (
    candidate: Resource,
    { limit, continue: token, patient, signal }: ListOptions,
  ): Promise<ListPage> => {
    const answer = await transport.send(operation('list'), {
      method: 'GET',
      path: pathOf(candidate),
      query: {
        limit: String(limit),
        ...(token !== undefined && { continue: token }),
      },
      patient,
      signal,
    });
    // A proxy in between may answer 200 with a page of its own.
    if (!isList(answer)) {
      throw new ClusterError(operation('list'), { code: 'EBADMSG' });
    }
    return {
      items: answer.items.map(item => complete(item, known)),
      resourceVersion: answer.metadata.resourceVersion,
      ...(answer.metadata.continue && { continue: answer.metadata.continue }),
    };
  };

  return {
    async list(options) {
      // Within one list the version must not change.
      const [first, ...others] =
        options.continue === undefined ? candidates : [resource];
      try {
        const page = await listAt(first, options);
        resource = first;
        return page;
      } catch (error) {
        if (!isClusterError(error) || error.httpStatus !== 404) throw error;
        for (const candidate of others) {
          const page = await listAt(candidate, options).catch(reason => {
            if (isClusterError(reason) && reason.httpStatus === 404) {
              return undefined;
            }
            throw reason;
          });
          if (page) {
            resource = candidate;
            return page;
          }
        }
        throw error;
      }
    },

    async watch({ resourceVersion, timeoutSeconds, signal }) {
      const lines = await transport.stream(operation('watch'), {
        method: 'GET',
        path: pathOf(resource),
        query: {
          watch: 'true',
          allowWatchBookmarks: 'true',
          resourceVersion,
          timeoutSeconds: String(timeoutSeconds),
        },
        signal,
      });
      return eventsOf(lines, known);
    },
  };
}

const TYPES = new Set(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']);

async function* eventsOf(
  lines: AsyncIterable<string>,
  resource: Resource,
): AsyncGenerator<WatchEvent> {
  for await (const line of lines) {
    const event = parseEvent(line);
    yield event.type === 'ERROR'
      ? event
      : { ...event, object: complete(event.object, resource) };
  }
}

function parseEvent(line: string): WatchEvent {
  let event: WatchEvent | undefined;
  try {
    event = JSON.parse(line);
  } catch {
    // Said below.
  }
  if (!event || !TYPES.has(event.type) || !isObject(event)) {
    throw new MalformedEventError('A line of a watch is no event');
  }
  return event;
}

function isObject({ type, object }: WatchEvent): boolean {
  if (typeof object !== 'object' || object === null) return false;
  if (type === 'ERROR') return true;
  const { metadata } = object;
  const hasVersion = typeof metadata?.resourceVersion === 'string';
  return (
    hasVersion && (type === 'BOOKMARK' || typeof metadata.name === 'string')
  );
}

/** Items of a list carry neither apiVersion nor kind; older versions are read as the newest. */
function complete(
  item: Partial<KubernetesObject>,
  resource: Resource,
): KubernetesObject {
  return {
    ...item,
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    metadata: { ...item.metadata },
  } as KubernetesObject;
}
