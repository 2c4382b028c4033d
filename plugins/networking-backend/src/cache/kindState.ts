import {
  objectKey,
  SNAPSHOT_INDEXES,
  type KubernetesObject,
  type SnapshotIndexName,
  type SnapshotKind,
} from 'backstage-plugin-networking-common';
import { SharedMap, type SharedMapView } from './sharedMap';

type Bucket = readonly KubernetesObject[];
type Index = SharedMapView<Bucket>;

/** The objects of one kind at one time, with every way to look them up. Never changes. */
export interface KindState {
  readonly objects: SharedMapView<KubernetesObject>;
  readonly byNamespace: Index;
  readonly indexes: ReadonlyMap<SnapshotIndexName, Index>;
}

export const keyOf = ({ metadata }: KubernetesObject): string =>
  objectKey(metadata.namespace, metadata.name);

const indexNamesOf = (kind: SnapshotKind): SnapshotIndexName[] =>
  (Object.keys(SNAPSHOT_INDEXES) as SnapshotIndexName[]).filter(name =>
    (SNAPSHOT_INDEXES[name].kinds as readonly SnapshotKind[]).includes(kind),
  );

/**
 * The objects of one kind, which change. `freeze` hands out the state as it is, at no cost; a change after it copies a small
 * part of each map that it touches, and buckets are never changed in place.
 */
export class KindObjects {
  readonly #objects = new SharedMap<KubernetesObject>();
  readonly #byNamespace = new SharedMap<Bucket>();
  readonly #indexes: ReadonlyMap<SnapshotIndexName, SharedMap<Bucket>>;
  #frozen: KindState | undefined;
  /** Buckets made since the last state was handed out: nobody else holds them, so they may grow in place. */
  #ownBuckets = new Set<Bucket>();

  constructor(kind: SnapshotKind) {
    this.#indexes = new Map(
      indexNamesOf(kind).map(name => [name, new SharedMap()]),
    );
  }

  get size(): number {
    return this.#objects.size;
  }

  get(key: string): KubernetesObject | undefined {
    return this.#objects.get(key);
  }

  values(): IterableIterator<KubernetesObject> {
    return this.#objects.values();
  }

  freeze(): KindState {
    this.#ownBuckets.clear();
    this.#frozen ??= {
      objects: this.#objects.freeze(),
      byNamespace: this.#byNamespace.freeze(),
      indexes: new Map(
        [...this.#indexes].map(([name, index]) => [name, index.freeze()]),
      ),
    };
    return this.#frozen;
  }

  /** @returns what stood under its key before */
  set(object: KubernetesObject): KubernetesObject | undefined {
    this.#frozen = undefined;
    const key = keyOf(object);
    const before = this.#objects.get(key);
    this.#objects.set(key, object);
    this.#move(before, object);
    return before;
  }

  /** @returns what stood there */
  delete(key: string): KubernetesObject | undefined {
    const before = this.#objects.get(key);
    if (!before) return undefined;
    this.#frozen = undefined;
    this.#objects.delete(key);
    this.#move(before, undefined);
    return before;
  }

  #move(
    before: KubernetesObject | undefined,
    after: KubernetesObject | undefined,
  ) {
    moveIn(this.#byNamespace, this.#ownBuckets, {
      before,
      after,
      keysOf: ({ metadata }) => [metadata.namespace ?? ''],
    });
    for (const [name, index] of this.#indexes) {
      const { keysOf } = SNAPSHOT_INDEXES[name];
      moveIn(index, this.#ownBuckets, { before, after, keysOf });
    }
  }
}

/** Moves an object between the buckets of one index, without changing a bucket that somebody may hold. */
function moveIn(
  index: SharedMap<Bucket>,
  own: Set<Bucket>,
  move: {
    before: KubernetesObject | undefined;
    after: KubernetesObject | undefined;
    keysOf: (object: KubernetesObject) => readonly string[];
  },
): void {
  const { before, after, keysOf } = move;
  for (const key of before ? keysOf(before) : []) {
    const bucket = index.get(key) ?? [];
    own.delete(bucket);
    const rest = bucket.filter(object => object !== before);
    own.add(rest);
    if (rest.length > 0) index.set(key, rest);
    else index.delete(key);
  }
  if (!after) return;
  for (const key of keysOf(after)) {
    const bucket = index.get(key);
    if (bucket && own.has(bucket)) {
      (bucket as KubernetesObject[]).push(after);
      continue;
    }
    const next = bucket ? [...bucket, after] : [after];
    own.add(next);
    index.set(key, next);
  }
}
