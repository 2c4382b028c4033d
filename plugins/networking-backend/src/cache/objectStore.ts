import type {
  Indexed,
  KubernetesObject,
  Snapshot,
  SnapshotGap,
  SnapshotIndexName,
  SnapshotKind,
  SnapshotKinds,
} from 'backstage-plugin-networking-common';
import {
  objectKey,
  SNAPSHOT_INDEXES,
} from 'backstage-plugin-networking-common';
import { keyOf, KindObjects, type KindState } from './kindState';
import { slim } from '../io/cluster/slim';

/** An object that came (`after`), changed (both) or went (`before`). */
export interface ObjectChange {
  before?: KubernetesObject;
  after?: KubernetesObject;
}

/** One event of a watch that changes an object. */
export interface ObjectEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubernetesObject;
}

const versionOf = ({ metadata }: KubernetesObject) => metadata.resourceVersion;

/**
 * What is known of the objects of one cluster, indexed. Pure: no IO, no clock. Objects are slimmed on their way in and
 * never changed. A snapshot of it never changes, whatever happens to the store.
 */
export class ObjectStore {
  readonly #kinds: Map<SnapshotKind, KindObjects>;

  constructor(kinds: readonly SnapshotKind[]) {
    this.#kinds = new Map(kinds.map(kind => [kind, new KindObjects(kind)]));
  }

  size(kind: SnapshotKind): number {
    return this.#of(kind).size;
  }

  get(kind: SnapshotKind, namespace: string | undefined, name: string) {
    return this.#of(kind).get(objectKey(namespace, name));
  }

  values(kind: SnapshotKind): KubernetesObject[] {
    return [...this.#of(kind).values()];
  }

  /** Takes an event; undefined where the store already stands there. */
  apply(
    kind: SnapshotKind,
    { type, object }: ObjectEvent,
  ): ObjectChange | undefined {
    const objects = this.#of(kind);
    if (type === 'DELETED') {
      const before = objects.delete(keyOf(object));
      return before && { before };
    }
    const known = objects.get(keyOf(object));
    if (known && isSameVersion(known, object)) return undefined;
    const after = slim(object);
    const before = objects.set(after);
    return { ...(before && { before }), after };
  }

  /**
   * Begins to replace everything of a kind by a list that comes in pages. Until `finish` the store stands as it was, so
   * that nobody sees half a list; each page is slimmed and indexed as it comes, so that no single step takes long. An object
   * that is listed as it was known stays the same one.
   */
  replacing(kind: SnapshotKind): {
    add(page: readonly KubernetesObject[]): void;
    /** @returns what differs from before, deletions that happened unseen among it */
    finish(): ObjectChange[];
  } {
    const known = this.#of(kind);
    const listed = new KindObjects(kind);
    return {
      add: page => {
        for (const object of page) {
          const before = known.get(keyOf(object));
          const isKnown = before && isSameVersion(before, object);
          listed.set(isKnown ? before : slim(object));
        }
      },
      finish: () => {
        const changes: ObjectChange[] = [];
        for (const before of known.values()) {
          if (!listed.get(keyOf(before))) changes.push({ before });
        }
        for (const after of listed.values()) {
          const before = known.get(keyOf(after));
          if (before === after) continue;
          changes.push({ ...(before && { before }), after });
        }
        this.#kinds.set(kind, listed);
        return changes;
      },
    };
  }

  /** Forgets everything of a kind. */
  clear(kind: SnapshotKind): ObjectChange[] {
    return this.replacing(kind).finish();
  }

  /** What is known now. Costs the same however much that is. */
  snapshot(options: {
    cluster: string;
    observedAt: string;
    gaps: readonly SnapshotGap[];
  }): Snapshot {
    const states = new Map(
      [...this.#kinds].map(([kind, objects]) => [kind, objects.freeze()]),
    );
    return { ...options, ...readersOf(states) };
  }

  #of(kind: SnapshotKind): KindObjects {
    const objects = this.#kinds.get(kind);
    if (!objects) throw new Error(`Kind ${kind} is not kept`);
    return objects;
  }
}

/** A new object under an old name has a version of its own, so the version alone tells. */
function isSameVersion(a: KubernetesObject, b: KubernetesObject): boolean {
  return versionOf(a) !== undefined && versionOf(a) === versionOf(b);
}

function readersOf(
  states: ReadonlyMap<SnapshotKind, KindState>,
): Pick<Snapshot, 'list' | 'get' | 'find' | 'stateOf'> {
  const lists = new Map<SnapshotKind, readonly KubernetesObject[]>();
  return {
    list<K extends SnapshotKind>(kind: K, namespace?: string) {
      const state = states.get(kind);
      if (namespace !== undefined) {
        return (state?.byNamespace.get(namespace) ??
          []) as readonly SnapshotKinds[K][];
      }
      let all = lists.get(kind);
      if (!all) lists.set(kind, (all = [...(state?.objects.values() ?? [])]));
      return all as readonly SnapshotKinds[K][];
    },
    get<K extends SnapshotKind>(
      kind: K,
      namespace: string | undefined,
      name: string,
    ) {
      return states.get(kind)?.objects.get(objectKey(namespace, name)) as
        | SnapshotKinds[K]
        | undefined;
    },
    find<I extends SnapshotIndexName>(index: I, key: string) {
      const { kinds } = SNAPSHOT_INDEXES[index];
      const buckets = kinds.flatMap(
        kind => states.get(kind)?.indexes.get(index)?.get(key) ?? [],
      );
      return buckets as unknown as readonly Indexed<I>[];
    },
    stateOf: kind => states.get(kind),
  };
}
