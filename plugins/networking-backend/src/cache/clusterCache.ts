import type {
  KubernetesObject,
  Snapshot,
  SnapshotGap,
  SnapshotKind,
} from 'backstage-plugin-networking-common';
import type { ListWatch } from '../io/cluster/listWatch';
import { ObjectStore, type ObjectChange } from './objectStore';
import { reflect, type ReflectorReport } from './reflector';
import type { KindHealth } from '../io/cluster';
import type { ClusterChange, Clock } from './types';

export interface ClusterCacheOptions {
  cluster: string;
  kinds: readonly SnapshotKind[];
  source(kind: SnapshotKind): ListWatch;
  clock: Clock;
  /** A watch on which nothing is heard for so many milliseconds is dead. Default 90,000. */
  inactivityMs?: number;
  onChange(change: ClusterChange): void;
}

/** What a cache knows, and how well. */
export interface CacheReading {
  snapshot: Snapshot;
  health: readonly KindHealth[];
}

/** Keeps what a cluster says of some kinds, each by a reflector of its own. */
export class ClusterCache {
  readonly store: ObjectStore;
  readonly #options: ClusterCacheOptions;
  readonly #health: Map<SnapshotKind, KindHealth>;
  readonly #controller = new AbortController();
  #waking = new AbortController();
  readonly #settled: Promise<unknown>;

  /** Starts at once, and waits for nothing. */
  constructor(options: ClusterCacheOptions) {
    const { kinds, clock } = options;
    this.#options = options;
    this.store = new ObjectStore(kinds);
    this.#health = new Map(
      kinds.map(kind => [
        kind,
        { kind, status: 'syncing', since: clock.now(), objects: 0 },
      ]),
    );
    this.#settled = Promise.all(kinds.map(kind => this.#start(kind)));
  }

  /** Resolves once every kind has been heard of, well or badly; never rejects. */
  get settled(): Promise<unknown> {
    return this.#settled;
  }

  /** The kinds of which nothing is heard now. */
  get lost(): SnapshotKind[] {
    return [...this.#health.values()]
      .filter(({ status }) => status === 'unreachable' || status === 'syncing')
      .map(({ kind }) => kind);
  }

  /** The server answers: whatever waits before it asks again asks now. */
  wake(): void {
    const waking = this.#waking;
    this.#waking = new AbortController();
    waking.abort();
  }

  /** How well each kind is known now. */
  get health(): KindHealth[] {
    return [...this.#health.values()].map(found => ({
      ...found,
      objects: this.store.size(found.kind),
    }));
  }

  read(): CacheReading {
    const { health } = this;
    return {
      snapshot: this.store.snapshot({
        cluster: this.#options.cluster,
        observedAt: new Date(this.#observedAt(health)).toISOString(),
        gaps: health.flatMap(found => gapOf(found) ?? []),
      }),
      health,
    };
  }

  /** Ends every list and watch. What was read stays readable. */
  close(): void {
    this.#controller.abort();
  }

  /** Resolves at the first report of a kind; the reflector goes on. */
  #start(kind: SnapshotKind): Promise<void> {
    const { source, clock, inactivityMs } = this.#options;
    return new Promise(resolve => {
      void reflect(
        {
          source: source(kind),
          clock,
          ...(inactivityMs !== undefined && { inactivityMs }),
          target: {
            apply: event => {
              const change = this.store.apply(kind, event);
              if (change) this.#tell(kind, [change]);
            },
            replacing: () => {
              const replacing = this.store.replacing(kind);
              return {
                add: page => replacing.add(page),
                finish: () => this.#tell(kind, replacing.finish()),
              };
            },
            clear: () => this.#tell(kind, this.store.clear(kind)),
          },
          onContact: () => {
            const health = this.#health.get(kind);
            if (health) health.lastContactAt = clock.now();
          },
          onReport: report => {
            this.#report(kind, report);
            resolve();
          },
          woken: () => this.#waking.signal,
        },
        this.#controller.signal,
      ).finally(resolve);
    });
  }

  #tell(kind: SnapshotKind, changes: readonly ObjectChange[]) {
    if (changes.length === 0) return;
    const objects = changes.flatMap(({ before, after }) =>
      [before, after].filter(
        (object): object is KubernetesObject => object !== undefined,
      ),
    );
    const { cluster, onChange } = this.#options;
    onChange({ type: 'objects', cluster, kind, objects });
  }

  #report(kind: SnapshotKind, { status, error }: ReflectorReport) {
    const health = this.#health.get(kind);
    if (!health) return;
    delete health.lastError;
    delete health.unauthorized;
    if (error) health.lastError = error.message;
    if (error?.httpStatus === 401) health.unauthorized = true;
    if (health.status === status) return;
    const { clock, cluster, onChange } = this.#options;
    health.status = status;
    health.since = clock.now();
    // One kind that is heard of again tells that the others can be, too.
    if (status === 'synced' && this.lost.length > 0) this.wake();
    onChange({ type: 'health', cluster });
  }

  /** The oldest of what is kept: while a kind cannot be reached, when it was last heard of. */
  #observedAt(health: readonly KindHealth[]): number {
    const now = this.#options.clock.now();
    return Math.min(
      now,
      ...health.flatMap(({ status, lastContactAt, since }) =>
        status === 'unreachable' || status === 'syncing'
          ? [lastContactAt ?? since]
          : [],
      ),
    );
  }
}

function gapOf({
  kind,
  status,
  lastError = '',
  unauthorized,
}: KindHealth): SnapshotGap | undefined {
  switch (status) {
    case 'synced':
      return undefined;
    case 'notServed':
      return { kind, reason: 'NotServed', message: lastError };
    case 'forbidden':
      return { kind, reason: 'Forbidden', message: lastError };
    default:
      return {
        kind,
        reason: 'Unreachable',
        message: lastError || 'not read yet',
        ...(unauthorized && { unauthorized }),
      };
  }
}
