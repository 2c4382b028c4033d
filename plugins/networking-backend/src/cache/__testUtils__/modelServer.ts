import type { KubernetesObject } from 'backstage-plugin-networking-common';
import { ClusterError } from '../../io/cluster/errors';
import {
  MalformedEventError,
  type ListWatch,
  type WatchEvent,
} from '../../io/cluster/listWatch';

const OPERATION = { cluster: 'local', verb: 'list', resource: 'httproutes' };

/** What goes wrong with the next request, or with the watches that are open. */
export type Fault =
  | { status: number; retryAfterSeconds?: number }
  /** A watch begins well, and its first event is an error. Of a list: the answer has this status. */
  | { errorEvent: number }
  | { code: string };

interface OpenWatch {
  tell(event: WatchEvent): void;
  end(error?: Error): void;
}

/** One kind of an API server as its documentation has it, to the letter, with every fault at hand. */
export class ModelServer implements ListWatch {
  readonly objects = new Map<string, KubernetesObject>();
  #version = 100;
  #compacted = 0;
  readonly #history: { version: number; event: WatchEvent }[] = [];
  readonly #watches = new Set<OpenWatch>();
  readonly #faults: Fault[] = [];
  #silent = false;
  #swallowing = false;
  /** Requests as they came. */
  readonly requests: string[] = [];
  /** How many objects each page was to have at most. */
  readonly limits: number[] = [];
  /** How many seconds each watch was to last. */
  readonly lifetimes: number[] = [];
  listsUnderWay = 0;
  mostListsAtOnce = 0;
  pageSize = 2;

  get openWatches(): number {
    return this.#watches.size;
  }

  put(object: KubernetesObject): void {
    this.#version += 1;
    const key = `${object.metadata.namespace}/${object.metadata.name}`;
    const known = this.objects.has(key);
    const saved = {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(this.#version) },
    };
    this.objects.set(key, saved);
    this.#emit({ type: known ? 'MODIFIED' : 'ADDED', object: saved });
  }

  delete(key: string): void {
    const object = this.objects.get(key);
    if (!object) return;
    this.#version += 1;
    this.objects.delete(key);
    this.#emit({
      type: 'DELETED',
      object: {
        ...object,
        metadata: {
          ...object.metadata,
          resourceVersion: String(this.#version),
        },
      },
    });
  }

  bookmark(): void {
    for (const watch of this.#watches) {
      if (this.#hanging.has(watch)) continue;
      watch.tell({
        type: 'BOOKMARK',
        object: {
          apiVersion: 'v1',
          kind: 'HTTPRoute',
          metadata: { name: '', resourceVersion: String(this.#version) },
        },
      });
    }
  }

  /** The next requests fail, one fault each. */
  failNext(...faults: Fault[]): void {
    this.#faults.push(...faults);
  }

  /** History up to now is gone: who watches from before is told 410. */
  compact(): void {
    this.#compacted = this.#version;
  }

  /** Every open watch gets an ERROR event and ends. */
  errorInStream(code: number): void {
    for (const watch of [...this.#watches]) {
      if (this.#hanging.has(watch)) continue;
      watch.tell({ type: 'ERROR', object: { code } });
      watch.end();
    }
  }

  cut(): void {
    for (const watch of [...this.#watches]) {
      watch.end(new ClusterError(OPERATION, { code: 'ECONNRESET' }));
    }
  }

  /** Ends every watch as a server does when its time is over. */
  endWatches(): void {
    for (const watch of [...this.#watches]) watch.end();
  }

  malformedLine(): void {
    for (const watch of [...this.#watches]) {
      watch.end(new MalformedEventError('not JSON'));
    }
  }

  /** Watches that are open now hear nothing any more, and do not end. */
  hang(): void {
    this.#silent = true;
    for (const watch of this.#watches) this.#hanging.add(watch);
  }

  /** Nothing is answered any more, which who asks finds out by waiting, and open watches hang. */
  swallow(): void {
    this.hang();
    this.#swallowing = true;
  }

  /** New watches work again; those that hang go on hanging. */
  heal(): void {
    this.#silent = false;
    this.#swallowing = false;
    this.#faults.length = 0;
  }

  readonly #hanging = new Set<OpenWatch>();

  async list({
    limit,
    continue: token,
    signal,
  }: Parameters<ListWatch['list']>[0]): ReturnType<ListWatch['list']> {
    this.requests.push('list');
    this.limits.push(limit);
    this.listsUnderWay += 1;
    this.mostListsAtOnce = Math.max(this.mostListsAtOnce, this.listsUnderWay);
    try {
      await new Promise(resolve => setImmediate(resolve));
      if (signal?.aborted)
        throw new ClusterError(OPERATION, { code: 'ABORT_ERR' });
      if (this.#swallowing) {
        throw new ClusterError(OPERATION, { code: 'ETIMEDOUT' });
      }
      this.#failIfAsked();
      // A list is of one version, however many pages it has: later pages are kept with the token.
      const rest: KubernetesObject[] = token
        ? this.#continued(token)
        : [...this.objects.values()];
      const items = rest.slice(0, this.pageSize);
      const later = rest.slice(this.pageSize);
      const version = token ? token.split(':')[0] : String(this.#version);
      return {
        items,
        resourceVersion: version,
        ...(later.length > 0 && { continue: this.#tokenFor(version, later) }),
      };
    } finally {
      this.listsUnderWay -= 1;
    }
  }

  readonly #pages = new Map<string, KubernetesObject[]>();

  #tokenFor(version: string, later: KubernetesObject[]): string {
    const token = `${version}:${this.#pages.size}`;
    this.#pages.set(token, later);
    return token;
  }

  #continued(token: string): KubernetesObject[] {
    if (Number(token.split(':')[0]) < this.#compacted) {
      throw new ClusterError(OPERATION, { httpStatus: 410 });
    }
    return this.#pages.get(token) ?? [];
  }

  async watch({
    resourceVersion,
    timeoutSeconds,
    signal,
  }: Parameters<ListWatch['watch']>[0]): ReturnType<ListWatch['watch']> {
    this.lifetimes.push(timeoutSeconds);
    this.requests.push(`watch ${resourceVersion}`);
    await new Promise(resolve => setImmediate(resolve));
    if (signal.aborted)
      throw new ClusterError(OPERATION, { code: 'ABORT_ERR' });
    if (this.#swallowing) {
      throw new ClusterError(OPERATION, { code: 'ETIMEDOUT' });
    }
    const [next] = this.#faults;
    if (next && 'errorEvent' in next) {
      this.#faults.shift();
      return this.#onlyError(next.errorEvent);
    }
    this.#failIfAsked();
    if (Number(resourceVersion) < this.#compacted) {
      throw new ClusterError(OPERATION, { httpStatus: 410 });
    }
    return this.#events(Number(resourceVersion), signal);
  }

  #failIfAsked() {
    const fault = this.#faults.shift();
    if (!fault) return;
    if ('code' in fault) throw new ClusterError(OPERATION, fault);
    throw new ClusterError(
      OPERATION,
      'errorEvent' in fault
        ? { httpStatus: fault.errorEvent }
        : {
            httpStatus: fault.status,
            retryAfterSeconds: fault.retryAfterSeconds,
          },
    );
  }

  async *#onlyError(code: number): AsyncGenerator<WatchEvent> {
    yield { type: 'ERROR', object: { code } };
  }

  #emit(event: WatchEvent) {
    this.#history.push({ version: this.#version, event });
    for (const watch of this.#watches) {
      if (!this.#hanging.has(watch)) watch.tell(event);
    }
  }

  #events(from: number, signal: AbortSignal): AsyncIterable<WatchEvent> {
    const queue: WatchEvent[] = this.#history
      .filter(({ version }) => version > from)
      .map(({ event }) => event);
    let ended: { error?: Error } | undefined;
    const waiting = { wake: () => {} };
    const watch: OpenWatch = {
      tell: event => {
        queue.push(event);
        waiting.wake();
      },
      end: error => {
        ended ??= { ...(error && { error }) };
        this.#watches.delete(watch);
        waiting.wake();
      },
    };
    // Registered before anybody iterates: events from now on must not get lost.
    this.#watches.add(watch);
    if (this.#silent) this.#hanging.add(watch);
    const onAbort = () =>
      watch.end(new ClusterError(OPERATION, { code: 'ABORT_ERR' }));
    signal.addEventListener('abort', onAbort, { once: true });
    const watches = this.#watches;
    async function* iterate(): AsyncGenerator<WatchEvent> {
      try {
        for (;;) {
          const next = queue.shift();
          if (next) {
            yield next;
          } else if (ended) {
            if (ended.error) throw ended.error;
            return;
          } else {
            await new Promise<void>(resolve => {
              waiting.wake = resolve;
            });
          }
        }
      } finally {
        watches.delete(watch);
        signal.removeEventListener('abort', onAbort);
      }
    }
    return iterate();
  }
}
